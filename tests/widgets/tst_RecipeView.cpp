// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/RecipeView.h"

#include "engine/core/RunContext.h"
#include "widgets/compression/CandidateTable.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/RecipeText.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

using namespace espalier;

class tst_RecipeView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_panel.reset(); }
    void budgetsAreTypedAndTheSearchStarted();
    void withoutABudgetThereIsNoSearch();
    void showsCandidatesAndWhatIsRecommended();
    void appliesTheRecommendedSteps();
    void saysWhatCannotBeHad();
    void aSearchUnderWayCanBeCancelled();
    void aSearchUnderWayGivesNoVerdict();
    void whatWasFoundHasRoom();

private:
    template <typename T>
    T* part(const char* name) const
    {
        return m_view->findChild<T*>(QString::fromLatin1(name));
    }

    std::unique_ptr<CompressionPanel> m_panel;
    RecipeView* m_view = nullptr;
};

namespace {

RecipeCandidate candidate(std::vector<RecipeStep> steps, double accuracy, std::int64_t bytes)
{
    RecipeCandidate made;
    made.steps = std::move(steps);
    made.steps.push_back({"package", {{"precision", "int8"}}});
    made.point.accuracy = accuracy;
    made.point.packageBytes = bytes;
    made.noise = 0.3;
    return made;
}

RecipeReport found(const Budgets& budgets)
{
    RecipeReport report;
    report.node = "train";
    report.budgets = budgets;
    report.candidates = {candidate({{"prune", {{"sparsity", 0.0}, {"recovery", "none"}}}}, 0.93, 848253),
                         candidate({{"prune", {{"score", "lamp"}, {"method", "global"}, {"embeddings", "pooled"}, {"sparsity", 0.81}, {"recovery", "none"}}}}, 0.88, 280000),
                         candidate({{"prune", {{"score", "lamp"}, {"method", "global"}, {"embeddings", "pooled"}, {"sparsity", 0.82}, {"recovery", "gradual"}, {"epochs", 20}}}}, 0.925, 281000)};
    report.dense = report.candidates[0].point;
    for (RecipeCandidate& one : report.candidates)
        one.checks = checkBudgets(one, budgets, report.dense);
    recommend(report);
    report.complete = true;
    return report;
}

} // namespace

void tst_RecipeView::init()
{
    m_panel = std::make_unique<CompressionPanel>();
    m_view = new RecipeView;
    m_panel->addPage(m_view);
    m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
    m_panel->resize(1200, 900);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    auto* tabs = m_panel->findChild<QTabWidget*>()->tabBar();
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tabs->count() - 1).center());
    QVERIFY(m_view->isVisible());
    m_view->setReady(true);
}

void tst_RecipeView::budgetsAreTypedAndTheSearchStarted()
{
    QSignalSpy asked(m_view, &RecipeView::searchRequested);
    auto* size = part<QDoubleSpinBox>("max_bytes");
    size->setFocus();
    size->selectAll();
    QTest::keyClicks(size, QStringLiteral("3"));
    QTest::keyClick(size, Qt::Key_Tab);
    for (const char* name : {"max_milliseconds", "max_memory_bytes"}) {
        auto* given = part<QCheckBox>((std::string(name) + "_given").c_str());
        QTest::mouseClick(given, Qt::LeftButton, {}, QPoint(8, given->height() / 2));
        QVERIFY(part<QDoubleSpinBox>(name)->isEnabled());
    }
    auto* trainings = part<QSpinBox>("trainings");
    trainings->setFocus();
    QTest::keyClick(trainings, Qt::Key_Down);
    QTest::mouseClick(part<QPushButton>("startSearch"), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QVERIFY(asked[0][0].value<Budgets>() == (Budgets{{"max_bytes", 3145728}, {"max_points_lost", 1}, {"max_milliseconds", 2}, {"max_memory_bytes", 8388608}}));
    QCOMPARE(asked[0][1].toInt(), 3);
}

void tst_RecipeView::withoutABudgetThereIsNoSearch()
{
    for (const char* name : {"max_bytes_given", "max_points_lost_given"}) {
        auto* box = part<QCheckBox>(name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
    }
    QVERIFY(!part<QPushButton>("startSearch")->isEnabled());
    QVERIFY(!part<QPushButton>("startSearch")->toolTip().isEmpty()); // why
    QVERIFY(!part<QDoubleSpinBox>("max_bytes")->isEnabled());
}

void tst_RecipeView::showsCandidatesAndWhatIsRecommended()
{
    const Budgets budgets{{"max_bytes", 300000}, {"max_points_lost", 1}};
    m_view->showReport(found(budgets));
    QVERIFY(std::abs(m_view->budgets().at("max_bytes") - 300000) < 525); // what is shown, to a thousandth of a MiB
    QVERIFY(!m_view->budgets().contains("max_milliseconds"));
    const CandidateTable& table = *m_view->table();
    QCOMPARE(table.rowCount(), 3);
    QCOMPARE(table.item(2, CandidateTable::Recipe)->text(), QStringLiteral("Nothing pruned")); // the largest stands last
    QVERIFY2(table.item(0, CandidateTable::Recipe)->text().contains("81.0 %") && table.item(0, CandidateTable::Recipe)->text().contains("LAMP"), qPrintable(table.item(0, CandidateTable::Recipe)->text()));
    QVERIFY2(table.item(1, CandidateTable::Recipe)->text().contains("Epochs: 20"), qPrintable(table.item(1, CandidateTable::Recipe)->text()));
    QCOMPARE(table.item(0, 0)->text(), formatBytes(280000));
    QVERIFY2(table.item(0, 1)->text().startsWith("✗ 5.00") && table.item(0, 1)->toolTip().contains("Accuracy lost"), qPrintable(table.item(0, 1)->text()));
    QVERIFY2(table.item(1, 1)->text().startsWith("0.50"), qPrintable(table.item(1, 1)->text())); // within its budget: no mark
    QCOMPARE(table.item(2, 0)->text(), QStringLiteral("✗ ") + formatBytes(848253));
    QVERIFY(table.item(1, 0)->font().bold() && !table.item(0, 0)->font().bold());
    QVERIFY(!table.item(0, CandidateTable::Recipe)->toolTip().isEmpty());
    const QString text = m_view->recommendation();
    QVERIFY2(text.contains("Gradual") && text.contains("most accurate") && text.contains(formatBytes(281000)) && text.contains("0.50"), qPrintable(text));
    QVERIFY(table.isColumnHidden(CandidateTable::Time)); // none was measured
    m_view->clear();
    QVERIFY(!table.isVisible() && !part<QPushButton>("applyRecipe")->isVisible());
}

void tst_RecipeView::appliesTheRecommendedSteps()
{
    QSignalSpy applied(m_view, &RecipeView::applyRequested);
    m_view->begin();
    m_view->showReport(found({{"max_bytes", 300000}}));
    auto* apply = part<QPushButton>("applyRecipe");
    QVERIFY(!apply->isEnabled()); // better may come
    m_view->finish({});
    QTest::mouseClick(apply, Qt::LeftButton);
    QCOMPARE(applied.size(), 1);
    const auto steps = applied[0][0].value<std::vector<RecipeStep>>();
    QCOMPARE(steps.size(), std::size_t{2});
    QVERIFY(steps[0].parameters.at("recovery") == Json("gradual"));
}

void tst_RecipeView::saysWhatCannotBeHad()
{
    m_view->showReport(found({{"max_bytes", 1000}, {"max_milliseconds", 2}}));
    const QString text = m_view->recommendation();
    QVERIFY2(text.contains("No candidate meets every budget") && text.contains("“Package size” of " + formatBytes(1000)) && text.contains("not measured"), qPrintable(text));
}

void tst_RecipeView::aSearchUnderWayCanBeCancelled()
{
    QSignalSpy cancelled(m_view, &RecipeView::cancelRequested);
    m_view->begin();
    QVERIFY(!part<QPushButton>("startSearch")->isEnabled() && !part<QDoubleSpinBox>("max_bytes")->isEnabled());
    m_view->setProgress({"Measuring a candidate", 2, 8}, 90);
    QTest::mouseClick(part<QPushButton>("cancelDeviceJobButton"), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
    m_view->fail(QStringLiteral("The engine is gone."));
    QVERIFY(part<QPushButton>("startSearch")->isEnabled());
}

void tst_RecipeView::aSearchUnderWayGivesNoVerdict()
{
    m_view->begin();
    m_view->showReport(found({{"max_bytes", 1000}}));
    QVERIFY2(m_view->recommendation().startsWith("Best so far") && !m_view->recommendation().contains("No candidate"), qPrintable(m_view->recommendation()));
    m_view->finish({});
    QVERIFY2(m_view->recommendation().startsWith("Recommended") && m_view->recommendation().contains("No candidate"), qPrintable(m_view->recommendation()));
}

/// Before, a hint; after, several rows of which none must be scrolled sideways, in the smallest window that the screens are made for.
void tst_RecipeView::whatWasFoundHasRoom()
{
    QVERIFY(m_view->findChild<EmptyHint*>()->isVisible());
    m_panel->resize(1184, 762); // what a window of 1280 x 800 leaves
    RecipeReport report = found({{"max_bytes", 300000}, {"max_points_lost", 1}, {"max_milliseconds", 2}, {"max_memory_bytes", 8388608}});
    for (RecipeCandidate& one : report.candidates) {
        one.point.milliseconds = 0.02;
        one.point.memoryBytes = 9 << 20;
        one.checks = checkBudgets(one, report.budgets, report.dense);
    }
    recommend(report);
    m_view->showReport(report);
    QVERIFY(!m_view->findChild<EmptyHint*>()->isVisible());
    const CandidateTable& table = *m_view->table();
    QTRY_VERIFY2(table.viewport()->height() > 4 * table.rowHeight(0), qPrintable(QString::number(table.viewport()->height())));
    QVERIFY(table.columnViewportPosition(CandidateTable::Recipe) + 100 < table.viewport()->width());
    QVERIFY(table.item(0, CandidateTable::Memory)->text().startsWith("✗"));
    m_view->hide(); // another tab
    report.candidates.insert(report.candidates.begin(), 30, report.candidates[1]);
    recommend(report);
    m_view->showReport(report);
    m_view->show();
    const auto recommendedIsSeen = [&] {
        for (int row = 0; row < table.rowCount(); ++row)
            if (table.item(row, 0)->font().bold())
                return row > 20 && table.viewport()->rect().contains(table.visualItemRect(table.item(row, 0)).center());
        return false;
    };
    QTRY_VERIFY(recommendedIsSeen());
}

QTEST_MAIN(tst_RecipeView)
#include "tst_RecipeView.moc"
