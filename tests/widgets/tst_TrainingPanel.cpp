// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/TrainingPanel.h"

#include "tests/widgets/SampleReports.h"
#include "widgets/plots/CurvePlot.h"
#include "widgets/plots/StatTile.h"
#include "widgets/training/ClassScoreModel.h"
#include "widgets/training/ConfusionMatrixView.h"
#include "widgets/training/EvaluationView.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace espalier;

class tst_TrainingPanel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TrainingPanel> m_panel;

    QString tile(const QString& name) const
    {
        for (const StatTile* tile : m_panel->findChildren<StatTile*>())
            if (tile->accessibleName() == name)
                return tile->value();
        return QStringLiteral("no such tile");
    }
    bool shows(const QString& text) const
    {
        const auto labels = m_panel->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<TrainingPanel>();
        m_panel->resize(1200, 760);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void emptyStateOffersToTrain()
    {
        QSignalSpy spy(m_panel.get(), &TrainingPanel::trainRequested);
        for (QPushButton* button : m_panel->findChildren<QPushButton*>())
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(m_panel->state(), TrainingState::None);
    }

    void emptyEvaluationOffersToEvaluate()
    {
        m_panel->beginRun(QStringLiteral("Train"));
        QSignalSpy spy(m_panel.get(), &TrainingPanel::evaluateRequested);
        for (QPushButton* button : m_panel->findChildren<QPushButton*>())
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
    }

    void liveRunCountsPointsAndMarksTheBestEpoch()
    {
        m_panel->beginRun(QStringLiteral("Train the TextCNN"));
        for (int epoch = 1; epoch <= 9; ++epoch)
            m_panel->appendMetrics(samples::epoch(epoch, 40));
        m_panel->setProgress({.epochs = 20, .secondsLeft = 12});
        QCOMPARE(m_panel->lossPlot()->series(QStringLiteral("train_loss"))->received(), 360U);
        QCOMPARE(m_panel->accuracyPlot()->series(QStringLiteral("validation_accuracy"))->received(), 9U);
        QCOMPARE(m_panel->bestEpoch(), 6);
        QCOMPARE(m_panel->lossPlot()->mark(), std::optional<double>(6));
        QVERIFY(m_panel->accuracyPlot()->markLabel().contains(QLatin1Char('6')));
        QCOMPARE(tile(QStringLiteral("Best epoch")), QStringLiteral("6"));
        QCOMPARE(tile(QStringLiteral("Epoch")), QStringLiteral("9 of 20"));
        QVERIFY(tile(QStringLiteral("Time left")).contains(QStringLiteral("12")));
        QVERIFY(shows(QStringLiteral("Train the TextCNN")));
        QCOMPARE(m_panel->findChild<QProgressBar*>()->value(), 450);
    }

    void tiesGoToTheLowerLoss()
    {
        m_panel->beginRun({});
        m_panel->appendMetrics({{"validation_accuracy", 1, 0.8}, {"validation_loss", 1, 0.7}});
        m_panel->appendMetrics({{"validation_accuracy", 2, 0.8}, {"validation_loss", 2, 0.5}});
        m_panel->appendMetrics({{"validation_accuracy", 3, 0.8}, {"validation_loss", 3, 0.6}});
        QCOMPARE(m_panel->bestEpoch(), 2);
    }

    /// While weights go, an epoch is no match for one at the full sparsity, however good it is.
    void bestIsAtTheFullSparsity()
    {
        m_panel->beginRun({});
        const double accuracy[] = {0.9, 0.88, 0.85, 0.86};
        const double zeros[] = {0.4, 0.7, 0.8, 0.8};
        for (int i = 0; i < 4; ++i) {
            m_panel->appendMetrics({{"validation_loss", i + 1.0, 0.5}, {"validation_accuracy", i + 1.0, accuracy[i]}});
            m_panel->appendMetrics({{"sparsity", i + 1.0, zeros[i]}});
        }
        QCOMPARE(m_panel->bestEpoch(), 4);
        QCOMPARE(m_panel->accuracyPlot()->series(QStringLiteral("sparsity"))->points().size(), 4U);
        TrainingHistory history = samples::history(2, 2);
        history.epochs.back().sparsity = 0.8;
        m_panel->beginRun({});
        m_panel->setHistory(history);
        QCOMPARE(m_panel->accuracyPlot()->series(QStringLiteral("sparsity"))->points().size(), 2U);
    }

    void historyAloneFillsTheCurves()
    {
        TrainingHistory history = samples::history(8, 5);
        history.stoppedEarly = true;
        m_panel->beginRun(QStringLiteral("Train"));
        m_panel->setHistory(history);
        m_panel->finish(TrainingState::Done);
        QCOMPARE(m_panel->lossPlot()->series(QStringLiteral("train_loss"))->points().size(), 8U);
        QCOMPARE(m_panel->bestEpoch(), 5);
        QVERIFY(shows(QStringLiteral("early")));
    }

    void historyKeepsTheLiveCurves()
    {
        m_panel->beginRun(QStringLiteral("Train"));
        for (int epoch = 4; epoch <= 6; ++epoch) // resumed: the first epochs ran before
            m_panel->appendMetrics(samples::epoch(epoch, 40));
        m_panel->setHistory(samples::history(6, 6));
        QCOMPARE(m_panel->lossPlot()->series(QStringLiteral("train_loss"))->points().size(), 3U + 120U);
        QCOMPARE(m_panel->accuracyPlot()->series(QStringLiteral("validation_accuracy"))->points().size(), 6U);
    }

    void aDivergedLossIsSaid()
    {
        m_panel->beginRun({});
        m_panel->appendMetrics({{"train_loss", 0.1, 3}, {"train_loss", 0.2, std::nan("")}});
        QVERIFY(shows(QStringLiteral("learning rate")));
        m_panel->beginRun({});
        QVERIFY(!shows(QStringLiteral("learning rate")));
    }

    void failureShowsItsMessage()
    {
        m_panel->beginRun({});
        m_panel->finish(TrainingState::Failed, QStringLiteral("The validation part is empty."));
        QVERIFY(shows(QStringLiteral("The validation part is empty.")));
        QVERIFY(shows(QStringLiteral("failed")));
        QVERIFY(!m_panel->findChild<QProgressBar*>()->isVisible());
    }

    void classTableSortsByNumber()
    {
        m_panel->setEvaluation(samples::evaluation(12));
        const QAbstractItemModel* model = m_panel->evaluation()->table()->model();
        QCOMPARE(model->rowCount(), 12);
        const auto f1 = [&](int row) { return model->index(row, ClassScoreModel::F1).data(Qt::UserRole).toDouble(); };
        for (int row = 1; row < 12; ++row)
            QVERIFY(f1(row - 1) <= f1(row)); // the worst stand on top
        QVERIFY(model->index(0, ClassScoreModel::F1).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QVERIFY(tile(QStringLiteral("Accuracy")).contains(QLatin1Char('%')));
        QCOMPARE(tile(QStringLiteral("Sentences")), QStringLiteral("360"));
    }

    void aNewRunMakesTheEvaluationStale()
    {
        m_panel->setEvaluation(samples::evaluation(3));
        m_panel->beginRun(QStringLiteral("Train"));
        const auto tiles = m_panel->evaluation()->findChildren<StatTile*>();
        QVERIFY(std::all_of(tiles.begin(), tiles.end(), [](const StatTile* tile) { return tile->look() == StatTile::Look::Stale; }));
    }

    void confusionMatrixReadsUnderTheMouse_data()
    {
        QTest::addColumn<int>("classes");
        QTest::newRow("2") << 2;
        QTest::newRow("150") << 150;
    }
    void confusionMatrixReadsUnderTheMouse()
    {
        QFETCH(int, classes);
        m_panel->setEvaluation(samples::evaluation(classes));
        m_panel->evaluation()->tabs()->setCurrentIndex(1);
        ConfusionMatrixView* view = m_panel->evaluation()->confusion();
        const QPoint mistake(classes - 1, 0);
        QSignalSpy spy(view, &ConfusionMatrixView::cellDescribed);
        view->showNextMistake();
        if (classes > 2) {
            QCOMPARE(view->currentCell(), mistake);
        }
        for (int i = 0; i < 14; ++i)
            view->zoomIn();
        view->setCurrentCell(mistake);
        const QRect cell = view->cellRect(mistake);
        QVERIFY(!cell.isEmpty());
        QVERIFY(cell.width() > 20);
        QTest::mouseMove(view->viewport(), cell.center());
        QTRY_VERIFY(!spy.isEmpty() && spy.last()[0].toString() == view->describe(mistake));
        QVERIFY2(view->describe(mistake).contains(QStringLiteral("10 of 30")), qPrintable(view->describe(mistake)));
        view->setCurrentCell({classes - 1, classes - 1});
        view->zoomIn();
        QTRY_VERIFY(view->cellRect(view->currentCell()).height() >= static_cast<int>(view->cellSize()));
        QTest::keyClick(view, Qt::Key_0);
        QTRY_VERIFY(view->cellRect({0, 0}).isValid() && view->cellRect({classes - 1, classes - 1}).isValid());
        QTest::keyClick(view, Qt::Key_Home);
        QCOMPARE(view->currentCell(), QPoint(0, classes - 1));
    }

    void matrixThatDoesNotFitItsLabelsIsRefused()
    {
        EvaluationReport report = samples::evaluation(3);
        report.confusion.pop_back();
        m_panel->setEvaluation(report);
        QCOMPARE(m_panel->evaluation()->confusion()->classes(), 0);
        QVERIFY(!m_panel->evaluation()->tabs()->isTabEnabled(1));
    }

    void clearGoesBackToTheEmptyState()
    {
        m_panel->beginRun(QStringLiteral("Train"));
        m_panel->appendMetrics(samples::epoch(1, 3));
        m_panel->setEvaluation(samples::evaluation(3));
        m_panel->clear();
        QCOMPARE(m_panel->state(), TrainingState::None);
        QVERIFY(!m_panel->evaluation()->hasReport());
        QVERIFY(!m_panel->lossPlot()->isVisible());
    }
};

QTEST_MAIN(tst_TrainingPanel)
#include "tst_TrainingPanel.moc"
