// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/LogView.h"

#include "widgets/style/Theme.h"

#include <QTextCharFormat>
#include <QTextCursor>
#include <QTime>

namespace espalier {
namespace {

constexpr int maxLines = 10'000;

} // namespace

LogView::LogView(QWidget* parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("logView"));
    setReadOnly(true);
    setMaximumBlockCount(maxLines);
    setFrameShape(QFrame::NoFrame);
    setFont(tabularFont(font()));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void LogView::add(const QString& node, bool warning, const QString& text)
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    QTextCharFormat format;
    format.setForeground(warning ? themeColors().warning : themeColors().text);
    if (!document()->isEmpty())
        cursor.insertBlock();
    const QString who = node.isEmpty() ? QString() : node + QStringLiteral(": ");
    cursor.insertText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ") + who + text, format);
}

} // namespace espalier
