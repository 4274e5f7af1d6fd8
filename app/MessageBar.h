// SPDX-License-Identifier: GPL-3.0-or-later
// MessageBar: what the user should know and may answer without being stopped: lines above the places, each with at most two
// buttons and a close button. A line with a key that is there already replaces that one.
#pragma once

#include <QHash>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace espalier {

struct Message {
    enum class Kind { Info, Warning, Error };
    struct Action {
        QString text;
        std::function<void()> act;
        QString objectName = {};
    };
    QString key; ///< "engine", "recovery"
    Kind kind = Kind::Info;
    QString headline;
    QString detail;
    QList<Action> actions;
};

class MessageBar : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void show(const Message& message);
    void dismiss(const QString& key);
    [[nodiscard]] bool shows(const QString& key) const { return m_lines.contains(key); }

private:
    QWidget* buildLine(const Message& message);

    QVBoxLayout* m_layout = nullptr;
    QHash<QString, QWidget*> m_lines;
};

} // namespace espalier
