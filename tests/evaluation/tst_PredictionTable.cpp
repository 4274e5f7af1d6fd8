// SPDX-License-Identifier: GPL-3.0-or-later
// The CSV of predictions, its queries, and the slices that they can be narrowed to.
#include "engine/core/SafeFile.h"
#include "engine/evaluation/PredictionTable.h"
#include "engine/evaluation/Slices.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace espalier;

namespace {

std::vector<PredictionRow> rows()
{
    return {{"turn on the \"lamp\", now", "light", "light", 0.75}, {"line\nbreak", "heat", "light", 0.5}, {"开灯", "light", "heat", 0.9375},
            {"", "heat", "heat", 0.25},                           {"a, b", "heat", "light", 0.625}};
}

} // namespace

class tst_PredictionTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesTheFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.path().toStdString() + "/predictions.csv";
        QVERIFY(writeFileSafely(file, predictionsToCsv(rows())));
        const auto again = readPredictions(file);
        QVERIFY(again);
        QVERIFY(*again == rows());
    }

    void followsRfc4180()
    {
        const std::vector<std::string> labels{"heat", "light, dim"};
        const std::vector<float> scores{0.25F, 0.75F};
        const std::string csv = predictionsToCsv({rows()[0]}, ClassScores{labels, scores});
        QCOMPARE(csv, std::string("text,truth,prediction,probability,heat,\"light, dim\"\r\n"
                                  "\"turn on the \"\"lamp\"\", now\",light,light,0.75,0.25,0.75\r\n"));
    }

    void aDamagedFileIsNamedWithItsLine()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.path().toStdString() + "/predictions.csv";
        QVERIFY(writeFileSafely(file, "text,truth,prediction,probability\r\na,b,c,0.5\r\na,b,c,much\r\n"));
        const auto again = readPredictions(file);
        QVERIFY(!again);
        QVERIFY(again.error().detail.find("line 3") != std::string::npos);
    }

    void findsTheSentencesBehindACell()
    {
        const auto page = selectRows(rows(), {.truth = "heat", .prediction = "light"});
        QVERIFY(page);
        QCOMPARE(page->total, std::size_t{2});
        QCOMPARE(page->rows[0].text, std::string("a, b")); // wrong and surer
        QCOMPARE(page->rows[1].text, std::string("line\nbreak"));
    }

    void ordersAndPages()
    {
        const auto worst = selectRows(rows(), {.order = "worst", .limit = 1});
        QCOMPARE(worst->rows[0].text, std::string("开灯"));
        QCOMPARE(worst->total, std::size_t{5});
        QCOMPARE(selectRows(rows(), {.order = "best", .limit = 1})->rows[0].probability, 0.75);
        QCOMPARE(selectRows(rows(), {.order = "worst", .offset = 4})->rows.size(), std::size_t{1});
        QVERIFY(selectRows(rows(), {.order = "worst", .offset = 9})->rows.empty());
        const auto random = selectRows(rows(), {.order = "random", .seed = 4});
        QVERIFY(random->rows == selectRows(rows(), {.order = "random", .seed = 4})->rows);
        QVERIFY(!selectRows(rows(), {.order = "loudest"}));
    }

    void slicesByLengthCoverEverySentenceOnce()
    {
        std::vector<PredictionRow> many;
        for (std::size_t i = 0; i < 100; ++i)
            many.push_back({std::string(i % 40 + 1, 'x'), i % 2 == 0 ? "a" : "b", "a", 0.5});
        const auto slices = slicesOf(many);
        std::int64_t byLength = 0;
        std::int64_t byClass = 0;
        for (const Slice& slice : slices) {
            (slice.kind == "length" ? byLength : byClass) += slice.examples;
            const auto page = selectRows(many, {.slice = slice, .limit = 1000});
            QCOMPARE(static_cast<std::int64_t>(page->total), slice.examples);
        }
        QCOMPARE(byLength, std::int64_t{100});
        QCOMPARE(byClass, std::int64_t{100});
        QCOMPARE(std::count_if(slices.begin(), slices.end(), [](const Slice& s) { return s.kind == "length"; }), 4);
        QCOMPARE(slices[4].label, std::string("b")); // the least accurate class first
        QCOMPARE(slices[4].accuracy, 0.0);
        QCOMPARE(slices[4].confidence, 0.5);
    }

    void equalLengthsMakeOneSlice()
    {
        const auto slices = slicesOf({{"ab", "a", "a", 1}, {"cd", "a", "a", 1}, {"开灯", "a", "a", 1}, {"ef", "a", "a", 1}});
        QCOMPARE(slices.size(), std::size_t{2});
        QCOMPARE(slices[0].low, std::int64_t{2});
        QCOMPARE(slices[0].high, std::int64_t{2});
        QCOMPARE(slices[0].examples, std::int64_t{4});
        QVERIFY(slicesOf({}).empty());
    }
};

QTEST_GUILESS_MAIN(tst_PredictionTable)
#include "tst_PredictionTable.moc"
