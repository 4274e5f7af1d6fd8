// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/Encodings.h"

#include "engine/edge/PackageFormat.h"
#include "engine/edge/Tensor.h"
#include "engine/models/QuantizationScheme.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <QTest>

using namespace espalier;

class tst_Encodings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void errorIsAtMostHalfAScale();
    void zerosStayZero();
    void roundsHalvesToEven();
    void choosesTheSmallest_data();
    void choosesTheSmallest();
    void edgeReadsWhatIsWritten_data();
    void edgeReadsWhatIsWritten();
    void smallTensorsPayForNoTable();
    void scalesAreShort_data();
    void scalesAreShort();
    void quantisedTwiceIsTheSame_data();
    void quantisedTwiceIsTheSame();
    void precisionsHaveNames();
    void countsWhatIsStored();
    void refusesWhatIsNotFinite();
    void refusesAWrongSize();
};

namespace {

Tensor randomTensor(std::vector<std::int64_t> shape, double sparsity, std::uint64_t seed = 3)
{
    Random random(seed);
    Tensor tensor{std::move(shape), {}};
    std::size_t count = 1;
    for (const auto dimension : tensor.shape)
        count *= static_cast<std::size_t>(dimension);
    for (std::size_t i = 0; i < count; ++i)
        tensor.values.push_back(random.uniform() < sparsity ? 0.0f : test::normal(random));
    return tensor;
}

edge::Tensor decoded(const Tensor& tensor, const EncodedTensor& encoded)
{
    const edge::TensorRecord record{"t", tensor.shape, encoded.choice.encoding, 0, encoded.bytes.size(), encoded.choice.group};
    const auto result = edge::decodeTensor(record, std::as_bytes(std::span(encoded.bytes)));
    if (!result)
        qWarning("%s", result.error().message().c_str());
    return result ? *result : edge::Tensor{};
}

} // namespace

void tst_Encodings::errorIsAtMostHalfAScale()
{
    Tensor tensor = randomTensor({20, 20, 3}, 0.2);
    for (std::size_t i = 0; i < 60; ++i)
        tensor.values[i] *= 1000; // a row of another size must not cost the others their precision
    for (const auto& [precision, perRow] : {std::pair{Precision{8, 0}, 1}, {Precision{8, 8}, 3}, {Precision{4, 0}, 1}, {Precision{4, 16}, 2}, {Precision{4, 100}, 1}}) {
        const auto quantized = quantize(tensor, precision);
        QCOMPARE(quantized.scales.size(), static_cast<std::size_t>(20 * perRow));
        const Tensor back = dequantize(quantized, tensor.shape);
        Tensor rounded = tensor;
        roundTo(precision, tensor.shape, rounded.values.data());
        QCOMPARE(rounded.values, back.values);
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            const bool atTheTop = std::fabs(quantized.codes[i]) == precision.top();
            QVERIFY(std::fabs(back.values[i] - tensor.values[i]) <= (atTheTop ? 0.57f : 0.5001f) * quantized.scales[quantized.layout.scaleOf(i)]);
            QVERIFY(std::fabs(quantized.codes[i]) <= precision.top());
        }
        QVERIFY(quantized.scales[0] > 100 * quantized.scales.back());
    }
}

void tst_Encodings::zerosStayZero()
{
    const Tensor tensor{{3, 2}, {0, 0, -1e-42f, 0, 2, 0}};
    const auto quantized = quantize(tensor, {});
    QCOMPARE(quantized.scales[0], 0.0f);
    const Tensor back = dequantize(quantized, tensor.shape);
    for (const std::size_t zero : {0, 1, 3, 5})
        QCOMPARE(back.values[zero], 0.0f);
    QVERIFY(std::fabs(back.values[2]) <= 2e-42f); // so small that its scale is hardly a number
    QVERIFY(std::fabs(back.values[4] - 2) <= 0.5f * quantized.scales[2]);
}

void tst_Encodings::roundsHalvesToEven()
{
    const Tensor tensor{{1, 5}, {127, 0.5f, 1.5f, -2.5f, 3.49f}};
    QCOMPARE(quantize(tensor, {}).codes, (std::vector<std::int8_t>{127, 0, 2, -2, 3}));
}

void tst_Encodings::choosesTheSmallest_data()
{
    QTest::addColumn<QString>("precision");
    QTest::addColumn<bool>("sparse");
    QTest::addColumn<double>("sparsity");
    QTest::addColumn<QString>("encoding");
    QTest::newRow("fp32 dense") << "fp32" << true << 0.0 << "f32";
    QTest::newRow("fp32 half") << "fp32" << true << 0.5 << "f32_sparse";
    QTest::newRow("fp32 half, not sparse") << "fp32" << false << 0.5 << "f32";
    QTest::newRow("int8 dense") << "int8" << true << 0.0 << "i8_rans";
    QTest::newRow("int8 half") << "int8" << true << 0.5 << "i8_rans";
    QTest::newRow("int8 half, zeros stored") << "int8" << false << 0.5 << "i8";
    QTest::newRow("int8 groups") << "int8_groups" << true << 0.5 << "i8_rans";
    QTest::newRow("int8 groups, zeros stored") << "int8_groups" << false << 0.5 << "i8";
    QTest::newRow("int4") << "int4" << true << 0.0 << "i4_rans";
    QTest::newRow("int4, zeros stored") << "int4:64" << false << 0.5 << "i4";
    QTest::newRow("int8, nearly nothing left") << "int8" << true << 0.999 << "i8_rans";
}

void tst_Encodings::choosesTheSmallest()
{
    QFETCH(QString, precision);
    QFETCH(bool, sparse);
    QFETCH(double, sparsity);
    QFETCH(QString, encoding);
    const Tensor tensor = randomTensor({50, 100}, sparsity);
    const auto encoded = encodeTensor("t", tensor, precision.toStdString(), sparse);
    QVERIFY(encoded.ok());
    QCOMPARE(QString::fromStdString(encoded->choice.encoding), encoding);
    QCOMPARE(encoded->bytes.size(), encoded->choice.bytes);
    const auto bias = encodeTensor("b", randomTensor({100}, 0), precision.toStdString(), sparse);
    QVERIFY(bias.ok());
    QCOMPARE(bias->choice.encoding, std::string("f32"));
}

void tst_Encodings::edgeReadsWhatIsWritten_data()
{
    QTest::addColumn<QString>("precision");
    QTest::addColumn<double>("sparsity");
    for (const QString& precision : {QStringLiteral("fp32"), QStringLiteral("int8"), QStringLiteral("int8_groups:8"), QStringLiteral("int4:8"), QStringLiteral("int4")})
        for (const double sparsity : {0.0, 0.3, 0.9, 0.999, 1.0})
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(precision).arg(sparsity))) << precision << sparsity;
}

void tst_Encodings::edgeReadsWhatIsWritten()
{
    QFETCH(QString, precision);
    QFETCH(double, sparsity);
    for (const auto& shape : {std::vector<std::int64_t>{13, 11}, {5, 3, 7}, {17}, {1, 1}, {40, 33}, {6, 20, 2}})
        for (const bool sparse : {true, false}) {
            const Tensor tensor = randomTensor(shape, sparsity);
            const auto encoded = encodeTensor("t", tensor, precision.toStdString(), sparse);
            QVERIFY(encoded.ok());
            const edge::Tensor read = decoded(tensor, *encoded);
            QCOMPARE(read.shape, shape);
            Tensor expected = tensor;
            if (read.quantized)
                expected = dequantize(quantize(tensor, *precisionFrom(precision.toStdString())), shape);
            for (std::size_t i = 0; i < expected.values.size(); ++i)
                QCOMPARE(read.at(i), expected.values[i]);
        }
}

void tst_Encodings::smallTensorsPayForNoTable()
{
    for (const auto& [sparsity, encoding] : {std::pair{0.0, "i8"}, {0.5, "i8_sparse"}, {0.95, "f32_sparse"}}) {
        const auto encoded = encodeTensor("t", randomTensor({4, 9}, sparsity), "int8", true);
        QVERIFY(encoded.ok());
        QCOMPARE(encoded->choice.encoding, std::string(encoding));
    }
}

void tst_Encodings::scalesAreShort_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<float>("least"); // of a scale, where 1 is exact
    QTest::addColumn<float>("most");
    QTest::newRow("8 bits, rounded up") << 8 << 0.9955f << 1.126f;
    QTest::newRow("4 bits, to the nearest") << 4 << 0.937f << 1.063f;
}

void tst_Encodings::scalesAreShort()
{
    QFETCH(int, bits);
    QFETCH(float, least);
    QFETCH(float, most);
    const Precision precision{bits, 32};
    Random random(8);
    QCOMPARE(scaleFor(0, precision), 0.0f);
    QCOMPARE(scaleFor(precision.top(), precision), 1.0f);
    for (int i = 0; i < 1000; ++i) {
        const float largest = std::exp2(static_cast<float>(random.uniform() * 60 - 30));
        const float scale = scaleFor(largest, precision);
        QVERIFY(scale >= least * largest / precision.top() && scale < most * largest / precision.top());
        QCOMPARE(std::bit_cast<std::uint32_t>(scale) & 0xfffff, 0u);
        QVERIFY(largest / scale < precision.top() + 0.6f);
    }
}

void tst_Encodings::quantisedTwiceIsTheSame_data()
{
    QTest::addColumn<QString>("precision");
    for (const char* precision : {"int8", "int8_groups", "int4", "int4:8"})
        QTest::newRow(precision) << precision;
}

/// What was trained under rounding must be packaged as it was measured.
void tst_Encodings::quantisedTwiceIsTheSame()
{
    QFETCH(QString, precision);
    const Precision rounding = *precisionFrom(precision.toStdString());
    const Tensor tensor = randomTensor({2000, 40}, 0.3);
    const auto once = quantize(tensor, rounding);
    const auto twice = quantize(dequantize(once, tensor.shape), rounding);
    QCOMPARE(twice.scales, once.scales);
    QCOMPARE(twice.codes, once.codes);
}

void tst_Encodings::precisionsHaveNames()
{
    for (const char* text : {"fp32", "int8", "int8_groups:16", "int4:128"})
        QCOMPARE(textOf(*precisionFrom(text)), std::string(text));
    QCOMPARE(textOf(*precisionFrom("int4")), std::string("int4:32"));
    for (const char* text : {"", "int2", "int4:", "int4:4", "int4:x", "int8:32", "fp32:8", "int4:32 "}) {
        const auto precision = precisionFrom(text);
        QVERIFY2(!precision.ok(), text);
        QVERIFY(QString::fromStdString(precision.error().detail).contains(text));
    }
    const auto scheme = schemeFrom("int4:64+int8");
    QVERIFY(scheme.ok());
    QCOMPARE(scheme->weights, (Precision{4, 64}));
    QCOMPARE(scheme->embeddings, Precision{});
    QCOMPARE(textOf(*scheme), std::string("int4:64+int8"));
    QCOMPARE(textOf(*schemeFrom("int8+int8")), std::string("int8"));
    QVERIFY(!schemeFrom("int8+").ok());
}

void tst_Encodings::countsWhatIsStored()
{
    const Tensor tensor{{2, 3}, {100, 0.1f, 0, -5, 5, 0}};
    const auto encoded = encodeTensor("t", tensor, "int8", true);
    QVERIFY(encoded.ok());
    QCOMPARE(encoded->counts.values, std::uint64_t{4});
    QCOMPARE(encoded->counts.codes, std::uint64_t{3}); // 0.1 vanishes beside 100
}

void tst_Encodings::refusesWhatIsNotFinite()
{
    for (const char* precision : {"fp32", "int8", "int4"}) {
        const auto encoded = encodeTensor("head.weight", {{1, 2}, {1, std::nanf("")}}, precision, true);
        QVERIFY(!encoded.ok());
        QVERIFY(QString::fromStdString(encoded.error().detail).contains("Value 1 of tensor 'head.weight'"));
    }
}

void tst_Encodings::refusesAWrongSize()
{
    QVERIFY(!encodeTensor("t", {{2, 2}, {1, 2, 3}}, "int8", true).ok());
    QVERIFY(!encodeTensor("t", {{2, 2}, {1, 2, 3, 4}}, "int3", true).ok());
}

QTEST_GUILESS_MAIN(tst_Encodings)
#include "tst_Encodings.moc"
