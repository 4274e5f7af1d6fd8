// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Json.h"

#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

namespace {

QString problem(const std::string& text, const JsonLimits& limits = {})
{
    const auto result = parseJson(text, "request", limits);
    return result ? QString() : QString::fromStdString(result.error().message());
}

std::string nested(int depth, const char* open, const char* close)
{
    std::string text;
    for (int i = 0; i < depth; ++i)
        text += open;
    for (int i = 0; i < depth; ++i)
        text += close;
    return text;
}

} // namespace

class tst_Json : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesHostileText_data();
    void refusesHostileText();
    void readsWhatIsAtTheLimit();
    void survivesDeepNesting();
    void refusesOversizedText();
    void writesSortedStableText();
    void writesBytesThatAreNotUtf8();
    void fieldsNameTheField_data();
    void fieldsNameTheField();
    void fieldsGiveTypedValues();
    void fallbacksOnlyReplaceWhatIsAbsent();
    void keepsUnknownFields();
    void readsFiles();
};

void tst_Json::refusesHostileText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("empty") << QByteArray() << "byte";
    QTest::newRow("cut short") << QByteArray("{\"a\": [1, 2") << "byte";
    QTest::newRow("two values") << QByteArray("{} {}") << "byte";
    QTest::newRow("comment") << QByteArray("// no\n{}") << "byte";
    QTest::newRow("trailing comma") << QByteArray("[1,]") << "byte";
    QTest::newRow("duplicate key") << QByteArray("{\"a\": 1, \"a\": 2}") << "the key 'a' stands twice";
    QTest::newRow("duplicate key, escaped") << QByteArray("{\"a\": 1, \"\\u0061\": 2}") << "the key 'a' stands twice";
    QTest::newRow("duplicate key, nested") << QByteArray("[{\"x\": {\"b\": 1, \"b\": 1}}]") << "the key 'b' stands twice";
    QTest::newRow("not UTF-8") << QByteArray("\"\xff\xfe\"") << "UTF-8";
    QTest::newRow("overlong UTF-8") << QByteArray("\"\xc0\xaf\"") << "UTF-8";
    QTest::newRow("lone surrogate") << QByteArray("\"\\ud800\"") << "surrogate";
    QTest::newRow("number without end") << QByteArray("1e999") << "byte";
    QTest::newRow("not a number") << QByteArray("NaN") << "byte";
    QTest::newRow("bare control character") << QByteArray("\"a\nb\"") << "byte";
    QTest::newRow("NUL, and more behind it") << QByteArray("{}\0{}", 5) << "byte";
}

void tst_Json::refusesHostileText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    const QString found = problem(text.toStdString());
    QVERIFY2(found.startsWith("request is not valid JSON: "), qPrintable(found));
    QVERIFY2(found.contains(why), qPrintable(found));
}

void tst_Json::readsWhatIsAtTheLimit()
{
    QCOMPARE(problem(nested(64, "[", "]")), QString());
    QVERIFY(problem(nested(65, "[", "]")).contains("more than 64 levels"));
    QCOMPARE(problem("[1]", {.maxBytes = 3}), QString());
    QCOMPARE(problem("{\"a\": {\"k\": 1}, \"b\": {\"k\": 1}}"), QString());
    QCOMPARE(problem("\xef\xbb\xbf{}"), QString()); // a byte order mark, as some editors write
}

/// A parser that goes on to the end and a writer that recurses would overflow the stack.
void tst_Json::survivesDeepNesting()
{
    QVERIFY(problem(nested(1000000, "[", "]")).contains("64 levels"));
    QVERIFY(problem(nested(1000000, "{\"a\":", "}")).contains("64 levels"));
}

void tst_Json::refusesOversizedText()
{
    QVERIFY(problem("[1, 2, 3]", {.maxBytes = 8}).contains("larger than 8 bytes"));
}

void tst_Json::writesSortedStableText()
{
    const Json value{{"zebra", 1}, {"apple", {0.1, 1e-9, 2.0}}, {"mango", "é"}};
    const std::string text = dumpJsonPretty(value);
    QCOMPARE(QString::fromStdString(text), QString("{\n  \"apple\": [\n    0.1,\n    1e-09,\n    2.0\n  ],\n  \"mango\": \"é\",\n  \"zebra\": 1\n}\n"));
    QCOMPARE(dumpJsonPretty(parseJson(text, "itself").value()), text);
    QVERIFY(dumpJson(value).find('\n') == std::string::npos);
}

void tst_Json::writesBytesThatAreNotUtf8()
{
    QCOMPARE(QString::fromStdString(dumpJson(Json("a\xff"))), QString("\"a\uFFFD\""));
}

void tst_Json::fieldsNameTheField_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("problem");
    QTest::newRow("absent") << "{}" << "The field 'node.n' is missing.";
    QTest::newRow("text") << R"({"n": "5"})" << "The field 'node.n' must be an integer.";
    QTest::newRow("fraction") << R"({"n": 5.5})" << "The field 'node.n' must be an integer.";
    QTest::newRow("null") << R"({"n": null})" << "The field 'node.n' must be an integer.";
    QTest::newRow("too large") << R"({"n": 18446744073709551615})" << "The field 'node.n' must be an integer below 2^63.";
}

void tst_Json::fieldsNameTheField()
{
    QFETCH(QString, json);
    const Json value = parseJson(json.toStdString(), "test").value();
    const auto fields = Fields::of(value, "node");
    QTEST(QString::fromStdString(fields->integer("n").error().detail), "problem");
}

void tst_Json::fieldsGiveTypedValues()
{
    const Json value = parseJson(R"({"t": "x", "i": -3, "r": 2, "b": true, "o": {"k": [1.5, 2]}, "l": ["a", "b"], "m": ["a", 1]})", "test").value();
    const auto fields = Fields::of(value, "node");
    QCOMPARE(fields->text("t").value(), std::string("x"));
    QCOMPARE(fields->integer("i").value(), std::int64_t{-3});
    QCOMPARE(fields->number("r").value(), 2.0);
    QVERIFY(fields->boolean("b").value());
    QVERIFY((fields->object("o")->numbers("k").value() == std::vector<double>{1.5, 2}));
    QVERIFY((fields->texts("l").value() == std::vector<std::string>{"a", "b"}));
    QVERIFY(!fields->object("o")->integers("k").ok()); // 1.5 is none
    QVERIFY(!Fields::of(Json{{"k", {18446744073709551615u}}}, "x")->integers("k").ok());
    QCOMPARE(fields->array("l")->size(), std::size_t{2});
    QVERIFY(!fields->texts("m").ok() && !fields->text("i").ok() && !fields->boolean("i").ok() && !fields->array("o").ok());
    QCOMPARE(QString::fromStdString(fields->object("t").error().detail), QString("'node.t' must be an object."));
    QVERIFY(fields->object("o")->integer("none").error().detail.find("node.o.none") != std::string::npos);
    QVERIFY(!Fields::of(Json::array(), "list").ok());
}

void tst_Json::fallbacksOnlyReplaceWhatIsAbsent()
{
    const Json value{{"wrong", "text"}, {"right", 4}};
    const auto fields = Fields::of(value, "node");
    QCOMPARE(fields->integerOr("absent", 9).value(), std::int64_t{9});
    QCOMPARE(fields->integerOr("right", 9).value(), std::int64_t{4});
    QVERIFY(!fields->integerOr("wrong", 9).ok());
    QCOMPARE(fields->textOr("absent", "f").value(), std::string("f"));
    QVERIFY(!fields->textOr("right", "f").ok() && !fields->numberOr("wrong", 1).ok() && !fields->booleanOr("wrong", true).ok());
}

void tst_Json::keepsUnknownFields()
{
    const Json value{{"known", 1}, {"later", {{"deep", true}}}};
    const Json expected{{"later", {{"deep", true}}}};
    QVERIFY(Fields::of(value, "x")->unknown({"known", "absent"}) == expected);
}

void tst_Json::readsFiles()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.json").toStdString();
    QVERIFY(readJsonFile(path).error().code == ErrorCode::NotFound);
    QVERIFY(QFile(QString::fromStdString(path)).open(QIODevice::WriteOnly));
    QVERIFY(readJsonFile(path).error().detail.find("a.json' is not valid JSON") != std::string::npos);
    QVERIFY(!readJsonFile(folder.path().toStdString()).ok());
}

QTEST_GUILESS_MAIN(tst_Json)
#include "tst_Json.moc"
