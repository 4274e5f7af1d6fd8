// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/Allocation.h"
#include "engine/compression/Ranking.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <QTest>

#include <algorithm>

using namespace espalier;

class tst_Pruning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ranksOrderAsMagnitudes();
    void countsRoundAsPython_data();
    void countsRoundAsPython();
    void layerwisePrunesTheSmallest();
    void globalRanksLayersTogether();
    void embeddingsKeepTheirOwnBudget();
    void embeddingsStayDense();
    void tiesGoToTheFirst();
    void prunedStaysPruned();
    void maskedZerosGoBeforeOtherZeros();
    void countsInPlaceOfShares();
    void amountsOfWhatRemains();
    void warnsBeforeALayerIsEmptied();
    void refusesToEmptyALayer();
    void layersHaveSparsitiesOfTheirOwn();
    void excludedLayersStay();
    void namesTheClosestLayer_data();
    void namesTheClosestLayer();
    void saysWhenAPatternIsTooCoarse();
    void warnsWhenEmbeddingsCrowdOut();
    void refuses_data();
    void refuses();
    void refusesAForeignMask();
    void prunesACheckpoint();
};

namespace {

const std::vector<PrunableTensor> twoLayers{{"embedding", "embedding"}, {"filters", "convolution"}, {"head", "linear"}};

Tensor vectorOf(std::vector<float> values)
{
    return {{static_cast<std::int64_t>(values.size())}, std::move(values)};
}

Weights smallWeights()
{
    return {{"embedding", vectorOf({5, -6, 7, -8})}, {"filters", vectorOf({0.4f, -0.1f, 0.2f, -0.3f})}, {"head", vectorOf({-1, 2, -3, 4})}};
}

PruneOptions optionsOf(std::string method, double sparsity, std::string embeddings = "own")
{
    return {std::move(method), sparsity, std::move(embeddings)};
}

PruneOptions emptying(PruneOptions options)
{
    options.allowEmptied = true;
    return options;
}

QString problem(const Result<PruneOutcome>& outcome)
{
    return outcome ? QString() : QString::fromStdString(outcome.error().message());
}

} // namespace

void tst_Pruning::ranksOrderAsMagnitudes()
{
    const std::vector<float> ascending{0.0f, 1e-45f, 1e-38f, -0.5f, 0.50001f, -3e38f, std::numeric_limits<float>::infinity()};
    for (std::size_t i = 1; i < ascending.size(); ++i)
        QVERIFY(rankOf(std::fabs(ascending[i - 1])) < rankOf(std::fabs(ascending[i])));
    QVERIFY(rankOf(std::nanf("")) > rankOf(std::numeric_limits<float>::infinity()));
    QCOMPARE(rankOf(prunedScore), prunedRank);
    QVERIFY(rankOf(0) > prunedRank);
}

void tst_Pruning::countsRoundAsPython_data()
{
    QTest::addColumn<double>("amount");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("expected"); // of round(amount * count) in Python
    QTest::newRow("half to even, down") << 0.5 << 5 << 2;
    QTest::newRow("half to even, up") << 0.5 << 7 << 4;
    QTest::newRow("below half") << 0.3 << 4 << 1;
    QTest::newRow("0.29 of 50 is 14.499999999999998") << 0.29 << 50 << 14;
    QTest::newRow("0.57 of 50 is 28.499999999999996") << 0.57 << 50 << 28;
    QTest::newRow("none") << 0.0 << 10 << 0;
    QTest::newRow("empty") << 0.9 << 0 << 0;
    QTest::newRow("nearly all") << 0.999 << 10 << 10;
}

void tst_Pruning::countsRoundAsPython()
{
    QFETCH(double, amount);
    QFETCH(int, count);
    QFETCH(int, expected);
    QCOMPARE(prunedCount(amount, static_cast<std::size_t>(count)), static_cast<std::size_t>(expected));
}

void tst_Pruning::layerwisePrunesTheSmallest()
{
    const auto outcome = computeMasks(smallWeights(), {}, twoLayers, optionsOf("layerwise", 0.5));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->masks.at("embedding"), (Mask{0, 0, 1, 1}));
    QCOMPARE(outcome->masks.at("filters"), (Mask{1, 0, 0, 1}));
    QCOMPARE(outcome->masks.at("head"), (Mask{0, 0, 1, 1}));
    QCOMPARE(outcome->layers.size(), std::size_t{3});
    QCOMPARE(outcome->layers[1].name, std::string("filters"));
    QCOMPARE(outcome->layers[1].weights, 4);
    QCOMPARE(outcome->layers[1].kept, 2);
    QVERIFY(outcome->warnings.empty());
}

void tst_Pruning::globalRanksLayersTogether()
{
    const auto outcome = computeMasks(smallWeights(), {}, twoLayers, emptying(optionsOf("global", 0.5, "pooled")));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->masks.at("embedding"), (Mask{1, 1, 1, 1}));
    QCOMPARE(outcome->masks.at("filters"), (Mask{0, 0, 0, 0}));
    QCOMPARE(outcome->masks.at("head"), (Mask{0, 0, 1, 1}));
}

void tst_Pruning::embeddingsKeepTheirOwnBudget()
{
    const auto outcome = computeMasks(smallWeights(), {}, twoLayers, emptying(optionsOf("global", 0.5, "own")));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->masks.at("embedding"), (Mask{0, 0, 1, 1}));
    QCOMPARE(outcome->masks.at("filters"), (Mask{0, 0, 0, 0}));
    QCOMPARE(outcome->masks.at("head"), (Mask{1, 1, 1, 1}));
}

void tst_Pruning::embeddingsStayDense()
{
    const auto outcome = computeMasks(smallWeights(), {}, twoLayers, optionsOf("layerwise", 0.75, "none"));
    QVERIFY(outcome.ok());
    QVERIFY(!outcome->masks.contains("embedding"));
    QVERIFY(!outcome->layers[0].prunable);
    QCOMPARE(outcome->layers[0].kept, 4);
    QCOMPARE(outcome->layers[2].kept, 1);
}

void tst_Pruning::tiesGoToTheFirst()
{
    const Weights weights{{"a", vectorOf({1, -1, 1, -1, 2})}, {"b", vectorOf({1, 1})}};
    const auto outcome = computeMasks(weights, {}, {{"a", "linear"}, {"b", "linear"}}, optionsOf("global", 5.0 / 7));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->masks.at("a"), (Mask{0, 0, 0, 0, 1}));
    QCOMPARE(outcome->masks.at("b"), (Mask{0, 1}));
}

void tst_Pruning::prunedStaysPruned()
{
    const Masks existing{{"head", {1, 0, 1, 1}}};
    const auto more = computeMasks(smallWeights(), existing, twoLayers, optionsOf("layerwise", 0.5));
    QVERIFY(more.ok());
    QCOMPARE(more->masks.at("head"), (Mask{0, 0, 1, 1}));
    const Masks sparse{{"head", {1, 0, 0, 0}}, {"embedding", {0, 1, 1, 1}}};
    const auto less = computeMasks(smallWeights(), sparse, twoLayers, optionsOf("layerwise", 0.25, "none"));
    QVERIFY(less.ok());
    QCOMPARE(less->masks.at("head"), (Mask{1, 0, 0, 0}));
    QCOMPARE(less->masks.at("embedding"), (Mask{0, 1, 1, 1}));
    QCOMPARE(less->layers[0].kept, 3);
}

void tst_Pruning::maskedZerosGoBeforeOtherZeros()
{
    const Weights weights{{"a", vectorOf({0, 0, 3, 4})}};
    const auto outcome = computeMasks(weights, {{"a", {1, 0, 1, 1}}}, {{"a", "linear"}}, optionsOf("layerwise", 0.25));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->masks.at("a"), (Mask{1, 0, 1, 1}));
}

void tst_Pruning::countsInPlaceOfShares()
{
    PruneOptions options{.count = 3, .allowEmptied = true};
    const auto each = computeMasks(smallWeights(), {}, twoLayers, options);
    QVERIFY(each.ok());
    QCOMPARE(each->masks.at("head"), (Mask{0, 0, 0, 1}));
    options.count = 5;
    const auto tooMany = computeMasks(smallWeights(), {}, twoLayers, options);
    QVERIFY(!tooMany.ok());
    QVERIFY(QString::fromStdString(tooMany.error().message()).contains("The amount is 5, but only 4"));
    options.method = "global";
    options.embeddings = "pooled";
    const auto all = computeMasks(smallWeights(), {}, twoLayers, options);
    QVERIFY(all.ok());
    QCOMPARE(all->masks.at("head"), (Mask{0, 1, 1, 1}));
}

/// Half, and half of the rest; in the other sense half is half, whatever is pruned already.
void tst_Pruning::amountsOfWhatRemains()
{
    PruneOptions options{.sparsity = 0.5, .ofRemaining = true};
    const auto once = computeMasks(smallWeights(), {}, twoLayers, options);
    const auto twice = computeMasks(smallWeights(), once->masks, twoLayers, options);
    QVERIFY(twice.ok());
    QCOMPARE(twice->masks.at("head"), (Mask{0, 0, 0, 1}));
    options.count = 2;
    options.allowEmptied = true;
    QVERIFY(computeMasks(smallWeights(), once->masks, twoLayers, options).ok());
    QVERIFY(!computeMasks(smallWeights(), twice->masks, twoLayers, options).ok());
}

void tst_Pruning::warnsBeforeALayerIsEmptied()
{
    const Checkpoint checkpoint = test::randomCheckpoint({});
    const auto few = computeMasks(checkpoint, emptying(optionsOf("layerwise", 0.995)));
    QVERIFY(few.ok());
    QCOMPARE(few->warnings.size(), std::size_t{5});
    QVERIFY(QString::fromStdString(few->warnings.front()).contains("embedding.weight"));
    const auto empty = computeMasks(smallWeights(), {}, twoLayers, emptying(optionsOf("layerwise", 0.9, "none")));
    QVERIFY(empty.ok());
    QCOMPARE(empty->warnings.size(), std::size_t{2});
    QVERIFY(QString::fromStdString(empty->warnings.front()).contains("keeps none"));
    QVERIFY(computeMasks(checkpoint, optionsOf("layerwise", 0.9))->warnings.empty());
}

void tst_Pruning::refusesToEmptyALayer()
{
    const QString refused = problem(computeMasks(smallWeights(), {}, twoLayers, optionsOf("global", 0.5)));
    QVERIFY2(refused.contains("empties layer 'filters'") && refused.contains("4 weights") && refused.contains("exclude"), qPrintable(refused));
    const Masks emptied{{"filters", {0, 0, 0, 0}}}; // which is no news
    QCOMPARE(problem(computeMasks(smallWeights(), emptied, twoLayers, optionsOf("layerwise", 0.5))), QString());
}

void tst_Pruning::layersHaveSparsitiesOfTheirOwn()
{
    PruneOptions options = optionsOf("global", 0.5, "none");
    options.layerSparsities = {{"filters", 0.25}, {"embedding", 0.75}};
    const auto outcome = computeMasks(smallWeights(), {}, twoLayers, options);
    QCOMPARE(problem(outcome), QString());
    QCOMPARE(outcome->masks.at("filters"), (Mask{1, 0, 1, 1}));
    QCOMPARE(outcome->masks.at("embedding"), (Mask{0, 0, 0, 1})); // asked for by name, though embeddings stay dense
    QCOMPARE(outcome->masks.at("head"), (Mask{0, 0, 1, 1}));
    options.layerSparsities = {{"filters", 1.5}};
    QVERIFY(problem(computeMasks(smallWeights(), {}, twoLayers, options)).contains("layer 'filters' is 1.5"));
}

void tst_Pruning::excludedLayersStay()
{
    PruneOptions options = optionsOf("layerwise", 0.5);
    options.exclude = {"filters"};
    const auto outcome = computeMasks(smallWeights(), {{"filters", {0, 1, 1, 1}}}, twoLayers, options);
    QCOMPARE(problem(outcome), QString());
    QCOMPARE(outcome->masks.at("filters"), (Mask{0, 1, 1, 1})); // as it was
    QVERIFY(!outcome->layers[1].prunable);
    QCOMPARE(outcome->masks.at("head"), (Mask{0, 0, 1, 1}));
    options.layerSparsities = {{"filters", 0.5}};
    QVERIFY(problem(computeMasks(smallWeights(), {}, twoLayers, options)).contains("'filters' is excluded"));
    options = optionsOf("layerwise", 0.5);
    options.exclude = {"filters", "head", "embedding"};
    QVERIFY(problem(computeMasks(smallWeights(), {}, twoLayers, options)).contains("exclude fewer"));
}

void tst_Pruning::namesTheClosestLayer_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("closest");
    QTest::newRow("transposed") << "haed" << "head";
    QTest::newRow("plural") << "filter" << "filters";
    QTest::newRow("suffix") << "embedding.weight" << "embedding";
}

void tst_Pruning::namesTheClosestLayer()
{
    QFETCH(QString, name);
    QFETCH(QString, closest);
    PruneOptions options;
    options.exclude = {name.toStdString()};
    const QString excluded = problem(computeMasks(smallWeights(), {}, twoLayers, options));
    QVERIFY2(excluded.contains("'" + name + "'") && excluded.contains("'" + closest + "'"), qPrintable(excluded));
    options = {.layerSparsities = {{name.toStdString(), 0.5}}};
    QCOMPARE(problem(computeMasks(smallWeights(), {}, twoLayers, options)), excluded);
}

void tst_Pruning::saysWhenAPatternIsTooCoarse()
{
    const Checkpoint checkpoint = test::randomCheckpoint({});
    const auto coarse = computeMasks(checkpoint, {.sparsity = 0.4, .embeddings = "none", .pattern = "n_of_4"});
    QVERIFY(coarse.ok());
    QCOMPARE(coarse->warnings.size(), std::size_t{1});
    QVERIFY2(coarse->warnings.front().starts_with("50.00 % of the weights are pruned in place of 40.00 %"), coarse->warnings.front().c_str());
    QVERIFY(computeMasks(checkpoint, {.sparsity = 0.5, .pattern = "n_of_4"})->warnings.empty());
    QVERIFY(problem(computeMasks(checkpoint, {.sparsity = 0.9, .pattern = "n_of_4"})).contains("empties"));
}

void tst_Pruning::warnsWhenEmbeddingsCrowdOut()
{
    const Checkpoint checkpoint = test::randomCheckpoint({});
    const auto pooled = computeMasks(checkpoint, optionsOf("global", 0.5, "pooled"));
    QVERIFY(pooled.ok());
    QVERIFY(std::any_of(pooled->warnings.begin(), pooled->warnings.end(), [](const auto& w) { return w.find("crowd") != std::string::npos; }));
    QVERIFY(computeMasks(checkpoint, optionsOf("global", 0.5, "own"))->warnings.empty());
}

void tst_Pruning::refuses_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<double>("sparsity");
    QTest::addColumn<QString>("embeddings");
    QTest::addColumn<QString>("named");
    QTest::newRow("method") << "by hand" << 0.5 << "own" << "layerwise";
    QTest::newRow("embeddings") << "global" << 0.5 << "some" << "pooled";
    QTest::newRow("too much") << "global" << 1.1 << "own" << "from 0 to 1";
    QTest::newRow("negative") << "global" << -0.1 << "own" << "-0.1";
    QTest::newRow("no number") << "global" << std::nan("") << "own" << "nan";
}

void tst_Pruning::refuses()
{
    QFETCH(QString, method);
    QFETCH(double, sparsity);
    QFETCH(QString, embeddings);
    QFETCH(QString, named);
    const auto outcome = computeMasks(smallWeights(), {}, twoLayers, optionsOf(method.toStdString(), sparsity, embeddings.toStdString()));
    QVERIFY(!outcome.ok());
    QVERIFY2(QString::fromStdString(outcome.error().message()).contains(named), outcome.error().message().c_str());
}

void tst_Pruning::refusesAForeignMask()
{
    const auto outcome = computeMasks(smallWeights(), {{"head", {1, 1}}}, twoLayers, optionsOf("layerwise", 0.5));
    QVERIFY(!outcome.ok());
    QVERIFY(QString::fromStdString(outcome.error().detail).contains("'head'"));
    QVERIFY(!computeMasks({}, {}, twoLayers, optionsOf("layerwise", 0.5)).ok());
    QVERIFY(!computeMasks(smallWeights(), {}, {{"embedding", "embedding"}}, optionsOf("layerwise", 0.5, "none")).ok());
}

void tst_Pruning::prunesACheckpoint()
{
    Checkpoint checkpoint = test::randomCheckpoint({});
    checkpoint.history.bestEpoch = 3;
    PruneOutcome outcome;
    const auto pruned = prune(checkpoint, optionsOf("layerwise", 0.8), &outcome);
    QVERIFY(pruned.ok());
    QVERIFY(std::fabs(pruned->sparsity() - 0.8) < 0.01);
    QCOMPARE(pruned->masks, outcome.masks);
    QCOMPARE(pruned->history, checkpoint.history);
    for (const auto& [name, mask] : pruned->masks)
        for (std::size_t i = 0; i < mask.size(); ++i)
            QCOMPARE(pruned->weights.at(name).values[i], mask[i] ? checkpoint.weights.at(name).values[i] : 0.0f);
    QCOMPARE(pruned->weights.at("output.bias"), checkpoint.weights.at("output.bias"));

    const auto twice = prune(*pruned, optionsOf("global", 0.9));
    QVERIFY(twice.ok());
    QVERIFY(std::fabs(twice->sparsity() - 0.9) < 0.01);
    for (const auto& [name, mask] : pruned->masks)
        for (std::size_t i = 0; i < mask.size(); ++i)
            QVERIFY(mask[i] || !twice->masks.at(name)[i]);
}

QTEST_GUILESS_MAIN(tst_Pruning)
#include "tst_Pruning.moc"
