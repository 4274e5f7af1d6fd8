// SPDX-License-Identifier: GPL-3.0-or-later
// PromptBridge: lets a worker's connection ask the user. The worker waits; the GUI thread shows a dialog, never waits, and hands
// the answer over. Secrets that were typed in are kept here, in memory, until the program ends.
#pragma once

#include "engine/core/Json.h"
#include "engine/deployment/Credentials.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QWidget>

#include <stop_token>

namespace espalier {

class PromptBridge : public QObject {
    Q_OBJECT

public:
    /// @p window: what the dialogs stand over.
    explicit PromptBridge(QWidget* window);

    /// To be called by the worker of @p device; the callbacks give up when @p stop is asked for.
    [[nodiscard]] DeploymentPrompts prompts(const std::string& device, std::stop_token stop);

    [[nodiscard]] Credentials secrets(const std::string& device) const;
    /// They were refused: ask again next time.
    void forget(const std::string& device);
    /// All of them, as the protocol's `run` wants them.
    [[nodiscard]] Json secretsForEngine() const;

private:
    QPointer<QWidget> m_window;
    QHash<QString, Credentials> m_secrets; ///< GUI thread only
};

} // namespace espalier
