// SPDX-License-Identifier: GPL-3.0-or-later
// EngineClient: the window's end of the protocol (engine/service/PROTOCOL.md). It owns the engine's process, sends requests as
// one line each and hands replies and notifications to the GUI thread. It never waits: everything arrives by event loop. When
// the process dies, every pending request fails and crashed() says why; start() brings a new one up.
#pragma once

#include "engine/core/Json.h"

#include <QObject>
#include <QPointer>
#include <QProcess>

#include <functional>
#include <map>

namespace espalier {

/// What the engine says about itself once it is up.
struct EngineInfo {
    QString version;
    int threads = 0;
    double blasGflops = 0;
    bool blasSlow = false;
    QString blasLibrary;
    QString blasRemedy; ///< English; what to install when the BLAS is slow
};

class EngineClient : public QObject {
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Ready, Crashed };
    Q_ENUM(State)
    using Reply = std::function<void(const Result<Json>&)>;

    /// @p program is the path of espalier-engine; empty when none was found, then start() fails with that reason.
    explicit EngineClient(QString program, QObject* parent = nullptr);
    ~EngineClient() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const EngineInfo& info() const { return m_info; }
    [[nodiscard]] bool isUp() const { return m_state == State::Starting || m_state == State::Ready; }
    [[nodiscard]] qint64 processId() const { return m_process ? m_process->processId() : 0; }

    /// Starts the process and asks it who it is; does nothing when it is up.
    void start();
    /// Closes its input, so that it ends by itself.
    void stop();
    /// Sends @p method. @p reply is called later on this thread, once, unless @p receiver is gone by then. A request while the
    /// engine is down fails with NotFound.
    void request(const std::string& method, Json params, QObject* receiver, Reply reply);

Q_SIGNALS:
    void stateChanged(espalier::EngineClient::State state);
    void notified(const QString& method, const espalier::Json& params);
    /// The process ended without being asked to, or could not be started. @p detail is English.
    void crashed(const QString& detail);

private:
    struct Pending {
        QPointer<QObject> receiver;
        Reply reply;
    };

    void setState(State state);
    void readLines();
    void handleLine(const QByteArray& line);
    void handleReply(const Json& message);
    void handleFinished(int exitCode, QProcess::ExitStatus status);
    void fail(const QString& detail);
    void releaseProcess();
    void failPending(const Error& error);
    void readInfo(const Json& result);
    static void deliver(const Pending& pending, const Result<Json>& result);

    QString m_program;
    QProcess* m_process = nullptr;
    State m_state = State::Stopped;
    EngineInfo m_info;
    QByteArray m_buffer;
    qsizetype m_scanned = 0; ///< bytes of m_buffer known to hold no line end
    QByteArray m_errorTail;  ///< the end of what it wrote to stderr, for crashed()
    std::map<std::int64_t, Pending> m_pending;
    std::int64_t m_nextId = 1;
};

/// The error of a JSON-RPC error object: its data, or its message.
Error errorFromRpc(const Json& error);
/// The same from a `data` object ("code", "detail", "remedy", "context").
Error errorFromData(const Json& data);

} // namespace espalier

Q_DECLARE_METATYPE(espalier::Json)
