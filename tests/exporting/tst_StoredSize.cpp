// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/StoredSize.h"

#include "tests/exporting/ToyCheckpoint.h"

#include <QTest>

#include <numeric>

using namespace espalier;

namespace {

Tensor randomTensor(std::vector<std::int64_t> shape)
{
    Random random(3);
    const auto count = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    Tensor tensor{std::move(shape), {}};
    for (std::int64_t i = 0; i < count; ++i)
        tensor.values.push_back(test::normal(random));
    return tensor;
}

using Order = std::vector<std::uint32_t>;

/// All places, those that are pruned last first.
Order byMagnitude(const Tensor& tensor)
{
    Order order(tensor.values.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::fabs(tensor.values[a]) > std::fabs(tensor.values[b]); });
    return order;
}

/// Whole rows at a time, as structured pruning keeps them.
Order byRow(const Tensor& tensor)
{
    Order order(tensor.values.size());
    std::iota(order.begin(), order.end(), 0);
    return order;
}

/// The smallest first, so that the scales of all rows grow and grow.
Order byLeastMagnitude(const Tensor& tensor)
{
    Order order = byMagnitude(tensor);
    std::reverse(order.begin(), order.end());
    return order;
}

/// As many of every 64.
Order balanced(const Tensor& tensor)
{
    const Order ranked = byMagnitude(tensor);
    std::vector<std::uint32_t> taken(tensor.values.size() / 64 + 1);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> keys;
    for (const std::uint32_t place : ranked)
        keys.emplace_back(taken[place / 64]++, place);
    std::sort(keys.begin(), keys.end());
    Order order;
    for (const auto& [rank, place] : keys)
        order.push_back(place);
    return order;
}

Tensor keeping(const Tensor& tensor, const Order& order, std::size_t count)
{
    Tensor kept{tensor.shape, std::vector<float>(tensor.values.size())};
    for (std::size_t i = 0; i < count; ++i)
        kept.values[order[i]] = tensor.values[order[i]];
    return kept;
}

} // namespace

class tst_StoredSize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isWhatEncodingGives_data()
    {
        QTest::addColumn<QString>("precision");
        QTest::addColumn<QString>("kind");
        for (const char* precision : {"fp32", "int8", "int8_groups:16", "int4"})
            for (const char* kind : {"magnitude", "least magnitude", "rows", "balanced"})
                QTest::addRow("%s, %s", precision, kind) << precision << kind;
    }

    void isWhatEncodingGives()
    {
        QFETCH(QString, precision);
        QFETCH(QString, kind);
        const std::map<QString, Order (*)(const Tensor&)> orders{{"magnitude", byMagnitude}, {"least magnitude", byLeastMagnitude}, {"rows", byRow}, {"balanced", balanced}};
        for (const auto& shape : {std::vector<std::int64_t>{1, 1}, {40}, {4, 6}, {64, 32, 3}, {900, 256}}) {
            const Tensor tensor = randomTensor(shape);
            const Order order = orders.at(kind)(tensor);
            auto size = StoredSize::create("t", tensor, precision.toStdString());
            QVERIFY(size.ok());
            std::size_t kept = 0;
            for (const double share : {0.0, 0.003, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0}) {
                const auto next = static_cast<std::size_t>(share * static_cast<double>(order.size()));
                size->keep(Order(order.begin() + static_cast<std::ptrdiff_t>(kept), order.begin() + static_cast<std::ptrdiff_t>(next)));
                kept = next;
                const auto encoded = encodeTensor("t", keeping(tensor, order, kept), precision.toStdString(), true);
                QVERIFY(encoded.ok());
                const auto actual = static_cast<double>(encoded->bytes.size());
                const auto predicted = static_cast<double>(size->bytes().value());
                const QString figures = QString("%1 %: %2 for %3 in %4").arg(100 * share).arg(predicted).arg(actual).arg(encoded->choice.encoding.c_str());
                const double margin = kept == 0 ? 32 : 12; // streams without a symbol are a little longer than the average
                QVERIFY2(std::fabs(predicted - actual) < (encoded->choice.encoding.ends_with("_rans") ? margin + 0.02 * actual : 12), qPrintable(figures));
            }
        }
    }

    void refuses()
    {
        const Tensor bad{{2, 2}, {1, 2, std::nanf(""), 4}};
        QVERIFY(!StoredSize::create("t", bad, "int8").ok());
        QVERIFY(!StoredSize::create("t", randomTensor({2, 2}), "int3").ok());
    }
};

QTEST_GUILESS_MAIN(tst_StoredSize)
#include "tst_StoredSize.moc"
