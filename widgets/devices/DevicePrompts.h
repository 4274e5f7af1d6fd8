// SPDX-License-Identifier: GPL-3.0-or-later
// The questions that a connection may raise. Each opens a dialog over @p parent, returns at once, and answers by the callback,
// exactly once; closing the dialog is a no. Secrets go to the callback and nowhere else.
#pragma once

#include <QString>

#include <functional>
#include <optional>

class QDialog;
class QWidget;

namespace espalier {

struct HostKeyQuestion {
    QString device;
    QString address; ///< "host:port"
    QString keyType;
    QString fingerprint; ///< "SHA256:..."
};

QDialog* askHostKey(QWidget* parent, const HostKeyQuestion& question, std::function<void(bool)> answer);

/// @p attempt counts from 1: above that the last answer was refused.
QDialog* askSecret(QWidget* parent, const QString& title, const QString& text, int attempt, std::function<void(std::optional<QString>)> answer);

} // namespace espalier
