// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas under the user's hands: real mouse and key events, and what the graph is afterwards.
#include "widgets/pipeline/PipelineView.h"

#include "tests/widgets/CanvasTest.h"
#include "widgets/pipeline/CanvasActions.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/WireItem.h"

#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace espalier;

class TestPipelineView : public CanvasTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void dropFromPalette();
    void dropOfSomethingElseIsLeftAlone();
    void itemsMirrorTheGraph();
    void wiresGoRoundNodes();
    void dragNode();
    void deleteNodesAndWires();
    void rubberBand();
    void copyPasteDuplicateByKeys();
    void arrowsMove();
    void tabGoesThroughNodes();
    void keyboardOnlyPath();
    void renameInPlace();
    void contextMenuRunsToHere();
    void zoomAndFit();
    void panning();
    void scrollingDoesNotJump();
    void emptyCanvasOffersButtons();
    void unknownTypeIsShown();
    void everythingBackToTheStart();

private:
    void compareItems() const;
};

void TestPipelineView::dropFromPalette()
{
    QMimeData data;
    data.setData(nodeTypeMimeType, "tokenizer");
    const QPoint at(400, 300);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_view->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_view->viewport(), &drop);
    QVERIFY(drop.isAccepted());
    QVERIFY(graph().node("tokenizer"));
    QVERIFY(m_view->scene().nodeItem("tokenizer")->sceneBoundingRect().contains(m_view->mapToScene(at)));
    QCOMPARE(m_model->currentNode(), std::string("tokenizer"));
    key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(graph().nodes().empty());
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(graph().node("tokenizer"));
}

void TestPipelineView::dropOfSomethingElseIsLeftAlone()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/tmp/x.csv")});
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_view->viewport(), &enter);
    QVERIFY(!enter.isAccepted()); // the window takes files
}

void TestPipelineView::itemsMirrorTheGraph()
{
    load();
    compareItems();
}

void TestPipelineView::compareItems() const
{
    QCOMPARE(m_view->scene().nodeItems().size(), graph().nodes().size());
    for (const auto& [id, node] : graph().nodes())
        QCOMPARE(m_view->scene().nodeItem(id)->pos(), QPointF(node.x, node.y));
    for (const Edge& edge : graph().edges()) {
        const WireItem* wire = m_view->scene().wireItem(edge);
        QVERIFY(wire);
        QCOMPARE(wire->path().pointAtPercent(0), m_view->scene().portItem(edge.fromNode, edge.fromPort, false)->scenePos());
        QCOMPARE(wire->path().currentPosition(), m_view->scene().portItem(edge.toNode, edge.toPort, true)->scenePos());
    }
}

void TestPipelineView::wiresGoRoundNodes()
{
    load();
    m_model->tidyUp();
    for (const Edge& edge : graph().edges())
        for (const auto& [id, node] : graph().nodes()) {
            const QRectF inner = nodeRect(graph(), node).adjusted(1, 1, -1, -1);
            QVERIFY2(id == edge.fromNode || id == edge.toNode || !wireTouches(m_view->scene().wireItem(edge)->path(), inner), (edge.fromNode + " " + edge.toNode + " covers " + id).c_str());
        }
}

void TestPipelineView::dragNode()
{
    load();
    const Graph before = graph();
    drag(headerPoint("train"), headerPoint("train") + QPoint(53, -21));
    const Node& moved = *graph().node("train");
    QVERIFY(moved.x != before.node("train")->x);
    QCOMPARE(snapToGrid({moved.x, moved.y}), QPointF(moved.x, moved.y));
    QCOMPARE(m_model->undoStack()->count(), 1);
    const WireItem* wire = m_view->scene().wireItem({"train", "checkpoint", "prune", "checkpoint"});
    QCOMPARE(wire->path().pointAtPercent(0), m_view->scene().portItem("train", "checkpoint", false)->scenePos());
    m_model->undoStack()->undo();
    QVERIFY(graph() == before);
    QCOMPARE(m_view->scene().nodeItem("train")->pos(), QPointF(before.node("train")->x, before.node("train")->y));
}

void TestPipelineView::deleteNodesAndWires()
{
    load();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, headerPoint("prune"));
    QCOMPARE(m_model->currentNode(), std::string("prune"));
    key(Qt::Key_Delete);
    QVERIFY(!graph().node("prune"));
    QVERIFY(!m_view->scene().nodeItem("prune"));
    QVERIFY(!m_view->scene().wireItem({"train", "checkpoint", "prune", "checkpoint"}));
    key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(graph() == sampleGraph());
    const QPointF middle = m_view->scene().wireItem({"train", "checkpoint", "prune", "checkpoint"})->path().pointAtPercent(0.5);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, viewPoint(middle));
    key(Qt::Key_Backspace);
    QCOMPARE(graph().edges().size(), sampleGraph().edges().size() - 1);
    QVERIFY(graph().node("prune"));
}

void TestPipelineView::rubberBand()
{
    load();
    drag(viewPoint({-20, -20}), viewPoint({2 * 240 - 20, 130}));
    QCOMPARE(m_view->scene().selectedNodes(), (std::vector<std::string>{"dataset", "split"}));
    QVERIFY(m_model->currentNode().empty());
    drag(headerPoint("split"), headerPoint("split") + QPoint(0, -64));
    QCOMPARE(m_model->undoStack()->count(), 1);
    QCOMPARE(graph().node("dataset")->y, graph().node("split")->y);
    QVERIFY(graph().node("dataset")->y < 0);
}

void TestPipelineView::copyPasteDuplicateByKeys()
{
    load();
    key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->scene().selectedNodes().size(), graph().nodes().size());
    key(Qt::Key_C, Qt::ControlModifier);
    key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(graph().nodes().size(), 2 * sampleGraph().nodes().size());
    QCOMPARE(graph().edges().size(), 2 * sampleGraph().edges().size());
    QCOMPARE(m_view->scene().selectedNodes().size(), sampleGraph().nodes().size());
    m_model->undoStack()->undo();
    m_model->setCurrentNode("train");
    key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(m_model->currentNode(), std::string("train2"));
    QCOMPARE(graph().edgeInto("train2", "splits")->fromNode, std::string("split"));
    key(Qt::Key_X, Qt::ControlModifier);
    QVERIFY(graph() == sampleGraph());
}

void TestPipelineView::arrowsMove()
{
    load();
    m_model->setCurrentNode("train");
    key(Qt::Key_Right);
    key(Qt::Key_Right);
    key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(graph().node("train")->x, sampleGraph().node("train")->x + 16);
    QCOMPARE(graph().node("train")->y, sampleGraph().node("train")->y + 32);
    QCOMPARE(m_model->undoStack()->count(), 1);
}

void TestPipelineView::tabGoesThroughNodes()
{
    load();
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < graph().nodes().size(); ++i) {
        key(Qt::Key_Tab);
        seen.push_back(m_model->currentNode());
    }
    QCOMPARE(seen, graph().topologicalOrder());
    key(Qt::Key_Tab, Qt::ShiftModifier);
    QCOMPARE(m_model->currentNode(), seen[seen.size() - 2]);
}

/// Without a mouse: add, wire through the menu, rename, move, delete.
void TestPipelineView::keyboardOnlyPath()
{
    m_view->addNode("dataset");
    m_view->addNode("split");
    QCOMPARE(m_view->scene().selectedNodes(), (std::vector<std::string>{"split"}));
    QContextMenuEvent menuKey(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_view->viewport(), &menuKey);
    QVERIFY(popup());
    QAction* wire = nullptr;
    for (QAction* action : popup()->actions())
        if (action->menu())
            wire = action->menu()->actions().value(0);
    QVERIFY(wire);
    wire->trigger();
    popup()->close();
    QVERIFY(graph().edgeInto("split", "dataset"));
    QSignalSpy inspect(m_view.get(), &PipelineView::inspectRequested);
    key(Qt::Key_Return);
    QCOMPARE(inspect.count(), 1);
    key(Qt::Key_Delete);
    QVERIFY(!graph().node("split"));
}

void TestPipelineView::renameInPlace()
{
    load();
    m_model->setCurrentNode("train");
    key(Qt::Key_F2);
    auto* field = m_view->viewport()->findChild<QLineEdit*>();
    QVERIFY(field);
    QTest::keyClicks(field, "Big one");
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(graph().node("train")->title, std::string("Big one"));
    key(Qt::Key_F2);
    field = m_view->viewport()->findChildren<QLineEdit*>().last();
    QTest::keyClicks(field, "Never mind");
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(graph().node("train")->title, std::string("Big one"));
}

void TestPipelineView::contextMenuRunsToHere()
{
    load();
    QSignalSpy run(m_view.get(), &PipelineView::runToRequested);
    const QPoint at = headerPoint("evaluate");
    QContextMenuEvent click(QContextMenuEvent::Mouse, at, m_view->viewport()->mapToGlobal(at));
    QApplication::sendEvent(m_view->viewport(), &click);
    QVERIFY(popup());
    QVERIFY(popup()->actions().contains(m_view->actions().runToHere));
    m_view->actions().runToHere->trigger();
    QCOMPARE(run.count(), 1);
    QCOMPARE(run.front().front().value<std::string>(), std::string("evaluate"));
}

void TestPipelineView::zoomAndFit()
{
    load();
    const double before = m_view->zoom();
    key(Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(m_view->zoom() > before);
    key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->zoom(), 1.0);
    for (int i = 0; i < 40; ++i)
        key(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(m_view->zoom(), PipelineView::smallestZoom);
    const QPointF at(500, 300);
    const QPointF under = m_view->mapToScene(at.toPoint());
    QWheelEvent wheel(at, m_view->viewport()->mapToGlobal(at), {}, {0, 480}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCursor::setPos(m_view->viewport()->mapToGlobal(at.toPoint()));
    QTest::mouseMove(m_view->viewport(), at.toPoint());
    QApplication::sendEvent(m_view->viewport(), &wheel);
    QVERIFY(m_view->zoom() > PipelineView::smallestZoom);
    QVERIFY(QLineF(m_view->mapToScene(at.toPoint()), under).length() < 8); // what is under the mouse stays there
    m_view->centerOn(9000, 9000);
    key(Qt::Key_F);
    QVERIFY(m_view->mapToScene(m_view->viewport()->rect()).boundingRect().contains(graphBounds(graph())));
    QVERIFY(m_view->zoom() <= 1.0);
}

void TestPipelineView::panning()
{
    load();
    const QPointF before = m_view->mapToScene(0, 0);
    QTest::mousePress(m_view->viewport(), Qt::MiddleButton, {}, {300, 300});
    moveTo({360, 330});
    QTest::mouseRelease(m_view->viewport(), Qt::MiddleButton, {}, {360, 330});
    QCOMPARE((before - m_view->mapToScene(0, 0)).toPoint(), QPoint(60, 30));
    QTest::keyPress(m_view.get(), Qt::Key_Space);
    drag(headerPoint("train"), headerPoint("train") + QPoint(40, 0));
    QTest::keyRelease(m_view.get(), Qt::Key_Space);
    QCOMPARE((before - m_view->mapToScene(0, 0)).toPoint(), QPoint(100, 30));
    QVERIFY(graph() == sampleGraph());
}

void TestPipelineView::scrollingDoesNotJump()
{
    load();
    const QPointF before = m_view->mapToScene(0, 0);
    m_model->moveNodes({{"train", {3000, 2500}}});
    m_model->addNode("evaluate", {-2000, -900});
    QCOMPARE(m_view->mapToScene(0, 0), before);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->value() + 40);
    QCOMPARE((m_view->mapToScene(0, 0) - before).toPoint(), QPoint(0, 40));
}

void TestPipelineView::emptyCanvasOffersButtons()
{
    auto* sample = m_view->findChild<QPushButton*>("openSample");
    QVERIFY(sample && sample->isVisible());
    QVERIFY(m_view->rect().contains(QRect(sample->mapTo(m_view.get(), QPoint()), sample->size())));
    QSignalSpy openSample(m_view.get(), &PipelineView::openSampleRequested);
    QSignalSpy openFile(m_view.get(), &PipelineView::openFileRequested);
    QTest::mouseClick(sample, Qt::LeftButton);
    QTest::mouseClick(m_view->findChild<QPushButton*>("openFile"), Qt::LeftButton);
    QCOMPARE(openSample.count() + openFile.count(), 2);
    load();
    QVERIFY(!sample->isVisible());
}

void TestPipelineView::unknownTypeIsShown()
{
    Graph future;
    QVERIFY(future.addNode({.id = "a", .type = "telepathy"}).ok());
    QVERIFY(future.addNode({.id = "train", .type = "train", .x = 400}).ok());
    QVERIFY(future.connect({"a", "mind", "train", "model"}).ok());
    m_model->setGraph(future);
    QVERIFY(m_view->scene().portItem("a", "mind", false));
    QVERIFY(m_view->scene().wireItem({"a", "mind", "train", "model"}));
    m_view->grab();
    m_model->disconnectPorts({"a", "mind", "train", "model"});
    QVERIFY(!m_view->scene().portItem("a", "mind", false));
    m_model->undoStack()->undo();
    QVERIFY(m_view->scene().portItem("a", "mind", false));
    QVERIFY(graph() == future);
}

void TestPipelineView::everythingBackToTheStart()
{
    load();
    drag(headerPoint("train"), headerPoint("train") + QPoint(50, 50));
    drag(portPoint("train", "checkpoint", false), portPoint("package", "checkpoint", true));
    m_model->setCurrentNode("prune");
    key(Qt::Key_D, Qt::ControlModifier);
    key(Qt::Key_Right);
    key(Qt::Key_Delete);
    m_view->actions().tidyUp->trigger();
    const Graph after = graph();
    while (m_model->undoStack()->canUndo())
        key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(graph() == sampleGraph());
    compareItems();
    while (m_model->undoStack()->canRedo())
        key(Qt::Key_Y, Qt::ControlModifier);
    QVERIFY(graph() == after);
}

QTEST_MAIN(TestPipelineView)
#include "tst_PipelineView.moc"
