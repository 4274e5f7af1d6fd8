// SPDX-License-Identifier: GPL-3.0-or-later
// A shown canvas with a model, and the user's hands: what the tests of the canvas share.
#pragma once

#include "engine/graph/DefaultPipeline.h"
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/pipeline/PortItem.h"

#include <QApplication>
#include <QMenu>
#include <QTest>

#include <memory>

namespace espalier {

inline Graph sampleGraph()
{
    return defaultPipeline("/nowhere/lines.csv", "/nowhere").graph;
}

class CanvasTest : public QObject {
protected:
    void open()
    {
        m_model = std::make_unique<PipelineModel>();
        m_view = std::make_unique<PipelineView>(*m_model);
        m_view->resize(1280, 800);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->activateWindow();
        m_view->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }

    void close()
    {
        while (QWidget* menu = QApplication::activePopupWidget())
            delete menu;
        m_view.reset();
        m_model.reset();
    }

    void load()
    {
        m_model->setGraph(sampleGraph());
        m_view->setFocus();
    }

    QPoint viewPoint(const QPointF& scene) const { return m_view->mapFromScene(scene); }
    QPoint portPoint(const std::string& node, const std::string& port, bool input) const { return viewPoint(m_view->scene().portItem(node, port, input)->scenePos()); }
    QPoint headerPoint(const std::string& node) const { return viewPoint(m_view->scene().nodeItem(node)->pos() + QPointF(60, 12)); }
    void press(const QPoint& at) { QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at); }
    void release(const QPoint& at) { QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_view.get(), Qt::Key(key), modifiers); }

    /// With the button down, which QTest::mouseMove cannot say.
    void moveTo(const QPoint& at)
    {
        QMouseEvent event(QEvent::MouseMove, at, m_view->viewport()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_view->viewport(), &event);
    }

    void drag(const QPoint& from, const QPoint& to)
    {
        press(from);
        for (int step = 1; step <= 4; ++step)
            moveTo(from + (to - from) * step / 4);
        release(to);
    }

    const Graph& graph() const { return m_model->graph(); }
    QMenu* popup() const { return qobject_cast<QMenu*>(QApplication::activePopupWidget()); }

    std::unique_ptr<PipelineModel> m_model;
    std::unique_ptr<PipelineView> m_view;
};

} // namespace espalier
