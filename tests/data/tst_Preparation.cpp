// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Splits.h"
#include "engine/data/preparation/Markup.h"
#include "engine/data/preparation/Preparation.h"
#include "tests/data/ShownTable.h"

#include <QtTest>

#include <map>

using namespace espalier;
using espalier::test::shown;

namespace {

Dataset dataset(const ExampleTable& train, const ExampleTable& test = {})
{
    return {.train = train, .validation = {}, .test = test};
}

} // namespace

class tst_Preparation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleansTexts_data();
    void cleansTexts();
    void takesUrlsOut();
    void setsLengthsAside();
    void wordsKeepTheirTags();
    void duplicatesGoAndAreCounted();
    void trainYieldsToTest();
    void filtersAndMerges();
    void filtersOtherTasks();
    void filterNamesWhatItDoesNotKnow();
    void balancesByLeavingOutAndRepeating();
    void groupsStayTogether();
    void leaksAreFoundAndTheirLabelsCompared();
    void leaksCanBeTakenOutOfTrain();

private:
    RunContext m_context;
};

void tst_Preparation::cleansTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto row = [](const char* text, const char* clean) { QTest::newRow(text) << text << clean; };
    row("a <b>fine</b> film<br/>really", "a fine film really");
    row("x &lt; y &amp;&amp; y &gt; z", "x < y && y > z");
    row("caf&#233; &#x4e2d;&eacute;", "café 中&eacute;");
    row("1 < 2 and 3 > 2", "1 < 2 and 3 > 2");
    row("a<script>var x = '<b>';</script>b", "a b");
    row("a <!-- <b> --> b &#xd800; &#0;", "a b &#xd800; &#0;");
    row("  two\t\n words\u00a0here ", "two words here");
    row("zero\u200bwidth\u0007 bell", "zerowidth bell");
    row("e\u0301", "\u00e9");
}

void tst_Preparation::cleansTexts()
{
    QFETCH(QString, text);
    QTEST(QString::fromStdString(cleanText(text.toStdString(), {.stripHtml = true})), "clean");
}

void tst_Preparation::takesUrlsOut()
{
    const CleanOptions replace{.urls = "replace"};
    QCOMPARE(cleanText("see https://a.org/b?c=1, or (www.d.com).", replace), std::string("see <url>, or (<url>)."));
    QCOMPARE(cleanText("awww. no", replace), std::string("awww. no"));
    QCOMPARE(cleanText("see HTTP://A.ORG now", {.urls = "remove"}), std::string("see now"));
}

void tst_Preparation::setsLengthsAside()
{
    const auto cleaned = cleanDataset(dataset({{"a", {"x"}}, {"好的吧", {"x"}}, {"too long a text", {"x"}}, {" \u200b", {"x"}}}), {.shortest = 2, .longest = 10}, {}, m_context);
    QVERIFY(cleaned);
    QCOMPARE(shown(cleaned->train), std::string("[好的吧|x]"));
    QCOMPARE(cleaned->rejected.size(), std::size_t{3});
    QCOMPARE(cleaned->rejected[1].line, 3);
    QVERIFY(QString::fromStdString(cleaned->rejected[1].reason).contains("more than 10"));
    QVERIFY(!cleanDataset(dataset({{"a", {"x"}}}), {.shortest = 5, .longest = 2}, {}, m_context));
}

void tst_Preparation::wordsKeepTheirTags()
{
    Dataset tagged = dataset({{"ｔｏ   New\u200b York <b>", {"O", "B-p", "I-p", "O"}, {{0, 6}, {9, 15}, {16, 20}, {21, 24}}}});
    tagged.task = Task::TokenTags;
    const auto cleaned = cleanDataset(tagged, {.unicodeForm = "nfkc", .stripHtml = true}, {}, m_context);
    const Example example = cleaned->train.front();
    QCOMPARE(example.text, std::string("to New York <b>"));
    QCOMPARE(example.words, (std::vector<TextSpan>{{0, 2}, {3, 6}, {7, 11}, {12, 15}}));
    QCOMPARE(example.labels.size(), std::size_t{4});
}

void tst_Preparation::duplicatesGoAndAreCounted()
{
    const Dataset data = dataset({{"turn it on", {"x"}}, {"turn it on", {"y"}}, {"Turn  it ON", {"x"}}, {"off", {"z"}}});
    QCOMPARE(shown(deduplicate(data, {.match = "exact"}, m_context)->train), std::string("[turn it on|x][Turn  it ON|x][off|z]"));
    const auto normalized = deduplicate(data, {}, m_context);
    QCOMPARE(shown(normalized->train), std::string("[turn it on|x][off|z]"));
    QCOMPARE(normalized->rejected.size(), std::size_t{2});
    QCOMPARE(normalized->rejected[1].line, 3);
}

void tst_Preparation::trainYieldsToTest()
{
    const Dataset data = dataset({{"a", {"x"}}, {"b", {"y"}}}, {{"B", {"y"}}, {"c", {"x"}}});
    const auto reduced = deduplicate(data, {}, m_context);
    QCOMPARE(shown(reduced->train), std::string("[a|x]"));
    QCOMPARE(reduced->test.size(), std::size_t{2});
    QVERIFY(QString::fromStdString(reduced->rejected[0].reason).contains("validation or test"));
    QCOMPARE(deduplicate(data, {.scope = "parts"}, m_context)->train.size(), std::size_t{2});
}

void tst_Preparation::filtersAndMerges()
{
    const Dataset data = dataset({{"1", {"a"}}, {"2", {"b"}}, {"3", {"c"}}, {"4", {"a"}}}, {{"5", {"b"}}, {"6", {"c"}}});
    const auto merged = filterLabels(data, {.drop = "c", .merge = "a, b -> ab"}, m_context);
    QCOMPARE(shown(merged->train), std::string("[1|ab][2|ab][4|ab]"));
    QCOMPARE(shown(merged->test), std::string("[5|ab]"));
    QCOMPARE(merged->rejected.size(), std::size_t{2});
    QCOMPARE(shown(filterLabels(data, {.keep = "b, c"}, m_context)->train), std::string("[2|b][3|c]"));
    QCOMPARE(shown(filterLabels(data, {.leastExamples = 2}, m_context)->train), std::string("[1|a][4|a]"));
}

void tst_Preparation::filtersOtherTasks()
{
    Dataset several = dataset({{"1", {"a", "b"}}, {"2", {"c"}}});
    several.task = Task::MultiLabel;
    QCOMPARE(shown(filterLabels(several, {.drop = "c", .merge = "a, b -> ab"}, m_context)->train), std::string("[1|ab][2|]"));
    Dataset tags = dataset({{"x y z", {"B-a", "I-a", "B-b"}, {{0, 1}, {2, 3}, {4, 5}}}});
    tags.task = Task::TokenTags;
    QCOMPARE(shown(filterLabels(tags, {.drop = "b", .merge = "a -> c"}, m_context)->train), std::string("[x y z|B-c I-c O]"));
}

void tst_Preparation::filterNamesWhatItDoesNotKnow()
{
    const Dataset data = dataset({{"1", {"a"}}, {"2", {"b"}}});
    for (const auto& [options, named] : {std::pair{FilterOptions{.keep = "z"}, "'z'"}, std::pair{FilterOptions{.drop = "a, y"}, "'y'"}, std::pair{FilterOptions{.merge = "q -> a"}, "'q'"},
                                         std::pair{FilterOptions{.merge = "a b"}, "'a b'"}, std::pair{FilterOptions{.leastExamples = 9}, "no label"}}) {
        const auto filtered = filterLabels(data, options, m_context);
        QVERIFY(!filtered);
        QVERIFY2(QString::fromStdString(filtered.error().message()).contains(named), filtered.error().message().c_str());
    }
}

void tst_Preparation::balancesByLeavingOutAndRepeating()
{
    std::vector<Example> rows;
    for (int i = 0; i < 30; ++i)
        rows.push_back({std::to_string(i), {i < 20 ? "a" : i < 28 ? "b" : "c"}});
    Splits splits{.labels = LabelMap({"a", "b", "c"}), .train = rows, .validation = rows, .test = {}};
    const auto count = [](const ExampleTable& table) {
        std::map<std::string, int> counts;
        for (const Example& example : table)
            ++counts[example.label()];
        return counts;
    };
    using Counts = std::map<std::string, int>;
    const auto down = balance(splits, {}, m_context);
    QCOMPARE(count(down->train), (Counts{{"a", 2}, {"b", 2}, {"c", 2}}));
    QCOMPARE(down->validation.size(), std::size_t{30});
    QCOMPARE(count(balance(splits, {.target = 5}, m_context)->train), (Counts{{"a", 5}, {"b", 5}, {"c", 2}}));
    QCOMPARE(count(balance(splits, {.method = "up"}, m_context)->train), (Counts{{"a", 20}, {"b", 20}, {"c", 20}}));
    QCOMPARE(balance(splits, {.seed = 4}, m_context)->train, balance(splits, {.seed = 4}, m_context)->train);
    QVERIFY(!(balance(splits, {.seed = 4}, m_context)->train == balance(splits, {.seed = 5}, m_context)->train));
}

void tst_Preparation::groupsStayTogether()
{
    std::vector<Example> rows;
    for (int i = 0; i < 300; ++i)
        rows.push_back({std::to_string(i), {i % 2 ? "a" : "b"}, {}, "speaker " + std::to_string(i % 30)});
    const auto splits = splitDataset(dataset(rows), {.method = "grouped"}, m_context);
    QVERIFY(splits);
    std::map<std::string, std::string> partOf;
    for (const auto& [name, part] : {std::pair{"train", &splits->train}, std::pair{"validation", &splits->validation}, std::pair{"test", &splits->test}}) {
        QVERIFY(!part->empty());
        for (const Example& example : *part)
            QCOMPARE(partOf.try_emplace(example.group, name).first->second, std::string(name));
    }
    QCOMPARE(splits->test.size(), std::size_t{30});
    for (Example& row : rows)
        row.group = "one";
    QVERIFY(!splitDataset(dataset(rows), {.method = "grouped"}, m_context));
}

void tst_Preparation::leaksAreFoundAndTheirLabelsCompared()
{
    const Splits splits{.labels = LabelMap({"x", "y"}),
                        .train = {{"turn it on", {"x"}}, {"off", {"y"}}, {"Turn it ON", {"x"}}, {"half", {"x"}}, {"HALF", {"y"}}},
                        .validation = {{"new", {"x"}}},
                        .test = {{"Turn it ON", {"x"}}, {"other", {"x"}}, {"ｏｆｆ", {"x"}}, {"half", {"x"}}}};
    const auto checked = checkForLeaks(splits, {}, m_context);
    QVERIFY(checked);
    QCOMPARE(checked->train, splits.train);
    QCOMPARE(checked->test, splits.test);
    QCOMPARE(checked->leaks->parts.size(), std::size_t{2});
    QCOMPARE(checked->leaks->parts[0].normalized, 0);
    const PartLeaks& test = checked->leaks->parts[1];
    QCOMPARE(test.rows, 4);
    QCOMPARE(test.normalized, 3);
    QCOMPARE(test.exact, 2);
    QCOMPARE(test.disagreeing, 2);
    QCOMPARE(test.first.size(), std::size_t{3});
    QCOMPARE(test.first[0], (Leak{.row = 1, .trainRow = 3, .exact = true, .agrees = true, .text = "Turn it ON", .labels = {"x"}, .trainLabels = {"x"}}));
    QCOMPARE(test.first[1], (Leak{.row = 3, .trainRow = 2, .exact = false, .agrees = false, .text = "ｏｆｆ", .labels = {"x"}, .trainLabels = {"y"}}));
    QCOMPARE(test.first[2], (Leak{.row = 4, .trainRow = 5, .exact = true, .agrees = false, .text = "half", .labels = {"x"}, .trainLabels = {"y"}}));
    QCOMPARE(*leakReportFromJson(toJson(*checked->leaks)), *checked->leaks);
}

void tst_Preparation::leaksCanBeTakenOutOfTrain()
{
    const Splits splits{.labels = LabelMap({"x"}), .train = {{"a", {"x"}}, {"b", {"x"}}, {"A", {"x"}}}, .validation = {}, .test = {{"a", {"x"}}}};
    const auto checked = checkForLeaks(splits, {.remove = true}, m_context);
    QVERIFY(checked);
    QCOMPARE(shown(checked->train), std::string("[b|x]"));
    QCOMPARE(checked->leaks->removed, 2);
    QCOMPARE(checked->rejected.size(), std::size_t{2});
    QCOMPARE(checked->rejected[1].line, 3);
    QVERIFY(!balance(*checked, {}, m_context)->leaks);
}

QTEST_GUILESS_MAIN(tst_Preparation)
#include "tst_Preparation.moc"
