// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed files and files in other encodings are read as if they were neither; what is damaged gives what stands before.
#include "engine/data/Inspection.h"
#include "engine/data/Reading.h"
#include "engine/data/streams/Encoding.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <zlib.h>
#include <zstd.h>

using namespace espalier;

namespace {

std::string table(int rows)
{
    std::string text = "text\tlabel\n";
    for (int i = 0; i < rows; ++i)
        text += "sentence number " + std::to_string(i * 7919 % 10007) + " of them\t" + (i % 2 ? "odd" : "even") + "\n";
    return text;
}

std::string gzipped(const std::string& text)
{
    z_stream zlib{};
    deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&zlib, text.size()) + 32, '\0');
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    zlib.avail_in = static_cast<uInt>(text.size());
    zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
    zlib.avail_out = static_cast<uInt>(packed.size());
    deflate(&zlib, Z_FINISH);
    packed.resize(zlib.total_out);
    deflateEnd(&zlib);
    return packed;
}

std::string zstandard(const std::string& text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

} // namespace

class tst_Streams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsCompressedFiles_data();
    void readsCompressedFiles();
    void givesWhatStandsBeforeTheDamage_data() { readsCompressedFiles_data(); }
    void givesWhatStandsBeforeTheDamage();
    void aFileDamagedFromTheStartIsAnError();
    void readsEncodings_data();
    void readsEncodings();
    void anEncodingCanBeChosen();
    void readsALongGb18030File();
    void refusesUnknownNames();
    void refusesWhatIsNoFile();

private:
    std::filesystem::path write(const std::string& name, const std::string& bytes)
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    QTemporaryDir m_folder;
    RejectedRows m_rejected;
    RunContext m_context;
};

void tst_Streams::readsCompressedFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("gzip") << "a.tsv.gz";
    QTest::newRow("zstd") << "a.tsv.zst";
    QTest::newRow("gzip, called otherwise") << "a.data.gz.bin";
}

void tst_Streams::readsCompressedFiles()
{
    QFETCH(QString, name);
    const std::string text = table(20000);
    // Two members one after another, as `cat a.gz b.gz` makes them.
    const auto half = text.find('\n', text.size() / 2) + 1;
    const auto pack = [&](const std::string& part) { return name.contains("gz") ? gzipped(part) : zstandard(part); };
    const auto path = write(name.toStdString(), pack(text.substr(0, half)) + pack(text.substr(half)));
    const auto read = readExamples(path, {}, m_rejected, m_context);
    const auto plain = readExamples(write("plain.tsv", text), {}, m_rejected, m_context);
    QVERIFY(read && plain);
    QCOMPARE(read->size(), std::size_t{20000});
    QVERIFY(*read == *plain);
    const auto report = inspectDataFile(path, {}, m_context);
    QCOMPARE(report->compression, name.contains("gz") ? std::string("gzip") : std::string("zstd"));
    QCOMPARE(report->format, std::string("tsv"));
}

void tst_Streams::givesWhatStandsBeforeTheDamage()
{
    QFETCH(QString, name);
    const std::string text = table(200000);
    const std::string packed = name.contains("gz") ? gzipped(text) : zstandard(text);
    std::string broken = packed;
    std::fill_n(broken.begin() + static_cast<std::ptrdiff_t>(broken.size() * 3 / 5), 200, '\x55');
    for (const std::string& bytes : {packed.substr(0, packed.size() / 2), broken}) {
        m_rejected = {};
        QStringList warnings;
        RunContext context;
        context.onLog = [&](LogLevel, const std::string& line) { warnings << QString::fromStdString(line); };
        const auto path = write(name.toStdString(), bytes);
        const auto read = readExamples(path, {}, m_rejected, context);
        QVERIFY2(read.ok(), read ? "" : read.error().message().c_str());
        QVERIFY(read->size() > 1000 && read->size() < 200000);
        QCOMPARE((*read)[1000].text, "sentence number " + std::to_string(1000 * 7919 % 10007) + " of them");
        const RejectedRow last = m_rejected[m_rejected.size() - 1];
        QVERIFY2(QString::fromStdString(last.reason).contains(QRegularExpression("cannot be read beyond byte [1-9][0-9]+")), last.reason.c_str());
        if (bytes.size() < packed.size()) { // cut: nothing but the end is lost, and no row is cut short
            QCOMPARE(m_rejected.size(), std::size_t{1});
            QCOMPARE(last.line, static_cast<std::int64_t>(read->size()) + 2);
            QCOMPARE((*read)[read->size() - 1].label(), (read->size() - 1) % 2 ? std::string("odd") : std::string("even"));
        }
        QVERIFY(!warnings.isEmpty());
    }
}

void tst_Streams::aFileDamagedFromTheStartIsAnError()
{
    const auto read = readExamples(write("a.tsv.gz", std::string("\x1f\x8b\x08\x00garbage that is no deflate stream", 36)), {}, m_rejected, m_context);
    QVERIFY(!read);
    QVERIFY2(QString::fromStdString(read.error().message()).contains("gzip data is damaged"), read.error().message().c_str());
}

void tst_Streams::readsEncodings_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-8") << "utf8" << QByteArray("text\tlabel\n\xe5\xbc\x80\xe7\x81\xaf\t\xe7\x81\xaf\n");
    QTest::newRow("UTF-8 with mark") << "utf8" << QByteArray("\xef\xbb\xbftext\tlabel\n\xe5\xbc\x80\xe7\x81\xaf\t\xe7\x81\xaf\n");
    QTest::newRow("GB18030") << "gb18030" << QByteArray("text\tlabel\n\xbf\xaa\xb5\xc6\t\xb5\xc6\n");
    QTest::newRow("UTF-16, little endian") << "utf16le" << QByteArray("\xff\xfet\0e\0x\0t\0\t\0l\0a\0b\0e\0l\0\n\0\x00\x5f\x6f\x70\t\0\x6f\x70\n\0", 34);
    QTest::newRow("UTF-16, big endian") << "utf16be" << QByteArray("\xfe\xff\0t\0e\0x\0t\0\t\0l\0a\0b\0e\0l\0\n\x5f\x00\x70\x6f\0\t\x70\x6f\0\n", 34);
}

void tst_Streams::readsEncodings()
{
    QFETCH(QByteArray, bytes);
    const auto path = write("a.tsv", bytes.toStdString());
    const auto read = readExamples(path, {}, m_rejected, m_context);
    QVERIFY2(read.ok(), read ? "" : read.error().message().c_str());
    QCOMPARE(read->front(), (Example{.text = "开灯", .labels = {"灯"}}));
    QTEST(QString::fromStdString(inspectDataFile(path, {}, m_context)->encoding), "encoding");
}

void tst_Streams::anEncodingCanBeChosen()
{
    m_rejected = {};
    const auto path = write("a.tsv", "text\tlabel\ncaf\xe9\tx\nplain\ty\n");
    QCOMPARE(readExamples(path, {}, m_rejected, m_context)->size(), std::size_t{1});
    QCOMPARE(m_rejected.size(), std::size_t{1});
    m_rejected = {};
    QCOMPARE(readExamples(path, {.encoding = "windows1252"}, m_rejected, m_context)->front().text, std::string("café"));
    QVERIFY(m_rejected.empty());
    // Bytes that the chosen encoding does not have cost their row.
    const auto mixed = write("b.tsv", "text\tlabel\n\xbf\xaa\xb5\xc6\tx\nbroken \xff\ty\nfine\tz\n");
    const auto read = readExamples(mixed, {.encoding = "gb18030"}, m_rejected, m_context);
    QCOMPARE(read->size(), std::size_t{2});
    QCOMPARE(m_rejected[0].line, 3);
    QVERIFY(QString::fromStdString(m_rejected[0].reason).contains("GB18030"));
}

void tst_Streams::readsALongGb18030File()
{
    std::string bytes = "text\tlabel\n";
    for (int i = 0; i < 100000; ++i)
        bytes += "\xbf\xaa" + std::string(static_cast<std::size_t>(i % 3), 'a') + "\xb5\xc6\t\xb5\xc6\n";
    m_rejected = {};
    const auto read = readExamples(write("a.tsv", bytes), {}, m_rejected, m_context);
    QVERIFY(read && m_rejected.empty());
    QCOMPARE(read->size(), std::size_t{100000});
    for (const Example& example : *read)
        QVERIFY(example.text.starts_with("开") && example.text.ends_with("灯"));
}

void tst_Streams::refusesUnknownNames()
{
    const auto path = write("a.tsv", "text\tlabel\na\tb\n");
    for (const ReaderOptions& options : {ReaderOptions{.compression = "rar"}, ReaderOptions{.encoding = "utf7"}}) {
        const auto read = readExamples(path, options, m_rejected, m_context);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message()).contains("Choose one of: auto"), read.error().message().c_str());
    }
    for (const TextEncoding& encoding : textEncodings())
        QVERIFY2(readExamples(path, {.encoding = encoding.id}, m_rejected, m_context).ok() || encoding.id.starts_with("utf16"), encoding.id.c_str());
}

void tst_Streams::refusesWhatIsNoFile()
{
    QVERIFY(!readExamples("/dev/zero", {}, m_rejected, m_context));
    QVERIFY(!readExamples(m_folder.path().toStdString(), {.format = "csv"}, m_rejected, m_context));
}

QTEST_GUILESS_MAIN(tst_Streams)
#include "tst_Streams.moc"
