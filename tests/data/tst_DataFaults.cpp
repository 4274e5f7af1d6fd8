// SPDX-License-Identifier: GPL-3.0-or-later
// Faults that data files have, one a line: each must be told with the file, the line or option it is in, and a way out.
#include "engine/data/Reading.h"
#include "engine/data/Splits.h"
#include "engine/data/preparation/Preparation.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <functional>

using namespace espalier;

namespace {

/// A file with a fault. Where some rows are good, the fault is among the rows set aside; else it is an error.
struct Fault {
    const char* name;
    const char* file;
    std::string bytes;
    ReaderOptions options = {};
    int line = 0;            ///< of the row that is set aside; 0: the whole file is refused
    const char* message;     ///< part of the reason or of the error
    const char* remedy;      ///< part of what is said to do about it
};

const std::string good = "text\tlabel\nhello\tgreet\nbye\tpart\n";
const std::string json = "{\"text\": \"hello\", \"label\": \"greet\"}\n";

std::vector<Fault> faults()
{
    return {
        {"an empty file", "a.csv", "", {}, 0, "holds no row", "a sentence and a label a line"},
        {"only a header", "a.tsv", "text\tlabel\n", {}, 0, "no usable row", "Check format"},
        {"one column", "a.csv", "text\nhello\nbye\n", {}, 0, "one column", "separated by a comma"},
        {"a column that is not there", "a.tsv", good, {.labelColumn = "intent"}, 0, "no column 'intent'", "Its columns are: text, label"},
        {"a column number beyond the last", "a.tsv", good, {.textColumn = "9"}, 0, "no column '9'", "Its columns are: text, label"},
        {"text and label the same", "a.tsv", good, {.textColumn = "text", .labelColumn = "1"}, 0, "the same column", "Choose two columns"},
        {"a group column that is not there", "a.tsv", good, {.groupColumn = "user"}, 0, "no column 'user' for the group", "Its columns are"},
        {"an unknown format", "a.tsv", good, {.format = "xlsx"}, 0, "'format' is 'xlsx'", "Choose one of: auto, csv"},
        {"an unknown encoding", "a.tsv", good, {.encoding = "utf7"}, 0, "'encoding' is 'utf7'", "Choose one of: auto, utf8"},
        {"an unknown compression", "a.tsv", good, {.compression = "rar"}, 0, "'compression' is 'rar'", "Choose one of: auto, none"},
        {"a compression it does not have", "a.tsv", good, {.compression = "zstd"}, 0, "cannot be read beyond byte", "Copy or download the file again"},
        {"a task it cannot have", "a.tsv", good, {.task = "token_tags"}, 0, "cannot be used for the task token_tags", "CoNLL"},
        {"a file taken for a folder", "a.tsv", good, {.format = "folder"}, 0, "is a file", "another format"},
        {"one JSON list", "a.json", "[{\"text\": \"a\", \"label\": \"b\"}]", {}, 0, "one JSON list", "jq -c"},
        {"no JSON at all", "a.txt", good, {.format = "jsonl"}, 0, "no line with a JSON object", "one object a line"},
        {"JSON objects of one field", "a.jsonl", "{\"text\": \"a\"}\n", {}, 0, "no field but 'text'", "Write both into each object"},
        {"no tags", "a.tsv", "one\ntwo\n", {.format = "conll"}, 0, "one column", "a word and its tag a line"},
        {"no __label__", "a.txt", "hello you\n", {.format = "fasttext"}, 0, "begins with __label__", "__label__class text"},
        {"binary garbage", "a.bin", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), {}, 0, "a.bin", "Check the format"},
        {"too many fields", "a.tsv", good + "a\tb\tc\n", {}, 4, "3 fields where 2", "tabs separate fields"},
        {"too few fields", "a.tsv", good + "alone\n", {}, 4, "1 fields where 2", "tabs separate fields"},
        {"an empty text", "a.tsv", good + "  \tpart\n", {}, 4, "text is empty", "write one"},
        {"an empty label", "a.tsv", good + "hi\t\n", {}, 4, "label is empty", "write one"},
        {"bytes that are not UTF-8", "a.tsv", good + "caf\xe9 au\tpart\n", {}, 4, "not UTF-8", "if all such rows are right in another encoding, choose it"},
        {"a zero byte", "a.tsv", good + std::string("a\0b\tpart\n", 9), {}, 4, "zero byte", "take it out"},
        {"a quote never closed", "a.csv", "text,label\n\"a\",x\n\"b,x\n\"c\",y\n\"d\",y\n", {}, 3, "closing quote of column 1", "write a quote twice"},
        {"JSON cut short", "a.jsonl", json + "{\"text\": \"a\"\n" + json, {}, 2, "not valid JSON", "one object a line"},
        {"a JSON field missing", "a.jsonl", json + "{\"text\": \"a\"}\n", {}, 2, "no field 'label'", "add it"},
        {"JSON too deep", "a.jsonl", json + "{\"text\": " + std::string(100, '[') + std::string(100, ']') + ", \"label\": 1}\n", {}, 2, "levels deep", "one object a line"},
        {"a tag of another scheme", "a.conll", "a O\nb B-x\n\nc PER\n", {}, 4, "'PER' is not one of BIO", "choose the column of the tags"},
        {"tags without words", "a.conll", "a\tO\nb\tB-x\n\n\tO\n\tO\n", {}, 4, "a word of it is empty", "take it out"},
        {"a word without tag", "a.conll", "a O\nb B-x\n\nc O\nd\n", {}, 4, "line 5 has 1 columns", "a word and its tag in each line"},
        {"a quote in the middle", "a.csv", "text,label\n\"a\",x\n\"b\"c,x\n\"d\",y\n", {}, 3, "text follows the closing quote of column 1", "write a quote twice"},
        {"a JSON text that is a number", "a.jsonl", json + "{\"text\": 7, \"label\": \"x\"}\n", {}, 2, "'text' is not a text", "put it in quotes"},
        {"words without as many tags", "a.jsonl", "{\"tokens\": [\"a\"], \"tags\": [\"O\"]}\n{\"tokens\": [\"a\", \"b\"], \"tags\": [\"O\"]}\n", {}, 2, "2 words but 1 tags", "a tag for each word"},
        {"a row of a megabyte", "a.tsv", good + std::string(1100000, 'x') + "\tpart\n", {}, 4, "longer than 1 MiB", "several rows"},
        {"two labels where one is wanted", "a.txt", "__label__x a\n__label__x __label__y b\n", {.task = "single_label"}, 2, "2 labels", "the task multi_label allows that"},
    };
}

} // namespace

class tst_DataFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFaultIsNamed_data()
    {
        QTest::addColumn<int>("index");
        const auto all = faults();
        QVERIFY(all.size() >= 30);
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name) << static_cast<int>(i);
    }

    void everyFaultIsNamed()
    {
        QFETCH(int, index);
        const Fault fault = faults()[static_cast<std::size_t>(index)];
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / fault.file;
        std::ofstream(path, std::ios::binary) << fault.bytes;
        RejectedRows rejected;
        RunContext context;
        const auto read = readExamples(path, fault.options, rejected, context);
        if (fault.line == 0) {
            QVERIFY(!read.ok());
            const QString message = QString::fromStdString(read.error().message());
            QVERIFY2(message.contains(fault.message) && message.contains(fault.remedy), qPrintable(message));
            const bool aboutAnOption = message.contains("' is '");
            QVERIFY2(aboutAnOption || message.contains(QString::fromStdString(path.string())), qPrintable(message));
            QVERIFY2(!read.error().remedy.empty(), qPrintable(message));
            return;
        }
        QVERIFY2(read.ok(), read ? "" : read.error().message().c_str());
        QVERIFY(!read->empty());
        QCOMPARE(rejected.size(), std::size_t{1});
        QCOMPARE(rejected[0].file, path.string());
        QCOMPARE(rejected[0].line, fault.line);
        const QString reason = QString::fromStdString(rejected[0].reason);
        QVERIFY2(reason.contains(fault.message) && reason.contains(fault.remedy), qPrintable(reason));
    }

    void faultsOfWholeDatasetsAreNamed()
    {
        RunContext context;
        const auto message = [](const auto& result) { return result.ok() ? QString() : QString::fromStdString(result.error().message()); };
        const Dataset one{.train = {{"a", {"x"}}, {"b", {"x"}}}, .validation = {}, .test = {}};
        QVERIFY(message(splitDataset(one, {}, context)).contains("Check which column is the label"));
        const Dataset two{.train = {{"a", {"x"}}, {"b", {"y"}}}, .validation = {}, .test = {}};
        QVERIFY(message(splitDataset(two, {.method = "grouped", .validationFraction = 0.5, .testFraction = 0.6}, context)).contains("smaller than 1"));
        QVERIFY(message(filterLabels(two, {.drop = "z"}, context)).contains("'z'"));
        QVERIFY(message(readExamples("/nonexistent/train.tsv", {}, *std::make_unique<RejectedRows>(), context)).contains("/nonexistent/train.tsv"));
    }
};

QTEST_GUILESS_MAIN(tst_DataFaults)
#include "tst_DataFaults.moc"
