// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/Weights.h"

#include "engine/core/SafeFile.h"

#include <QtTest>

#include <cstring>

using namespace espalier;

namespace {

/// A file with @p header as its header and @p data behind it.
std::string file(const std::string& header, const std::string& data)
{
    const std::uint64_t length = header.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + header + data;
}

} // namespace

class tst_Weights : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    [[nodiscard]] std::filesystem::path path() const { return std::filesystem::path(m_folder.path().toStdString()) / "w.safetensors"; }

private Q_SLOTS:
    void roundTrip()
    {
        const Weights weights{{"a", {{2, 3}, {1, -2, 3, 0, 1e-30F, 6}}}, {"b.bias", {{1}, {7}}}, {"empty", {{0, 4}, {}}}};
        const Masks masks{{"a", {1, 1, 1, 0, 1, 1}}};
        QVERIFY(writeSafetensors(path(), weights, masks));
        Weights readWeights;
        Masks readMasks;
        QVERIFY(readSafetensors(path(), readWeights, readMasks));
        QCOMPARE(readWeights, weights);
        QCOMPARE(readMasks, masks);
    }

    /// The bytes as the format's description lays them out, so that other programs can read the file.
    void layoutIsTheFormats()
    {
        QVERIFY(writeSafetensors(path(), {{"a", {{1, 2}, {1, 2}}}}, {{"a", {1, 0}}}));
        const auto bytes = readFile(path());
        QVERIFY(bytes);
        std::uint64_t length = 0;
        std::memcpy(&length, bytes->data(), sizeof length);
        QCOMPARE(length % 8, std::uint64_t{0});
        const QString header = QString::fromStdString(bytes->substr(8, length)).trimmed();
        QCOMPARE(header, QString(R"({"a":{"data_offsets":[0,8],"dtype":"F32","shape":[1,2]},"mask:a":{"data_offsets":[8,10],"dtype":"U8","shape":[1,2]}})"));
        QCOMPARE(bytes->size(), 8 + length + 10);
    }

    void masksMakeZeros()
    {
        Weights weights{{"a", {{3}, {1, 2, 3}}}};
        QVERIFY(applyMasks(weights, {{"a", {0, 1, 0}}}));
        QCOMPARE(weights["a"].values, (std::vector<float>{0, 2, 0}));
        QVERIFY(!applyMasks(weights, {{"a", {0, 1}}}));
        QVERIFY(!applyMasks(weights, {{"b", {0, 1, 0}}}));
        QVERIFY(!writeSafetensors(path(), weights, {{"b", {0, 1, 0}}}));
    }

    void readsMetadataOfOthers()
    {
        const std::string header = R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
        QVERIFY(writeFileSafely(path(), file(header, std::string(4, '\0'))));
        Weights weights;
        Masks masks;
        QVERIFY(readSafetensors(path(), weights, masks));
        QCOMPARE(weights.size(), std::size_t{1});
    }

    void refusesHostileFiles_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) { QTest::newRow(name) << QByteArray::fromStdString(bytes); };
        const std::string four(4, '\0');
        row("empty", "");
        row("cut length", "\x01\x02");
        row("length beyond the file", std::string("\xff\xff\xff\xff\xff\xff\xff\x7f", 8) + "{}");
        row("length that overflows", std::string(8, '\xff') + "{}");
        row("no json", file("nonsense", ""));
        row("no object", file("[]", ""));
        row("entry is no object", file(R"({"a":1})", ""));
        row("other type", file(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", four));
        row("offsets beyond the data", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", four));
        row("offsets turned round", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", four));
        row("shape does not fit", file(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}})", four));
        row("negative dimension", file(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", four));
        row("fraction", file(R"({"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", four));
        row("product overflows", file(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", ""));
        row("overlap", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four));
        row("gap", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", four + four));
        row("data left over", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four + four));
        row("name twice", file(R"({"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four));
        row("mask of other values", file(R"({"mask:a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", "\x01\x02\x01\x01"));
        row("mask of floats", file(R"({"mask:a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four));
    }
    void refusesHostileFiles()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(writeFileSafely(path(), bytes.toStdString()));
        Weights weights{{"kept", {{1}, {1}}}};
        Masks masks;
        const auto result = readSafetensors(path(), weights, masks);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidFormat);
        QVERIFY(QString::fromStdString(result.error().detail).contains("w.safetensors"));
        QVERIFY2(weights.contains("kept"), "a refused file must change nothing");
    }

    /// Every file cut short anywhere must be refused.
    void refusesTruncatedFiles()
    {
        QVERIFY(writeSafetensors(path(), {{"a", {{2, 2}, {1, 2, 3, 4}}}}, {{"a", {1, 1, 1, 1}}}));
        const auto bytes = readFile(path());
        for (std::size_t length = 0; length < bytes->size(); ++length) {
            QVERIFY(writeFileSafely(path(), bytes->substr(0, length)));
            Weights weights;
            Masks masks;
            QVERIFY(!readSafetensors(path(), weights, masks));
        }
    }
};

QTEST_GUILESS_MAIN(tst_Weights)
#include "tst_Weights.moc"
