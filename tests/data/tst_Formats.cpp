// SPDX-License-Identifier: GPL-3.0-or-later
// Every format: that it is recognised, what its rows are, and which ones it sets aside.
#include "engine/data/Inspection.h"
#include "engine/data/Reading.h"
#include "tests/data/ShownTable.h"

#include <QTemporaryDir>
#include <QtTest>

#include <deque>
#include <fstream>

using namespace espalier;
using espalier::test::shown;

class tst_Formats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRows_data();
    void readsRows();
    void setsRowsAside_data();
    void setsRowsAside();
    void readsAFolderAClass();
    void readsTagsOfWords();
    void joinsChineseWordsWithoutSpaces();
    void understandsEveryTagScheme_data();
    void understandsEveryTagScheme();
    void theTrainingFileDecidesTheTask();
    void aTaskThatDoesNotFitIsRefused();
    void keepsTheGroup();
    void readsSnipsSlots();
    void longRowsAreSetAsideAndReadingGoesOn();
    void filesMayBeLargerThanTheWindow_data();
    void filesMayBeLargerThanTheWindow();

private:
    std::filesystem::path write(const std::string& name, const std::string& bytes)
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    Result<ExampleTable> read(const std::filesystem::path& path, const ReaderOptions& options = {})
    {
        m_rejected = {};
        return readExamples(path, options, m_rejected, m_context);
    }

    QTemporaryDir m_folder;
    RejectedRows m_rejected;
    RunContext m_context;
};

void tst_Formats::readsRows_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("rows");
    const auto row = [](const char* what, const char* name, const char* bytes, const char* format, const char* task, const char* rows) {
        QTest::newRow(what) << name << QByteArray(bytes) << format << task << rows;
    };
    row("csv", "a.csv", "text,label\n\"a, b\",x\nc,y\n", "csv", "single_label", "[a, b|x][c|y]");
    row("csv called txt", "a.txt", "text,label\na,x\nc,y\n", "csv", "single_label", "[a|x][c|y]");
    row("tsv", "a.tsv", "text\tlabel\na, b\tx\nc\ty\n", "tsv", "single_label", "[a, b|x][c|y]");
    row("jsonl", "a.jsonl", "{\"id\": 1, \"text\": \"a\\nb\", \"label\": \"x\"}\n\n{\"label\": \"y\", \"text\": \"\\u706f\"}", "jsonl", "single_label", "[a\nb|x][灯|y]");
    row("jsonl with numbers", "a.json", "{\"text\": \"a\", \"label\": 0}\n{\"text\": \"b\", \"label\": 1.5}\n{\"text\": \"c\", \"label\": true}\n", "jsonl", "single_label",
        "[a|0][b|1.5][c|true]");
    row("jsonl with lists", "a.jsonl", "{\"text\": \"a\", \"labels\": [\"x\", \"y\", \"x\"]}\n{\"text\": \"b\", \"labels\": []}\n", "jsonl", "multi_label", "[a|x y][b|]");
    row("jsonl with tags", "a.jsonl", "{\"tokens\": [\"to\", \"New\", \"York\"], \"tags\": [\"O\", \"I-place\", \"I-place\"]}\n", "jsonl", "token_tags",
        "[to New York|O B-place I-place]");
    row("fastText", "a.txt", "__label__x a, b\n__label__y  c\n", "fasttext", "single_label", "[a, b|x][c|y]");
    row("fastText with several", "a.txt", "__label__x __label__y a\n__label__y b __label__z c\n", "fasttext", "multi_label", "[a|x y][b c|y z]");
    row("conll", "a.conll", "-DOCSTART- O\n\n# id 7 of it\nto O\nNew B-place\nYork I-place\n\n\nhere O\n", "conll", "token_tags", "[to New York|O B-place I-place][here|O]");
    row("conll with four columns", "a.txt", "EU NNP I-NP B-ORG\nrejects VBZ I-VP O\n\nBonn NNP I-NP B-LOC\n", "conll", "token_tags", "[EU rejects|B-ORG O][Bonn|B-LOC]");
    row("conll with tabs", "a.bio", "New York\tB-place\nis\tO\n", "conll", "token_tags", "[New York is|B-place O]");
    row("conll with tabs and remarks", "a.conll", "# id = 7\nin\tO\nBonn\tB-place\n\n# id = 8\n#\tO\n", "conll", "token_tags", "[in Bonn|O B-place][#|O]");
    row("conll with doubled line ends", "a.conll", "in O\r\r\nBonn B-place\r\r\n\r\r\nhere O\r\r\n", "conll", "token_tags", "[in Bonn|O B-place][here|O]");
}

void tst_Formats::readsRows()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const auto path = write(name.toStdString(), bytes.toStdString());
    const auto report = inspectDataFile(path, {}, m_context);
    QVERIFY2(report.ok(), report ? "" : report.error().message().c_str());
    QTEST(QString::fromStdString(report->format), "format");
    QTEST(QString::fromUtf8(taskName(report->task).data()), "task");
    const auto table = read(path);
    QVERIFY2(table.ok(), table ? "" : table.error().message().c_str());
    QTEST(QString::fromStdString(shown(*table)), "rows");
    QCOMPARE(m_rejected.size(), std::size_t{0});
    QCOMPARE(report->rows.size(), table->size());
    for (std::size_t i = 0; i < table->size(); ++i) {
        QCOMPARE(report->rows[i].text, (*table)[i].text);
        QCOMPARE(report->rows[i].cells.size(), report->columns.size());
    }
}

void tst_Formats::setsRowsAside_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* what, const char* name, const char* bytes, int line, const char* reason) {
        QTest::newRow(what) << name << QByteArray(bytes) << line << reason;
    };
    const char* good = "{\"text\": \"a\", \"label\": \"x\"}\n";
    static const std::string start = good;
    static const auto json = [](const char* bad) { static std::deque<std::string> kept; return kept.emplace_back(start + bad + "\n" + start).c_str(); };
    row("broken JSON", "a.jsonl", json("{\"text\": \"a\", "), 2, "not valid JSON");
    row("a JSON list", "a.jsonl", json("[1, 2]"), 2, "not an object");
    row("no label field", "a.jsonl", json("{\"text\": \"a\"}"), 2, "no field 'label'");
    row("a null text", "a.jsonl", json("{\"text\": null, \"label\": \"x\"}"), 2, "no field 'text'");
    row("a text that is a number", "a.jsonl", json("{\"text\": 7, \"label\": \"x\"}"), 2, "'text' is not a text");
    row("a label that is an object", "a.jsonl", json("{\"text\": \"b\", \"label\": {\"x\": 1}}"), 2, "'label' is neither");
    row("two labels for one", "a.jsonl", json("{\"text\": \"b\", \"label\": [\"x\", \"y\"]}"), 2, "2 labels");
    row("a key twice", "a.jsonl", json("{\"text\": \"b\", \"text\": \"c\", \"label\": \"x\"}"), 2, "twice");
    row("bytes that are not UTF-8", "a.jsonl", json("{\"text\": \"\xff\", \"label\": \"x\"}"), 2, "UTF-8");
    row("a tag that is none", "a.conll", "a O\nb B-x\n\nc\tX\nd O\n\ne O\n", 4, "'X' is not one of BIO");
    row("a missing tag", "a.conll", "a O\nb B-x\n\nc O\nd\n\ne O\n", 4, "line 5 has 1 columns where 2");
    row("words and tags differ", "a.jsonl", "{\"tokens\": [\"a\"], \"tags\": [\"O\"]}\n{\"tokens\": [\"a\", \"b\"], \"tags\": [\"O\"]}\n", 2, "2 words but 1 tags");
    row("no fastText label", "a.txt", "__label__x a\n__label__x b\nc\n", 3, "label is empty");
    row("an empty fastText label", "a.txt", "__label__x a\n__label__ b\n", 2, "label of it is empty");
}

void tst_Formats::setsRowsAside()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const auto table = read(write(name.toStdString(), bytes.toStdString()));
    QVERIFY2(table.ok(), table ? "" : table.error().message().c_str());
    QCOMPARE(m_rejected.size(), std::size_t{1});
    QTEST(static_cast<int>(m_rejected[0].line), "line");
    QVERIFY2(QString::fromStdString(m_rejected[0].reason).contains(reason), m_rejected[0].reason.c_str());
}

void tst_Formats::readsAFolderAClass()
{
    write("reviews/good/1.txt", "a fine film\n");
    write("reviews/good/2.txt", "two\nlines");
    write("reviews/bad/1.txt", "a dull one");
    write("reviews/bad/empty.txt", "  \n");
    write("reviews/.hidden/1.txt", "not this");
    const auto folder = std::filesystem::path(m_folder.path().toStdString()) / "reviews";
    const auto table = read(folder);
    QVERIFY(table);
    QCOMPARE(shown(*table), std::string("[a dull one|bad][a fine film|good][two\nlines|good]"));
    QCOMPARE(m_rejected.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(m_rejected[0].file).endsWith("reviews/bad/empty.txt"));
    QCOMPARE(inspectDataFile(folder, {}, m_context)->parameters.at("format").get<std::string>(), std::string("folder"));
    QVERIFY(!read(folder / "good").ok());
    QVERIFY(!read(folder, {.format = "csv"}).ok());
}

void tst_Formats::readsTagsOfWords()
{
    const auto table = read(write("a.conll", "from O\nNew B-place\nYork I-place\n"));
    QCOMPARE((*table)[0].words, (std::vector<TextSpan>{{0, 4}, {5, 8}, {9, 13}}));
}

void tst_Formats::joinsChineseWordsWithoutSpaces()
{
    const auto table = read(write("a.conll", "我 O\n爱 O\n北 B-地\n京 I-地\nBeijing B-地\n"));
    QCOMPARE(shown(*table), std::string("[我爱北京 Beijing|O O B-地 I-地 B-地]"));
    const Example example = (*table)[0];
    QCOMPARE(example.text.substr(example.words[3].begin, example.words[3].end - example.words[3].begin), std::string("京"));
}

void tst_Formats::understandsEveryTagScheme_data()
{
    QTest::addColumn<QString>("tags");
    QTest::addColumn<QString>("bio");
    QTest::addColumn<QString>("scheme");
    QTest::newRow("BIO") << "B-a I-a B-a O B-b I-b" << "B-a I-a B-a O B-b I-b" << "BIO";
    QTest::newRow("BIOES") << "B-a E-a S-a O S-b S-b B-a I-a E-a" << "B-a I-a B-a O B-b B-b B-a I-a I-a" << "BIOES";
    QTest::newRow("BILOU") << "B-a L-a U-a O U-b" << "B-a I-a B-a O B-b" << "BIOES";
    QTest::newRow("IOB1") << "I-a I-a B-a O I-b I-a" << "B-a I-a B-a O B-b B-a" << "IOB1";
}

void tst_Formats::understandsEveryTagScheme()
{
    QFETCH(QString, tags);
    std::string bytes;
    for (const QString& tag : tags.split(' '))
        bytes += "w " + tag.toStdString() + "\n";
    const auto path = write("a.conll", bytes);
    std::string bio;
    for (const std::string& label : (*read(path))[0].labels)
        bio += (bio.empty() ? "" : " ") + label;
    QTEST(QString::fromStdString(bio), "bio");
    QFETCH(QString, scheme);
    QVERIFY(QString::fromStdString(inspectDataFile(path, {}, m_context)->dialect).startsWith(scheme + " tags"));
}

void tst_Formats::theTrainingFileDecidesTheTask()
{
    const DatasetFiles files{write("train.txt", "__label__x __label__y a\n"), write("val.txt", "__label__x b\n"), {}};
    const auto dataset = readDataset(files, {}, m_context);
    QVERIFY(dataset);
    QCOMPARE(dataset->task, Task::MultiLabel);
    QCOMPARE(shown(dataset->validation), std::string("[b|x]"));
    const auto separated = read(write("a.csv", "text,labels\na,x; y\nb,\n"), {.labelSeparator = ";"});
    QCOMPARE(shown(*separated), std::string("[a|x y][b|]"));
}

void tst_Formats::aTaskThatDoesNotFitIsRefused()
{
    const auto tags = read(write("a.csv", "text,label\na,x\n"), {.task = "token_tags"});
    QVERIFY(!tags && tags.error().message().find("CoNLL") != std::string::npos);
    QVERIFY(!read(write("a.conll", "a O\nb B-x\n"), {.task = "single_label"}));
    QVERIFY(!read(write("b.csv", "text,label\na,x\n"), {.task = "translation"}));
}

void tst_Formats::keepsTheGroup()
{
    const auto table = read(write("a.csv", "text,label,user\na,x,u1\nb,y,u2\n"), {.groupColumn = "user"});
    QVERIFY(table);
    QCOMPARE((*table)[1].group, std::string("u2"));
    QVERIFY(!read(write("a.csv", "text,label\na,x\n"), {.groupColumn = "user"}));
}

void tst_Formats::readsSnipsSlots()
{
    const QString path = qEnvironmentVariable("ESPALIER_DATA", QStringLiteral(ESPALIER_SOURCE_DIR "/../shared/data")) + "/snips/train.conll";
    if (!QFile::exists(path))
        QSKIP(qPrintable(path + " is not there; set ESPALIER_DATA to the folder of the data sets"));
    const auto table = read(path.toStdString());
    QVERIFY(table);
    QCOMPARE(table->size() + m_rejected.size(), std::size_t{13784});
    QCOMPARE(m_rejected.size(), std::size_t{0});
}

void tst_Formats::longRowsAreSetAsideAndReadingGoesOn()
{
    const std::string longText(3 << 20, 'x');
    for (const auto& [name, bytes] : {std::pair{"a.tsv", "text\tlabel\na\tx\n" + longText + "\ty\nb\ty\n"},
                                      std::pair{"a.jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"" + longText + "\", \"label\": \"y\"}\n{\"text\": \"b\", \"label\": \"y\"}\n"},
                                      std::pair{"a.txt", "__label__x a\n__label__y " + longText + "\n__label__y b\n"}}) {
        const auto table = read(write(name, bytes));
        QVERIFY2(table.ok(), name);
        QCOMPARE(shown(*table), std::string("[a|x][b|y]"));
        QCOMPARE(m_rejected.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(m_rejected[0].reason).contains("longer than 1 MiB"));
    }
}

void tst_Formats::filesMayBeLargerThanTheWindow_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("end");
    QTest::newRow("CSV") << "large.csv" << "\n";
    QTest::newRow("CSV of Windows") << "windows.csv" << "\r\n";
    QTest::newRow("JSON Lines") << "large.jsonl" << "\n";
}

/// Every kind of row (quoted, of several lines, beyond ASCII) comes out as it went in, wherever the window moves; so do the numbers of lines.
void tst_Formats::filesMayBeLargerThanTheWindow()
{
    QFETCH(QString, name);
    QFETCH(QString, end);
    const bool json = name.endsWith("jsonl");
    const std::string newline = end.toStdString();
    constexpr std::size_t count = 120000; // some 10 MB
    const auto textAt = [&](std::size_t i) {
        return "row " + std::to_string(i) + std::string(i % 120, 'x') + (i % 7 == 0 ? ", \"quoted\"" : "") + (i % 11 == 0 && !json ? "\nnext" : "") + (i % 13 == 0 ? " \xe7\x81\xaf" : "");
    };
    std::string bytes = json ? "" : "text,label" + newline;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string label = "label " + std::to_string(i % 50);
        if (json) {
            bytes += dumpJson({{"text", textAt(i)}, {"label", label}}) + newline;
            continue;
        }
        std::string text = textAt(i);
        for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2))
            text.insert(at, 1, '"');
        bytes += (i % 7 == 0 || i % 11 == 0 ? "\"" + text + "\"" : text) + "," + label + newline;
    }
    const auto lines = std::count(bytes.begin(), bytes.end(), '\n');
    bytes += (json ? std::string("{\"text\": 3") : std::string("a,b,c")) + newline;
    RejectedRows rejected;
    RunContext context;
    const auto table = readExamples(write(name.toStdString(), bytes), {}, rejected, context);
    QVERIFY2(table, table ? "" : table.error().message().c_str());
    QCOMPARE(table->size(), count);
    QCOMPARE(rejected.size(), std::size_t{1});
    QCOMPARE(rejected.front().line, static_cast<std::int64_t>(lines + 1));
    std::size_t i = 0;
    for (const Example& example : *table) {
        QCOMPARE(example.text, textAt(i));
        QCOMPARE(example.labels.front(), "label " + std::to_string(i % 50));
        ++i;
    }
}

QTEST_GUILESS_MAIN(tst_Formats)
#include "tst_Formats.moc"
