// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every score, allocation and pattern, alone and together, so that a new one is tested on the day it is listed; and
// what is particular to each.
#include "engine/compression/Patterns.h"

#include "engine/compression/Pruning.h"
#include "engine/compression/Ranking.h"
#include "engine/compression/Scorers.h"
#include "tests/compression/MadeUpMeasurements.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <QTest>

#include <set>

using namespace espalier;

namespace {

Tensor randomTensor(std::vector<std::int64_t> shape, std::uint64_t seed, float scale = 1)
{
    Tensor tensor{std::move(shape), {}};
    std::size_t count = 1;
    for (const auto dimension : tensor.shape)
        count *= static_cast<std::size_t>(dimension);
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i)
        tensor.values.push_back(scale * test::normal(random));
    return tensor;
}

/// Three dimensions, so that every pattern fits; inputs that 4, 16, 32 and 64 divide, and some that they do not.
Weights layers()
{
    return {{"even", randomTensor({24, 32, 4}, 1)}, {"odd", randomTensor({17, 9, 5}, 2, 3)}, {"wide", randomTensor({6, 67, 3}, 3, 0.1f)}};
}

Weights gradients()
{
    return {{"even", randomTensor({24, 32, 4}, 7)}, {"odd", randomTensor({17, 9, 5}, 8)}, {"wide", randomTensor({6, 67, 3}, 9)}};
}

const std::vector<PrunableTensor> all{{"even", "convolution"}, {"odd", "linear"}, {"wide", "embedding"}};

double share(const std::vector<LayerSparsity>& described)
{
    std::int64_t weights = 0;
    std::int64_t kept = 0;
    for (const auto& layer : described) {
        weights += layer.weights;
        kept += layer.kept;
    }
    return 1 - static_cast<double>(kept) / static_cast<double>(weights);
}

/// The pattern that the tensor @p name of all is pruned by.
const Pattern& patternOf(const std::string& name, const Pattern& asked)
{
    return name == "wide" && asked.forProducts ? **patternCatalog().get("free") : asked;
}

/// The largest step that a pattern can take in these layers, as a share of their weights.
double coarseness(const Weights& weights, const Pattern& pattern)
{
    double elements = 0;
    double largest = 0;
    for (const auto& [name, tensor] : weights) {
        const auto groups = pattern.group(tensor.shape, scoreByMagnitude({tensor, nullptr, 1})).scores.size();
        largest += static_cast<double>(tensor.values.size()) / static_cast<double>(groups);
        elements += static_cast<double>(tensor.values.size());
    }
    return largest / elements;
}

/// Elements of a group fall together, whatever the score.
void checkWhole(const Tensor& tensor, const Pattern& pattern, const Mask& mask)
{
    if (pattern.id.starts_with("n_of_") || pattern.id.starts_with("balanced_"))
        return; // their groups follow the scores: see runsKeepTheSameCount()
    const Grouping grouping = pattern.group(tensor.shape, Scores(mask.size(), 1));
    std::map<std::uint32_t, std::set<int>> values;
    for (std::size_t i = 0; i < mask.size(); ++i)
        values[grouping.groupOf.empty() ? static_cast<std::uint32_t>(i) : grouping.groupOf[i]].insert(mask[i]);
    for (const auto& [group, seen] : values)
        QCOMPARE(seen.size(), std::size_t{1});
}

/// Whether all that @p inner keeps is kept by @p outer.
bool within(const Masks& inner, const Masks& outer)
{
    for (const auto& [name, mask] : inner)
        for (std::size_t i = 0; i < mask.size(); ++i)
            if (mask[i] > outer.at(name)[i])
                return false;
    return true;
}

std::size_t keptOf(const Mask& mask, std::size_t begin, std::size_t count)
{
    return static_cast<std::size_t>(std::count(mask.begin() + static_cast<std::ptrdiff_t>(begin), mask.begin() + static_cast<std::ptrdiff_t>(begin + count), 1));
}

Mask maskOf(const Tensor& tensor, const std::string& pattern, double sparsity, const Masks& existing = {})
{
    const auto outcome = computeMasks({{"a", tensor}}, existing, {{"a", "linear"}}, {.sparsity = sparsity, .pattern = pattern});
    return outcome ? outcome->masks.at("a") : Mask{};
}

} // namespace

class tst_Patterns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCombination_data();
    void everyCombination();
    void runsKeepTheSameCount_data();
    void runsKeepTheSameCount();
    void runsKeepTheirLargest();
    void tailsLoseTheSameShare();
    void runsOfLayersCompete();
    void tablesArePrunedFreely_data();
    void tablesArePrunedFreely();
    void prunedRunsKeepTheirCount();
    void blocksGoBySum();
    void cutOffBlocksAreFair();
    void slicesGoByNorm_data();
    void slicesGoByNorm();
    void lampIsLees();
    void lampLeavesEachLayerSome();
    void taylorIsWeightTimesGradient();
    void taylorNeedsGradients();
    void randomIsSeeded();
    void refusesTensorsOfTheWrongShape();
};

void tst_Patterns::everyCombination_data()
{
    QTest::addColumn<QString>("score");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("pattern");
    for (const auto& score : scorerCatalog().members())
        for (const auto& method : allocationCatalog().members())
            for (const auto& pattern : patternCatalog().members())
                QTest::addRow("%s, %s, %s", score.id.c_str(), method.id.c_str(), pattern.id.c_str())
                    << score.id.c_str() << method.id.c_str() << pattern.id.c_str();
}

void tst_Patterns::everyCombination()
{
    QFETCH(QString, score);
    QFETCH(QString, method);
    QFETCH(QString, pattern);
    const Weights weights = layers();
    const Pattern& shape = **patternCatalog().get(pattern.toStdString());
    PruneOptions options{.method = method.toStdString(), .embeddings = "pooled", .score = score.toStdString(), .pattern = pattern.toStdString(), .allowEmptied = true};
    options.measured = test::madeUpFor(**scorerCatalog().get(options.score), gradients());
    Masks before;
    for (const double sparsity : {0.0, 0.25, 0.5, 0.7}) {
        options.sparsity = sparsity;
        const auto outcome = computeMasks(weights, {}, all, options);
        QVERIFY2(outcome.ok(), outcome.ok() ? "" : outcome.error().message().c_str());
        const double reached = share(outcome->layers);
        QVERIFY2(std::fabs(reached - sparsity) <= coarseness(weights, shape) / 2 + 0.01, qPrintable(QString("%1 for %2").arg(reached).arg(sparsity)));
        QCOMPARE(computeMasks(weights, {}, all, options)->masks, outcome->masks);
        for (const auto& [name, mask] : outcome->masks) {
            checkWhole(weights.at(name), patternOf(name, shape), mask);
        }
        QVERIFY2(before.empty() || within(outcome->masks, before), "what falls at a lower sparsity falls at a higher one");
        before = outcome->masks;
        const auto again = computeMasks(weights, outcome->masks, all, options); // LAMP ranks what is left anew: one group more may fall
        QVERIFY(again.ok() && within(again->masks, outcome->masks));
        QVERIFY(share(again->layers) - reached <= coarseness(weights, shape));
    }
}

void tst_Patterns::runsKeepTheSameCount_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<int>("length");
    QTest::newRow("4") << "n_of_4" << 4;
    QTest::newRow("16") << "n_of_16" << 16;
    QTest::newRow("32") << "n_of_32" << 32;
    QTest::newRow("64") << "balanced_64" << 64;
}

void tst_Patterns::runsKeepTheSameCount()
{
    QFETCH(QString, pattern);
    QFETCH(int, length);
    const auto run = static_cast<std::size_t>(length);
    for (const std::int64_t width : {64, 128, 70, 131}) {
        const Tensor tensor = randomTensor({10, width}, 5);
        for (const double sparsity : {0.0, 0.5, 0.6, 0.85}) {
            const Mask mask = maskOf(tensor, pattern.toStdString(), sparsity);
            const std::size_t kept = prunedCount(1 - sparsity, run);
            const auto columns = static_cast<std::size_t>(width);
            for (std::size_t row = 0; row < 10; ++row)
                for (std::size_t at = 0; at + run <= columns; at += run)
                    QCOMPARE(keptOf(mask, row * columns + at, run), kept);
        }
    }
}

void tst_Patterns::runsKeepTheirLargest()
{
    const Tensor tensor{{2, 4}, {1, -4, 3, 2, 0.1f, 0.3f, -0.4f, 0.2f}};
    QCOMPARE(maskOf(tensor, "n_of_4", 0.5), (Mask{0, 1, 1, 0, 0, 1, 1, 0}));
    QCOMPARE(maskOf(tensor, "n_of_4", 0.75), (Mask{0, 1, 0, 0, 0, 0, 1, 0}));
}

void tst_Patterns::tailsLoseTheSameShare()
{
    const Tensor tensor = randomTensor({5, 70}, 6); // a run of 64 and one of 6
    for (const double sparsity : {0.25, 0.5, 0.75}) {
        const Mask mask = maskOf(tensor, "balanced_64", sparsity);
        for (std::size_t row = 0; row < 5; ++row)
            QCOMPARE(keptOf(mask, row * 70 + 64, 6), 6 - prunedCount(sparsity, 6));
    }
    const Mask narrow = maskOf({{1, 3}, {3, 1, 2}}, "balanced_64", 0.4); // all of it a tail
    QCOMPARE(narrow, (Mask{1, 0, 1}));
}

/// The layer of small weights loses more, each layer the same in all of its runs.
void tst_Patterns::runsOfLayersCompete()
{
    const Weights weights{{"large", randomTensor({8, 64}, 1, 2)}, {"small", randomTensor({8, 64}, 2, 1)}};
    const auto outcome = computeMasks(weights, {}, {{"large", "linear"}, {"small", "linear"}}, {.method = "global", .sparsity = 0.5, .pattern = "n_of_16"});
    QVERIFY(outcome.ok());
    QVERIFY(outcome->layers[0].kept > outcome->layers[1].kept);
    QCOMPARE(outcome->layers[0].kept + outcome->layers[1].kept, 512);
    for (const auto& [name, mask] : outcome->masks)
        for (std::size_t at = 0; at < mask.size(); at += 16)
            QCOMPARE(keptOf(mask, at, 16), keptOf(mask, 0, 16));
}

void tst_Patterns::tablesArePrunedFreely_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("freely");
    for (const auto& pattern : patternCatalog().members())
        QTest::newRow(pattern.id.c_str()) << QString::fromStdString(pattern.id) << !(pattern.id.starts_with("rows") || pattern.id.starts_with("columns") || pattern.id.starts_with("taps"));
}

void tst_Patterns::tablesArePrunedFreely()
{
    QFETCH(QString, pattern);
    QFETCH(bool, freely);
    const auto patterned = computeMasks(layers(), {}, all, {.sparsity = 0.5, .pattern = pattern.toStdString()});
    const auto free = computeMasks(layers(), {}, all, {.sparsity = 0.5});
    QVERIFY(patterned.ok() && free.ok());
    QCOMPARE(patterned->masks.at("wide") == free->masks.at("wide"), freely);
    QCOMPARE(patterned->masks.at("odd") == free->masks.at("odd"), pattern == QStringLiteral("free"));
}

void tst_Patterns::prunedRunsKeepTheirCount()
{
    const Tensor tensor{{1, 8}, {8, 7, 6, 5, 1, 2, 3, 4}};
    const Masks existing{{"a", {0, 1, 1, 1, 1, 1, 1, 1}}}; // one of the first run, none of the second
    QCOMPARE(maskOf(tensor, "n_of_4", 0.5, existing), (Mask{0, 1, 1, 0, 0, 0, 1, 1}));
    QCOMPARE(maskOf(tensor, "n_of_4", 0, existing), existing.at("a"));
}

void tst_Patterns::blocksGoBySum()
{
    const Tensor rows{{2, 8}, {9, 0, 0, 0, 2, 2, 2, 2, 3, 3, 3, 3, 1, 1, 1, 1}}; // sums 9, 8, 12, 4
    QCOMPARE(maskOf(rows, "block_1x4", 0.5), (Mask{1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0}));
    Tensor square{{4, 8}, std::vector<float>(32, 1)};
    square.values[12] = -30; // in the right block
    const Mask mask = maskOf(square, "block_4x4", 0.5);
    for (std::size_t i = 0; i < mask.size(); ++i)
        QCOMPARE(int(mask[i]), i % 8 >= 4 ? 1 : 0);
}

/// A block of one element is not the least important for being small.
void tst_Patterns::cutOffBlocksAreFair()
{
    const Tensor tensor{{2, 5}, {1, 1, 1, 1, 3, 2, 2, 2, 2, 0.5f}};
    QCOMPARE(maskOf(tensor, "block_1x4", 0.5), (Mask{0, 0, 0, 0, 1, 1, 1, 1, 1, 0}));
}

void tst_Patterns::slicesGoByNorm_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<int>("pruned"); // the slice that goes first
    QTest::newRow("rows_l1") << "rows_l1" << 0;
    QTest::newRow("rows_l2") << "rows_l2" << 1;
    QTest::newRow("rows_max") << "rows_max" << 1;
    QTest::newRow("columns_l1") << "columns_l1" << 2;
    QTest::newRow("columns_l2") << "columns_l2" << 2;
    QTest::newRow("columns_max") << "columns_max" << 2;
}

void tst_Patterns::slicesGoByNorm()
{
    QFETCH(QString, pattern);
    QFETCH(int, pruned);
    // Rows: L1 4.5 and 5.1, L2 4.03 and 3.61, largest 4 and 3. Columns: L1 3, 4.1 and 2.5, L2 3, 4 and 2.06, largest 3, 4 and 2.
    const Tensor tensor{{2, 3}, {0, 4, 0.5f, 3, 0.1f, -2}};
    const bool rows = pattern.startsWith("rows");
    const Mask mask = maskOf(tensor, pattern.toStdString(), rows ? 0.5 : 1.0 / 3);
    for (std::size_t i = 0; i < 6; ++i)
        QCOMPARE(mask[i] == 0, static_cast<int>(rows ? i / 3 : i % 3) == pruned);
}

/// Lee et al. (2021), equation 4.
void tst_Patterns::lampIsLees()
{
    const Tensor tensor{{4}, {-1, 3, 2, 0}};
    const Scores scores = scoreByLamp({tensor, nullptr, 1});
    const std::vector<double> expected{1.0 / 14, 1, 4.0 / 13, 0};
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::fabs(scores[i] - expected[i]) < 1e-6);
    const Mask mask{1, 0, 1, 1};
    QVERIFY(std::fabs(scoreByLamp({tensor, &mask, 1})[0] - 1.0 / 5) < 1e-6);
    const Tensor equal{{3}, {2, 2, 2}};
    QCOMPARE(scoreByLamp({equal, nullptr, 1})[2], 1.0f); // of equal weights the first go first
}

/// A layer of small weights is not emptied, as it is by magnitude.
void tst_Patterns::lampLeavesEachLayerSome()
{
    const Weights weights{{"large", randomTensor({20, 20}, 1, 100)}, {"small", randomTensor({20, 20}, 2, 0.01f)}};
    const std::vector<PrunableTensor> tensors{{"large", "linear"}, {"small", "linear"}};
    const auto lamp = computeMasks(weights, {}, tensors, {.method = "global", .sparsity = 0.6, .score = "lamp"});
    QVERIFY(lamp.ok());
    QVERIFY2(lamp->layers[1].kept > 100, qPrintable(QString::number(lamp->layers[1].kept)));
}

void tst_Patterns::taylorIsWeightTimesGradient()
{
    const Tensor tensor{{3}, {2, -3, 1}};
    const Tensor gradient{{3}, {-0.5f, 0, 4}};
    QCOMPARE(scoreByTaylor({tensor, nullptr, 1, &gradient}), (Scores{1, 0, 4}));
}

void tst_Patterns::taylorNeedsGradients()
{
    PruneOptions options{.score = "taylor"};
    const auto none = computeMasks(layers(), {}, all, options);
    QVERIFY(!none.ok());
    QVERIFY(QString::fromStdString(none.error().message()).contains("gradients of 'even'"));
    options.measured = std::make_shared<Weights>(gradients());
    QVERIFY(computeMasks(layers(), {}, all, options).ok());
}

void tst_Patterns::randomIsSeeded()
{
    const Weights weights = layers();
    PruneOptions options{.score = "random", .seed = 5};
    const auto first = computeMasks(weights, {}, all, options);
    options.embeddings = "none"; // leaving a layer out changes no other
    QCOMPARE(computeMasks(weights, {}, all, options)->masks.at("odd"), first->masks.at("odd"));
    options.seed = 6;
    QVERIFY(computeMasks(weights, {}, all, options)->masks.at("odd") != first->masks.at("odd"));
}

void tst_Patterns::refusesTensorsOfTheWrongShape()
{
    for (const auto& pattern : patternCatalog().members()) {
        const Tensor flat = randomTensor({12}, 1);
        const auto outcome = computeMasks({{"bias", flat}}, {}, {{"bias", "linear"}}, {.pattern = pattern.id});
        QCOMPARE(outcome.ok(), pattern.dimensions <= 1);
        if (!outcome.ok())
            QVERIFY2(QString::fromStdString(outcome.error().message()).contains("'bias' has 1"), outcome.error().message().c_str());
    }
}

QTEST_GUILESS_MAIN(tst_Patterns)
#include "tst_Patterns.moc"
