// SPDX-License-Identifier: GPL-3.0-or-later
// LogView: what the engine said, newest last, with the time and the node. Keeps the last 10,000 lines.
#pragma once

#include <QPlainTextEdit>

namespace espalier {

class LogView : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LogView(QWidget* parent = nullptr);

    void add(const QString& node, bool warning, const QString& text);
};

} // namespace espalier
