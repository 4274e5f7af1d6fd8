// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/PackageReader.h"

#include "engine/edge/Session.h"
#include "engine/edge/coding/Checksum.h"
#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;
using namespace espalier::edge;

namespace {

std::string errorOf(const std::string& bytes)
{
    const auto reader = PackageReader::fromBytes(std::string_view(bytes));
    return reader ? std::string() : reader.error().message();
}

/// Reads, and where that succeeds runs: either an error with a sentence, or an answer inside the labels.
bool readsOrSaysWhy(const std::string& bytes)
{
    const auto reader = PackageReader::fromBytes(std::string_view(bytes));
    if (!reader)
        return reader.error().message().size() > 20;
    auto session = Session::create(*reader);
    if (!session)
        return session.error().message().size() > 20;
    return session->classify("w2 w3 w4").label < session->labels().size();
}

} // namespace

class tst_PackageReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("model.espkg");
        const std::string bytes = test::textCnnPackage().build();
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()));
        file.close();
        const auto reader = PackageReader::open(path.toStdString());
        QVERIFY2(reader.ok(), reader ? "" : reader.error().message().c_str());
        QCOMPARE(reader->fileBytes(), bytes.size());
        QCOMPARE(reader->header().labels.size(), std::size_t{4});
        QVERIFY(reader->tensor("embedding").ok());
        QVERIFY(reader->tensor("nothing").error().message().find("'nothing'") != std::string::npos);
    }

    void readsOlderVersions_data()
    {
        QTest::addColumn<std::uint32_t>("version");
        QTest::addColumn<QString>("encoding");
        QTest::newRow("before tensors were entropy-coded") << 1u << "i8_sparse";
        QTest::newRow("before headers were packed") << 2u << "i8_rans";
        QTest::newRow("before headers had parts") << 3u << "i8_rans";
    }

    void readsOlderVersions()
    {
        QFETCH(std::uint32_t, version);
        QFETCH(QString, encoding);
        const auto builder = test::textCnnPackage({.encoding = encoding.toStdString(), .sparsity = 0.5});
        const std::string bytes = builder.build(version);
        QCOMPARE(test::storedHeader(bytes).starts_with('{'), version < packedHeaderVersion);
        const auto reader = PackageReader::fromBytes(std::string_view(bytes));
        QVERIFY2(reader.ok(), reader ? "" : reader.error().message().c_str());
        QCOMPARE(reader->version(), version);
        const std::string newer = builder.build();
        QVERIFY(newer.size() < bytes.size() || version == packedHeaderVersion);
        auto before = Session::create(*reader);
        auto now = Session::fromBytes(newer);
        QVERIFY(before.ok() && now.ok());
        const auto expected = now->classify("w2 w3 w4").probabilities;
        const auto seen = before->classify("w2 w3 w4").probabilities;
        QVERIFY(std::equal(seen.begin(), seen.end(), expected.begin(), expected.end()));
    }

    /// Behind a hash that fits: what is wrong in a tensor is found when it is decoded.
    void damagedTensorsNeverCrash()
    {
        const auto builder = test::textCnnPackage({.encoding = "i8_rans", .embedding = 16, .filters = 8, .widths = {2}, .sparsity = 0.8});
        const std::string good = builder.build();
        const auto reader = PackageReader::fromBytes(std::string_view(good));
        QVERIFY(reader.ok());
        Json header = toJson(reader->header());
        header["tokenizer"]["vocabulary"] = reader->tokenizer()->vocabulary();
        const std::size_t start = test::areaStart(good);
        for (std::size_t at = start; at < good.size(); ++at) {
            std::string area = good.substr(start);
            area[at - start] = static_cast<char>(area[at - start] ^ (1 << at % 8));
            Json changed = header;
            for (Json& tensor : changed["tensors"])
                tensor["check"] = checksumOf(std::as_bytes(std::span(area)).subspan(tensor["offset"].get<std::size_t>(), tensor["bytes"].get<std::size_t>()));
            QVERIFY(readsOrSaysWhy(test::assemblePackage(dumpJson(changed), area)));
        }
    }

    void filesThatAreNone()
    {
        QTemporaryDir folder;
        const auto missing = PackageReader::open(folder.filePath("no.espkg").toStdString());
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        const auto directory = PackageReader::open(folder.path().toStdString());
        QVERIFY(directory.error().message().find("not a regular file") != std::string::npos);
        QFile empty(folder.filePath("empty"));
        QVERIFY(empty.open(QFile::WriteOnly));
        const auto cut = PackageReader::open(folder.filePath("empty").toStdString());
        QVERIFY(cut.error().message().find("cut short") != std::string::npos);
    }

    void saysWhatIsWrong()
    {
        const std::string good = test::textCnnPackage().build();
        const auto changed = [&](std::size_t at, char value) {
            std::string bytes = good;
            bytes[at] = value;
            return errorOf(bytes);
        };
        QVERIFY(errorOf("label,text\na,b\nand so on").find("is not an Espalier package") != std::string::npos);
        QVERIFY(changed(5, '\n').find("line ends") != std::string::npos);
        QVERIFY(changed(8, 5).find("package version 5; this runtime reads up to 4") != std::string::npos);
        QVERIFY(changed(8, 0).find("version is 0") != std::string::npos);
        QVERIFY(changed(15, 0x7f).find("header claims") != std::string::npos);
        QVERIFY(changed(19, '[').find("cut short in its vocabulary") != std::string::npos);
        const std::size_t text = 20 + static_cast<unsigned char>(good[16]) + 256 * static_cast<unsigned char>(good[17]);
        QVERIFY(changed(text + 3, '[').find("its header claims") != std::string::npos);
        QVERIFY(changed(text + 40, '[').find("its header is damaged") != std::string::npos);
        QVERIFY(changed(8, 2).find("its header is not valid JSON") != std::string::npos);
        const std::size_t padding = 16 + test::storedHeader(good).size();
        QVERIFY(padding < test::areaStart(good));
        QVERIFY(changed(padding, 'x').find("space behind its header") != std::string::npos);
    }

    void tensorPlaces_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("outside") << "/tensors/1/offset" << "6400000" << "outside the file";
        QTest::newRow("end wraps") << "/tensors/1/bytes" << "9223372036854775807" << "outside the file";
        QTest::newRow("both huge") << "/tensors/1/offset" << "9223372036854775744" << "outside the file";
        QTest::newRow("misaligned") << "/tensors/1/offset" << "4" << "multiple of 64";
        QTest::newRow("overlap") << "/tensors/1/offset" << "64" << "overlap";
        QTest::newRow("name twice") << "/tensors/1/name" << "\"embedding\"" << "twice";
        QTest::newRow("encoding") << "/tensors/1/encoding" << "\"f16\"" << "'f16'";
        QTest::newRow("shape overflow") << "/tensors/1/shape" << "[4294967296,4294967296]" << "2^63";
        QTest::newRow("no checksum") << "/tensors/1/check" << "null" << "check";
        QTest::newRow("checksum out of range") << "/tensors/1/check" << "4294967296" << "below 2^32";
    }

    void tensorPlaces()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, named);
        auto builder = test::textCnnPackage();
        Json header = toJson(builder.header);
        for (Json& tensor : header["tensors"])
            tensor["check"] = 7;
        header[Json::json_pointer(pointer.toStdString())] = *parseJson(value.toStdString(), "test");
        const std::string error = errorOf(test::assemblePackage(dumpJson(header), std::string(32768, '\0')));
        QVERIFY2(QString::fromStdString(error).contains(named), error.c_str());
    }

    void everyTruncationIsAnError()
    {
        const std::string good = test::textCnnPackage({.encoding = "i8_sparse", .sparsity = 0.5}).build();
        QVERIFY(errorOf(good).empty());
        for (std::size_t size = 0; size < good.size(); size += size < 64 ? 1 : 64) {
            const std::string error = errorOf(good.substr(0, size));
            QVERIFY2(error.find("cut short") != std::string::npos, (std::to_string(size) + ": " + error).c_str());
        }
    }

    void flippedHeaderBytesNeverCrash_data()
    {
        QTest::addColumn<std::uint32_t>("version");
        QTest::newRow("as JSON") << 2u;
        QTest::newRow("packed") << packedHeaderVersion;
        QTest::newRow("in parts") << partedHeaderVersion;
    }

    void flippedHeaderBytesNeverCrash()
    {
        QFETCH(std::uint32_t, version);
        const std::string good = test::textCnnPackage({.encoding = "i8", .embedding = 8, .filters = 3, .widths = {2}}).build(version);
        for (std::size_t at = 0; at < test::areaStart(good); ++at) {
            std::string bytes = good;
            bytes[at] = static_cast<char>(bytes[at] ^ 1 << at % 8);
            QVERIFY(readsOrSaysWhy(bytes));
            QVERIFY2(version < packedHeaderVersion || !Session::fromBytes(bytes).ok(), qPrintable(QString::number(at)));
        }
    }

    /// As a session is made; before version 4 on opening.
    void flippedTensorBytesAreFound()
    {
        for (const std::uint32_t version : {3u, 4u}) {
            const std::string good = test::textCnnPackage().build(version);
            const std::size_t start = test::areaStart(good);
            for (std::size_t at = start; at < good.size(); at += 97) {
                std::string bytes = good;
                bytes[at] = static_cast<char>(bytes[at] ^ 4);
                const std::string error = version < partedHeaderVersion ? errorOf(bytes) : Session::fromBytes(bytes).error().message();
                QVERIFY2(error.find(version < partedHeaderVersion ? "SHA-256" : "checksum") != std::string::npos, error.c_str());
            }
        }
    }

    /// What classify waits for is read alone.
    void readsWhatAnAnswerNeeds()
    {
        QTemporaryDir folder;
        auto builder = test::textCnnPackage();
        builder.header.selfTests = {{"w2", "alpha", {1, 0, 0, 0}}};
        const std::string bytes = builder.build();
        QFile file(folder.filePath("model.espkg"));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()));
        file.close();
        const auto part = PackageReader::open(file.fileName().toStdString(), HeaderPart::Answering);
        const auto whole = PackageReader::open(file.fileName().toStdString());
        QVERIFY(part.ok() && whole.ok());
        QCOMPARE(part->header().selfTests.size(), std::size_t{0});
        QCOMPARE(whole->header().selfTests.size(), std::size_t{1});
        QCOMPARE(whole->header().provenance, builder.header.provenance);
        auto session = Session::create(*part);
        auto other = Session::create(*whole);
        QVERIFY(session.ok() && other.ok());
        QCOMPARE(session->classify("w2 w3").probabilities[0], other->classify("w2 w3").probabilities[0]);
    }
};

QTEST_GUILESS_MAIN(tst_PackageReader)
#include "tst_PackageReader.moc"
