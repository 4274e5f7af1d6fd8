// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/Tensor.h"

#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace espalier;
using namespace espalier::edge;

namespace {

const std::vector<std::int64_t> shape{3, 5};
const std::vector<float> values{1.27F, 0, -0.5F, 0, 0.01F, 0, 0, 0, 0, 0, -2.54F, 0, 0, 1.0F, 0.02F};

Result<Tensor> decode(const std::string& encoding, const std::string& bytes)
{
    return decodeTensor({"t", shape, encoding, 0, bytes.size()}, std::as_bytes(std::span(bytes.data(), bytes.size())));
}

} // namespace

class tst_Tensor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEncodingDecodes_data()
    {
        QTest::addColumn<QString>("encoding");
        for (const char* encoding : {"f32", "f32_sparse", "i8", "i8_sparse", "i8_rans"})
            QTest::newRow(encoding) << encoding;
    }

    void everyEncodingDecodes()
    {
        QFETCH(QString, encoding);
        const auto tensor = decode(encoding.toStdString(), test::encodeTensor(shape, values, encoding.toStdString()));
        QVERIFY2(tensor.ok(), tensor ? "" : tensor.error().message().c_str());
        QCOMPARE(tensor->rows(), std::size_t{3});
        QCOMPARE(tensor->columns(), std::size_t{5});
        const bool quantized = encoding.startsWith("i8");
        QCOMPARE(tensor->quantized, quantized);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float step = quantized ? tensor->scales[i / 5] : 0;
            QVERIFY(std::fabs(tensor->at(i) - values[i]) <= step / 2 + 1e-7F);
        }
    }

    void wrongSizesAreErrors()
    {
        for (const char* encoding : {"f32", "f32_sparse", "i8", "i8_sparse", "i8_rans"}) {
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
