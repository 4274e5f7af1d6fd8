// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/Graph.h"

#include <QTest>

#include <algorithm>

using namespace espalier;

namespace {

Node node(const char* id, const char* type)
{
    return {.id = id, .type = type};
}

/// dataset -> split -> tokenizer -> model -> train, and split -> train
Graph pipeline()
{
    Graph graph;
    for (const char* type : {"dataset", "split", "tokenizer", "model", "train"})
        (void)graph.addNode(node(type, type));
    for (const Edge& edge : {Edge{"dataset", "dataset", "split", "dataset"}, Edge{"split", "splits", "tokenizer", "splits"},
                             Edge{"tokenizer", "tokenizer", "model", "tokenizer"}, Edge{"model", "model", "train", "model"},
                             Edge{"split", "splits", "train", "splits"}})
        (void)graph.connect(edge);
    return graph;
}

QString problem(const Result<void>& result)
{
    return result ? QString() : QString::fromStdString(result.error().message());
}

} // namespace

class tst_Graph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsNameOneNode()
    {
        Graph graph = pipeline();
        QVERIFY(!graph.addNode(node("train", "train")).ok());
        for (const char* bad : {"", "a.b", "a b", "ä", "../x"})
            QVERIFY2(!graph.addNode(node(bad, "train")).ok(), bad);
        QVERIFY(!graph.addNode(node(std::string(65, 'x').c_str(), "train")).ok());
        QCOMPARE(graph.freeId("train"), std::string("train2"));
        QCOMPARE(graph.freeId("prune"), std::string("prune"));
        QCOMPARE(graph.freeId("odd type"), std::string("node"));
    }

    void wiresJoinEqualTypesOnly()
    {
        Graph graph = pipeline();
        QCOMPARE(graph.edges().size(), std::size_t{5});
        (void)graph.addNode(node("prune", "prune"));
        QVERIFY(problem(graph.connect({"model", "model", "prune", "checkpoint"})).contains("gives a model, but 'prune.checkpoint' takes a checkpoint"));
        QVERIFY(problem(graph.connect({"train", "nothing", "prune", "checkpoint"})).contains("has no output 'nothing'"));
        QVERIFY(problem(graph.connect({"train", "checkpoint", "prune", "nothing"})).contains("has no input 'nothing'"));
        QVERIFY(problem(graph.connect({"nobody", "checkpoint", "prune", "checkpoint"})).contains("no node 'nobody'"));
        QCOMPARE(problem(graph.connect({"train", "checkpoint", "prune", "checkpoint"})), QString());
        QCOMPARE(graph.edges().size(), std::size_t{6});
    }

    void anInputTakesOneWire()
    {
        Graph graph = pipeline();
        (void)graph.addNode(node("split2", "split"));
        QVERIFY(problem(graph.connect({"split2", "splits", "train", "splits"})).contains("has a wire already"));
        QVERIFY(graph.disconnect({"split", "splits", "train", "splits"}).ok());
        QVERIFY(graph.connect({"split2", "splits", "train", "splits"}).ok());
        QCOMPARE(graph.edgeInto("train", "splits")->fromNode, std::string("split2"));
        QVERIFY(!graph.disconnect({"split", "splits", "train", "splits"}).ok());
    }

    void noWireClosesACircle()
    {
        Graph graph;
        (void)graph.addNode(node("a", "prune"));
        (void)graph.addNode(node("b", "prune"));
        QVERIFY(graph.connect({"a", "checkpoint", "b", "checkpoint"}).ok());
        QVERIFY(problem(graph.connect({"b", "checkpoint", "a", "checkpoint"})).contains("circle"));
        QVERIFY(problem(graph.connect({"a", "checkpoint", "a", "checkpoint"})).contains("circle"));
    }

    void removingANodeTakesItsWires()
    {
        Graph graph = pipeline();
        QVERIFY(graph.removeNode("split").ok());
        QCOMPARE(graph.edges().size(), std::size_t{2});
        QVERIFY(graph.edgesOf("split").empty());
        QVERIFY(!graph.removeNode("split").ok());
    }

    void parametersAreCheckedAndDefaultsNotStored()
    {
        Graph graph = pipeline();
        QVERIFY(graph.setParameter("train", "epochs", 5).ok());
        QVERIFY(graph.node("train")->parameters.at("epochs") == Json(5));
        QVERIFY(effectiveParameters(*graph.node("train"))->at("epochs") == Json(5));
        QVERIFY(graph.setParameter("train", "epochs", 20).ok());
        QVERIFY(graph.node("train")->parameters.empty());
        QVERIFY(problem(graph.setParameter("train", "epochs", 0)).contains("node 'train': 'epochs' is 0"));
        QVERIFY(problem(graph.setParameter("dataset", "trian", "a.csv")).contains("There is no parameter 'trian'. Known parameters: train, "));
        QVERIFY(graph.setParameter("dataset", "train", "a.csv").ok());
        QVERIFY(graph.setParameter("dataset", "train", "").ok()); // being edited; the validator complains
        QVERIFY(graph.node("dataset")->parameters.empty());
    }

    void unknownTypesAreKeptAsTheyAre()
    {
        Graph graph = pipeline();
        QVERIFY(graph.addNode(node("later", "invented_later")).ok());
        QVERIFY(graph.setParameter("later", "anything", Json::array({1, 2})).ok());
        QVERIFY(graph.connect({"train", "checkpoint", "later", "input"}).ok());
        QVERIFY(effectiveParameters(*graph.node("later")).error().code == ErrorCode::Unsupported);
    }

    void orderPutsEveryNodeAfterWhatItNeeds()
    {
        const Graph graph = pipeline();
        const auto order = graph.topologicalOrder();
        QCOMPARE(order.size(), graph.nodes().size());
        const auto place = [&](const std::string& id) { return std::find(order.begin(), order.end(), id) - order.begin(); };
        for (const Edge& edge : graph.edges())
            QVERIFY(place(edge.fromNode) < place(edge.toNode));
        QVERIFY((graph.topologicalOrder("tokenizer") == std::vector<std::string>{"dataset", "split", "tokenizer"}));
        QVERIFY(graph.topologicalOrder("nobody").empty());
    }
};

QTEST_GUILESS_MAIN(tst_Graph)
#include "tst_Graph.moc"
