// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Random.h"
#include "engine/edge/kernels/PackedMatrix.h"
#include "engine/edge/ops/Quantize.h"
#include "tests/support/SparseCodes.h"

#include <QtTest>

#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>

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
            }
    }

    void everyLayout_data() { everyTable_data(); }

    /// Every layout that a table reads, whatever the plan would choose, and that which it chooses: for every kind of mask, sizes that fill no register, and every number of rows.
    void everyLayout()
    {
        QFETCH(int, index);
        const Kernels& kernels = *availableKernels()[static_cast<std::size_t>(index)];
        Random random(2);
        for (const std::size_t inputs : {1, 3, 15, 16, 17, 63, 64, 65, 128, 130, 192, 300, 768})
            for (const std::size_t outputs : {1, 7, 8, 16, 17, 33, 100})
                for (const double density : {0.0, 0.01, 0.1, 0.25, 0.5, 1.0})
                    layoutsAreExact(kernels, random, test::freeMask(random, outputs, inputs, density));
        for (const std::size_t kept : {1, 2, 4, 6, 8, 16, 32})
            layoutsAreExact(kernels, random, test::balancedMask(random, 40, 320, kept));
        layoutsAreExact(kernels, random, withEmptyRows(test::freeMask(random, 50, 200, 0.2)));
    }

    /// The largest sums that any layout has to hold, at both ends of the range of codes.
    void extremeSums_data() { everyTable_data(); }
    void extremeSums()
    {
        QFETCH(int, index);
        const Kernels& kernels = *availableKernels()[static_cast<std::size_t>(index)];
        for (const int sign : {1, -1}) {
            const test::SparseCodes matrix{maxInt8Columns, std::vector<std::int8_t>(maxInt8Columns, 127), {1}};
            std::vector<std::int8_t> rows(maxInt8Columns + rowSlack, static_cast<std::int8_t>(127 * sign));
            for (const auto& [name, multiply] : layoutsOf(kernels, matrix)) {
                float out = 0;
                multiply(rows, 1, {1}, &out);
                QVERIFY2(out == static_cast<float>(sign * 127 * 127 * static_cast<std::int32_t>(maxInt8Columns)), name.c_str());
            }
        }
    }

    /// Kernels' own products of floats are those of plain loops, bit for bit, since attention has them on some processors only.
    void floatProductsAreExact_data() { everyTable_data(); }
    void floatProductsAreExact()
    {
        QFETCH(int, index);
        const Kernels& kernels = *availableKernels()[static_cast<std::size_t>(index)];
        if (kernels.multiplyFloats == nullptr)
            QSKIP("This table leaves products of floats to the compiler.");
        Random random(3);
        for (const std::size_t rows : {1, 3, 4, 5, 8})
            for (const std::size_t inner : {1, 3, 4, 10, 64})
                for (const std::size_t columns : {1, 3, 4, 7, 8, 16, 33}) {
                    const auto left = randomFloats(random, rows * (inner + 3));
                    const auto right = randomFloats(random, inner * (columns + 5));
                    const auto factors = randomFloats(random, rows);
                    std::vector<float> out(rows * (columns + 2), 7);
                    auto expected = out;
                    kernels.multiplyFloats({left.data(), inner + 3}, {right.data(), columns + 5}, {rows, inner, columns}, {out.data(), columns + 2, factors.data()});
                    for (std::size_t r = 0; r < rows; ++r)
                        for (std::size_t c = 0; c < columns; ++c) {
                            float sum = 0;
                            for (std::size_t i = 0; i < inner; ++i) {
                                const volatile float product = left[r * (inner + 3) + i] * right[i * (columns + 5) + c]; // rounded, whatever the compiler may
                                sum += product;
                            }
                            expected[r * (columns + 2) + c] = sum * factors[r];
                        }
                    QCOMPARE(out, expected); // and nothing is written beside it
                }
    }

    void theCheapestLayoutIsChosen()
    {
        for (const Kernels* kernels : availableKernels()) {
            Random random(4);
            const auto layoutOf = [&](const test::SparseCodes& matrix) { return PackedMatrix::pack(*kernels, matrix.codes, matrix.scales, {matrix.inputs, 20}).layout(); };
            const std::string dense = kernels->multiplyPanels != nullptr ? "panels" : "rows";
            QCOMPARE(layoutOf(test::freeMask(random, 64, 256, 1)), dense);
            QCOMPARE(layoutOf(test::freeMask(random, 64, 256, 0.7)), dense);
            QCOMPARE(layoutOf(test::freeMask(random, 64, 256, 0.1)) != dense, kernels->multiplyGather != nullptr || kernels->multiplyPairs != nullptr);
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

    using Multiply = std::function<void(const std::vector<std::int8_t>& rows, std::size_t count, const std::vector<float>& scales, float* out)>;

    /// A product with rows of codes, for each layout of @p matrix that @p kernels read.
    static std::vector<std::pair<std::string, Multiply>> layoutsOf(const Kernels& kernels, const test::SparseCodes& matrix)
    {
        std::vector<std::pair<std::string, Multiply>> layouts;
        const auto add = [&](const std::string& name, bool biased, auto product) {
            layouts.emplace_back(name, [biased, product, scratch = scratchBytes(kernels, matrix.inputs)](std::vector<std::int8_t> rows, std::size_t count, const std::vector<float>& scales, float* out) {
                for (std::int8_t& code : rows)
                    code = static_cast<std::int8_t>(biased ? code ^ -128 : code);
                std::vector<std::byte> memory(scratch + 64);
                std::byte* aligned = memory.data() + (64 - reinterpret_cast<std::uintptr_t>(memory.data()) % 64);
                product(QuantizedRows{rows.data(), count, scales.data(), aligned}, out);
            });
        };
        const auto packed = std::make_shared<PackedMatrix>(PackedMatrix::pack(kernels, matrix.codes, matrix.scales, {matrix.inputs, 20}));
        add("chosen: " + packed->layout(), kernels.biasedCodes, [packed, &kernels](const QuantizedRows& rows, float* out) { packed->multiply(kernels, rows, out); });
        if (kernels.multiplyPanels != nullptr)
            add("panels", kernels.biasedCodes, [panels = packPanels(matrix.view()), &kernels](const QuantizedRows& rows, float* out) { kernels.multiplyPanels(panels, rows, out); });
        if (kernels.multiplyPairs != nullptr && matrix.inputs <= maxPairInputs)
            add("pairs", kernels.biasedCodes, [lists = packPairLists(matrix.view()), &kernels](const QuantizedRows& rows, float* out) { kernels.multiplyPairs(lists.view(), rows, out); });
        for (const GatherShape& shape : kernels.gatherShapes)
            if (shape.outputs > 0 && (shape.windows == Windows::Fixed || matrix.inputs <= maxSlidingInputs))
                add(shape.windows == Windows::Fixed ? "gather" : "sliding gather", kernels.biasedCodes,
                    [panels = packGatherPanels(matrix.view(), shape), &kernels](const QuantizedRows& rows, float* out) { kernels.multiplyGather(panels.view(), rows, out); });
        return layouts;
    }

    static void layoutsAreExact(const Kernels& kernels, Random& random, const test::SparseCodes& matrix)
    {
        const std::size_t outputs = matrix.scales.size();
        for (const auto& [name, multiply] : layoutsOf(kernels, matrix)) {
            const std::size_t count = 1 + random.below(20);
            const auto rows = randomCodes(random, count * matrix.inputs + rowSlack);
            const auto scales = randomFloats(random, count);
            std::vector<float> out(count * outputs + 1, 77);
            multiply(rows, count, scales, out.data());
            std::vector<std::int32_t> sums(outputs);
            for (std::size_t row = 0; row < count; ++row) {
                scalarKernels().multiplyInt8({matrix.codes.data(), outputs, matrix.inputs, matrix.inputs}, rows.data() + row * matrix.inputs, sums.data());
                for (std::size_t o = 0; o < outputs; ++o)
                    QVERIFY2(out[row * outputs + o] == static_cast<float>(sums[o]) * scales[row] * matrix.scales[o], name.c_str());
            }
            QCOMPARE(out.back(), 77.0F); // nothing is written behind the last output
        }
    }

    /// Every third row keeps nothing, as the first and the last.
    static test::SparseCodes withEmptyRows(test::SparseCodes matrix)
    {
        for (std::size_t o = 0; o < matrix.scales.size(); ++o)
            if (o % 3 == 0 || o + 1 == matrix.scales.size())
                std::fill_n(matrix.codes.begin() + static_cast<std::ptrdiff_t>(o * matrix.inputs), matrix.inputs, std::int8_t{0});
        return matrix;
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
