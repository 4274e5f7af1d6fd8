// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SshServer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace espalier::test {
namespace {

constexpr auto serverProgram = "/usr/sbin/sshd";

QString accountName()
{
    const passwd* account = ::getpwuid(::getuid());
    return account ? QString::fromLocal8Bit(account->pw_name) : QString();
}

int freePort()
{
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::bind(probe, plain, sizeof address) == 0 && ::getsockname(probe, plain, &size) == 0;
    ::close(probe);
    return bound ? ntohs(address.sin_port) : 0;
}

/// The parent and the name of a process; {0, ""} when it is gone.
std::pair<qint64, QString> parentAndName(const QString& pid)
{
    QFile file("/proc/" + pid + "/stat");
    if (!file.open(QIODevice::ReadOnly))
        return {0, {}};
    const QString stat = QString::fromLocal8Bit(file.readAll());
    const qsizetype close = stat.lastIndexOf(')');
    const QStringList after = stat.mid(close + 2).split(' ');
    return {after.value(1).toLongLong(), stat.mid(stat.indexOf('(') + 1, close - stat.indexOf('(') - 1)};
}

/// sshd's processes below @p ancestor; the commands they run are not touched.
QList<qint64> serverProcessesBelow(qint64 ancestor)
{
    QList<qint64> found;
    for (const QString& pid : QDir("/proc").entryList({"[0-9]*"}, QDir::Dirs)) {
        const auto [parent, name] = parentAndName(pid);
        if (parent != ancestor || !name.startsWith("sshd"))
            continue;
        found << pid.toLongLong();
        found << serverProcessesBelow(pid.toLongLong());
    }
    return found;
}

} // namespace

QString SshServer::missing()
{
    if (!QFile::exists(serverProgram))
        return "OpenSSH's server is not installed (apt install openssh-server).";
    if (QStandardPaths::findExecutable("ssh-keygen").isEmpty())
        return "ssh-keygen is not installed (apt install openssh-client).";
    return {};
}

SshServer::SshServer() : SshServer(Options{}) {}

SshServer::SshServer(Options options) : m_options(std::move(options)) {}

SshServer::~SshServer()
{
    stop();
}

bool SshServer::tool(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (process.waitForFinished(30000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_error = program + ": " + QString::fromLocal8Bit(process.readAllStandardError()) + process.errorString();
    return false;
}

bool SshServer::makeKey(const QString& path, const QString& passphrase)
{
    QFile::remove(path);
    QFile::remove(path + ".pub");
    return tool("ssh-keygen", {"-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f", path});
}

bool SshServer::prepare()
{
    if (!m_folder.isValid() || !makeKey(m_folder.filePath("host_key"), {}) || !makeKey(keyFile(), m_options.passphrase))
        return false;
    if (!QDir().mkpath(m_folder.filePath("home")) || !QFile::copy(keyFile() + ".pub", m_folder.filePath("authorized_keys")))
        return false;
    // Only root's server separates privileges, and then it wants this folder.
    return ::getuid() != 0 || QDir().mkpath("/run/sshd");
}

bool SshServer::start()
{
    if (m_port == 0 && !prepare())
        return false;
    for (int attempt = 0; attempt < 5; ++attempt) {
        m_port = freePort();
        if (launch())
            return true;
    }
    return false;
}

bool SshServer::launch()
{
    QFile config(m_folder.filePath("sshd_config"));
    if (!config.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    const QStringList lines{"Port " + QString::number(m_port), "ListenAddress 127.0.0.1", "HostKey " + m_folder.filePath("host_key"),
                            "AuthorizedKeysFile " + m_folder.filePath("authorized_keys"), "PidFile none", "StrictModes no", "UsePAM no",
                            "PermitRootLogin yes", "LogLevel DEBUG1", "MaxStartups 100",
                            // Commands begin in a home of their own: no ~/.bashrc of whoever runs the tests.
                            "SetEnv HOME=" + m_folder.filePath("home")};
    config.write((m_options.settings + lines).join('\n').toLocal8Bit() + "\n");
    config.close();
    QFile::remove(m_folder.filePath("log"));
    m_process.start(serverProgram, {"-D", "-f", config.fileName(), "-E", m_folder.filePath("log")});
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < 20000 && m_process.state() != QProcess::NotRunning) {
        if (log().contains("Server listening on 127.0.0.1"))
            return true;
        m_process.waitForFinished(20);
    }
    m_error = "sshd does not start: " + log();
    stop();
    return false;
}

void SshServer::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    killConnections();
    m_process.kill();
    m_process.waitForFinished(10000);
}

bool SshServer::changeHostKey()
{
    stop();
    return makeKey(m_folder.filePath("host_key"), {}) && launch();
}

void SshServer::killConnections()
{
    const QList<qint64> pids = serverProcessesBelow(m_process.processId());
    for (const qint64 pid : pids)
        ::kill(static_cast<pid_t>(pid), SIGKILL);
}

QString SshServer::hostFingerprint() const
{
    QProcess process;
    process.start("ssh-keygen", {"-l", "-E", "sha256", "-f", m_folder.filePath("host_key.pub")});
    process.waitForFinished(30000);
    return QString::fromLocal8Bit(process.readAllStandardOutput()).section(' ', 1, 1);
}

QString SshServer::log() const
{
    QFile file(m_folder.filePath("log"));
    return file.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(file.readAll()) : QString();
}

Device SshServer::device(const QString& name, const QString& root) const
{
    Device device;
    device.name = name.toStdString();
    device.kind = "ssh";
    device.host = "127.0.0.1";
    device.port = m_port;
    device.user = accountName().toStdString();
    device.keyFile = keyFile().toStdString();
    device.root = root.toStdString();
    return device;
}

} // namespace espalier::test
