// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/PromptBridge.h"

#include "widgets/devices/DevicePrompts.h"

#include <QDialog>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace espalier {
namespace {

/// An answer on its way from the GUI thread to a waiting worker.
template <typename T>
class Answer {
public:
    void give(T value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
        m_given.notify_all();
    }

    /// @p otherwise when the worker was asked to stop first.
    T wait(const std::stop_token& stop, T otherwise)
    {
        std::unique_lock lock(m_mutex);
        return m_given.wait(lock, stop, [this] { return m_value.has_value(); }) ? *m_value : otherwise;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_given;
    std::optional<T> m_value;
};

/// Shows a dialog on the GUI thread and waits for it here. A cancelled worker takes its dialog down.
template <typename T>
T ask(QObject* gui, const std::stop_token& stop, T otherwise, std::function<QDialog*(std::function<void(T)>)> open)
{
    const auto answer = std::make_shared<Answer<T>>();
    const auto dialog = std::make_shared<QPointer<QDialog>>();
    QMetaObject::invokeMethod(gui, [answer, dialog, open = std::move(open)] {
        *dialog = open([answer](T value) { answer->give(std::move(value)); });
    }, Qt::QueuedConnection);
    T value = answer->wait(stop, std::move(otherwise));
    if (stop.stop_requested())
        QMetaObject::invokeMethod(gui, [dialog] {
            if (*dialog)
                (*dialog)->reject();
        }, Qt::QueuedConnection);
    return value;
}

std::optional<std::string> plain(const std::optional<QString>& text)
{
    return text ? std::optional(text->toStdString()) : std::nullopt;
}

} // namespace

PromptBridge::PromptBridge(QWidget* window) : QObject(window), m_window(window) {}

DeploymentPrompts PromptBridge::prompts(const std::string& device, std::stop_token stop)
{
    using Secret = std::optional<QString>;
    const QString name = QString::fromStdString(device);
    DeploymentPrompts prompts;
    prompts.acceptUnknownHostKey = [this, stop, name](const HostKey& key) {
        const HostKeyQuestion question{name, QStringLiteral("%1:%2").arg(QString::fromStdString(key.host)).arg(key.port), QString::fromStdString(key.type),
                                       QString::fromStdString(key.fingerprint)};
        return ask<bool>(this, stop, false, [this, question](std::function<void(bool)> give) { return askHostKey(m_window, question, std::move(give)); });
    };
    prompts.askPassword = [this, stop, name](const std::string& user, const std::string& host, int attempt) {
        const QString who = QString::fromStdString(user + "@" + host);
        return plain(ask<Secret>(this, stop, std::nullopt, [this, name, who, attempt](std::function<void(Secret)> give) {
            return askSecret(m_window, tr("Password"), tr("Password of %1:").arg(who), attempt, [this, name, give](const Secret& secret) {
                m_secrets[name].password = plain(secret);
                give(secret);
            });
        }));
    };
    prompts.askPassphrase = [this, stop, name](const std::string& keyFile, int attempt) {
        const QString file = QString::fromStdString(keyFile);
        return plain(ask<Secret>(this, stop, std::nullopt, [this, name, file, attempt](std::function<void(Secret)> give) {
            return askSecret(m_window, tr("Passphrase"), tr("Passphrase of the key %1:").arg(file), attempt, [this, name, give](const Secret& secret) {
                m_secrets[name].passphrase = plain(secret);
                give(secret);
            });
        }));
    };
    return prompts;
}

Credentials PromptBridge::secrets(const std::string& device) const { return m_secrets.value(QString::fromStdString(device)); }

void PromptBridge::forget(const std::string& device) { m_secrets.remove(QString::fromStdString(device)); }

Json PromptBridge::secretsForEngine() const
{
    Json secrets = Json::object();
    for (auto it = m_secrets.begin(); it != m_secrets.end(); ++it) {
        Json entry = Json::object();
        if (it->password)
            entry["password"] = *it->password;
        if (it->passphrase)
            entry["passphrase"] = *it->passphrase;
        if (!entry.empty())
            secrets[it.key().toStdString()] = entry;
    }
    return secrets;
}

} // namespace espalier
