// SPDX-License-Identifier: GPL-3.0-or-later
// Scores that ask data, against plain implementations of their papers in double, on tensors of every kind.
#include "engine/compression/FisherBlocks.h"

#include "engine/compression/LossGradients.h"
#include "engine/compression/Ranking.h"
#include "tests/compression/LabelledSentences.h"

#include <QTest>

#include <cmath>

using namespace espalier;

namespace {

using Matrix = std::vector<std::vector<double>>;

Tensor randomTensor(const std::vector<std::int64_t>& shape, std::uint64_t seed)
{
    Tensor tensor{shape, {}};
    std::size_t count = 1;
    for (const auto size : shape)
        count *= static_cast<std::size_t>(size);
    Random random(seed);
    while (tensor.values.size() < count)
        tensor.values.push_back(test::normal(random));
    return tensor;
}

/// Gauss and Jordan's.
Matrix inverseOf(Matrix a)
{
    const std::size_t n = a.size();
    Matrix b(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i)
        b[i][i] = 1;
    for (std::size_t i = 0; i < n; ++i) {
        const double pivot = a[i][i];
        for (std::size_t j = 0; j < n; ++j) {
            a[i][j] /= pivot;
            b[i][j] /= pivot;
        }
        for (std::size_t k = 0; k < n; ++k)
            if (const double factor = a[k][i]; k != i)
                for (std::size_t j = 0; j < n; ++j) {
                    a[k][j] -= factor * a[i][j];
                    b[k][j] -= factor * b[i][j];
                }
    }
    return b;
}

Matrix part(const Matrix& whole, const std::vector<std::size_t>& rows, const std::vector<std::size_t>& columns)
{
    Matrix result;
    for (const std::size_t row : rows) {
        result.emplace_back();
        for (const std::size_t column : columns)
            result.back().push_back(whole[row][column]);
    }
    return result;
}

std::vector<double> product(const Matrix& matrix, const std::vector<double>& vector)
{
    std::vector<double> result;
    for (const auto& row : matrix) {
        result.push_back(0);
        for (std::size_t i = 0; i < row.size(); ++i)
            result.back() += row[i] * vector[i];
    }
    return result;
}

struct Kind {
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> norms; ///< the shape of the norms of its inputs
};

/// Gradients of a tensor, and what of them the scores are given.
struct Curvature {
    Tensor tensor;
    FisherLayout layout;
    Tensor fisher;
    std::vector<Matrix> blocks; ///< in double

    Curvature(const std::vector<std::int64_t>& shape, std::size_t size, double damping) : tensor(randomTensor(shape, 1)), layout(FisherLayout::of(shape, size))
    {
        constexpr std::size_t count = 12;
        fisher = {layout.shape(), std::vector<float>(layout.numbers())};
        for (std::size_t block = 0; block < layout.rows * layout.blocks; ++block) {
            const std::size_t n = layout.sizeOf(block);
            blocks.emplace_back(n, std::vector<double>(n));
            for (std::size_t i = 0; i < n; ++i)
                blocks.back()[i][i] = damping;
        }
        for (std::size_t k = 0; k < count; ++k) {
            const Tensor gradient = randomTensor(shape, 100 + k);
            for (std::size_t block = 0; block < blocks.size(); ++block) {
                const float* g = gradient.values.data() + layout.begin(block);
                addOuterProduct(g, layout.sizeOf(block), fisher.values.data() + block * layout.packed());
                for (std::size_t i = 0; i < layout.sizeOf(block); ++i)
                    for (std::size_t j = 0; j < layout.sizeOf(block); ++j)
                        blocks[block][i][j] += static_cast<double>(g[i]) * static_cast<double>(g[j]) / count;
            }
        }
        for (float& value : fisher.values)
            value /= static_cast<float>(count);
        for (std::size_t begin = 0; begin < fisher.values.size(); begin += layout.packed())
            for (std::size_t i = 0; i < layout.size; ++i)
                fisher.values[begin + i * (i + 3) / 2] += static_cast<float>(damping);
    }
};

/// w^T [F^-1]_GG^-1 w / 2 over the kept elements of each group, block by block.
std::vector<double> naiveLosses(const Curvature& c, const Mask& mask, const std::vector<std::uint32_t>& groupOf, std::size_t groups)
{
    std::vector<double> losses(groups);
    for (std::size_t block = 0; block < c.blocks.size(); ++block) {
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < c.layout.sizeOf(block); ++i)
            if (mask[c.layout.begin(block) + i] != 0)
                kept.push_back(i);
        const Matrix inverse = inverseOf(part(c.blocks[block], kept, kept));
        for (std::uint32_t group = 0; group < groups; ++group) {
            std::vector<std::size_t> members;
            std::vector<double> w;
            for (std::size_t i = 0; i < kept.size(); ++i)
                if (const std::size_t element = c.layout.begin(block) + kept[i]; groupOf[element] == group) {
                    members.push_back(i);
                    w.push_back(c.tensor.values[element]);
                }
            const auto solved = product(inverseOf(part(inverse, members, members)), w);
            for (std::size_t i = 0; i < w.size(); ++i)
                losses[group] += w[i] * solved[i] / 2;
        }
    }
    return losses;
}

Mask randomMask(std::size_t count, double kept, std::uint64_t seed)
{
    Mask mask;
    Random random(seed);
    while (mask.size() < count)
        mask.push_back(random.uniform() < kept ? 1 : 0);
    return mask;
}

bool near(double a, double b)
{
    return std::fabs(a - b) <= 1e-3 * std::fabs(b) + 1e-5;
}

void addKinds()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("linear") << Kind{{6, 20}, {1, 20}};
    QTest::newRow("convolution") << Kind{{5, 8, 3}, {1, 8, 3}};
    QTest::newRow("recurrent") << Kind{{12, 4}, {1, 4}};
    QTest::newRow("embedding") << Kind{{30, 8}, {30, 1}};
}

} // namespace

Q_DECLARE_METATYPE(Kind)

class tst_Scores : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wandaIsSuns_data() { addKinds(); }
    /// Each output loses its own least |w| x norm.
    void wandaIsSuns()
    {
        QFETCH(Kind, kind);
        const Tensor tensor = randomTensor(kind.shape, 1);
        Tensor norms = randomTensor(kind.norms, 2);
        for (float& norm : norms.values)
            norm = std::fabs(norm) * 3;
        const bool table = kind.norms.back() == 1; // an output is a column
        const std::size_t count = tensor.values.size();
        const auto outputs = static_cast<std::size_t>(table ? kind.shape.back() : kind.shape.front());
        std::map<std::size_t, std::vector<std::pair<double, std::size_t>>> ranked;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t output = table ? i % outputs : i / (count / outputs);
            const double norm = norms.values[table ? i / outputs : i % (count / outputs)];
            ranked[output].emplace_back(std::fabs(static_cast<double>(tensor.values[i])) * norm, i);
        }
        Mask expected(count, 1);
        for (auto& [output, scores] : ranked) {
            std::sort(scores.begin(), scores.end());
            for (std::size_t i = 0; i < scores.size() / 2; ++i)
                expected[scores[i].second] = 0;
        }
        PruneOptions options{.sparsity = 0.5, .score = "wanda"};
        options.measured = std::make_shared<Weights>(Weights{{"a", norms}, {"b", norms}});
        const auto found = computeMasks({{"a", tensor}}, {}, {{"a", "linear"}}, options);
        QVERIFY2(found, found ? "" : found.error().message().c_str());
        QCOMPARE(found->masks.at("a"), expected);
        Tensor large = tensor; // what is compared within an output does not depend on what else is ranked
        for (float& value : large.values)
            value *= 100;
        options.method = "global";
        QCOMPARE(computeMasks({{"a", tensor}, {"b", large}}, {}, {{"a", "linear"}, {"b", "linear"}}, options)->masks.at("a"), expected);
    }

    /// What is pruned stays pruned, and counts for its output.
    void wandaGoesOn()
    {
        const Tensor tensor{{2, 4}, {1, 2, 3, 4, 4, 3, 2, 1}};
        PruneOptions options{.sparsity = 0.5, .score = "wanda"};
        options.measured = std::make_shared<Weights>(Weights{{"a", {{1, 4}, {10, 1, 1, 1}}}});
        const auto masks = computeMasks({{"a", tensor}}, {{"a", {1, 1, 1, 0, 1, 1, 1, 1}}}, {{"a", "linear"}}, options);
        QCOMPARE(masks->masks.at("a"), (Mask{1, 0, 1, 0, 1, 1, 0, 0}));
    }

    void oBertIsKurtics_data() { addKinds(); }
    void oBertIsKurtics()
    {
        QFETCH(Kind, kind);
        const Curvature c(kind.shape, 8, 0.05);
        const std::size_t count = c.tensor.values.size();
        std::vector<std::uint32_t> own(count);
        for (std::size_t i = 0; i < count; ++i)
            own[i] = static_cast<std::uint32_t>(i);
        for (const Mask& mask : {Mask(count, 1), randomMask(count, 0.6, 5)}) {
            const Scores scores = scoreByFisher({c.tensor, &mask, 1, &c.fisher});
            const auto losses = naiveLosses(c, mask, own, count);
            for (std::size_t i = 0; i < count; ++i)
                QVERIFY2(mask[i] == 0 ? scores[i] == prunedScore : near(scores[i], losses[i]), qPrintable(QString("%1 for %2").arg(static_cast<double>(scores[i])).arg(losses[i])));
        }
    }

    void groupsCountTheirOwnCurvature_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern : {"block_1x4", "block_4x4", "rows_l1", "columns_l1"})
            QTest::newRow(pattern) << pattern;
    }
    void groupsCountTheirOwnCurvature()
    {
        QFETCH(QString, pattern);
        const Curvature c({6, 22}, 8, 0.05);
        const Mask mask = randomMask(c.tensor.values.size(), 0.8, 6);
        const Grouping grouping = (*patternCatalog().get(pattern.toStdString()))->group(c.tensor.shape, Scores(mask.size(), 1));
        const Scores scores = scoreGroupsByFisher({c.tensor, &mask, 1, &c.fisher}, grouping);
        const auto losses = naiveLosses(c, mask, grouping.groupOf, grouping.scores.size());
        for (std::size_t group = 0; group < losses.size(); ++group) {
            const auto size = std::count(grouping.groupOf.begin(), grouping.groupOf.end(), group);
            QVERIFY2(near(scores[group], losses[group] / static_cast<double>(size)), qPrintable(QString("%1 for %2").arg(static_cast<double>(scores[group])).arg(losses[group])));
        }
        const PruneOptions options{.sparsity = 0.5, .score = "obert", .pattern = pattern.toStdString(), .measured = std::make_shared<Weights>(Weights{{"a", c.fisher}})};
        const auto masks = computeMasks({{"a", c.tensor}}, {{"a", mask}}, {{"a", "linear"}}, options);
        QVERIFY2(masks, masks ? "" : masks.error().message().c_str());
        const auto least = static_cast<std::size_t>(std::min_element(losses.begin(), losses.end()) - losses.begin());
        for (std::size_t i = 0; pattern == "block_1x4" && i < mask.size(); ++i)
            QVERIFY(grouping.groupOf[i] != least || masks->masks.at("a")[i] == 0);
    }

    void theRestMakesUp_data() { addKinds(); }
    /// -F^-1 E_Q ([F^-1]_QQ)^-1 w_Q, which is part of the checkpoint's weights.
    void theRestMakesUp()
    {
        QFETCH(Kind, kind);
        const Curvature c(kind.shape, 8, 0.05);
        const Mask mask = randomMask(c.tensor.values.size(), 0.4, 7);
        std::vector<double> expected(c.tensor.values.begin(), c.tensor.values.end());
        for (std::size_t block = 0; block < c.blocks.size(); ++block) {
            std::vector<std::size_t> all, falls;
            std::vector<double> w;
            for (std::size_t i = 0; i < c.layout.sizeOf(block); ++i) {
                all.push_back(i);
                if (mask[c.layout.begin(block) + i] == 0) {
                    falls.push_back(i);
                    w.push_back(c.tensor.values[c.layout.begin(block) + i]);
                }
            }
            const Matrix inverse = inverseOf(c.blocks[block]);
            const auto change = product(part(inverse, all, falls), product(inverseOf(part(inverse, falls, falls)), w));
            for (std::size_t i = 0; i < all.size(); ++i)
                expected[c.layout.begin(block) + i] -= change[i];
        }
        const PruneOptions options{.score = "obert", .measured = std::make_shared<Weights>(Weights{{"a", c.fisher}})};
        Weights weights{{"a", c.tensor}};
        QVERIFY(pruneWeights(weights, {{"a", mask}}, options));
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY2(near(weights["a"].values[i], mask[i] == 0 ? 0 : expected[i]), qPrintable(QString("%1 for %2").arg(static_cast<double>(weights["a"].values[i])).arg(expected[i])));
        const Weights once = weights;
        QVERIFY(pruneWeights(weights, {{"a", mask}}, options)); // nothing is left to make up for
        QCOMPARE(weights, once);
    }

    void blocksAreOfARow()
    {
        const FisherLayout even = FisherLayout::of({3, 128}, 48);
        QCOMPARE(even.size, std::size_t{44});
        QCOMPARE(even.blocks, std::size_t{3});
        QCOMPARE(even.sizeOf(2), std::size_t{40});
        QCOMPARE(even.begin(4), std::size_t{128 + 44});
        QCOMPARE(FisherLayout::of({3, 5, 2}, 48).size, std::size_t{10});
    }

    /// The mean over two parts, each of which gives the gradient of its mean loss.
    void fisherIsTheGradients_data()
    {
        QTest::addColumn<QString>("architecture");
        for (const auto& type : modelCatalog().members())
            QTest::newRow(type.id.c_str()) << type.id.c_str();
    }
    void fisherIsTheGradients()
    {
        QFETCH(QString, architecture);
        const Checkpoint checkpoint = test::randomCheckpointOf(architecture.toStdString(), Task::SingleLabel);
        const ExampleTable examples = test::labelledSentences(checkpoint, 20);
        RunContext context;
        const PruneOptions options{.fisherBlock = 8, .fisherGradients = 2, .fisherDamping = 1e-3};
        const auto fisher = fisherBlocks(checkpoint, examples, options, context);
        const auto whole = lossGradients(checkpoint, examples, 0, options.seed, context);
        const auto half = lossGradients(checkpoint, examples, 10, options.seed, context);
        QVERIFY2(fisher && whole && half, fisher ? "" : fisher.error().message().c_str());
        for (const auto& [name, blocks] : *fisher) {
            const auto layout = FisherLayout::of(checkpoint.weights.at(name).shape, blocks);
            QVERIFY2(layout, name.c_str());
            const auto first = [&](std::size_t i) { return static_cast<double>(half->at(name).values[i]); };
            const auto second = [&](std::size_t i) { return 2 * static_cast<double>(whole->at(name).values[i]) - first(i); };
            for (std::size_t block = 0; block < layout->rows * layout->blocks; ++block)
                for (std::size_t i = 0; i < layout->sizeOf(block); ++i)
                    for (std::size_t j = 0; j <= i; ++j) {
                        const std::size_t a = layout->begin(block) + i, b = layout->begin(block) + j;
                        const double expected = (first(a) * first(b) + second(a) * second(b)) / 2 + (i == j ? 1e-3 : 0);
                        QVERIFY2(near(blocks.values[block * layout->packed() + i * (i + 1) / 2 + j], expected), name.c_str());
                    }
        }
    }

    void refusesBlocksOfNothing()
    {
        const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
        RunContext context;
        const auto none = fisherBlocks(checkpoint, test::labelledSentences(checkpoint, 20), {.fisherBlock = 0}, context);
        QVERIFY(!none);
        QVERIFY2(none.error().detail.find("'fisher_block'") != std::string::npos && !none.error().remedy.empty(), none.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(tst_Scores)
#include "tst_Scores.moc"
