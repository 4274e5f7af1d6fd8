// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/RecipeSteps.h"

#include <QTest>

using namespace espalier;

namespace {

/// dataset -> split -> (model) -> train, and whatever follows.
Graph trained(std::initializer_list<Node> more, std::initializer_list<Edge> edges)
{
    Graph graph;
    for (const char* type : {"dataset", "split", "tokenizer", "model", "train"})
        (void)graph.addNode({.id = type, .type = type});
    for (const Edge& edge : {Edge{"dataset", "dataset", "split", "dataset"}, {"split", "splits", "tokenizer", "splits"}, {"tokenizer", "tokenizer", "model", "tokenizer"},
                             {"split", "splits", "train", "splits"}, {"model", "model", "train", "model"}})
        (void)graph.connect(edge);
    for (const Node& node : more)
        (void)graph.addNode(node);
    for (const Edge& edge : edges)
        (void)graph.connect(edge);
    return graph;
}

const std::vector<RecipeStep> recipe{{"prune", {{"score", "lamp"}, {"sparsity", 0.9}}}, {"package", {{"precision", "fp32"}}}};

} // namespace

class tst_RecipeSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addsWhatIsMissing()
    {
        Graph graph = trained({}, {});
        const auto applied = applyRecipe(graph, "train", recipe);
        QVERIFY(applied);
        QCOMPARE(applied->last, std::string("prune"));
        QCOMPARE(graph.edgeInto("prune", "checkpoint")->fromNode, std::string("train"));
        QCOMPARE(graph.edgeInto("prune", "splits")->fromNode, std::string("split"));
        QCOMPARE(graph.edgeInto(applied->package, "checkpoint")->fromNode, std::string("prune"));
        QCOMPARE(graph.edgeInto(applied->package, "splits")->fromNode, std::string("split"));
        QVERIFY(effectiveParameters(*graph.node(applied->package))->at("precision") == Json("fp32"));
    }

    void standsBetweenTheModelAndWhatTookIt()
    {
        Graph graph = trained({{.id = "evaluate", .type = "evaluate"}, {.id = "pack", .type = "package", .parameters = {{"self_tests", 8}}}},
                              {{"train", "checkpoint", "evaluate", "checkpoint"}, {"train", "checkpoint", "pack", "checkpoint"}, {"split", "splits", "pack", "splits"}});
        const auto applied = applyRecipe(graph, "train", recipe);
        QVERIFY(applied);
        QCOMPARE(applied->package, std::string("pack"));
        QCOMPARE(graph.edgeInto("evaluate", "checkpoint")->fromNode, std::string("prune"));
        QCOMPARE(graph.edgeInto("pack", "checkpoint")->fromNode, std::string("prune"));
        QCOMPARE(graph.edgeInto("pack", "reference")->fromNode, std::string("train")); // to show what pruning changes
        QVERIFY(graph.node("pack")->parameters.at("self_tests") == Json(8));
    }

    void aNodeThatIsThereGetsExactlyTheseParameters()
    {
        Graph graph = trained({{.id = "cut", .type = "prune", .parameters = {{"exclude", "output.weight"}, {"epochs", 3}, {"threads", 2}}}},
                              {{"train", "checkpoint", "cut", "checkpoint"}, {"split", "splits", "cut", "splits"}});
        const std::size_t before = graph.nodes().size();
        const auto applied = applyRecipe(graph, "train", recipe);
        QVERIFY(applied);
        QCOMPARE(applied->last, std::string("cut"));
        QCOMPARE(graph.nodes().size(), before + 1); // the package
        const Parameters now = graph.node("cut")->parameters;
        QVERIFY(now == (Parameters{{"score", "lamp"}, {"sparsity", 0.9}, {"threads", 2}})); // how fast it runs is the user's
        const Graph once = graph;
        QVERIFY(applyRecipe(graph, "train", recipe));
        QVERIFY(graph == once);
    }

    void stepsMayFollowEachOther()
    {
        Graph graph = trained({}, {});
        const auto applied = applyRecipe(graph, "train", {recipe[0], {"evaluate"}, recipe[1]});
        QVERIFY(!applied); // makes no checkpoint
        Graph chain = trained({}, {});
        const auto two = applyRecipe(chain, "train", {recipe[0], recipe[0], recipe[1]});
        QVERIFY(two);
        QCOMPARE(chain.edgeInto(two->last, "checkpoint")->fromNode, std::string("prune"));
    }

    void mistakesNameTheirPlace()
    {
        Graph graph = trained({}, {});
        QVERIFY(applyRecipe(graph, "nobody", recipe).error().detail.find("nobody") != std::string::npos);
        QVERIFY(applyRecipe(graph, "train", {{"shrivel"}}).error().detail.find("shrivel") != std::string::npos);
        QVERIFY(applyRecipe(graph, "train", {{"prune", {{"sparsity", 2}}}}).error().detail.find("sparsity") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_RecipeSteps)
#include "tst_RecipeSteps.moc"
