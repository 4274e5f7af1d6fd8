// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Random.h"
#include "engine/data/ExampleTable.h"

#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

namespace {

/// Rows of every shape: empty and long texts, no label and many, words, groups.
std::vector<Example> manyRows()
{
    Random random(3);
    std::vector<Example> rows;
    for (std::size_t i = 0; i < 1000; ++i) {
        Example row{.text = std::to_string(i) + std::string(random.below(300), 'x'), .labels = {}};
        for (std::size_t k = 0, count = random.below(4); k < count; ++k) {
            row.labels.push_back("label " + std::to_string(random.below(200)));
            row.words.push_back({static_cast<std::uint32_t>(2 * k), static_cast<std::uint32_t>(2 * k + 1)});
        }
        if (i % 3 == 0)
            row.words.clear();
        if (i % 5 == 0)
            row.group = "group " + std::to_string(i % 7);
        rows.push_back(std::move(row));
    }
    return rows;
}

ExampleTable tableOf(const std::vector<Example>& rows, std::size_t memoryBytes, const QTemporaryDir& folder)
{
    RowStoreBuilder builder(folder.path().toStdString(), memoryBytes);
    for (const Example& row : rows)
        if (!builder.add(row))
            qFatal("a row could not be added");
    auto store = *builder.finish();
    if (store->spilled() != (memoryBytes < 100000))
        qFatal("the rows are not where they should be");
    return {store, 0, store->size()};
}

std::vector<std::string> texts(const ExampleTable& table)
{
    std::vector<std::string> found;
    for (const Example& example : table)
        found.push_back(example.text);
    return found;
}

} // namespace

class tst_ExampleTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItWasGiven_data()
    {
        QTest::addColumn<int>("memoryBytes");
        QTest::newRow("in memory") << (1 << 30);
        QTest::newRow("on disk") << 1000;
        QTest::newRow("all on disk") << 0;
    }
    void givesBackWhatItWasGiven()
    {
        QFETCH(int, memoryBytes);
        const QTemporaryDir folder;
        const auto rows = manyRows();
        const ExampleTable table = tableOf(rows, static_cast<std::size_t>(memoryBytes), folder);
        QCOMPARE(table.size(), rows.size());
        QCOMPARE(std::vector<Example>(table.begin(), table.end()), rows);
        for (const std::size_t i : {0u, 31u, 32u, 999u, 500u, 1u})
            QCOMPARE(table[i], rows[i]);
        QVERIFY(QDir(folder.path()).isEmpty(QDir::Files)); // the file has no name, so that nothing is left behind
    }

    void selectsInOrderWithRepeats()
    {
        const QTemporaryDir folder;
        const auto rows = manyRows();
        const ExampleTable table = tableOf(rows, 0, folder);
        const ExampleTable some = table.select([](std::size_t i) { return i % 10 == 3 ? 1 + i % 3 : 0; });
        std::vector<std::string> expected;
        for (std::size_t i = 3; i < rows.size(); i += 10)
            expected.insert(expected.end(), 1 + i % 3, rows[i].text);
        QCOMPARE(texts(some), expected);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(some[i].text, expected[i]);
        const ExampleTable again = some.select([](std::size_t i) { return i % 2; });
        QCOMPARE(again.size(), expected.size() / 2);
        QCOMPARE(again[70].text, expected[141]);
    }

    void relabels()
    {
        const ExampleTable table{{"one", {"a", "b"}}, {"two", {"c"}}, {"three", {"b", "c"}}};
        QCOMPARE(table.labelNames(), (std::vector<std::string>{"a", "b", "c"}));
        const ExampleTable merged = table.relabelled({"x", "x", ""});
        QCOMPARE(merged, (ExampleTable{{"one", {"x"}}, {"two", {}}, {"three", {"x"}}}));
        QCOMPARE(merged.relabelled({"y"})[2].labels, (std::vector<std::string>{"y"}));
        const ExampleTable tags{{"two words", {"B-a", "B-b"}, {{0, 3}, {4, 9}}}};
        QCOMPARE(tags.relabelled({"O", "O"})[0].labels, (std::vector<std::string>{"O", "O"}));
    }

    void joinsTablesOfOneStoreAndOfMany()
    {
        const ExampleTable table{{"a", {"x"}}, {"b", {"y"}}, {"c", {"x"}}};
        const auto first = table.select([](std::size_t i) { return i == 0; });
        const auto rest = table.select([](std::size_t i) { return i > 0; });
        QCOMPARE(texts(*ExampleTable::joined({first, {}, rest}, {})), (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(texts(*ExampleTable::joined({rest, first}, {})), (std::vector<std::string>{"b", "c", "a"}));
        QCOMPARE(*ExampleTable::joined({table, ExampleTable{{"d", {"z"}}}}, {}), (ExampleTable{{"a", {"x"}}, {"b", {"y"}}, {"c", {"x"}}, {"d", {"z"}}}));
        QVERIFY(ExampleTable::joined({}, {})->empty());
    }

    void anEmptyTableIsEmpty()
    {
        const ExampleTable table;
        QVERIFY(table.empty() && table.begin() == table.end());
        QVERIFY(table.select([](std::size_t) { return 1; }).empty());
        QVERIFY(table.labelNames().empty());
    }

    void manyPagesAreOneTable_data()
    {
        QTest::addColumn<int>("memoryBytes");
        QTest::newRow("in memory") << (64 << 20);
        QTest::newRow("the later ones in a file") << (2 << 20);
        QTest::newRow("all in a file") << 0;
    }

    void manyPagesAreOneTable()
    {
        QFETCH(int, memoryBytes);
        const QTemporaryDir folder;
        const auto rowAt = [](std::size_t i) {
            return Example{.text = "row " + std::to_string(i) + std::string(i % 300, 'x'), .labels = {"the label " + std::to_string(i % 3000)}};
        };
        constexpr std::size_t count = 40000; // some 6 MB
        RowStoreBuilder builder(folder.path().toStdString(), static_cast<std::size_t>(memoryBytes));
        for (std::size_t i = 0; i < count; ++i)
            QVERIFY(builder.add(rowAt(i)));
        const auto store = *builder.finish();
        QCOMPARE(store->spilled(), memoryBytes < (6 << 20));
        const ExampleTable table(store, 0, count);
        std::size_t i = 0;
        for (const Example& example : table)
            QVERIFY(example == rowAt(i++));
        QCOMPARE(i, count);
        for (std::size_t at = count - 1; at > 5000; at -= 4999)
            QVERIFY(table[at] == rowAt(at));
    }

    void saysWhyItCannotSpill()
    {
        RowStoreBuilder builder("/proc/nowhere", 0);
        QVERIFY(builder.add(Example{.text = "a", .labels = {"b"}}));
        const auto made = builder.finish();
        QVERIFY(!made);
        QVERIFY2(made.error().message().find("/proc/nowhere") != std::string::npos, made.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(tst_ExampleTable)
#include "tst_ExampleTable.moc"
