// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/PackageFormat.h"

#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <cmath>

using namespace espalier;
using namespace espalier::edge;

class tst_PackageFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headerRoundTrips()
    {
        PackageHeader header = test::textCnnPackage().header;
        header.selfTests.push_back({"w2 w3", "beta", {0.1F, 0.6F, 0.2F, 0.1F}});
        header.selfTestTolerance = 0.02;
        header.selfTestAgreement = 0.99;
        header.tensorSha256 = std::string(64, 'a');
        const auto again = packageHeaderFromJson(*parseJson(dumpJson(toJson(header)), "test"));
        QVERIFY(again.ok());
        QCOMPARE(dumpJson(toJson(*again)), dumpJson(toJson(header)));
        QCOMPARE(again->selfTests[0].probabilities, header.selfTests[0].probabilities);
    }

    /// Fewer digits than a float has, and no nearer to the self-test's tolerance than a hundredth of it.
    void probabilitiesAreRounded_data()
    {
        QTest::addColumn<double>("tolerance");
        QTest::newRow("fp32") << 1e-4;
        QTest::newRow("int8") << 5e-3;
    }

    void probabilitiesAreRounded()
    {
        QFETCH(double, tolerance);
        PackageHeader header = test::textCnnPackage().header;
        header.selfTestTolerance = tolerance;
        header.selfTests.push_back({"w2", "beta", {0.12345678F, 0.876543F, 0.00004999F, 1e-9F}});
        const Json json = toJson(header);
        const auto again = packageHeaderFromJson(json);
        QVERIFY(again.ok());
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY(std::fabs(again->selfTests[0].probabilities[i] - header.selfTests[0].probabilities[i]) <= tolerance * 0.0101);
            QVERIFY(dumpJson(json.at("self_tests")[0].at("probabilities")[i]).size() <= (tolerance < 1e-3 ? 8U : 6U));
        }
    }

    void headerFieldsAreChecked_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("labels gone") << "/labels" << "[]" << "header.labels";
        QTest::newRow("label twice") << "/labels/1" << "\"alpha\"" << "header.labels";
        QTest::newRow("labels text") << "/labels" << "\"a\"" << "header.labels";
        QTest::newRow("program") << "/program" << "null" << "header.program";
        QTest::newRow("op input") << "/program/ops/1/inputs" << "[\"nowhere\"]" << "nowhere";
        QTest::newRow("tensor name") << "/tensors/0/name" << "4" << "header.tensors[0].name";
        QTest::newRow("negative offset") << "/tensors/1/offset" << "-64" << "header.tensors[1].offset";
        QTest::newRow("shape text") << "/tensors/0/shape" << "[\"60\",20]" << "header.tensors[0].shape";
        QTest::newRow("shape huge") << "/tensors/0/shape" << "[18446744073709551615]" << "header.tensors[0].shape";
        QTest::newRow("tokenizer") << "/tokenizer" << "[]" << "header.tokenizer";
        QTest::newRow("tolerance") << "/self_test_tolerance" << "-1" << "self_test_tolerance";
        QTest::newRow("agreement") << "/self_test_agreement" << "1.5" << "self_test_agreement";
        QTest::newRow("precision") << "/precision" << "8" << "header.precision";
        QTest::newRow("hash") << "/tensor_sha256" << "0" << "header.tensor_sha256";
        QTest::newRow("self-test length") << "/self_tests/0/probabilities" << "[1]" << "header.self_tests";
        QTest::newRow("self-test range") << "/self_tests/0/probabilities" << "[1,2,3,4]" << "header.self_tests[0].probabilities";
    }

    void headerFieldsAreChecked()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, named);
        PackageHeader header = test::textCnnPackage().header;
        header.selfTests.push_back({"w2", "beta", {0, 1, 0, 0}});
        Json json = toJson(header);
        json[Json::json_pointer(pointer.toStdString())] = *parseJson(value.toStdString(), "test");
        const auto read = packageHeaderFromJson(json);
        QVERIFY(!read.ok());
        QVERIFY2(QString::fromStdString(read.error().message()).contains(named), read.error().message().c_str());
    }

    void encodedSizes()
    {
        QCOMPARE(*encodedBytes({3, 5}, "f32", 0), std::uint64_t{60});
        QCOMPARE(*encodedBytes({3, 5}, "f32_sparse", 4), std::uint64_t{2 + 16});
        QCOMPARE(*encodedBytes({3, 5}, "i8", 0), std::uint64_t{12 + 15});
        QCOMPARE(*encodedBytes({3, 5}, "i8_sparse", 4), std::uint64_t{12 + 2 + 4});
        QCOMPARE(*encodedBytes({8}, "i8_sparse", 0), std::uint64_t{32 + 1});
    }

    void impossibleSizesAreErrors()
    {
        QVERIFY(!encodedBytes({3, -1}, "f32", 0).ok());
        QVERIFY(!encodedBytes({0}, "f32", 0).ok());
        QVERIFY(!encodedBytes({}, "f32", 0).ok());
        QVERIFY(!encodedBytes({1, 1, 1, 1, 1}, "f32", 0).ok());
        QVERIFY(!encodedBytes({3}, "f64", 0).ok());
        QVERIFY(!encodedBytes({3}, "i8_rans", 0).ok());
        QCOMPARE(*elementsOf({3, 5}, "i8_rans"), std::uint64_t{15});
        QVERIFY(!elementsOf({3, 0}, "i8_rans").ok());
        QVERIFY(!elementsOf({3}, "f64").ok());
        QVERIFY(!encodedBytes({3}, "i8_sparse", 4).ok());
        QVERIFY(!encodedBytes({INT64_MAX, INT64_MAX}, "i8", 0).ok());
        QVERIFY(!encodedBytes({INT64_MAX}, "f32", 0).ok());
        QVERIFY(!encodedBytes({std::int64_t{1} << 32, std::int64_t{1} << 32}, "f32", 0).ok()); // wraps to 0
    }
};

QTEST_GUILESS_MAIN(tst_PackageFormat)
#include "tst_PackageFormat.moc"
