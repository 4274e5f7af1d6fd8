// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Splits.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace espalier;

namespace {

/// Rows with texts of their own, so that each can be told from the others.
std::vector<Example> rows(const std::map<std::string, int>& counts)
{
    std::vector<Example> examples;
    for (const auto& [label, count] : counts)
        for (int i = 0; i < count; ++i)
            examples.push_back({label + " " + std::to_string(i), {label}});
    return examples;
}

std::map<std::string, int> counted(const ExampleTable& part)
{
    std::map<std::string, int> counts;
    for (const auto& example : part)
        ++counts[example.label()];
    return counts;
}

Splits split(const Dataset& dataset, const SplitOptions& options)
{
    RunContext context;
    auto result = splitDataset(dataset, options, context);
    if (!result)
        qFatal("%s", result.error().message().c_str());
    return *result;
}

} // namespace

class tst_Splits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labelMapIsSorted()
    {
        const LabelMap map({"b", "a", "b", "ä"});
        QCOMPARE(map.labels(), (std::vector<std::string>{"a", "b", "ä"}));
        QCOMPARE(map.indexOf("b"), 1);
        QCOMPARE(map.indexOf("c"), -1);
    }

    void keepsGivenParts()
    {
        const Dataset dataset{rows({{"a", 5}, {"b", 5}}), {{"v", {"a"}}}, {{"t", {"b"}}}, {}};
        const Splits splits = split(dataset, {});
        QCOMPARE(splits.train, dataset.train);
        QCOMPARE(splits.validation, dataset.validation);
        QCOMPARE(splits.test, dataset.test);
    }

    void cutsWhatIsMissingFromTrain()
    {
        const Dataset dataset{rows({{"a", 80}, {"b", 20}}), {}, {{"t", {"b"}}}, {}};
        const Splits splits = split(dataset, {.validationFraction = 0.2});
        QCOMPARE(splits.test.size(), std::size_t{1});
        QCOMPARE(counted(splits.validation), (std::map<std::string, int>{{"a", 16}, {"b", 4}}));
        QCOMPARE(counted(splits.train), (std::map<std::string, int>{{"a", 64}, {"b", 16}}));
    }

    void stratifiedPartsAreProportionalAndDisjoint()
    {
        const Dataset dataset{rows({{"a", 100}, {"b", 50}, {"c", 30}}), {}, {{"t", {"a"}}}, {}};
        const Splits splits = split(dataset, {.method = "stratified", .validationFraction = 0.1, .testFraction = 0.2});
        QCOMPARE(counted(splits.validation), (std::map<std::string, int>{{"a", 10}, {"b", 5}, {"c", 3}}));
        QCOMPARE(counted(splits.test), (std::map<std::string, int>{{"a", 20}, {"b", 10}, {"c", 6}}));
        std::multiset<std::string> texts;
        for (const auto* part : {&splits.train, &splits.validation, &splits.test})
            for (const auto& example : *part)
                texts.insert(example.text);
        QCOMPARE(texts.size(), std::size_t{181});
        QCOMPARE(std::set<std::string>(texts.begin(), texts.end()).size(), std::size_t{181});
    }

    void everyClassKeepsARowToTrainOn()
    {
        const Dataset dataset{rows({{"a", 1}, {"b", 1}, {"c", 2}, {"d", 40}}), {}, {}, {}};
        const Splits splits = split(dataset, {.validationFraction = 0.4, .testFraction = 0.4});
        QCOMPARE(splits.labels.size(), 4);
        QCOMPARE(counted(splits.train)["a"], 1);
        QCOMPARE(splits.train.size() + splits.validation.size() + splits.test.size(), std::size_t{44});
    }

    void dependsOnTheSeedOnly()
    {
        const Dataset dataset{rows({{"a", 60}, {"b", 60}}), {}, {}, {}};
        const Splits one = split(dataset, {.seed = 3});
        QCOMPARE(split(dataset, {.seed = 3}).validation, one.validation);
        QVERIFY(split(dataset, {.seed = 4}).validation != one.validation);
    }

    void setsUnknownLabelsAside()
    {
        const Dataset dataset{rows({{"a", 3}, {"b", 3}}), {{"v", {"a"}}, {"w", {"oos"}}}, {{"t", {"b"}}}, {}};
        const Splits splits = split(dataset, {});
        QCOMPARE(splits.validation.size(), std::size_t{1});
        QCOMPARE(splits.rejected.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(splits.rejected[0].reason).contains("oos"));
        QCOMPARE(splits.rejected[0].file, "validation");
        QCOMPARE(splits.rejected[0].line, 2);
    }

    void warnsAboutSentencesInBothParts()
    {
        std::vector<std::string> warnings;
        RunContext context;
        context.onLog = [&](LogLevel, const std::string& text) { warnings.push_back(text); };
        const Dataset dataset{rows({{"a", 3}, {"b", 3}}), {{"a 0", {"a"}}}, {{"t", {"b"}}}, {}};
        QVERIFY(splitDataset(dataset, {}, context));
        QCOMPARE(warnings.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(warnings[0]).contains("1 of 1 validation"));
    }

    void refusesWhatCannotBeTrained()
    {
        RunContext context;
        QVERIFY(!splitDataset({rows({{"a", 9}}), {}, {}, {}}, {}, context));
        const Dataset dataset{rows({{"a", 9}, {"b", 9}}), {}, {}, {}};
        QVERIFY(!splitDataset(dataset, {.validationFraction = 0.5, .testFraction = 0.5}, context));
        QVERIFY(!splitDataset(dataset, {.validationFraction = -0.1}, context));
        QVERIFY(!splitDataset(dataset, {.method = "random"}, context));
    }
};

QTEST_GUILESS_MAIN(tst_Splits)
#include "tst_Splits.moc"
