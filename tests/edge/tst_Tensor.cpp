// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/Tensor.h"

#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace espalier;
using namespace espalier::edge;

namespace {

const std::vector<std::int64_t> shape{3, 5};
const std::vector<float> values{1.27F, 0, -0.5F, 0, 0.01F, 0, 0, 0, 0, 0, -2.54F, 0, 0, 1.0F, 0.02F};

Result<Tensor> decode(const std::string& encoding, const std::string& bytes)
{
    const std::size_t colon = encoding.find(':');
    const std::uint64_t group = colon == std::string::npos ? 0 : std::stoull(encoding.substr(colon + 1));
    return decodeTensor({"t", shape, encoding.substr(0, colon), 0, bytes.size(), group}, std::as_bytes(std::span(bytes.data(), bytes.size())));
}

constexpr std::array quantizedEncodings{"i8", "i8_sparse", "i8_rans", "i8:2", "i8_sparse:2", "i8_rans:2", "i8:9", "i4", "i4_rans", "i4:2", "i4_rans:2"};

} // namespace

class tst_Tensor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEncodingDecodes_data()
    {
        QTest::addColumn<QString>("encoding");
        QTest::newRow("f32") << "f32";
        QTest::newRow("f32_sparse") << "f32_sparse";
        for (const char* encoding : quantizedEncodings)
            QTest::newRow(encoding) << encoding;
    }

    void everyEncodingDecodes()
    {
        QFETCH(QString, encoding);
        const auto tensor = decode(encoding.toStdString(), test::encodeTensor(shape, values, encoding.toStdString()));
        QVERIFY2(tensor.ok(), tensor ? "" : tensor.error().message().c_str());
        QCOMPARE(tensor->rows(), std::size_t{3});
        QCOMPARE(tensor->columns(), std::size_t{5});
        const bool quantized = encoding.startsWith("i");
        QCOMPARE(tensor->quantized, quantized);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t perRow = quantized ? tensor->scalesPerRow() : 1;
            const float step = quantized ? tensor->scales[i / 5 * perRow + i % 5 / tensor->groupElements] : 0;
            QVERIFY(std::fabs(tensor->at(i) - values[i]) <= step / 2 + 1e-7F);
        }
        for (std::size_t row = 0; row < 3; ++row) {
            std::size_t next = 0;
            tensor->readRow(row, 5, [&](std::size_t column, float value) {
                QCOMPARE(column, next++);
                QCOMPARE(value, tensor->at(row * 5 + column));
            });
            QCOMPARE(next, std::size_t{5});
        }
    }

    /// A group takes whole inputs, with every position of a filter.
    void groupsCountInputs()
    {
        const auto groups = scaleGroups({4, 10, 3}, "i8", 4);
        QVERIFY(groups.ok());
        QCOMPARE(groups->elements, std::uint64_t{12});
        QCOMPARE(groups->perRow, std::uint64_t{3});
        QCOMPARE(groups->scales(), std::uint64_t{12});
        QCOMPARE(scaleGroups({4, 10, 3}, "i8", UINT64_MAX)->elements, std::uint64_t{30});
        QVERIFY(!scaleGroups({4, 10}, "f32", 4).ok());
        QVERIFY(!scaleGroups({4}, "i8", 4).ok());
    }

    void wrongSizesAreErrors()
    {
        std::vector<const char*> encodings{"f32", "f32_sparse"};
        encodings.insert(encodings.end(), quantizedEncodings.begin(), quantizedEncodings.end());
        for (const char* encoding : encodings) {
            const std::string good = test::encodeTensor(shape, values, encoding);
            for (std::size_t size = 0; size < good.size(); ++size)
                QVERIFY(!decode(encoding, good.substr(0, size)).ok());
            const auto longer = decode(encoding, good + '\0');
            QVERIFY(!longer.ok());
            QVERIFY(longer.error().message().find("'t'") != std::string::npos);
        }
    }

    void hostileNumbersAreErrors()
    {
        std::vector<float> bad = values;
        bad[2] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(!decode("f32", test::encodeTensor(shape, bad, "f32")).ok());
        bad[2] = std::numeric_limits<float>::infinity();
        QVERIFY(!decode("f32_sparse", test::encodeTensor(shape, bad, "f32_sparse")).ok());
        std::string codes = test::encodeTensor(shape, values, "i8");
        codes[3] = static_cast<char>(codes[3] | 0x80); // the sign of the first scale
        QVERIFY(!decode("i8", codes).ok());
        codes = test::encodeTensor(shape, values, "i8");
        codes[12] = '\x80';
        QVERIFY(!decode("i8", codes).ok());
        std::string masked = test::encodeTensor(shape, values, "i8_sparse");
        masked[13] = static_cast<char>(masked[13] | 0x80); // bit 15 of 15 elements
        QVERIFY(!decode("i8_sparse", masked + '\1').ok());
        const std::string half = test::encodeTensor(shape, values, "i4");
        QVERIFY(decode("i4", half).ok());
        codes = half;
        codes[6] = '\x08'; // -8
        QVERIFY(!decode("i4", codes).ok());
        codes = half;
        codes.back() = '\x10'; // behind the last of 15
        QVERIFY(!decode("i4", codes).ok());
        QVERIFY(!decode("i4_rans", test::encodeTensor(shape, values, "i8_rans")).ok());
    }

    void hugeSparseTensorsAreRefused()
    {
        const std::string bytes(64, '\0');
        const auto span = std::as_bytes(std::span(bytes.data(), bytes.size()));
        QVERIFY(!decodeTensor({"t", {std::int64_t{1} << 30, 1 << 20}, "f32_sparse", 0, 64}, span).ok());
        QVERIFY(!decodeTensor({"t", {1 << 20, 1 << 20, 1 << 20, 1 << 20}, "f32_sparse", 0, 64}, span).ok());
    }
};

QTEST_GUILESS_MAIN(tst_Tensor)
#include "tst_Tensor.moc"
