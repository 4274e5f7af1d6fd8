// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingPanel: watching a training run (curves of loss and accuracy, epoch, time left, best epoch) and reading how well the
// model does (evaluation). It gets plain values and emits wishes; it knows no engine, no file and no thread.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/reports/TrainingHistory.h"

#include <QWidget>

#include <vector>

class QLabel;
class QProgressBar;
class QStackedWidget;

namespace espalier {

class CurvePlot;
class EmptyHint;
class EvaluationView;
class StatTile;

struct TrainingProgress {
    int epoch = 0;           ///< running now, from 1; 0: derived from the curves
    int epochs = 0;          ///< at most; 0: unknown
    double fraction = -1;    ///< of the whole run, 0 to 1; negative: unknown
    double secondsLeft = -1; ///< negative: unknown
};

enum class TrainingState { None, Running, Done, Failed, Cancelled };

class TrainingPanel : public QWidget {
    Q_OBJECT

public:
    explicit TrainingPanel(QWidget* parent = nullptr);

    /// Back to the empty state: no run, no evaluation.
    void clear();
    /// Empties the curves and heads them with @p nodeTitle; the evaluation shown stays, greyed, as that of the run before.
    void beginRun(const QString& nodeTitle);
    /// Series are named as in MetricPoint; others are ignored. Cheap: any number of times a second.
    void appendMetrics(const std::vector<MetricPoint>& points);
    /// A finished run's records: sets the best epoch, and fills in what the curves lack.
    void setHistory(const TrainingHistory& history);
    void setProgress(const TrainingProgress& progress);
    void setEvaluation(const EvaluationReport& report);
    void clearEvaluation();
    /// @p message: what went wrong and the remedy, when it failed.
    void finish(TrainingState state, const QString& message = {});

    [[nodiscard]] TrainingState state() const { return m_state; }
    [[nodiscard]] int bestEpoch() const { return m_bestEpoch; } ///< 0: none yet
    [[nodiscard]] CurvePlot* lossPlot() const { return m_loss; }
    [[nodiscard]] CurvePlot* accuracyPlot() const { return m_accuracy; }
    [[nodiscard]] EvaluationView* evaluation() const { return m_evaluation; }

Q_SIGNALS:
    /// The empty state's button: train the model now.
    void trainRequested();
    /// The button of the empty evaluation: run the Evaluate node.
    void evaluateRequested();
    /// @p content is to be kept in a file of the user's choice; @p suggestedName ends in .png, .svg or .csv.
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildRun();
    QWidget* buildHeader();
    void setUpCurves();
    void retranslate();
    void leaveEmptyState();
    void setScore(const std::string& name);
    void findBest();
    void setBest(int epoch, double accuracy);
    void showSparsity();
    [[nodiscard]] double firstAtFullSparsity() const;
    void showBest();
    void showState();
    void showProgress();
    void showMessage(const QString& text);
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] int epochNow() const;

    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    QLabel* m_title;
    QLabel* m_stateLabel;
    QLabel* m_message;
    QProgressBar* m_bar;
    StatTile* m_epochTile;
    StatTile* m_timeTile;
    StatTile* m_bestTile;
    StatTile* m_accuracyTile;
    CurvePlot* m_loss;
    CurvePlot* m_accuracy;
    EvaluationView* m_evaluation;

    TrainingState m_state = TrainingState::None;
    QString m_nodeTitle;
    TrainingProgress m_progress;
    std::string m_score = "accuracy"; ///< what the validation curve shows (scoreName)
    double m_lastX = 0; ///< of the points so far, in epochs
    int m_bestEpoch = 0;
    double m_bestAccuracy = 0;
    bool m_stoppedEarly = false;
};

} // namespace espalier
