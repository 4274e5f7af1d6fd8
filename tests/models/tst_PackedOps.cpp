// SPDX-License-Identifier: GPL-3.0-or-later
// The encoder's own functions against the same composed of LibTorch's operators, values and gradients, in double and in float.
// LibTorch comes first: its headers must not meet Qt's macros.
#include "engine/models/PackedOps.h"

#include <QtTest>

using namespace espalier;
using torch::Tensor;

namespace {

const std::vector<std::int64_t> lengths{1, 7, 8, 9, 1, 17, 40, 3};

packed::Packing somePacking()
{
    Tensor ids = torch::zeros({static_cast<std::int64_t>(lengths.size()), 40}, torch::kInt64);
    for (std::size_t s = 0; s < lengths.size(); ++s)
        for (std::int64_t t = 0; t < lengths[s]; ++t)
            ids[static_cast<std::int64_t>(s)][t] = static_cast<std::int64_t>((s * 5 + static_cast<std::size_t>(t) * 3) % 11);
    return packed::pack(ids, torch::tensor(lengths, torch::kInt64));
}

Tensor random(torch::IntArrayRef shape, torch::ScalarType type)
{
    return torch::randn(shape, torch::kFloat64).to(type).set_requires_grad(true);
}

/// The gradients of a loss that weighs each number of @p outputs differently.
std::vector<Tensor> gradients(const std::vector<Tensor>& outputs, const std::vector<Tensor>& inputs)
{
    Tensor loss;
    for (const Tensor& output : outputs) {
        const Tensor weighted = (output * torch::cos(torch::arange(output.numel(), output.options())).view_as(output)).sum();
        loss = loss.defined() ? loss + weighted : weighted;
    }
    return torch::autograd::grad({loss}, inputs, {}, true); // a graph may be asked twice
}

double largestDifference(const Tensor& a, const Tensor& b) { return (a - b).abs().max().item<double>(); }

double toleranceOf(torch::ScalarType type) { return type == torch::kFloat64 ? 1e-10 : 5e-5; }

} // namespace

class tst_PackedOps : public QObject {
    Q_OBJECT

private:
    static void bothTypes()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("double") << static_cast<int>(torch::kFloat64);
        QTest::newRow("float") << static_cast<int>(torch::kFloat32);
    }

    static torch::ScalarType fetchedType()
    {
        return static_cast<torch::ScalarType>(*static_cast<int*>(QTest::qData("type", qMetaTypeId<int>())));
    }

    static void compareAll(const std::vector<Tensor>& found, const std::vector<Tensor>& expected, double tolerance)
    {
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY2(largestDifference(found[i], expected[i]) <= tolerance, qPrintable(QString("%1: %2").arg(i).arg(largestDifference(found[i], expected[i]))));
    }

private Q_SLOTS:
    void init() { torch::manual_seed(5); }

    void packsSentencesWithoutPadding()
    {
        const packed::Packing packing = somePacking();
        QCOMPARE(packing.sentences(), 8);
        QCOMPARE(packing.longest, 40);
        QCOMPARE(packing.offsets, (std::vector<std::int64_t>{0, 1, 8, 16, 25, 26, 43, 83, 86}));
        QCOMPARE(packing.ids[8].item<std::int64_t>(), (2 * 5) % 11);
        QCOMPARE(packing.positions[8 + 7].item<std::int64_t>(), 7);
    }

    void attentionIsAttention_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("headSize");
        for (const int size : {1, 5, 8, 32}) {
            QTest::addRow("double, heads of %d", size) << static_cast<int>(torch::kFloat64) << size;
            QTest::addRow("float, heads of %d", size) << static_cast<int>(torch::kFloat32) << size;
        }
    }

    void attentionIsAttention()
    {
        QFETCH(int, headSize);
        const torch::ScalarType type = fetchedType();
        const packed::Packing packing = somePacking();
        const Tensor qkv = random({packing.offsets.back(), 3 * 3 * headSize}, type);
        const Tensor found = packed::attention(qkv, packing, 3, {});
        const Tensor expected = packed::composed::attention(qkv, packing, 3, {});
        compareAll({found}, {expected}, toleranceOf(type));
        compareAll(gradients({found}, {qkv}), gradients({expected}, {qkv}), 10 * toleranceOf(type));
    }

    void residualNormIsLayerNorm_data() { bothTypes(); }
    void residualNormIsLayerNorm()
    {
        const torch::ScalarType type = fetchedType();
        for (const std::int64_t columns : {1, 5, 8, 33, 128}) {
            const Tensor input = random({300, columns}, type);
            const Tensor residual = random({300, columns}, type);
            const Tensor scale = random({columns}, type);
            const Tensor shift = random({columns}, type);
            const std::vector<Tensor> inputs{input, residual, scale, shift};
            const auto found = packed::residualNorm(input, residual, scale, shift, 1e-3, {});
            const auto expected = packed::composed::residualNorm(input, residual, scale, shift, 1e-3, {});
            compareAll({found.sum, found.output}, {expected.sum, expected.output}, toleranceOf(type));
            compareAll(gradients({found.sum, found.output}, inputs), gradients({expected.sum, expected.output}, inputs), 100 * toleranceOf(type));
            compareAll(gradients({found.output}, inputs), gradients({expected.output}, inputs), 100 * toleranceOf(type)); // as in post-norm
        }
    }

    void rowsAreRows_data() { bothTypes(); }
    void rowsAreRows()
    {
        const torch::ScalarType type = fetchedType();
        const Tensor table = random({11, 6}, type);
        const Tensor ids = somePacking().ids; // each id stands in many places
        const Tensor found = packed::rowsOf(table, ids, false);
        const Tensor expected = torch::embedding(table, ids);
        compareAll({found}, {expected}, 0);
        compareAll(gradients({found}, {table}), gradients({expected}, {table}), toleranceOf(type));
        const Tensor sparse = gradients({packed::rowsOf(table, ids, true)}, {table})[0];
        QVERIFY(sparse.is_sparse());
        compareAll({sparse.to_dense()}, gradients({expected}, {table}), toleranceOf(type));
    }

    void meansAreMeans()
    {
        const packed::Packing packing = somePacking();
        const Tensor input = random({packing.offsets.back(), 5}, torch::kFloat32);
        const Tensor found = packed::sentenceMeans(input, packing);
        for (std::int64_t s = 0; s < packing.sentences(); ++s) {
            const auto begin = packing.offsets[static_cast<std::size_t>(s)];
            QVERIFY(largestDifference(found[s], input.slice(0, begin, begin + packing.length(s)).mean(0)) < 1e-6);
        }
    }

    void dropoutDropsItsShare()
    {
        const Tensor ones = torch::ones({1000, 100});
        const Tensor found = packed::dropout(ones, {123, 0.3});
        const double dropped = (found == 0).to(torch::kFloat64).mean().item<double>();
        QVERIFY2(std::fabs(dropped - 0.3) < 0.005, qPrintable(QString::number(dropped)));
        QVERIFY(std::fabs(found.max().item<double>() - 1 / 0.7) < 1e-5);
        QVERIFY(torch::equal(found, packed::dropout(ones, {123, 0.3})));
        QVERIFY(!torch::equal(found, packed::dropout(ones, {124, 0.3})));
        QVERIFY(!torch::equal(found, packed::dropout(ones, {123 + (std::uint64_t{1} << 32), 0.3})));
        // Neighbours along a row and down a column are dropped independently.
        const Tensor zero = (found == 0).to(torch::kFloat64);
        for (const std::int64_t dimension : {0, 1}) {
            const std::int64_t count = zero.size(dimension);
            const double both = (zero.slice(dimension, 1) * zero.slice(dimension, 0, count - 1)).mean().item<double>();
            QVERIFY2(std::fabs(both - 0.09) < 0.005, qPrintable(QString::number(both)));
        }
    }

    /// With a fixed mask dropout is a function like any other, so its gradients must be those of differences.
    void gradientsPassThroughDropout()
    {
        const packed::Packing packing = somePacking();
        const packed::Dropout dropout{77, 0.4};
        const Tensor qkv = random({packing.offsets.back(), 3 * 6}, torch::kFloat64);
        const Tensor input = random({packing.offsets.back(), 6}, torch::kFloat64);
        const Tensor scale = random({6}, torch::kFloat64);
        const Tensor shift = random({6}, torch::kFloat64);
        const auto function = [&] {
            const auto normed = packed::residualNorm(packed::attention(qkv, packing, 2, dropout), input, scale, shift, 1e-6, {78, 0.3});
            return std::vector<Tensor>{packed::dropout(normed.output, {79, 0.5}), normed.sum};
        };
        const std::vector<Tensor> inputs{qkv, input, scale, shift};
        const auto analytic = gradients(function(), inputs);
        for (std::size_t i = 0; i < inputs.size(); ++i)
            compareAll({analytic[i]}, {differences(function, inputs[i])}, 1e-5);
    }

    void threadsDoNotChangeTheResult()
    {
        const packed::Packing packing = somePacking();
        std::vector<std::vector<Tensor>> results;
        const int before = at::get_num_threads();
        for (const int threads : {1, 2}) {
            at::set_num_threads(threads);
            torch::manual_seed(9);
            const Tensor qkv = random({packing.offsets.back(), 3 * 512}, torch::kFloat32);
            const Tensor scale = random({512}, torch::kFloat32);
            const auto normed = packed::residualNorm(packed::attention(qkv, packing, 4, {1, 0.1}), qkv.slice(1, 0, 512), scale, scale, 1e-12, {2, 0.1});
            results.push_back(gradients({normed.sum, normed.output}, {qkv, scale}));
            results.back().push_back(normed.output);
        }
        at::set_num_threads(before);
        for (std::size_t i = 0; i < results[0].size(); ++i)
            QVERIFY(torch::equal(results[0][i], results[1][i]));
    }

private:
    /// Central differences of the loss of gradients(), element by element.
    template <typename Function>
    static Tensor differences(const Function& function, const Tensor& input)
    {
        const torch::NoGradGuard noGrad;
        const auto loss = [&] {
            double sum = 0;
            for (const Tensor& output : function())
                sum += (output * torch::cos(torch::arange(output.numel(), output.options())).view_as(output)).sum().item<double>();
            return sum;
        };
        Tensor result = torch::empty_like(input);
        constexpr double step = 1e-5;
        for (std::int64_t i = 0; i < input.numel(); ++i) {
            double& element = input.data_ptr<double>()[i];
            const double value = element;
            element = value + step;
            const double above = loss();
            element = value - step;
            result.data_ptr<double>()[i] = (above - loss()) / (2 * step);
            element = value;
        }
        return result;
    }
};

QTEST_GUILESS_MAIN(tst_PackedOps)
#include "tst_PackedOps.moc"
