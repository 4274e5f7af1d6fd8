// SPDX-License-Identifier: GPL-3.0-or-later
// The data view alone, fed with summaries and pages: what it shows and what it asks for.
#include "widgets/data/DataPanel.h"

#include "widgets/data/RowsModel.h"
#include "widgets/data/TokenStrip.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

using namespace espalier;

namespace {

LengthSummary lengths()
{
    return {.mean = 3.5, .median = 3, .p95 = 6, .longest = 9, .binWidth = 1, .counts = {0, 1, 4, 9, 4, 2}};
}

DatasetSummary sample()
{
    DatasetSummary summary;
    summary.parts = {{.name = "train", .rows = 250, .duplicates = 3, .normalizedDuplicates = 5, .characters = lengths(), .words = lengths()},
                     {.name = "validation", .rows = 0},
                     {.name = "test", .rows = 20, .alsoInTrain = 2, .characters = lengths(), .words = lengths()}};
    summary.classes = {{"light", 150, 0, 12}, {"heat", 100, 0, 8}};
    summary.scripts = {{"Latin", 200, 4000}, {"Han", 70, 900}};
    summary.rejectedCount = 2;
    summary.rejected = {{"/data/train.tsv", 7, "The label is empty."}, {"/data/test.tsv", 9, "The text is empty."}};
    return summary;
}

RowsPage page(std::int64_t offset, std::int64_t matches, std::int64_t total = 250)
{
    RowsPage answer{.total = total, .matches = matches, .offset = offset};
    for (std::int64_t i = offset; i < std::min<std::int64_t>(offset + RowsModel::pageRows, matches); ++i)
        answer.rows.push_back({.row = i, .text = "sentence " + std::to_string(i), .labels = {"light"}});
    return answer;
}

} // namespace

class tst_DataPanel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DataPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_asked;

    template <typename T>
    T* part(const char* name) const
    {
        T* found = m_panel->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("The view has no '%s'.", name);
        return found;
    }
    RowsRequest asked() const { return m_asked->last().front().value<RowsRequest>(); }
    void answer(const RowsPage& rows) { m_panel->rows()->setPage(rows, asked().question); }
    void showTab(int tab)
    {
        QTabBar* bar = part<QTabWidget>("dataTabs")->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<DataPanel>();
        m_panel->resize(1100, 360);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        m_asked = std::make_unique<QSignalSpy>(m_panel->rows(), &RowsPanel::rowsWanted);
    }
    void cleanup()
    {
        m_asked.reset();
        m_panel.reset();
    }

    void theEmptyViewOffersToBringData()
    {
        QSignalSpy wanted(m_panel.get(), &DataPanel::dataWanted);
        for (QPushButton* button : m_panel->findChildren<QPushButton*>())
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
    }

    void anErrorSaysWhyAndIsGoneWithTheNextSummary()
    {
        m_panel->setError(QStringLiteral("The file is not there."));
        const auto labels = m_panel->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->isVisible() && label->text().contains(QStringLiteral("not there")); }));
        m_panel->setSummary(sample());
        QVERIFY(part<QTableWidget>("partsTable")->isVisible());
    }

    void countsStandInTheirTables()
    {
        m_panel->setSummary(sample());
        const auto* parts = part<QTableWidget>("partsTable");
        QCOMPARE(parts->item(0, 2)->text(), QStringLiteral("3"));
        QCOMPARE(parts->item(2, 4)->text(), QStringLiteral("2"));
        QCOMPARE(part<QTableWidget>("scriptsTable")->item(1, 0)->text(), QStringLiteral("Han"));
        showTab(2);
        QVERIFY(part<QLabel>("lengthFigures")->text().contains(QStringLiteral("3.5")));
        showTab(3);
        const auto* setAside = part<QTableWidget>("setAsideTable");
        QVERIFY(setAside->isVisible());
        QCOMPARE(setAside->item(0, 2)->text(), QStringLiteral("The label is empty."));
    }

    void aClickedClassFiltersTheRows()
    {
        m_panel->setSummary(sample());
        showTab(1);
        auto* table = part<QTableView>("classTable");
        QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("light")); // the most frequent first
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(1, 0)).center());
        QCOMPARE(asked().label, std::string("heat"));
    }

    void searchesAsYouTypeOnceItPauses()
    {
        m_panel->setSummary(sample());
        QCOMPARE(m_asked->count(), 1);
        QCOMPARE(asked().part, std::string("train"));
        QTest::keyClicks(part<QLineEdit>("rowsSearch"), QStringLiteral("lamp"));
        QTRY_COMPARE(m_asked->count(), 2);
        QCOMPARE(asked().search, std::string("lamp"));
        answer(page(0, 17));
        QCOMPARE(part<QTableView>("rowsTable")->model()->rowCount(), 17);
        QVERIFY(part<QLabel>("rowsCount")->text().contains(QStringLiteral("17 of 250")));
    }

    void aLateAnswerIsIgnored()
    {
        m_panel->setSummary(sample());
        const int first = asked().question;
        QComboBox* parts = part<QComboBox>("rowsPart");
        QCOMPARE(parts->count(), 2); // the validation part holds nothing
        parts->setFocus();
        QTest::keyClick(parts, Qt::Key_Down);
        QCOMPARE(asked().part, std::string("test"));
        answer(page(0, 20, 20));
        m_panel->rows()->setPage(page(0, 250), first);
        QCOMPARE(part<QTableView>("rowsTable")->model()->rowCount(), 20);
    }

    void scrollingFetchesThePageInView()
    {
        m_panel->setSummary(sample());
        answer(page(0, 250));
        auto* table = part<QTableView>("rowsTable");
        QCOMPARE(table->model()->index(0, RowsModel::Text).data().toString(), QStringLiteral("sentence 0"));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
        QTRY_COMPARE(asked().offset, std::int64_t{200});
        answer(page(200, 250));
        QCOMPARE(table->model()->index(249, RowsModel::Text).data().toString(), QStringLiteral("sentence 249"));
        QCOMPARE(table->model()->index(0, RowsModel::Text).data().toString(), QStringLiteral("sentence 0")); // seen pages are kept
    }

    void leaksAreListedAndLeadToTheirRows()
    {
        DatasetSummary summary = sample();
        m_panel->setSummary(summary);
        const auto* tabs = part<QTabWidget>("dataTabs");
        QVERIFY(!tabs->isTabVisible(4)); // only a Check node finds any
        summary.leaks = LeakReport{{{.part = "test", .rows = 20, .exact = 1, .normalized = 2, .disagreeing = 1,
                                     .first = {{3, 7, true, true, "lamp on", {"light"}, {"light"}}, {9, 4, false, false, "Too cold", {"heat"}, {"light"}}}}},
                                   0};
        m_panel->setSummary(summary);
        QVERIFY(tabs->isTabVisible(4));
        QVERIFY(tabs->tabText(4).contains(QLatin1Char('2')));
        showTab(4);
        auto* table = part<QTableWidget>("leakTable");
        QCOMPARE(table->rowCount(), 2);
        QVERIFY(table->item(1, 5)->text().startsWith(QStringLiteral("✗")));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(1, 1)).center());
        QCOMPARE(asked().part, std::string("test"));
        QCOMPARE(asked().search, std::string("Too cold"));
    }

    void aChosenRowShowsItsTokens()
    {
        QSignalSpy wanted(m_panel->rows(), &RowsPanel::tokensWanted);
        m_panel->setSummary(sample());
        answer(page(0, 250));
        auto* rows = part<QTableView>("rowsTable");
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, rows->visualRect(rows->model()->index(1, 0)).center());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("sentence 1"));
        m_panel->rows()->setTokens(QStringLiteral("sentence 0"), {{.id = 9, .token = QStringLiteral("late")}}); // an answer about another row
        auto* tokens = part<QTableWidget>("tokenTable");
        QVERIFY(!tokens->isVisible());
        m_panel->rows()->setTokens(QStringLiteral("sentence 1"), {{.id = 3, .token = QStringLiteral("sentence"), .begin = 0, .end = 8}, {.id = 1, .token = QStringLiteral("1"), .begin = 9, .end = 10}});
        QVERIFY(tokens->isVisible());
        QCOMPARE(tokens->columnCount(), 2);
        QCOMPARE(tokens->item(2, 1)->text(), QStringLiteral("9–10"));
        m_panel->rows()->setTokenError(QStringLiteral("sentence 1"), QStringLiteral("no tokenizer"));
        QVERIFY(!tokens->isVisible());
        QCOMPARE(part<QLabel>("tokenTitle")->text(), QStringLiteral("no tokenizer"));
    }

    void tagsShowWithTheirWords()
    {
        DataRow row{.row = 0, .text = "play jazz now", .labels = {"O", "B-genre", "O"}, .words = {{0, 4}, {5, 9}, {10, 13}}};
        QCOMPARE(labelsText(row), QStringLiteral("jazz/B-genre"));
    }
};

QTEST_MAIN(tst_DataPanel)
#include "tst_DataPanel.moc"
