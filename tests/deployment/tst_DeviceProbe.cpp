// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/DeviceProbe.h"
#include "engine/deployment/LocalTransport.h"
#include "tests/deployment/DeviceBench.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <filesystem>

#include <sys/utsname.h>
#include <unistd.h>

using namespace espalier;
using namespace espalier::test;

namespace {

DeviceCheck checkNamed(const DeviceProfile& profile, const std::string& id)
{
    const auto found = std::find_if(profile.checks.begin(), profile.checks.end(), [&](const DeviceCheck& check) { return check.id == id; });
    return found == profile.checks.end() ? DeviceCheck{} : *found;
}

/// This computer, with lines put in front of every script.
class AlteredTransport : public LocalTransport {
public:
    explicit AlteredTransport(std::string prologue) : m_prologue(std::move(prologue)) {}
    Result<CommandResult> execute(const Command& command, ByteSource* input, const RunContext& context) override
    {
        Command altered = command;
        altered.script = m_prologue + "\n" + command.script;
        return LocalTransport::execute(altered, input, context);
    }

private:
    std::string m_prologue;
};

} // namespace

class tst_DeviceProbe : public QObject {
    Q_OBJECT

    DeviceBench m_bench;
    RunContext m_context;

private Q_SLOTS:
    void thisComputerIsUsable()
    {
        LocalTransport transport;
        const auto profile = probeDevice(transport, m_bench.localDevice(), m_context);
        QVERIFY2(profile.ok(), messageOf(profile));
        for (const DeviceCheck& check : profile->checks)
            QVERIFY2(check.passed, (check.id + ": " + check.seen).c_str());
        for (const char* id : {"connection", "architecture", "cpu_features", "memory", "disk", "shell_tools", "writable"})
            QVERIFY2(checkNamed(*profile, id).passed, id);
        utsname system{};
        ::uname(&system);
        QCOMPARE(profile->machine, std::string(system.machine));
        QVERIFY(profile->cpus >= 1);
        QCOMPARE(profile->memoryBytes / 4096, static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)));
        QVERIFY(profile->availableMemoryBytes > 0 && profile->availableMemoryBytes <= profile->memoryBytes);
        const auto space = std::filesystem::space(m_bench.root().toStdString());
        QVERIFY(std::abs(profile->freeDiskBytes - static_cast<std::int64_t>(space.available)) < (std::int64_t{1} << 30));
        QVERIFY(requireUsable(*profile).ok());
        QVERIFY2(QDir(m_bench.root()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty(), "the trial was left behind");
    }

    void architectures_data()
    {
        QTest::addColumn<QString>("machine");
        QTest::addColumn<QString>("architecture");
        const std::pair<const char*, const char*> known[] = {{"x86_64", "x86_64"}, {"aarch64", "aarch64"}, {"armv7l", "armhf"}, {"armv8l", "armhf"},
                                                             {"armv6l", ""}, {"i686", ""}, {"riscv64", "riscv64"}, {"riscv32", ""}};
        for (const auto& [machine, architecture] : known)
            QTest::newRow(machine) << machine << architecture;
    }
    void architectures()
    {
        QFETCH(QString, machine);
        QFETCH(QString, architecture);
        QCOMPARE(QString::fromStdString(executableArchitecture(machine.toStdString())), architecture);
    }

    void oldArmIsNamed()
    {
        AlteredTransport transport("uname() { case \"$1\" in -m) echo armv6l ;; *) echo Linux 6.1 ;; esac; }");
        const auto profile = probeDevice(transport, m_bench.localDevice(), m_context);
        QVERIFY2(profile.ok(), messageOf(profile));
        const DeviceCheck check = checkNamed(*profile, "architecture");
        QVERIFY(!check.passed);
        QVERIFY(check.remedy.find("ARMv6") != std::string::npos);
        QCOMPARE(requireUsable(*profile).error().code, ErrorCode::Unsupported);
    }

    void missingToolsAreNamed()
    {
        AlteredTransport transport("command() { case \"$2\" in sha256sum|readlink) return 1 ;; esac; }");
        const auto profile = probeDevice(transport, m_bench.localDevice(), m_context);
        QVERIFY2(profile.ok(), messageOf(profile));
        const DeviceCheck check = checkNamed(*profile, "shell_tools");
        QVERIFY(!check.passed);
        QCOMPARE(check.seen, std::string("missing: sha256sum, readlink"));
    }

    void anMvThatCannotSwapIsNamed()
    {
        AlteredTransport transport("mv() { case \"$1\" in *T*) return 1 ;; esac; }");
        const auto profile = probeDevice(transport, m_bench.localDevice(), m_context);
        QVERIFY2(profile.ok(), messageOf(profile));
        QVERIFY(!checkNamed(*profile, "shell_tools").passed);
        QVERIFY(checkNamed(*profile, "writable").passed);
    }

    void aRootThatCannotBeMadeIsNamed()
    {
        QFile file(m_bench.path("a file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Device device = m_bench.localDevice();
        device.root = (m_bench.path("a file") + "/below").toStdString();
        LocalTransport transport;
        const auto profile = probeDevice(transport, device, m_context);
        QVERIFY2(profile.ok(), messageOf(profile));
        const DeviceCheck check = checkNamed(*profile, "writable");
        QVERIFY(!check.passed);
        QVERIFY2(check.seen.find("a file/below") != std::string::npos, check.seen.c_str());
        QCOMPARE(requireUsable(*profile).error().code, ErrorCode::Io);
    }

    void aRelativeRootBeginsAtHome()
    {
        Device device = m_bench.localDevice();
        device.root = "some/where";
        LocalTransport transport;
        const auto profile = probeDevice(transport, device, m_context);
        QVERIFY2(profile.ok(), messageOf(profile));
        QCOMPARE(QString::fromStdString(checkNamed(*profile, "writable").seen), QDir(m_bench.path("home/some/where")).canonicalPath());
    }
};

QTEST_GUILESS_MAIN(tst_DeviceProbe)
#include "tst_DeviceProbe.moc"
