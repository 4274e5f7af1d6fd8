// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/journey/WindowDriver.h"

#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/NodePalette.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/pipeline/PortItem.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QTreeWidget>

namespace espalier::test {
namespace {

QTreeWidgetItem* paletteEntry(QTreeWidget& list, const std::string& type)
{
    for (QTreeWidgetItemIterator it(&list); *it; ++it) {
        const std::unique_ptr<QMimeData> data(list.model()->mimeData({list.indexFromItem(*it)}));
        if (data && data->data(QString::fromLatin1(nodeTypeMimeType)).toStdString() == type)
            return *it;
    }
    qFatal("The palette has no '%s'.", type.c_str());
}

} // namespace

void WindowDriver::keys(const QString& sequence)
{
    QTest::keySequence(&m_window, QKeySequence(sequence));
}

void WindowDriver::click(const char* button)
{
    auto* const found = find<QAbstractButton>(button);
    QTRY_VERIFY2_WITH_TIMEOUT(found->isVisible() && found->isEnabled(), button, 60000);
    QTest::mouseClick(found, Qt::LeftButton);
}

void WindowDriver::type(QLineEdit* field, const QString& text)
{
    QTest::mouseClick(field, Qt::LeftButton);
    QTest::keySequence(field, QKeySequence(QKeySequence::SelectAll));
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

PipelineView& WindowDriver::canvas() const
{
    return *find<PipelineView>("canvas");
}

QPoint WindowDriver::onCanvas(const QPointF& scenePos) const
{
    return canvas().mapFromScene(scenePos);
}

std::string WindowDriver::dragFromPalette(const std::string& type, const QPointF& scenePos)
{
    auto* const list = find<QTreeWidget>("paletteList");
    QTreeWidgetItem* const entry = paletteEntry(*list, type);
    list->scrollToItem(entry);
    const QPoint from = list->visualItemRect(entry).center();
    const auto before = canvas().model().graph().nodes();
    QTest::mousePress(list->viewport(), Qt::LeftButton, Qt::NoModifier, from);
    mouse(QEvent::MouseMove, list->viewport(), from + QPoint(4, 4), Qt::LeftButton);
    mouse(QEvent::MouseMove, list->viewport(), from + QPoint(40, 40), Qt::LeftButton);
    QTest::mouseRelease(list->viewport(), Qt::LeftButton, Qt::NoModifier, from + QPoint(40, 40));
    carry(*list, *entry, onCanvas(scenePos));

    for (const auto& [id, node] : canvas().model().graph().nodes())
        if (!before.contains(id))
            return id;
    return {};
}

/// The offscreen platform has no drag of its own: these are the events that a drag of the palette's entry delivers.
void WindowDriver::carry(QTreeWidget& list, QTreeWidgetItem& entry, const QPoint& at)
{
    const std::unique_ptr<QMimeData> data(list.model()->mimeData({list.indexFromItem(&entry)}));
    QWidget* const target = canvas().viewport();
    QDragEnterEvent enter(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &enter);
    QDragMoveEvent move(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &move);
    if (!enter.isAccepted() || !move.isAccepted())
        return;
    QDropEvent drop(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &drop);
}

void WindowDriver::mouse(QEvent::Type eventType, QWidget* widget, const QPoint& at, Qt::MouseButtons held)
{
    QMouseEvent event(eventType, at, widget->mapToGlobal(at), Qt::NoButton, held, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &event);
}

void WindowDriver::dragWire(const std::string& from, const std::string& output, const std::string& to, const std::string& input)
{
    const auto centre = [&](const std::string& node, const std::string& port, bool isInput) {
        const PortItem* const item = canvas().scene().portItem(node, port, isInput);
        if (!item)
            qFatal("There is no port '%s.%s'.", node.c_str(), port.c_str());
        return onCanvas(item->sceneBoundingRect().center());
    };
    QWidget* const viewport = canvas().viewport();
    const QPoint begin = centre(from, output, false);
    const QPoint end = centre(to, input, true);
    QTest::mousePress(viewport, Qt::LeftButton, Qt::NoModifier, begin);
    mouse(QEvent::MouseMove, viewport, (begin + end) / 2, Qt::LeftButton);
    mouse(QEvent::MouseMove, viewport, end, Qt::LeftButton);
    QTest::mouseRelease(viewport, Qt::LeftButton, Qt::NoModifier, end);
}

void WindowDriver::clickNode(const std::string& node)
{
    const NodeItem* const item = canvas().scene().nodeItem(node);
    if (!item)
        qFatal("There is no node '%s'.", node.c_str());
    const QPointF title = item->mapToScene(item->rect().topLeft() + QPointF(item->rect().width() / 2, 12));
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, Qt::NoModifier, onCanvas(title));
}

void WindowDriver::setParameter(const std::string& node, const char* parameter, const QString& value)
{
    clickNode(node);
    auto* const inspector = find<QWidget>("inspector");
    auto* const editor = inspector->findChild<QWidget*>(QString::fromLatin1(parameter));
    if (!editor)
        qFatal("The inspector has no field '%s'.", parameter);
    QWidget* const field = editor->focusProxy() ? editor->focusProxy() : editor;
    field->setFocus();
    QTest::keySequence(field, QKeySequence(QKeySequence::SelectAll));
    QTest::keyClicks(field, value);
    QTest::keyClick(field, Qt::Key_Return);
}

Heartbeat::Heartbeat()
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_longest = std::max(m_longest, m_sinceBeat.restart() - m_timer.interval()); });
}

void Heartbeat::begin()
{
    m_longest = 0;
    m_sinceBeat.start();
    m_timer.start(5);
}

} // namespace espalier::test
