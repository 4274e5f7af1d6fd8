// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing wires with the mouse: what fits, what is refused and why, and taking wires off again.
#include "widgets/pipeline/WireDrag.h"

#include "tests/widgets/CanvasTest.h"
#include "widgets/pipeline/WireItem.h"

#include <QSignalSpy>
#include <QToolTip>

using namespace espalier;

class TestWireDrag : public CanvasTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void dragWire();
    void dragWireBackwards();
    void wrongTypeIsRefused();
    void portsThatFitGlow();
    void dragReplacesWire();
    void pullWireOff();
    void moveWireToAnotherInput();
    void clickOnPortChangesNothing();
    void escapeCancelsWire();
    void wireOnCanvasOffersTypes();
};

void TestWireDrag::dragWire()
{
    load();
    m_model->disconnectPorts({"train", "checkpoint", "prune", "checkpoint"});
    drag(portPoint("train", "checkpoint", false), portPoint("prune", "checkpoint", true));
    QVERIFY(graph() == sampleGraph());
    QVERIFY(m_view->scene().wireItem({"train", "checkpoint", "prune", "checkpoint"}));
    QVERIFY(!m_view->scene().wireDrag().active());
}

void TestWireDrag::dragWireBackwards()
{
    load();
    m_model->disconnectPorts({"train", "checkpoint", "prune", "checkpoint"});
    drag(portPoint("prune", "checkpoint", true), portPoint("train", "checkpoint", false));
    QVERIFY(graph() == sampleGraph());
}

void TestWireDrag::wrongTypeIsRefused()
{
    load();
    QSignalSpy refused(m_model.get(), &PipelineModel::refused);
    const QPoint target = portPoint("model", "tokenizer", true);
    press(portPoint("split", "splits", false));
    moveTo(target + QPoint(0, 30));
    moveTo(target);
    QVERIFY(QToolTip::text().contains("Splits"));
    release(target);
    QCOMPARE(refused.count(), 1);
    QVERIFY(graph() == sampleGraph());
    QVERIFY(!m_model->isModified());
}

void TestWireDrag::portsThatFitGlow()
{
    load();
    press(portPoint("train", "checkpoint", false));
    moveTo(portPoint("train", "checkpoint", false) + QPoint(40, 60));
    QCOMPARE(m_view->scene().portItem("package", "checkpoint", true)->highlight(), PortItem::Highlight::Fits);
    QCOMPARE(m_view->scene().portItem("package", "splits", true)->highlight(), PortItem::Highlight::Refuses);
    moveTo(portPoint("package", "checkpoint", true));
    QCOMPARE(m_view->scene().portItem("package", "checkpoint", true)->highlight(), PortItem::Highlight::Target);
    release(portPoint("package", "checkpoint", true));
    QCOMPARE(m_view->scene().portItem("package", "checkpoint", true)->highlight(), PortItem::Highlight::None);
}

void TestWireDrag::dragReplacesWire()
{
    load();
    drag(portPoint("train", "checkpoint", false), portPoint("package", "checkpoint", true));
    QCOMPARE(graph().edgeInto("package", "checkpoint")->fromNode, std::string("train"));
    QCOMPARE(m_model->undoStack()->count(), 1);
    m_model->undoStack()->undo();
    QVERIFY(graph() == sampleGraph());
}

void TestWireDrag::pullWireOff()
{
    load();
    const QPoint port = portPoint("package", "checkpoint", true);
    drag(port, viewPoint({-100, 420}));
    QVERIFY(!graph().edgeInto("package", "checkpoint"));
    QVERIFY(!popup());
    m_model->undoStack()->undo();
    QVERIFY(graph() == sampleGraph());
    QVERIFY(m_view->scene().wireItem({"prune", "checkpoint", "package", "checkpoint"})->isVisible());
}

void TestWireDrag::moveWireToAnotherInput()
{
    load();
    m_model->disconnectPorts({"prune", "checkpoint", "evaluate", "checkpoint"});
    m_model->undoStack()->clear();
    drag(portPoint("package", "checkpoint", true), portPoint("evaluate", "checkpoint", true));
    QVERIFY(!graph().edgeInto("package", "checkpoint"));
    QCOMPARE(graph().edgeInto("evaluate", "checkpoint")->fromNode, std::string("prune"));
    QCOMPARE(m_model->undoStack()->count(), 1);
}

void TestWireDrag::clickOnPortChangesNothing()
{
    load();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, portPoint("package", "checkpoint", true));
    QVERIFY(graph() == sampleGraph());
    drag(portPoint("package", "checkpoint", true), portPoint("package", "checkpoint", true) + QPoint(12, 0)); // there and back
    QVERIFY(graph() == sampleGraph());
    QVERIFY(!m_model->isModified());
}

void TestWireDrag::escapeCancelsWire()
{
    load();
    press(portPoint("package", "checkpoint", true));
    moveTo(viewPoint({-100, 420}));
    QVERIFY(m_view->scene().wireDrag().active());
    key(Qt::Key_Escape);
    QVERIFY(!m_view->scene().wireDrag().active());
    release(viewPoint({-100, 420}));
    QVERIFY(graph() == sampleGraph());
    QVERIFY(m_view->scene().wireItem({"prune", "checkpoint", "package", "checkpoint"})->isVisible());
}

void TestWireDrag::wireOnCanvasOffersTypes()
{
    load();
    drag(portPoint("model", "model", false), viewPoint({760, 300}));
    QMenu* menu = popup();
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 2); // Train and Distil take a model
    QCOMPARE(menu->actions().front()->text(), QString("Train"));
    menu->actions().front()->trigger();
    QVERIFY(graph().edgeInto("train2", "model"));
    QCOMPARE(m_model->undoStack()->count(), 1);
    m_model->undoStack()->undo();
    QVERIFY(graph() == sampleGraph());
}

QTEST_MAIN(TestWireDrag)
#include "tst_WireDrag.moc"
