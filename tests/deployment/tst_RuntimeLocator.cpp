// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/deployment/RuntimeLocator.h"
#include "tests/deployment/DeviceBench.h"

#include <QDir>
#include <QTest>

#include <elf.h>

using namespace espalier;
using namespace espalier::test;

namespace {

/// The smallest file with the header of an executable for @p machine.
std::string elfHeader(Elf64_Half machine)
{
    Elf64_Ehdr header{};
    std::copy_n(ELFMAG, SELFMAG, header.e_ident);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_machine = machine;
    return {reinterpret_cast<const char*>(&header), sizeof header};
}

} // namespace

class tst_RuntimeLocator : public QObject {
    Q_OBJECT

    DeviceBench m_bench;

    std::filesystem::path place(const QString& name, const std::string& bytes)
    {
        const QString path = m_bench.path(name);
        QDir().mkpath(QFileInfo(path).path());
        return writeFileSafely(path.toStdString(), bytes) ? path.toStdString() : "";
    }

private Q_SLOTS:
    void init() { qunsetenv("ESPALIER_RUNTIME_DIR"); }

    void findsEachSpelling_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("folder") << "runtime/aarch64/espalier-edge";
        QTest::newRow("suffix") << "runtime/espalier-edge-aarch64";
        QTest::newRow("plain") << "runtime/espalier-edge";
    }
    void findsEachSpelling()
    {
        QFETCH(QString, name);
        QDir(m_bench.path("runtime")).removeRecursively();
        const auto path = place(name, elfHeader(EM_AARCH64));
        const auto found = RuntimeLocator(m_bench.path("runtime").toStdString()).find("aarch64");
        QVERIFY2(found.ok(), messageOf(found));
        QCOMPARE(*found, path);
        qputenv("ESPALIER_RUNTIME_DIR", m_bench.path("runtime").toLocal8Bit());
        QCOMPARE(*RuntimeLocator().find("aarch64"), path);
    }

    void anotherProcessorsExecutableIsPassedOver()
    {
        QDir(m_bench.path("runtime")).removeRecursively();
        place("runtime/espalier-edge", elfHeader(EM_X86_64));
        qputenv("ESPALIER_RUNTIME_DIR", m_bench.path("right").toLocal8Bit());
        const auto right = place("right/espalier-edge", elfHeader(EM_AARCH64));
        const auto found = RuntimeLocator(m_bench.path("runtime").toStdString()).find("aarch64");
        QVERIFY2(found.ok(), messageOf(found));
        QCOMPARE(*found, right);
    }

    void nothingFoundListsThePlaces()
    {
        const auto found = RuntimeLocator(m_bench.path("nothing").toStdString()).find("s390x");
        QVERIFY(!found.ok());
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        QVERIFY(found.error().detail.find(m_bench.path("nothing").toStdString()) != std::string::npos);
    }

    void dynamicExecutablesAreRefused()
    {
        const auto checked = checkRuntime("/proc/self/exe", QSysInfo::currentCpuArchitecture() == "arm64" ? "aarch64" : "x86_64");
        QVERIFY(!checked.ok());
        QVERIFY2(checked.error().detail.find("dynamically") != std::string::npos, messageOf(checked));
    }

    void damagedFilesAreRefused()
    {
        std::string wild = elfHeader(EM_AARCH64);
        auto* header = reinterpret_cast<Elf64_Ehdr*>(wild.data());
        header->e_phnum = 65535;
        header->e_phentsize = sizeof(Elf64_Phdr);
        header->e_phoff = ~std::uint64_t{0} - 8;
        for (const std::string& bytes : {std::string(), std::string("#!/bin/sh\n"), wild.substr(0, 20), wild})
            QCOMPARE(checkRuntime(place("damaged", bytes), "aarch64").error().code, ErrorCode::InvalidFormat);
    }
};

QTEST_GUILESS_MAIN(tst_RuntimeLocator)
#include "tst_RuntimeLocator.moc"
