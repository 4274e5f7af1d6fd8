// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/deployment/ConfigFolder.h"
#include "engine/deployment/SshHostConfig.h"
#include "engine/deployment/TransportCatalog.h"
#include "tests/deployment/DeviceBench.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <chrono>
#include <thread>

#include <unistd.h>

using namespace espalier;
using namespace espalier::test;

class tst_SshTransport : public QObject {
    Q_OBJECT

private:
    auto open(const Device& device, const Credentials& credentials = {}, const DeploymentPrompts& prompts = DeviceBench::trusting())
    {
        return openTransport(device, credentials, prompts, m_context);
    }
    static QString passwordProgram(const QStringList& arguments, const QByteArray& input = {})
    {
        QProcess process;
        process.start(arguments.first(), arguments.mid(1));
        process.write(input);
        process.closeWriteChannel();
        return process.waitForFinished(30000) && process.exitCode() == 0 ? QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed() : QString();
    }

    DeviceBench m_bench;
    RunContext m_context;

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = SshServer::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }
    void init() { QFile::remove(QString::fromStdString((configFolder() / "known_hosts").string())); }

    void unknownHostKeyIsAskedForOnce()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const Device device = server.device("pi", m_bench.root());
        int asked = 0;
        HostKey shown;
        DeploymentPrompts prompts;
        prompts.acceptUnknownHostKey = [&](const HostKey& key) {
            ++asked;
            shown = key;
            return true;
        };
        QVERIFY2(open(device, {}, prompts).ok(), "first");
        QCOMPARE(asked, 1);
        QCOMPARE(shown.port, server.port());
        QCOMPARE(QString::fromStdString(shown.fingerprint), server.hostFingerprint());
        QCOMPARE(shown.type, std::string("ssh-ed25519"));
        QVERIFY2(open(device, {}, prompts).ok(), "second");
        QCOMPARE(asked, 1);
        QVERIFY2(open(device, {}, {}).ok(), "without anyone to ask");
    }

    void unknownHostKeyWithoutConsentStopsEarly()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        DeploymentPrompts no;
        no.acceptUnknownHostKey = [](const HostKey&) { return false; };
        for (const auto& prompts : {DeploymentPrompts{}, no}) {
            const auto refused = open(server.device("pi", m_bench.root()), {}, prompts);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().code, ErrorCode::HostKeyUnknown);
            QVERIFY2(refused.error().detail.find(server.hostFingerprint().toStdString()) != std::string::npos, messageOf(refused));
        }
        QVERIFY(server.log().contains("Connection from"));
        QVERIFY2(!server.log().contains("userauth-request"), "something was offered");
        QVERIFY(!std::filesystem::exists(configFolder() / "known_hosts"));
    }

    void changedHostKeyStopsBeforeAnyCredential()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const Device device = server.device("pi", m_bench.root());
        QVERIFY(open(device).ok());
        QVERIFY2(server.log().contains("userauth-request"), "the log must show what a sign-in looks like");
        QVERIFY2(server.changeHostKey(), qPrintable(server.error()));
        bool asked = false;
        DeploymentPrompts prompts;
        prompts.acceptUnknownHostKey = [&](const HostKey&) { return asked = true; };
        prompts.askPassword = [&](const std::string&, const std::string&, int) -> std::optional<std::string> { asked = true; return "secret"; };
        const auto refused = open(device, {"secret", "secret"}, prompts);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::HostKeyChanged);
        QVERIFY2(refused.error().detail.find(server.hostFingerprint().toStdString()) != std::string::npos, messageOf(refused));
        QVERIFY(!asked);
        QVERIFY(server.log().contains("Connection from"));
        QVERIFY2(!server.log().contains("userauth-request"), qPrintable(server.log()));
    }

    void theUsersKnownHostsCountAndStayUntouched()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const Device device = server.device("pi", m_bench.root());
        QVERIFY(open(device).ok());
        const auto own = configFolder() / "known_hosts";
        const auto users = homeFolder() / ".ssh" / "known_hosts";
        std::filesystem::create_directories(users.parent_path());
        std::filesystem::rename(own, users);
        const std::string before = *readFile(users);
        const auto opened = open(device, {}, {});
        QVERIFY2(opened.ok(), messageOf(opened));
        QVERIFY(*readFile(users) == before);
        QVERIFY(!std::filesystem::exists(own));
        std::filesystem::remove(users);
    }

    void wrongPasswordIsRefused()
    {
        SshServer server({{}, {"PubkeyAuthentication no", "PasswordAuthentication yes", "KbdInteractiveAuthentication no"}});
        QVERIFY2(server.start(), qPrintable(server.error()));
        int asked = 0;
        DeploymentPrompts prompts = DeviceBench::trusting();
        prompts.askPassword = [&](const std::string&, const std::string&, int attempt) -> std::optional<std::string> {
            asked = attempt;
            return attempt < 3 ? std::optional<std::string>("wrong too") : std::nullopt;
        };
        const auto refused = open(server.device("pi", m_bench.root()), {"certainly wrong", {}}, prompts);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Authentication);
        QCOMPARE(asked, 3);
        QVERIFY2(refused.error().detail.find("wrong") == std::string::npos, "the error must not repeat the password");
        QCOMPARE(server.log().count("Failed password"), 3);
    }

    void rightPasswordLetsIn()
    {
        if (::getuid() != 0)
            QSKIP("Only root can make the account with a password that this needs.");
        const QString name = "esp-test-" + QString::number(::getpid());
        const QString hash = passwordProgram({"openssl", "passwd", "-6", "-stdin"}, "right one\n");
        if (hash.isEmpty() || passwordProgram({"sh", "-c", "useradd -M -d / -s /bin/sh -p \"$1\" \"$2\" && echo made", "sh", hash, name}) != "made")
            QSKIP("openssl and useradd are needed to make an account with a password.");
        SshServer server({{}, {"PubkeyAuthentication no", "PasswordAuthentication yes", "KbdInteractiveAuthentication no"}});
        const bool started = server.start();
        Device device = server.device("pi", m_bench.root());
        device.user = name.toStdString();
        DeploymentPrompts prompts = DeviceBench::trusting();
        prompts.askPassword = [](const std::string&, const std::string&, int) { return std::optional<std::string>("right one"); };
        std::string user;
        auto opened = open(device, {"wrong one", {}}, prompts);
        if (opened)
            user = (*opened)->runChecked({"id -un"}, "Asking", m_context).value();
        opened = Error{};
        server.stop();
        passwordProgram({"userdel", "-f", name});
        QVERIFY2(started, qPrintable(server.error()));
        QCOMPARE(QString::fromStdString(user).trimmed(), name);
    }

    void keyWithPassphrase()
    {
        SshServer server({"open sesame", {}});
        QVERIFY2(server.start(), qPrintable(server.error()));
        const Device device = server.device("pi", m_bench.root());
        const auto given = open(device, {{}, "open sesame"});
        QVERIFY2(given.ok(), messageOf(given));
        int attempts = 0;
        DeploymentPrompts prompts = DeviceBench::trusting();
        prompts.askPassphrase = [&](const std::string& file, int attempt) -> std::optional<std::string> {
            attempts = attempt;
            return file == server.keyFile().toStdString() && attempt == 2 ? "open sesame" : "wrong";
        };
        const auto asked = open(device, {{}, "wrong as well"}, prompts);
        QVERIFY2(asked.ok(), messageOf(asked));
        QCOMPARE(attempts, 2);
        const auto refused = open(device, {{}, "wrong"});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Authentication);
        QVERIFY2(refused.error().detail.find("passphrase") != std::string::npos, messageOf(refused));
    }

    void theAgentIsAsked()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        QProcess agent;
        const QString socket = m_bench.path("agent");
        agent.start("ssh-agent", {"-D", "-a", socket});
        QTRY_VERIFY(QFile::exists(socket));
        qputenv("SSH_AUTH_SOCK", socket.toLocal8Bit());
        Device device = server.device("pi", m_bench.root());
        device.keyFile.clear();
        const auto without = open(device);
        QVERIFY(!passwordProgram({"sh", "-c", "ssh-add -q \"$1\" && echo added", "sh", server.keyFile()}).isEmpty());
        const auto with = open(device);
        qunsetenv("SSH_AUTH_SOCK");
        agent.kill();
        agent.waitForFinished();
        QVERIFY(!without.ok());
        QCOMPARE(without.error().code, ErrorCode::Authentication);
        QVERIFY2(with.ok(), messageOf(with));
    }

    void theSshConfigurationIsFollowed()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const auto config = homeFolder() / ".ssh" / "config";
        std::filesystem::create_directories(config.parent_path());
        const QString text = QString("Host kitchen\n HostName 127.0.0.1\n Port %1\n IdentityFile %2\n IdentitiesOnly yes\n").arg(server.port()).arg(server.keyFile());
        QVERIFY(writeFileSafely(config, text.toStdString()).ok());
        Device device;
        device.name = "kitchen pi";
        device.host = "kitchen";
        const auto opened = open(device);
        std::filesystem::remove(config);
        QVERIFY2(opened.ok(), messageOf(opened));
    }

    void proxiesAreNamed()
    {
        const auto config = homeFolder() / ".ssh" / "config";
        std::filesystem::create_directories(config.parent_path());
        QVERIFY(writeFileSafely(config, "Host far\n HostName 127.0.0.1\n ProxyJump gate\n").ok());
        Device device;
        device.name = "far";
        device.host = "far";
        const auto refused = open(device);
        std::filesystem::remove(config);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        QVERIFY2(refused.error().detail.find("gate") != std::string::npos, messageOf(refused));
    }

    void nobodyThereIsANetworkError()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        Device device = server.device("pi", m_bench.root());
        server.stop();
        const auto closed = open(device);
        QVERIFY(!closed.ok());
        QCOMPARE(closed.error().code, ErrorCode::Network);
        device.host = "no-such-host.invalid";
        const auto unknown = open(device);
        QVERIFY(!unknown.ok());
        QCOMPARE(unknown.error().code, ErrorCode::Network);
    }

    void missingKeyFileIsNamed()
    {
        Device device;
        device.name = "pi";
        device.host = "127.0.0.1";
        device.keyFile = "/nowhere/key";
        const auto refused = open(device);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QVERIFY(refused.error().detail.find("/nowhere/key") != std::string::npos);
    }

    void killedConnectionIsANetworkError()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        auto opened = open(server.device("pi", m_bench.root()));
        QVERIFY2(opened.ok(), messageOf(opened));
        std::thread killer([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            server.killConnections();
        });
        const auto broken = (*opened)->run({"sleep 60"}, m_context);
        killer.join();
        QVERIFY(!broken.ok());
        QCOMPARE(broken.error().code, ErrorCode::Network);
        const auto after = (*opened)->run({"echo x"}, m_context);
        QVERIFY(!after.ok());
        QCOMPARE(after.error().code, ErrorCode::Network);
    }

    void closingLeavesNoDescriptorBehind()
    {
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const auto count = [] { return QDir("/proc/self/fd").entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size(); };
        const auto before = count();
        for (int i = 0; i < 3; ++i) {
            const auto opened = open(server.device("pi", m_bench.root()));
            QVERIFY2(opened.ok(), messageOf(opened));
        }
        QCOMPARE(count(), before);
    }
};

QTEST_GUILESS_MAIN(tst_SshTransport)
#include "tst_SshTransport.moc"
