// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/TitleEditor.h"

#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"

#include <QKeyEvent>

namespace espalier {

void TitleEditor::open(const std::string& node)
{
    cancel();
    const NodeItem* item = m_view.scene().nodeItem(node);
    if (!item)
        return;
    m_node = node;
    m_field = new QLineEdit(m_view.viewport());
    m_field->setText(nodeTitle(m_view.model().graph(), node));
    m_field->setPlaceholderText(nodeTypeLabel(m_view.model().graph().node(node)->type));
    m_field->setAccessibleName(tr("Title of the node"));
    const QRectF header(item->pos(), QSizeF(nodeWidth, headerHeight));
    QRect place = m_view.mapFromScene(header).boundingRect();
    place.setHeight(std::max(place.height(), m_field->sizeHint().height()));
    m_field->setGeometry(place);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::editingFinished, this, &TitleEditor::commit);
    m_field->show();
    m_field->selectAll();
    m_field->setFocus(Qt::OtherFocusReason);
}

void TitleEditor::cancel()
{
    if (QLineEdit* field = std::exchange(m_field, nullptr)) {
        const bool focused = field->hasFocus(); // else the user went elsewhere on purpose
        field->disconnect(this);
        field->hide();
        field->deleteLater();
        if (focused)
            m_view.setFocus(Qt::OtherFocusReason);
    }
}

void TitleEditor::commit()
{
    if (!m_field)
        return;
    const QString title = m_field->text().trimmed();
    const std::string node = m_node;
    const Node* target = m_view.model().graph().node(node);
    cancel();
    if (target && title != nodeTitle(*target))
        m_view.model().rename(node, title == nodeTypeLabel(target->type) ? QString() : title);
}

bool TitleEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        cancel();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace espalier
