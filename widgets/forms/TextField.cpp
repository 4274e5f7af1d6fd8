// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/TextField.h"

#include "widgets/forms/NumberField.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QUrl>

namespace espalier {
namespace {

QString localFile(const QMimeData* data)
{
    const auto urls = data->urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

} // namespace

TextField::TextField(QWidget* parent) : QLineEdit(parent)
{
    leaveUndoToWindow(this);
}

void TextField::dragEnterEvent(QDragEnterEvent* event)
{
    if (m_takesFiles && !localFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
    else
        QLineEdit::dragEnterEvent(event);
}

void TextField::dropEvent(QDropEvent* event)
{
    const QString path = m_takesFiles ? localFile(event->mimeData()) : QString();
    if (path.isEmpty())
        return QLineEdit::dropEvent(event);
    event->acceptProposedAction();
    Q_EMIT fileDropped(path);
}

} // namespace espalier
