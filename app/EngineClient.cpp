// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/EngineClient.h"

#include <QTimer>

namespace espalier {
namespace {

constexpr qsizetype maxMessageBytes = qsizetype{64} << 20;
constexpr qsizetype errorTailBytes = 4096;

std::string textOf(const Json& object, const char* field)
{
    const auto it = object.find(field);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

} // namespace

Error errorFromData(const Json& data)
{
    if (!data.is_object())
        return {ErrorCode::Internal, "The engine reported an error without a reason."};
    Error error{errorCodeFromName(textOf(data, "code")), textOf(data, "detail"), textOf(data, "remedy")};
    if (const auto context = data.find("context"); context != data.end() && context->is_array())
        for (const Json& activity : *context)
            if (activity.is_string())
                error.context.push_back(activity.get<std::string>());
    return error;
}

Error errorFromRpc(const Json& error)
{
    if (error.is_object() && error.contains("data"))
        return errorFromData(error.at("data"));
    const std::string message = error.is_object() ? textOf(error, "message") : std::string();
    return {ErrorCode::Internal, message.empty() ? "The engine reported an error without a reason." : message};
}

EngineClient::EngineClient(QString program, QObject* parent) : QObject(parent), m_program(std::move(program)) {}

EngineClient::~EngineClient()
{
    m_pending.clear();
    releaseProcess();
}

void EngineClient::releaseProcess()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(1000); // a killed one is gone at once
    delete std::exchange(m_process, nullptr);
}

void EngineClient::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void EngineClient::start()
{
    if (isUp())
        return;
    if (m_program.isEmpty()) {
        fail(QStringLiteral("espalier-engine was not found. Install it beside this program, or name it in the environment variable ESPALIER_ENGINE."));
        return;
    }
    releaseProcess();
    m_buffer.clear();
    m_scanned = 0;
    m_errorTail.clear();
    m_process = new QProcess(this);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &EngineClient::readLines);
    connect(m_process, &QProcess::readyReadStandardError, this, [this] {
        m_errorTail = (m_errorTail + m_process->readAllStandardError()).right(errorTailBytes);
    });
    connect(m_process, &QProcess::finished, this, &EngineClient::handleFinished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(QStringLiteral("'%1' could not be started: %2.").arg(m_program, m_process->errorString()));
    });
    setState(State::Starting);
    m_process->start(m_program, {QStringLiteral("serve")});
    request("initialize", Json::object(), this, [this](const Result<Json>& result) {
        if (!result)
            return;
        readInfo(*result);
        setState(State::Ready);
    });
}

void EngineClient::stop()
{
    if (!isUp())
        return;
    setState(State::Stopped);
    m_process->closeWriteChannel();
    failPending(cancelledError());
}

void EngineClient::readInfo(const Json& result)
{
    if (!result.is_object())
        return;
    const Json blas = result.value("blas", Json::object());
    m_info.version = QString::fromStdString(textOf(result, "version"));
    const auto number = [](const Json& object, const char* field) {
        return object.is_object() && object.contains(field) && object.at(field).is_number() ? object.at(field).get<double>() : 0.0;
    };
    m_info.threads = static_cast<int>(number(result, "threads"));
    m_info.blasGflops = number(blas, "gflops");
    m_info.blasSlow = blas.is_object() && blas.contains("slow") && blas.at("slow") == Json(true);
    m_info.blasLibrary = QString::fromStdString(textOf(blas, "library"));
    m_info.blasRemedy = QString::fromStdString(textOf(blas, "remedy"));
}

void EngineClient::request(const std::string& method, Json params, QObject* receiver, Reply reply)
{
    const Pending pending{receiver, std::move(reply)};
    if (!isUp() || !m_process) {
        QTimer::singleShot(0, this, [pending] {
            deliver(pending, Error{ErrorCode::NotFound, "The engine is not running.", "Restart it with Run."});
        });
        return;
    }
    const std::int64_t id = m_nextId++;
    m_pending.emplace(id, pending);
    const Json message{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
    m_process->write(QByteArray::fromStdString(dumpJson(message) + "\n"));
}

void EngineClient::deliver(const Pending& pending, const Result<Json>& result)
{
    if (pending.receiver && pending.reply)
        pending.reply(result);
}

void EngineClient::readLines()
{
    m_buffer += m_process->readAllStandardOutput();
    // A reply may run anything, even stop this process: take the lines out first.
    QList<QByteArray> lines;
    qsizetype begin = 0;
    for (qsizetype end = m_buffer.indexOf('\n', m_scanned); end >= 0; end = m_buffer.indexOf('\n', begin)) {
        lines << m_buffer.mid(begin, end - begin);
        begin = end + 1;
    }
    m_buffer.remove(0, begin);
    m_scanned = m_buffer.size();
    if (m_buffer.size() > maxMessageBytes) {
        fail(QStringLiteral("The engine sent a message of more than 64 MiB; it was ended."));
        return;
    }
    for (const QByteArray& line : lines)
        handleLine(line);
}

void EngineClient::handleLine(const QByteArray& line)
{
    if (line.trimmed().isEmpty())
        return;
    const auto message = parseJson(std::string_view(line.constData(), static_cast<std::size_t>(line.size())), "the engine's message");
    if (!message || !message->is_object()) {
        qWarning("The engine sent a line that is not a message: %s", line.left(200).constData());
        return;
    }
    if (message->contains("id"))
        handleReply(*message);
    else if (const std::string method = textOf(*message, "method"); !method.empty())
        Q_EMIT notified(QString::fromStdString(method), message->value("params", Json::object()));
}

void EngineClient::handleReply(const Json& message)
{
    const Json& id = message.at("id");
    const auto it = id.is_number_integer() ? m_pending.find(id.get<std::int64_t>()) : m_pending.end();
    if (it == m_pending.end())
        return;
    const Pending pending = it->second;
    m_pending.erase(it);
    if (message.contains("error"))
        deliver(pending, errorFromRpc(message.at("error")));
    else
        deliver(pending, message.value("result", Json()));
}

void EngineClient::handleFinished(int exitCode, QProcess::ExitStatus status)
{
    if (m_state == State::Stopped)
        return; // it was asked to
    m_errorTail = (m_errorTail + m_process->readAllStandardError()).right(errorTailBytes);
    QString detail = status == QProcess::CrashExit ? QStringLiteral("The engine was ended by the system or crashed.")
                                                   : QStringLiteral("The engine ended with status %1.").arg(exitCode);
    if (const QString tail = QString::fromUtf8(m_errorTail).trimmed(); !tail.isEmpty())
        detail += QLatin1Char('\n') + tail;
    fail(detail);
}

void EngineClient::fail(const QString& detail)
{
    if (m_process) {
        m_process->disconnect(this);
        m_process->kill();
        m_process->deleteLater(); // this may be one of its signals
        m_process = nullptr;
    }
    setState(State::Crashed);
    failPending({ErrorCode::Internal, detail.toStdString(), "Run again: it goes on where the last epoch ended."});
    Q_EMIT crashed(detail);
}

void EngineClient::failPending(const Error& error)
{
    const auto pending = std::exchange(m_pending, {});
    for (const auto& [id, entry] : pending)
        deliver(entry, error);
}

} // namespace espalier
