// SPDX-License-Identifier: GPL-3.0-or-later
// SshServer: a real OpenSSH server on a free loopback port, with host keys, an accepted client key and a log of its own, all
// in a temporary folder. It lets in the account that runs the tests (and, as root, any account), with a home folder of its own. For tests only.
#pragma once

#include "engine/deployment/Device.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace espalier::test {

class SshServer {
public:
    struct Options {
        QString passphrase = {};      ///< of the client key; empty for none
        QStringList settings = {};    ///< more lines for sshd_config
    };

    /// Why no server can be started here, for QSKIP; empty when one can.
    static QString missing();

    SshServer();
    explicit SshServer(Options options);
    ~SshServer();
    SshServer(const SshServer&) = delete;
    SshServer& operator=(const SshServer&) = delete;

    /// Whether it listens now; error() says why not.
    bool start();
    void stop();
    /// Gives the server another host key and starts it again on the same port.
    bool changeHostKey();
    /// Kills the server's processes of every open connection, as a crash or a pulled plug would. New ones are accepted.
    void killConnections();

    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString keyFile() const { return m_folder.filePath("client_key"); }
    [[nodiscard]] QString hostFingerprint() const; ///< "SHA256:..." by ssh-keygen
    /// What sshd has logged, at DEBUG1.
    [[nodiscard]] QString log() const;
    /// This server as a device whose releases go to @p root, an absolute path.
    [[nodiscard]] Device device(const QString& name, const QString& root) const;

private:
    bool prepare();
    bool makeKey(const QString& path, const QString& passphrase);
    bool launch();
    bool tool(const QString& program, const QStringList& arguments);

    Options m_options;
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_error;
    int m_port = 0;
};

} // namespace espalier::test
