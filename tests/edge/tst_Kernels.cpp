// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Random.h"
#include "engine/edge/kernels/Kernels.h"
#include "engine/edge/ops/Quantize.h"

#include <QtTest>

#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

using namespace espalier;
using namespace espalier::edge;

namespace {

constexpr std::size_t columnCounts[] = {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 300, 1000};
constexpr std::size_t rowCounts[] = {1, 2, 3, 4, 5, 8, 13};

std::vector<std::int8_t> randomCodes(Random& random, std::size_t count)
{
    std::vector<std::int8_t> codes(count);
    for (auto& code : codes)
        code = static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
    return codes;
}

std::vector<float> randomFloats(Random& random, std::size_t count)
{
    std::vector<float> values(count);
    for (auto& value : values)
        value = static_cast<float>(random.uniform() * 2 - 1);
    return values;
}

} // namespace

class tst_Kernels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theReferenceComesFirst()
    {
        QVERIFY(!availableKernels().empty());
        QCOMPARE(availableKernels().front(), &scalarKernels());
        qInfo("this processor runs up to %s", availableKernels().back()->name.data());
    }

    void theEnvironmentChooses()
    {
        for (const Kernels* table : availableKernels()) {
            qputenv("ESPALIER_EDGE_KERNELS", QByteArray(table->name.data()));
            QCOMPARE(&chosenKernels(), table);
        }
        qputenv("ESPALIER_EDGE_KERNELS", "another machine's");
        QCOMPARE(&chosenKernels(), availableKernels().back());
        qunsetenv("ESPALIER_EDGE_KERNELS");
        QCOMPARE(&chosenKernels(), availableKernels().back());
    }

    void everyTable_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < availableKernels().size(); ++i)
            QTest::newRow(availableKernels()[i]->name.data()) << static_cast<int>(i);
    }

    void everyTable()
    {
        QFETCH(int, index);
        const Kernels& kernels = *availableKernels()[static_cast<std::size_t>(index)];
        Random random(1);
        for (const std::size_t columns : columnCounts)
            for (const std::size_t rows : rowCounts) {
                integersAreExact(kernels, random, rows, columns);
                panelsAreExact(kernels, random, rows * 7, columns);
                floatsAreClose(kernels, random, rows, columns);
                groupsGiveTheSameBits(kernels, random, rows, columns);
            }
    }

    /// The largest sums there are: a 16-bit intermediate that saturates would show here.
    void extremeCodes()
    {
        for (const Kernels* kernels : availableKernels())
            for (const int sign : {1, -1}) {
                const std::vector<std::int8_t> weights(maxInt8Columns, 127);
                const std::vector<std::int8_t> vector(maxInt8Columns, static_cast<std::int8_t>(127 * sign));
                std::int32_t sum = 0;
                kernels->multiplyInt8({weights.data(), 1, maxInt8Columns, maxInt8Columns}, vector.data(), &sum);
                QCOMPARE(sum, sign * 127 * 127 * static_cast<std::int32_t>(maxInt8Columns));
                const float one = 1;
                float out = 0;
                const std::int32_t rowSum = sign * 127 * static_cast<std::int32_t>(maxInt8Columns);
                if (kernels->multiplyPanels)
                    kernels->multiplyPanels(packPanels(weights, {&one, 1}, maxInt8Columns), {vector.data(), 1, &one, &rowSum}, &out);
                QVERIFY(!kernels->multiplyPanels || out == static_cast<float>(sum));
            }
    }

    void quantizingRoundsToTheNearest()
    {
        const float row[] = {1.0F, -1.0F, 0.5F, 0.003F, -0.004F, 0.0F, 0.75F};
        std::int8_t codes[7];
        QCOMPARE(quantizeRow(row, 7, codes), 1.0F / 127);
        const std::int8_t expected[] = {127, -127, 64, 0, -1, 0, 95}; // 63.5 is a tie and goes to the even 64
        QVERIFY(std::memcmp(codes, expected, 7) == 0);
        const float zeros[] = {0, 0};
        QCOMPARE(quantizeRow(zeros, 2, codes), 0.0F);
        QCOMPARE(int(codes[0]), 0);
    }

    void quantizingWithinARangeCutsOff()
    {
        const float row[] = {2.0F, -7.0F, 0.5F, 0.003F, -0.75F, 1.0F};
        std::int8_t codes[6];
        QCOMPARE(quantizeWithin(1.0F, row, 6, codes), 1.0F / 127);
        const std::int8_t expected[] = {127, -127, 64, 0, -95, 127};
        QVERIFY(std::memcmp(codes, expected, 6) == 0);
        const float wild[] = {INFINITY, -INFINITY, NAN};
        quantizeWithin(1.0F, wild, 3, codes);
        QVERIFY(codes[0] == 127 && codes[1] == -127 && codes[2] != -128);
    }

    void quantizingGivesCodesBack()
    {
        Random random(3);
        for (int round = 0; round < 200; ++round) {
            auto codes = randomCodes(random, 50);
            codes[7] = 127;
            const auto scale = static_cast<float>(random.uniform() + 1e-3);
            std::vector<float> row;
            for (const auto code : codes)
                row.push_back(scale * static_cast<float>(code));
            std::vector<std::int8_t> again(50);
            quantizeRow(row.data(), 50, again.data());
            QCOMPARE(again, codes);
        }
    }

private:
    static void groupsGiveTheSameBits(const Kernels& kernels, Random& random, std::size_t rows, std::size_t columns)
    {
        const std::size_t stride = columns + random.below(5);
        const auto matrix = randomCodes(random, rows * stride + 1);
        const auto vector = randomCodes(random, columns + 1);
        for (const std::size_t group : {std::size_t{8}, std::size_t{16}, std::size_t{24}, std::size_t{32}, std::size_t{64}, std::size_t{100}, columns}) {
            const std::size_t groups = (columns + group - 1) / group;
            const auto scales = randomFloats(random, groups * (rows + 3));
            const GroupedView view{{matrix.data() + 1, rows, columns, stride}, group, scales.data(), rows + 3};
            std::vector<float> out(rows);
            kernels.multiplyGroups(view, vector.data() + 1, out.data());
            for (std::size_t r = 0; r < rows; ++r) {
                float expected = 0;
                for (std::size_t g = 0; g < groups; ++g) {
                    int sum = 0;
                    for (std::size_t c = g * group; c < std::min(columns, (g + 1) * group); ++c)
                        sum += int{view.codes.data[r * stride + c]} * int{vector[c + 1]};
                    const volatile float part = scales[g * (rows + 3) + r] * static_cast<float>(sum); // rounded before it is added
                    expected += part;
                }
                QCOMPARE(std::bit_cast<std::uint32_t>(out[r]), std::bit_cast<std::uint32_t>(expected));
            }
        }
    }

    static void integersAreExact(const Kernels& kernels, Random& random, std::size_t rows, std::size_t columns)
    {
        const std::size_t stride = columns + random.below(5);
        const auto matrix = randomCodes(random, rows * stride + 1);
        const auto vector = randomCodes(random, columns + 1);
        const MatrixView<std::int8_t> view{matrix.data() + 1, rows, columns, stride}; // not aligned
        std::vector<std::int32_t> out(rows);
        kernels.multiplyInt8(view, vector.data() + 1, out.data());
        for (std::size_t r = 0; r < rows; ++r) {
            std::int32_t sum = 0;
            for (std::size_t c = 0; c < columns; ++c)
                sum += int{view.data[r * stride + c]} * int{vector[c + 1]};
            QCOMPARE(out[r], sum);
        }
    }

    static void panelsAreExact(const Kernels& kernels, Random& random, std::size_t outputs, std::size_t columns)
    {
        if (!kernels.multiplyPanels || columns % panelInputs != 0)
            return;
        const std::size_t count = 1 + random.below(14);
        const auto matrix = randomCodes(random, outputs * columns);
        const auto vectors = randomCodes(random, count * columns);
        const auto scales = randomFloats(random, outputs);
        const auto rowScales = randomFloats(random, count);
        std::vector<std::int32_t> rowSums;
        for (std::size_t v = 0; v < count; ++v)
            rowSums.push_back(std::accumulate(vectors.begin() + static_cast<std::ptrdiff_t>(v * columns), vectors.begin() + static_cast<std::ptrdiff_t>((v + 1) * columns), 0));
        std::vector<float> out(count * outputs + 1, 77);
        kernels.multiplyPanels(packPanels(matrix, scales, columns), {vectors.data(), count, rowScales.data(), rowSums.data()}, out.data());
        std::vector<std::int32_t> sums(outputs);
        for (std::size_t v = 0; v < count; ++v) {
            scalarKernels().multiplyInt8({matrix.data(), outputs, columns, columns}, vectors.data() + v * columns, sums.data());
            for (std::size_t o = 0; o < outputs; ++o)
                QCOMPARE(out[v * outputs + o], static_cast<float>(sums[o]) * rowScales[v] * scales[o]);
        }
        QCOMPARE(out.back(), 77.0F); // nothing is written behind the last output
    }

    static void floatsAreClose(const Kernels& kernels, Random& random, std::size_t rows, std::size_t columns)
    {
        const std::size_t stride = columns + random.below(5);
        const auto matrix = randomFloats(random, rows * stride + 1);
        const auto vector = randomFloats(random, columns + 1);
        const MatrixView<float> view{matrix.data() + 1, rows, columns, stride};
        std::vector<float> out(rows);
        kernels.multiplyFloat(view, vector.data() + 1, out.data());
        for (std::size_t r = 0; r < rows; ++r) {
            double sum = 0;
            for (std::size_t c = 0; c < columns; ++c)
                sum += double{view.data[r * stride + c]} * double{vector[c + 1]};
            QVERIFY(std::fabs(double{out[r]} - sum) < 2e-6 * std::sqrt(double(columns)) + 1e-6);
        }
    }
};

QTEST_GUILESS_MAIN(tst_Kernels)
#include "tst_Kernels.moc"
