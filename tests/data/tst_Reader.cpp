// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Inspection.h"
#include "engine/data/Reading.h"

#include <QtTest>

#include <fstream>

using namespace espalier;

namespace {

struct Read {
    std::vector<Example> examples;
    RejectedRows rejected;
    std::string error;
};

/// For failure messages.
std::string shown(const std::vector<Example>& examples)
{
    std::string text;
    for (const auto& example : examples)
        text += "[" + example.text + "|" + example.label() + "]";
    return text;
}

} // namespace

class tst_Reader : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path write(const std::string& name, const std::string& bytes)
    {
        const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    Read read(const std::string& name, const std::string& bytes, const ReaderOptions& options = {})
    {
        Read result;
        RunContext context;
        auto examples = readExamples(write(name, bytes), options, result.rejected, context);
        if (examples)
            result.examples.assign(examples->begin(), examples->end());
        else
            result.error = examples.error().message();
        return result;
    }

    /// Compares as text, so that a failure shows what was read.
    void expect(const Read& read, const std::string& examples, std::size_t rejected = 0)
    {
        QCOMPARE(QString::fromStdString(read.error), QString());
        QCOMPARE(QString::fromStdString(shown(read.examples)), QString::fromStdString(examples));
        QCOMPARE(read.rejected.size(), rejected);
    }

private Q_SLOTS:
    void readsTsvWithHeader() { expect(read("a.tsv", "text\tlabel\nhello you\tgreet\nbye\tpart\n"), "[hello you|greet][bye|part]"); }
    void readsColumnsInAnyOrder() { expect(read("a.csv", "id,intent,utterance\n1,greet,hello\n2,part,bye\n"), "[hello|greet][bye|part]"); }
    void readsLastLineWithoutNewline() { expect(read("a.tsv", "text\tlabel\nhello\tgreet"), "[hello|greet]"); }
    void skipsBlankLines() { expect(read("a.tsv", "text\tlabel\n\nhello\tgreet\r\n\r\n\n"), "[hello|greet]"); }

    void readsQuotesOfCsv()
    {
        expect(read("a.csv", "text,label\n\"well, hello\",greet\n\"say \"\"hi\"\"\",greet\n\"two\nlines\",other\n"),
               "[well, hello|greet][say \"hi\"|greet][two\nlines|other]");
    }

    void readsWindowsFiles()
    {
        expect(read("a.csv", "\xef\xbb\xbftext,label\r\n\"hello, you\",greet\r\nbye,part\r\n"), "[hello, you|greet][bye|part]");
    }

    void readsChinese()
    {
        expect(read("a.tsv", "文本\t标签\n打开客厅的灯\t开灯\n关灯\t关灯\n"), "[打开客厅的灯|开灯][关灯|关灯]");
    }

    void readsWithoutHeader()
    {
        expect(read("a.tsv", "a fine film\t1\na dull one\t0\nit works\t1\nit does not\t0\nfine\t1\n"),
               "[a fine film|1][a dull one|0][it works|1][it does not|0][fine|1]");
    }

    /// The names are unknown, but the label of the first row occurs nowhere else while the others repeat.
    void findsHeaderWithUnknownNames()
    {
        expect(read("a.tsv", "Satz\tArt\nhallo\tgruss\nmoin\tgruss\nservus\tgruss\nende\tschluss\naus\tschluss\n"),
               "[hallo|gruss][moin|gruss][servus|gruss][ende|schluss][aus|schluss]");
    }

    void headerCanBeStated()
    {
        expect(read("a.tsv", "text\tlabel\nhello\tgreet\n", {.header = "absent"}), "[text|label][hello|greet]");
        expect(read("a.tsv", "hello\tgreet\nbye\tpart\n", {.header = "present"}), "[bye|part]");
    }

    /// A stray quote at the beginning of a TSV field is a character: it must not swallow the lines that follow.
    void strayQuoteSwallowsNothing()
    {
        expect(read("a.tsv", "text\tlabel\n\"hello\tgreet\nbye\tpart\nyes\tyes\n"), "[\"hello|greet][bye|part][yes|yes]");
        expect(read("a.tsv", "text\tlabel\n\"hello\tgreet\nbye\tpart\n\"yes\" he said\tyes\n"),
               "[\"hello|greet][bye|part][\"yes\" he said|yes]");
        // Here the second stray quote seems to close the first.
        expect(read("a.tsv", "text\tlabel\n\"hello\tgreet\nbye\tpart\nhe said yes\"\tyes\n"),
               "[\"hello|greet][bye|part][he said yes\"|yes]");
    }

    /// In CSV, where quotes are the rule, one broken quote costs one row.
    void brokenQuoteCostsOneRowOfCsv()
    {
        const Read result = read("a.csv", "text,label\n\"a, b\",x\n\"broken,x\nplain,y\n\"c, d\",y\n");
        expect(result, "[a, b|x][plain|y][c, d|y]", 1);
        QCOMPARE(result.rejected[0].line, 3);
    }

    void rejectsBadRowsWithTheirLines()
    {
        const Read result = read("a.csv", "text,label\n\"two\nlines\",a\nonly one field\nx,y,z\n,empty text\nempty label,\nfine,b\n");
        expect(result, "[two\nlines|a][fine|b]", 4);
        const std::vector<std::int64_t> lines{4, 5, 6, 7};
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QCOMPARE(result.rejected[i].line, lines[i]);
            QVERIFY(QString::fromStdString(result.rejected[i].file).endsWith("a.csv"));
        }
        QVERIFY(QString::fromStdString(result.rejected[0].reason).contains("1 fields where 2"));
        QVERIFY(QString::fromStdString(result.rejected[2].reason).contains("text is empty"));
        QVERIFY(QString::fromStdString(result.rejected[3].reason).contains("label is empty"));
    }

    void rejectsBytesThatAreNotUtf8()
    {
        const Read result = read("a.tsv", "text\tlabel\ncaf\xe9\tx\nover\xc0\xaflong\tx\nsurrogate\xed\xa0\x80\tx\nfine\ty\n");
        expect(result, "[fine|y]", 3);
        QCOMPARE(result.rejected[0].line, 2);
        QVERIFY(QString::fromStdString(result.rejected[0].reason).contains("UTF-8"));
    }

    void readsUtf16()
    {
        expect(read("a.tsv", std::string("\xff\xfet\0e\0x\0t\0\t\0l\0a\0b\0e\0l\0\n\0\x6f\x70\t\0x\0\n\0", 32)), "[灯|x]");
    }

    void namesMissingColumn()
    {
        const Read result = read("a.csv", "text,label\nhello,greet\n", {.labelColumn = "intent"});
        QVERIFY2(QString::fromStdString(result.error).contains("no column 'intent'"), result.error.c_str());
        QVERIFY(QString::fromStdString(result.error).contains("text, label"));
        QVERIFY(!read("a.csv", "text,label\nhello,greet\n", {.labelColumn = "3"}).error.empty());
    }

    void takesColumnsByNumberAndName()
    {
        const std::string bytes = "a,b,c\nx,hello,greet\ny,bye,part\n";
        expect(read("a.csv", bytes, {.header = "present", .textColumn = "b", .labelColumn = "c"}), "[hello|greet][bye|part]");
        expect(read("a.csv", bytes, {.header = "present", .textColumn = "2", .labelColumn = "3"}), "[hello|greet][bye|part]");
    }

    void refusesWhatHoldsNoUsableRow()
    {
        QVERIFY(QString::fromStdString(read("a.csv", "text,label\n,x\n").error).contains("line 2"));
        QVERIFY(!read("a.csv", "").error.empty());
        QVERIFY(QString::fromStdString(read("a.csv", "one column\nonly\n").error).contains("one column"));
        QVERIFY(!read("a.csv", "text,label\na,b\n", {.format = "xlsx"}).error.empty());
    }

    void refusesAbsentFile()
    {
        RejectedRows rejected;
        RunContext context;
        const auto result = readExamples("/nonexistent/a.tsv", {}, rejected, context);
        QVERIFY(!result);
        QVERIFY(QString::fromStdString(result.error().message()).contains("/nonexistent/a.tsv"));
        QVERIFY(!inspectDataFile("/nonexistent/a.tsv", {}, context));
    }

    void saysWhatItFoundOut()
    {
        RunContext context;
        const auto report = inspectDataFile(write("a.txt", "label\ttext\n\"quoted\"\thello\nb\tbye\n"), {}, context);
        QVERIFY(report);
        const Parameters expected{{"format", "tsv"}, {"compression", "none"}, {"encoding", "utf8"}, {"header", "present"}, {"quoting", "standard"},
                                  {"text_column", "text"}, {"label_column", "label"}, {"group_column", ""}, {"label_separator", ""}, {"task", "single_label"}};
        QCOMPARE(report->parameters, expected);
        QCOMPARE(report->columns.size(), std::size_t{2});
        QCOMPARE(report->columns[0].role, std::string("label"));
        QCOMPARE(report->rowCount, 2);
        QCOMPARE(report->rows[0].cells, (std::vector<std::string>{"quoted", "hello"}));
        QCOMPARE(report->rows[1].line, 3);
    }

    /// What was found out, given back as explicit options, must read the same rows.
    void findingsReadTheSame()
    {
        const auto path = write("a.tsv", "good\t1\n\"bad\t0\nfine\t1\nawful\t0\nnice\t1\n");
        RunContext context;
        const auto report = inspectDataFile(path, {}, context);
        QVERIFY(report);
        const auto value = [&](const char* id) { return report->parameters.at(id).get<std::string>(); };
        const ReaderOptions found{.format = value("format"), .compression = value("compression"), .encoding = value("encoding"), .header = value("header"),
                                  .quoting = value("quoting"), .textColumn = value("text_column"), .labelColumn = value("label_column"), .task = value("task")};
        RejectedRows rejected;
        QCOMPARE(*readExamples(path, found, rejected, context), *readExamples(path, {}, rejected, context));
        QCOMPARE(found.quoting, "none");
    }

    void stopsWhenCancelled()
    {
        std::stop_source source;
        source.request_stop();
        RunContext context;
        context.stop = source.get_token();
        RejectedRows rejected;
        const auto result = readExamples(write("a.tsv", "text\tlabel\na\tb\n"), {}, rejected, context);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void readsRealFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("labels");
        QTest::newRow("CLINC150") << "clinc150/train.tsv" << 15000 << 150;
        QTest::newRow("SST-2, no header, plain quotes") << "sst2/train.tsv" << 6920 << 2;
        QTest::newRow("SST-2 test") << "sst2/test.tsv" << 1821 << 2;
        QTest::newRow("Snips") << "snips/train.tsv" << 13784 << 7;
        QTest::newRow("THUCNews titles") << "thucnews-titles/train.tsv" << 8000 << 10;
    }
    void readsRealFiles()
    {
        QFETCH(QString, name);
        QFETCH(int, rows);
        QFETCH(int, labels);
        const QString folder = qEnvironmentVariable("ESPALIER_DATA", QStringLiteral(ESPALIER_SOURCE_DIR "/../shared/data"));
        const QString path = folder + "/" + name;
        if (!QFile::exists(path))
            QSKIP(qPrintable(path + " is not there; set ESPALIER_DATA to the folder of the data sets"));
        RejectedRows rejected;
        RunContext context;
        const auto examples = readExamples(path.toStdString(), {}, rejected, context);
        QVERIFY(examples);
        QCOMPARE(static_cast<int>(examples->size() + rejected.size()), rows);
        QCOMPARE(rejected.size(), std::size_t{0});
        std::vector<std::string> names;
        for (const auto& example : *examples)
            names.push_back(example.label());
        QCOMPARE(LabelMap(names).size(), labels);
    }
};

QTEST_GUILESS_MAIN(tst_Reader)
#include "tst_Reader.moc"
