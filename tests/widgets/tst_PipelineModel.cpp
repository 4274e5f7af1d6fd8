// SPDX-License-Identifier: GPL-3.0-or-later
// The model behind the canvas: every edit undoes back to the equal graph, states know when they are out of date.
#include "widgets/pipeline/PipelineModel.h"

#include "engine/graph/DefaultPipeline.h"
#include "widgets/pipeline/GraphClipboard.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/TidyLayout.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace espalier;

namespace {

Graph sampleGraph()
{
    return defaultPipeline("/nowhere/lines.csv", "/nowhere").graph;
}

const Edge trainToPrune{"train", "checkpoint", "prune", "checkpoint"};

} // namespace

class TestPipelineModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEditUndoesAndRedoes_data();
    void everyEditUndoesAndRedoes();
    void signalsRebuildTheSameGraph();
    void sameParameterMerges();
    void thereAndBackIsNoEdit();
    void connectingReplacesInOneStep();
    void refusalSaysWhy_data();
    void refusalSaysWhy();
    void copyAndPasteThroughTheClipboard();
    void badClipboardIsRefused();
    void doneTurnsStaleAndBack();
    void doneBelongsToWhatRan();
    void currentNodeFollowsRemoval();
    void cleanState();
    void tidyUpCoversNothing();
    void aHeapIsLaidOut();
    void problemsSpeakTheUsersLanguage();
};

using Edit = std::function<void(PipelineModel&)>;
Q_DECLARE_METATYPE(Edit)

void TestPipelineModel::everyEditUndoesAndRedoes_data()
{
    QTest::addColumn<Edit>("edit");
    const auto row = [](const char* name, Edit edit) { QTest::newRow(name) << std::move(edit); };
    row("add", [](PipelineModel& m) { QCOMPARE(m.addNode("train", {13, 27}), std::string("train2")); });
    row("add connected", [](PipelineModel& m) { QVERIFY(!m.addConnectedNode("evaluate", {0, 0}, {"train", "checkpoint", {}, "checkpoint"}).empty()); });
    row("remove nodes", [](PipelineModel& m) { QVERIFY(m.removeItems({"split", "train"})); });
    row("remove wires", [](PipelineModel& m) { QVERIFY(m.removeItems({}, {trainToPrune})); });
    row("remove both", [](PipelineModel& m) { QVERIFY(m.removeItems({"train"}, {trainToPrune})); });
    row("move", [](PipelineModel& m) { QVERIFY(m.moveNodes({{"train", {801, 9}}, {"prune", {-16, 24}}})); });
    row("connect", [](PipelineModel& m) { QVERIFY(m.connectPorts({"train", "checkpoint", "package", "checkpoint"})); });
    row("disconnect", [](PipelineModel& m) { QVERIFY(m.disconnectPorts(trainToPrune)); });
    row("parameter", [](PipelineModel& m) { QVERIFY(m.setParameter("train", "epochs", 3)); });
    row("rename", [](PipelineModel& m) { QVERIFY(m.rename("train", "My training")); });
    row("duplicate", [](PipelineModel& m) { QCOMPARE(m.duplicate({"train", "prune"}).size(), std::size_t(2)); });
    row("paste", [](PipelineModel& m) {
        m.copy({"train", "prune"});
        QCOMPARE(m.paste({100, 100}).size(), std::size_t(2));
    });
    row("tidy up", [](PipelineModel& m) { QVERIFY(m.tidyUp()); });
}

void TestPipelineModel::everyEditUndoesAndRedoes()
{
    QFETCH(Edit, edit);
    PipelineModel model;
    model.setGraph(sampleGraph());
    const Graph before = model.graph();
    edit(model);
    const Graph after = model.graph();
    QVERIFY(!(after == before));
    QCOMPARE(model.undoStack()->count(), 1);
    QVERIFY(!model.undoStack()->text(0).isEmpty());
    model.undoStack()->undo();
    QVERIFY(model.graph() == before);
    model.undoStack()->redo();
    QVERIFY(model.graph() == after);
}

/// What a view does: keeps its own copy by listening only.
void TestPipelineModel::signalsRebuildTheSameGraph()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    std::map<std::string, Node> nodes = model.graph().nodes();
    std::set<Edge> edges(model.graph().edges().begin(), model.graph().edges().end());
    const auto copyNode = [&](const std::string& id) { nodes[id] = *model.graph().node(id); };
    connect(&model, &PipelineModel::nodeAdded, this, copyNode);
    connect(&model, &PipelineModel::nodeMoved, this, copyNode);
    connect(&model, &PipelineModel::nodeChanged, this, copyNode);
    connect(&model, &PipelineModel::nodeRemoved, this, [&](const std::string& id) { nodes.erase(id); });
    connect(&model, &PipelineModel::edgeAdded, this, [&](const Edge& edge) { edges.insert(edge); });
    connect(&model, &PipelineModel::edgeRemoved, this, [&](const Edge& edge) { edges.erase(edge); });
    const auto same = [&] { return nodes == model.graph().nodes() && std::vector<Edge>(edges.begin(), edges.end()) == model.graph().edges(); };

    model.removeItems({"split"});
    model.duplicate({"train", "prune"});
    model.connectPorts({"train2", "checkpoint", "evaluate", "checkpoint"});
    model.setParameter("train", "epochs", 5);
    model.tidyUp();
    QVERIFY(same());
    for (int step = model.undoStack()->count(); step > 0; --step) {
        model.undoStack()->undo();
        QVERIFY(same());
    }
    QVERIFY(model.graph() == sampleGraph());
}

void TestPipelineModel::sameParameterMerges()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    for (int epochs : {2, 21, 215})
        model.setParameter("train", "epochs", epochs);
    QCOMPARE(model.undoStack()->count(), 1);
    model.setParameter("prune", "epochs", 9);
    model.setParameter("train", "epochs", 30);
    QCOMPARE(model.undoStack()->count(), 3);
    model.moveNodes({{"train", {8, 8}}}, "drag");
    model.moveNodes({{"train", {16, 8}}}, "drag");
    QCOMPARE(model.undoStack()->count(), 4);
    model.moveNodes({{"train", {24, 8}}}, "another drag");
    QCOMPARE(model.undoStack()->count(), 5);
}

void TestPipelineModel::thereAndBackIsNoEdit()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    model.setParameter("train", "epochs", 3);
    model.setParameter("train", "epochs", 20);
    QCOMPARE(model.undoStack()->count(), 0);
    QVERIFY(model.rename("train", ""));
    QCOMPARE(model.undoStack()->count(), 0);
}

void TestPipelineModel::connectingReplacesInOneStep()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    QVERIFY(model.connectPorts({"train", "checkpoint", "package", "checkpoint"}));
    QCOMPARE(model.graph().edgeInto("package", "checkpoint")->fromNode, std::string("train"));
    QCOMPARE(model.undoStack()->count(), 1);
    const Edge moved{"prune", "checkpoint", "evaluate", "checkpoint"};
    QVERIFY(model.connectPorts({"prune", "checkpoint", "package", "checkpoint"}, &moved));
    QVERIFY(!model.graph().edgeInto("evaluate", "checkpoint"));
    QCOMPARE(model.undoStack()->count(), 2);
}

void TestPipelineModel::refusalSaysWhy_data()
{
    QTest::addColumn<QString>("fromNode");
    QTest::addColumn<QString>("fromPort");
    QTest::addColumn<QString>("toNode");
    QTest::addColumn<QString>("toPort");
    QTest::addColumn<QString>("word");
    QTest::newRow("type") << "split" << "splits" << "model" << "tokenizer" << "Tokenizer";
    QTest::newRow("circle") << "prune" << "checkpoint" << "prune" << "checkpoint" << "circle";
    QTest::newRow("node") << "nobody" << "checkpoint" << "prune" << "checkpoint" << "nobody";
}

void TestPipelineModel::refusalSaysWhy()
{
    QFETCH(QString, fromNode);
    QFETCH(QString, fromPort);
    QFETCH(QString, toNode);
    QFETCH(QString, toPort);
    QFETCH(QString, word);
    PipelineModel model;
    model.setGraph(sampleGraph());
    QSignalSpy refused(&model, &PipelineModel::refused);
    QVERIFY(!model.connectPorts({fromNode.toStdString(), fromPort.toStdString(), toNode.toStdString(), toPort.toStdString()}));
    QCOMPARE(refused.count(), 1);
    QVERIFY2(refused.front().front().toString().contains(word), qPrintable(refused.front().front().toString()));
    QVERIFY(model.graph() == sampleGraph());
    QVERIFY(!model.isModified());
}

void TestPipelineModel::copyAndPasteThroughTheClipboard()
{
    PipelineModel source;
    source.setGraph(sampleGraph());
    source.setParameter("train", "epochs", 7);
    source.copy({"train", "prune"});
    PipelineModel target;
    QVERIFY(target.canPaste());
    const auto ids = target.paste({80, 40});
    QCOMPARE(ids, (PipelineModel::Ids{"prune", "train"}));
    QVERIFY(target.graph().node("train")->parameters.at("epochs") == Json(7));
    QVERIFY(target.graph().edges() == std::vector<Edge>{trainToPrune});
    QCOMPARE(graphBounds(target.graph()).topLeft(), QPointF(80, 40));
}

void TestPipelineModel::badClipboardIsRefused()
{
    PipelineModel model;
    QGuiApplication::clipboard()->setText("just words");
    QVERIFY(!model.canPaste());
    auto* data = new QMimeData;
    data->setData(nodesMimeType, "{\"espalier_project\": 1, \"nodes\": [{}]}");
    QGuiApplication::clipboard()->setMimeData(data);
    QSignalSpy refused(&model, &PipelineModel::refused);
    QVERIFY(model.paste({0, 0}).empty());
    QCOMPARE(refused.count(), 1);
}

void TestPipelineModel::doneTurnsStaleAndBack()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    for (const char* node : {"dataset", "split", "train", "prune"})
        model.setNodeStatus(node, {.state = NodeState::Done});
    model.setParameter("train", "epochs", 3);
    QCOMPARE(model.nodeStatus("split").state, NodeState::Done);
    QCOMPARE(model.nodeStatus("train").state, NodeState::Stale);
    QCOMPARE(model.nodeStatus("prune").state, NodeState::Stale);
    model.undoStack()->undo();
    QCOMPARE(model.nodeStatus("prune").state, NodeState::Done);
    model.rename("train", "Other");
    model.moveNodes({{"train", {0, 0}}});
    QCOMPARE(model.nodeStatus("train").state, NodeState::Done);
    model.disconnectPorts({"dataset", "dataset", "split", "dataset"});
    QCOMPARE(model.nodeStatus("dataset").state, NodeState::Done);
    QCOMPARE(model.nodeStatus("prune").state, NodeState::Stale);
}

void TestPipelineModel::doneBelongsToWhatRan()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    model.markRunStarted();
    model.setNodeStatus("train", {.state = NodeState::Running, .message = "Epoch 1", .progress = 0.5});
    model.setParameter("train", "epochs", 3);
    QCOMPARE(model.nodeStatus("train").state, NodeState::Running);
    model.setNodeStatus("train", {.state = NodeState::Done});
    QCOMPARE(model.nodeStatus("train").state, NodeState::Stale);
}

void TestPipelineModel::currentNodeFollowsRemoval()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    QSignalSpy changed(&model, &PipelineModel::currentNodeChanged);
    model.setCurrentNode("train");
    model.setCurrentNode("train");
    QCOMPARE(changed.count(), 1);
    model.removeItems({"train"});
    QVERIFY(model.currentNode().empty());
    model.setCurrentNode("not there");
    QVERIFY(model.currentNode().empty());
    QCOMPARE(changed.count(), 2);
}

void TestPipelineModel::cleanState()
{
    PipelineModel model;
    model.setGraph(sampleGraph());
    QSignalSpy modified(&model, &PipelineModel::modifiedChanged);
    model.setParameter("train", "epochs", 3);
    QVERIFY(model.isModified());
    model.setClean();
    model.setParameter("train", "epochs", 4); // must not melt into the step that was saved
    QVERIFY(model.isModified());
    model.undoStack()->undo();
    QVERIFY(!model.isModified());
    QVERIFY(model.graph().node("train")->parameters.at("epochs") == Json(3));
    QCOMPARE(modified.count(), 4);
}

void TestPipelineModel::tidyUpCoversNothing()
{
    PipelineModel model;
    Graph graph = sampleGraph();
    const Graph sample = sampleGraph();
    for (const auto& [id, node] : sample.nodes())
        QVERIFY(graph.moveNode(id, 5, 5).ok());
    model.setGraph(graph);
    QVERIFY(model.tidyUp());
    std::vector<QRectF> rects;
    for (const auto& [id, node] : model.graph().nodes()) {
        QCOMPARE(snapToGrid({node.x, node.y}), QPointF(node.x, node.y));
        for (const QRectF& other : rects)
            QVERIFY(!other.intersects(nodeRect(model.graph(), node)));
        rects.push_back(nodeRect(model.graph(), node));
    }
    for (const Edge& edge : model.graph().edges()) { // to the right of what feeds it, or in a band below
        const Node& from = *model.graph().node(edge.fromNode);
        const Node& to = *model.graph().node(edge.toNode);
        QVERIFY(from.x < to.x || from.y + 100 < to.y);
    }
    QVERIFY(graphBounds(model.graph()).width() < 1000);
    QVERIFY(tidyLayout(Graph()).empty());
}

/// A project that says no positions is readable when it is opened; one that does stays as it is.
void TestPipelineModel::aHeapIsLaidOut()
{
    Graph heap = sampleGraph();
    Graph placed = heap;
    layOutHeap(placed);
    QVERIFY(placed == heap);
    for (const auto& [id, node] : placed.nodes())
        QVERIFY(heap.moveNode(id, 40, 40).ok());
    layOutHeap(heap);
    for (const auto& [id, position] : tidyLayout(heap))
        QCOMPARE(QPointF(heap.node(id)->x, heap.node(id)->y), position);
    QVERIFY(graphBounds(heap).width() > 500);
    Graph none;
    layOutHeap(none);
}

void TestPipelineModel::problemsSpeakTheUsersLanguage()
{
    Graph graph = sampleGraph();
    QVERIFY(graph.disconnect(trainToPrune).ok());
    QVERIFY(graph.setParameter("deploy", "device", "").ok());
    const auto problems = validate(graph, "/nowhere");
    QStringList texts;
    for (const Problem& problem : problems)
        texts << problemText(graph, problem) << problemRemedy(graph, problem);
    QVERIFY(texts.contains("The input “Checkpoint” has no wire."));
    QVERIFY(texts.contains("“Device” is empty."));
    QVERIFY(texts.contains("The file “lines.csv” does not exist."));
    const Problem unknown{Problem::Severity::Warning, "train", {}, {}, "Something new.", "Do it."};
    QCOMPARE(problemText(graph, unknown), QString("Something new."));
}

QTEST_MAIN(TestPipelineModel)
#include "tst_PipelineModel.moc"
