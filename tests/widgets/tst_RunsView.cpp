// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison of runs and the pages of an evaluation, driven with the mouse and the keyboard.
#include "widgets/plots/CurvePlot.h"
#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/plots/UnitPlot.h"
#include "widgets/training/ClassScoreModel.h"
#include "widgets/training/ConfusionMatrixView.h"
#include "widgets/training/EvaluationDetailsView.h"
#include "widgets/training/EvaluationView.h"
#include "widgets/training/RunCurves.h"
#include "widgets/training/RunsView.h"
#include "widgets/training/SentenceTable.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QtTest>

using namespace espalier;

namespace {

RunRecord record(const std::string& id, int epochs, double accuracy)
{
    RunRecord run;
    run.id = id;
    run.time = "2026-05-01T10:00:00Z";
    run.node = "train";
    run.nodeType = "train";
    run.parameters = {{"train.epochs", epochs}, {"train.seed", 1}};
    run.results = {{"validation_accuracy", accuracy}};
    run.history = TrainingHistory{{{1, 1.5, 0.25, 1.25, 0.5, 1}, {2, 0.5, 0.75, 0.75, accuracy, 1.5}}, 2, false};
    return run;
}

EvaluationReport report()
{
    EvaluationReport made = evaluatePredictions("test", {"light", "music"}, {0, 0, 1, 1}, {0, 1, 1, 1});
    made.intervals = BootstrapIntervals{0.95, 1000, {0.25, 1}, {0.2, 0.9}};
    made.calibration = CalibrationReport{1.5, false, {0.1, 0.5, {{4, 0.85, 0.75}}}, {0.02, 0.4, {{4, 0.76, 0.75}}}};
    made.slices = {{.kind = "length", .low = 3, .high = 9, .examples = 4, .accuracy = 0.75, .confidence = 0.85}};
    made.samples = SampleRows{{{"play it", "music", "music", 0.99}}, {{"lamp on", "light", "music", 0.9}}, {}};
    RejectionScore score{"max_probability", 0.4, 0.5, 0.75, 0.7, 0.9, {{0, 0}, {0.1, 0.75}, {1, 1}}};
    made.outOfScope = OutOfScopeReport{8, 4, 0.01, 0.75, "max_probability", {score}};
    return made;
}

} // namespace

class tst_RunsView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_view = std::make_unique<RunsView>();
        m_view->resize(1100, 600);
        m_view->setRuns({record("new", 9, 0.875), record("old", 5, 0.75), record("oldest", 5, 0.5)});
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void theTwoNewestAreCompared()
    {
        QCOMPARE(m_view->chosen().size(), std::size_t{2});
        QVERIFY(m_view->curves()->accuracy()->series(QStringLiteral("new")) && m_view->curves()->accuracy()->series(QStringLiteral("old")));
        QVERIFY(!m_view->curves()->accuracy()->series(QStringLiteral("oldest")));
        QCOMPARE(m_view->differences()->rowCount(), 2); // epochs and accuracy; the seed is the same
        QCOMPARE(m_view->differences()->item(0, 0)->text(), QStringLiteral("train.epochs"));
        QCOMPARE(m_view->differences()->item(0, 1)->text(), QStringLiteral("9"));
        QVERIFY(m_view->differences()->isVisible() && !m_view->noDifferences()->isVisible());
    }

    /// A model of tags is judged by its entities, in training and in evaluation, not by words in the one and entities in the other.
    void figuresAreNamed()
    {
        const auto header = [&] { return m_view->list()->horizontalHeaderItem(RunsView::Figure)->text(); };
        QCOMPARE(header(), QStringLiteral("Accuracy"));
        RunRecord trained = record("tags", 5, 0.9);
        trained.history->score = "entity_f1";
        RunRecord evaluated = record("test", 5, 0);
        evaluated.history.reset();
        evaluated.results = {{"accuracy", 0.97}, {"task_scores.f1", 0.88}, {"task_scores.threshold", 0}};
        m_view->setRuns({evaluated, trained});
        QCOMPARE(header(), QStringLiteral("Entity F1"));
        QVERIFY(m_view->list()->item(0, RunsView::Figure)->text().startsWith("88.00"));
        QCOMPARE(m_view->list()->item(0, RunsView::Figure)->toolTip(), QStringLiteral("Entity F1"));
        QCOMPARE(m_view->list()->item(1, RunsView::Figure)->toolTip(), QStringLiteral("Validation entity F1"));
        m_view->list()->item(1, RunsView::Name)->setCheckState(Qt::Checked);
        QCOMPARE(m_view->curves()->accuracy()->plot()->accessibleName(), QStringLiteral("Validation entity F1"));
        m_view->setRuns({evaluated, record("words", 5, 0.5)});
        QCOMPARE(header(), QStringLiteral("Score"));
    }

    void saysWhyNothingDiffers()
    {
        m_view->list()->item(0, RunsView::Name)->setCheckState(Qt::Unchecked); // one is left
        QVERIFY(m_view->noDifferences()->isVisible() && !m_view->differences()->isVisible());
        QVERIFY(m_view->noDifferences()->text().contains("two runs"));
        RunRecord twin = record("old", 5, 0.75);
        twin.id += "-again";
        m_view->setRuns({record("old", 5, 0.75), twin});
        for (int row : {0, 1})
            m_view->list()->item(row, RunsView::Name)->setCheckState(Qt::Checked);
        QVERIFY(m_view->noDifferences()->isVisible() && !m_view->differences()->isVisible());
        QVERIFY(m_view->noDifferences()->text().contains("same"));
    }

    void spaceTicksARun()
    {
        m_view->list()->setFocus();
        m_view->list()->setCurrentCell(2, RunsView::Name);
        QTest::keyClick(m_view->list(), Qt::Key_Space);
        QCOMPARE(m_view->chosen().size(), std::size_t{3});
        QVERIFY(m_view->curves()->accuracy()->series(QStringLiteral("oldest")));
    }

    void theCrosshairOfOnePlotMovesTheOthers()
    {
        CurvePlot* accuracy = m_view->curves()->accuracy();
        CurvePlot* loss = m_view->curves()->loss();
        QTRY_VERIFY(accuracy->plot()->isVisible() && loss->plot()->isVisible());
        QTest::qWait(100); // until both have drawn themselves
        accuracy->plot()->setFocus();
        QTest::keyClick(accuracy->plot(), Qt::Key_End);
        QVERIFY(loss->crosshair()->isVisible());
        QCOMPARE(loss->crosshair()->x(), accuracy->crosshair()->x());
        QVERIFY(loss->crosshair()->text().contains(QStringLiteral("Train")));
        accuracy->plot()->clearFocus();
        QVERIFY(!loss->crosshair()->isVisible());
    }

    void curvesAreSavedAsDrawings()
    {
        const QByteArray svg = m_view->curves()->accuracy()->svg();
        QVERIFY(svg.contains("<svg") && svg.contains("<text") && svg.contains("Epoch"));
    }

    void f2RenamesInPlace()
    {
        QSignalSpy renamed(m_view.get(), &RunsView::renameRequested);
        m_view->list()->setFocus();
        m_view->list()->setCurrentCell(1, RunsView::Name);
        QTest::keyClick(m_view->list(), Qt::Key_F2);
        auto* editor = m_view->list()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("wide filters"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(renamed.size(), 1);
        QCOMPARE(renamed[0][0].toString(), QStringLiteral("old"));
        QCOMPARE(renamed[0][1].toString(), QStringLiteral("wide filters"));
        QCOMPARE(m_view->differences()->horizontalHeaderItem(2)->text(), QStringLiteral("wide filters"));
    }

    void deletingCanBeUndone()
    {
        QSignalSpy deleted(m_view.get(), &RunsView::deleteRequested);
        QSignalSpy restored(m_view.get(), &RunsView::restoreRequested);
        m_view->list()->setFocus();
        m_view->list()->setCurrentCell(0, RunsView::Name);
        QTest::keyClick(m_view->list(), Qt::Key_Delete);
        QCOMPARE(deleted.size(), 1);
        QCOMPARE(deleted[0][0].toString(), QStringLiteral("new"));
        QVERIFY(!m_view->undoButton()->isVisible());
        m_view->offerUndo(record("new", 9, 0.875));
        QVERIFY(m_view->undoButton()->isVisible());
        QTest::mouseClick(m_view->undoButton(), Qt::LeftButton);
        QCOMPARE(restored.size(), 1);
        QVERIFY(!m_view->undoButton()->isVisible());
    }

    void theCellGivesItsSentences()
    {
        EvaluationView view;
        view.resize(600, 700);
        view.setReport(report());
        view.tabs()->setCurrentIndex(1);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy wanted(&view, &EvaluationView::examplesRequested);
        const QRect cell = view.confusion()->cellRect({1, 0});
        QTest::mouseClick(view.confusion()->viewport(), Qt::LeftButton, {}, cell.center());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("light"));
        QCOMPARE(wanted[0][1].toString(), QStringLiteral("music"));
        view.setExamples(QStringLiteral("light"), QStringLiteral("music"), {{"lamp on", "light", "music", 0.9}}, 1);
        QCOMPARE(view.examples()->model()->rowCount(), 1);
        QCOMPARE(view.examples()->model()->index(0, SentenceModel::Prediction).data().toString(), QStringLiteral("✗ music"));
    }

    void theEvaluationsPagesShowTheReport()
    {
        EvaluationView view;
        view.setReport(report());
        QCOMPARE(view.tabs()->count(), 6);
        QCOMPARE(view.details()->reliability()->lines().size(), std::size_t{2});
        QVERIFY(view.details()->roc()->mark().has_value());
        QCOMPARE(view.details()->roc()->mark()->y(), 0.75);
        QCOMPARE(view.details()->slices()->rowCount(), 1);
        QCOMPARE(view.details()->samples()->model()->index(0, 0).data().toString(), QStringLiteral("lamp on"));
        view.details()->sampleKind()->setCurrentIndex(1);
        QCOMPARE(view.details()->samples()->model()->index(0, 0).data().toString(), QStringLiteral("play it"));
        view.setReport(evaluatePredictions("test", {"light", "music"}, {0, 1}, {0, 1})); // an older report without details
        QVERIFY(!view.details()->roc()->isVisibleTo(&view));
    }

    void aReportAboutTagsSaysSo()
    {
        EvaluationView view;
        EvaluationReport tags = evaluatePredictions("test", {"artist", "genre"}, {0, 1}, {0, 1});
        tags.confusion.clear();
        tags.taskScores = TaskScores{.f1 = 0.75, .precision = 0.8, .recall = 0.7};
        view.setReport(tags);
        QCOMPARE(view.table()->model()->headerData(ClassScoreModel::Support, Qt::Horizontal).toString(), QStringLiteral("Entities"));
        for (int page = 1; page < view.tabs()->count(); ++page) {
            QVERIFY(!view.tabs()->isTabEnabled(page));
            QVERIFY(!view.tabs()->tabToolTip(page).isEmpty());
        }
        view.setReport(report());
        QVERIFY(view.tabs()->isTabEnabled(view.tabs()->count() - 1));
    }

private:
    std::unique_ptr<RunsView> m_view;
};

QTEST_MAIN(tst_RunsView)
#include "tst_RunsView.moc"
