// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/TrainingPanel.h"

#include "engine/core/Task.h"
#include "widgets/plots/CurvePlot.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/plots/StatTile.h"
#include "widgets/style/Theme.h"
#include "widgets/training/EvaluationView.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>
#include <map>
#include <optional>

namespace espalier {
namespace {

const QString trainLoss = QStringLiteral("train_loss");
const QString trainAccuracy = QStringLiteral("train_accuracy");
const QString validationLoss = QStringLiteral("validation_loss");
const QString validationAccuracy = QStringLiteral("validation_accuracy");
const QString sparsity = QStringLiteral("sparsity");

constexpr int barSteps = 1000;

/// An estimate in whole seconds: more digits would promise what nobody knows.
QString timeLeft(double seconds)
{
    const double whole = std::round(seconds);
    return whole < 60 ? TrainingPanel::tr("%1 s").arg(QLocale().toString(whole, 'f', 0)) : formatDuration(whole);
}

std::vector<QPointF> column(const TrainingHistory& history, double EpochRecord::*value)
{
    std::vector<QPointF> points;
    for (const EpochRecord& record : history.epochs)
        points.emplace_back(record.epoch, record.*value);
    return points;
}

/// "accuracy", "micro_f1" or "entity_f1" where @p series is that score on the validation part.
std::optional<std::string> scoreOf(const std::string& series)
{
    for (const Task task : {Task::SingleLabel, Task::MultiLabel, Task::TokenTags})
        if (series == "validation_" + std::string(scoreName(task)))
            return std::string(scoreName(task));
    return std::nullopt;
}

/// The id of the curve a point belongs to: one curve for whatever the score is.
QString seriesOf(const MetricPoint& point)
{
    return scoreOf(point.series) ? validationAccuracy : QString::fromStdString(point.series);
}

} // namespace

TrainingPanel::TrainingPanel(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyHint(QStringLiteral("training"))), m_title(new QLabel), m_stateLabel(new QLabel),
      m_message(new QLabel), m_bar(new QProgressBar), m_epochTile(new StatTile), m_timeTile(new StatTile), m_bestTile(new StatTile),
      m_accuracyTile(new StatTile), m_loss(new CurvePlot(CurvePlot::ValueKind::Number)), m_accuracy(new CurvePlot(CurvePlot::ValueKind::Percent)),
      m_evaluation(new EvaluationView)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->addWidget(buildRun());
    sides->addWidget(m_evaluation);
    sides->setStretchFactor(0, 1);
    sides->setStretchFactor(1, 1);
    sides->setSizes({580, 580});
    sides->setChildrenCollapsible(false);
    sides->setContentsMargins(2 * gridStep, 2 * gridStep, 2 * gridStep, 2 * gridStep);
    sides->setHandleWidth(2 * gridStep);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(sides);
    connect(m_empty, &EmptyHint::clicked, this, &TrainingPanel::trainRequested);
    connect(m_evaluation, &EvaluationView::evaluateRequested, this, &TrainingPanel::evaluateRequested);
    for (const CurvePlot* plot : {m_loss, m_accuracy})
        connect(plot, &CurvePlot::saveRequested, this, &TrainingPanel::saveRequested);
    CurvePlot::link({m_loss, m_accuracy});
    connect(themeNotifier(), &ThemeNotifier::changed, this, &TrainingPanel::showState);
    retranslate();
    clear();
}

QWidget* TrainingPanel::buildRun()
{
    auto* side = new QWidget;
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(buildHeader());
    auto* plots = new QSplitter(Qt::Vertical);
    plots->setChildrenCollapsible(false);
    plots->setHandleWidth(gridStep);
    plots->addWidget(m_loss);
    plots->addWidget(m_accuracy);
    rows->addWidget(plots, 1);
    return side;
}

QWidget* TrainingPanel::buildHeader()
{
    auto* header = new QWidget;
    auto* rows = new QVBoxLayout(header);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* line = new QHBoxLayout;
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setTextFormat(Qt::PlainText);
    line->addWidget(m_title);
    line->addSpacing(gridStep);
    line->addWidget(m_stateLabel, 1, Qt::AlignBaseline);
    rows->addLayout(line);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(gridStep);
    rows->addWidget(m_bar);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    rows->addWidget(m_message);
    auto* tiles = new QHBoxLayout;
    for (StatTile* tile : {m_epochTile, m_timeTile, m_bestTile, m_accuracyTile})
        tiles->addWidget(tile, 1);
    rows->addLayout(tiles);
    return header;
}

void TrainingPanel::setUpCurves()
{
    const QString train = tr("Training");
    const QString validation = tr("Validation");
    m_loss->setTitles(tr("Loss"), tr("Epoch"), tr("Cross-entropy (nats)"));
    m_loss->setCurve({.id = trainLoss, .name = train, .color = 0});
    m_loss->setCurve({.id = validationLoss, .name = validation, .color = 1, .line = Qt::DashLine, .dots = true});
    m_loss->setEmptyText(tr("The loss appears here with the first batches."));
    const bool alike = m_score == "accuracy"; // the curves measure the same
    m_accuracy->setTitles(alike ? tr("Accuracy") : tr("Accuracy and F1"), tr("Epoch"), alike ? tr("Share labelled right") : QString());
    m_accuracy->setCurve({.id = trainAccuracy, .name = alike ? train : tr("Training accuracy"), .color = 0, .dots = true});
    m_accuracy->setCurve({.id = validationAccuracy, .name = alike ? validation : validationScoreText(m_score), .color = 1, .line = Qt::DashLine, .dots = true});
    m_accuracy->setEmptyText(tr("The accuracy appears here after the first epoch."));
}

void TrainingPanel::retranslate()
{
    m_empty->setTexts(tr("No training run yet"), tr("Loss and accuracy are drawn here while a model learns, and its evaluation stands beside them."),
                      tr("Train the model"));
    m_epochTile->setName(tr("Epoch"));
    m_timeTile->setName(tr("Time left"));
    m_bestTile->setName(tr("Best epoch"));
    m_accuracyTile->setName(validationScoreText(m_score));
    m_bar->setAccessibleName(tr("Progress of the training run"));
    setUpCurves();
    showState();
    showProgress();
    showBest();
}

void TrainingPanel::clear()
{
    beginRun({});
    clearEvaluation();
    m_state = TrainingState::None;
    m_pages->setCurrentIndex(0);
}

void TrainingPanel::beginRun(const QString& nodeTitle)
{
    leaveEmptyState();
    m_nodeTitle = nodeTitle;
    m_state = TrainingState::Running;
    m_progress = {};
    m_lastX = 0;
    m_stoppedEarly = false;
    for (CurvePlot* plot : {m_loss, m_accuracy})
        plot->clearPoints();
    if (m_evaluation->hasReport())
        m_evaluation->setStale(true);
    showMessage({});
    setBest(0, 0);
    showState();
    showProgress();
}

void TrainingPanel::leaveEmptyState()
{
    m_pages->setCurrentIndex(1);
}

void TrainingPanel::appendMetrics(const std::vector<MetricPoint>& points)
{
    std::map<QString, std::vector<QPointF>> bySeries;
    for (const MetricPoint& point : points) {
        if (const auto score = scoreOf(point.series))
            setScore(*score);
        bySeries[seriesOf(point)].emplace_back(point.x, point.y);
        m_lastX = std::isfinite(point.x) ? std::max(m_lastX, point.x) : m_lastX;
    }
    if (bySeries.contains(sparsity))
        showSparsity();
    for (const auto& [series, batch] : bySeries)
        for (CurvePlot* plot : {m_loss, m_accuracy})
            plot->append(series, batch);
    if (bySeries.contains(validationAccuracy) || bySeries.contains(validationLoss) || bySeries.contains(sparsity))
        findBest();
    if (m_loss->series(trainLoss)->notFinite() > 0)
        showMessage(tr("The loss is no longer a number. Lower the learning rate of the Train node and run it again."));
    showProgress();
}

void TrainingPanel::setScore(const std::string& name)
{
    if (name == m_score)
        return;
    m_score = name;
    m_accuracyTile->setName(validationScoreText(m_score));
    setUpCurves();
}

void TrainingPanel::setHistory(const TrainingHistory& history)
{
    leaveEmptyState();
    setScore(history.score);
    m_loss->complete(trainLoss, column(history, &EpochRecord::trainLoss));
    m_loss->complete(validationLoss, column(history, &EpochRecord::validationLoss));
    m_accuracy->complete(trainAccuracy, column(history, &EpochRecord::trainAccuracy));
    m_accuracy->complete(validationAccuracy, column(history, &EpochRecord::validationAccuracy));
    if (!history.epochs.empty() && history.epochs.back().sparsity > 0) {
        showSparsity();
        m_accuracy->complete(sparsity, column(history, &EpochRecord::sparsity));
    }
    m_stoppedEarly = history.stoppedEarly;
    for (const EpochRecord& record : history.epochs) {
        m_lastX = std::max(m_lastX, static_cast<double>(record.epoch));
        if (record.epoch == history.bestEpoch)
            setBest(record.epoch, record.validationAccuracy);
    }
    showState();
    showProgress();
}

/// The curve of a run that prunes while it trains; other runs have none.
void TrainingPanel::showSparsity()
{
    if (!m_accuracy->series(sparsity))
        m_accuracy->setCurve({.id = sparsity, .name = tr("Sparsity"), .color = 2, .line = Qt::DotLine, .dots = true});
}

/// The first epoch that is as sparse as the model will be; 0 where sparsity does not change.
double TrainingPanel::firstAtFullSparsity() const
{
    const CurveSeries* curve = m_accuracy->series(sparsity);
    QPointF first;
    if (curve)
        for (const QPointF& point : curve->points())
            if (point.y() > first.y())
                first = point;
    return first.x();
}

void TrainingPanel::findBest()
{
    std::map<double, double> losses;
    for (const QPointF& point : m_loss->series(validationLoss)->points())
        losses[point.x()] = point.y();
    const auto lossAt = [&](double x) { return losses.contains(x) ? losses[x] : HUGE_VAL; };
    QPointF best;
    const double from = firstAtFullSparsity();
    // As the trainer chooses: the highest accuracy; of equals the lowest loss; of those the first.
    for (const QPointF& point : m_accuracy->series(validationAccuracy)->points())
        if (point.x() >= from && (best.isNull() || point.y() > best.y() || (point.y() == best.y() && lossAt(point.x()) < lossAt(best.x()))))
            best = point;
    setBest(static_cast<int>(std::lround(best.x())), best.y());
}

void TrainingPanel::setBest(int epoch, double accuracy)
{
    m_bestEpoch = epoch;
    m_bestAccuracy = accuracy;
    showBest();
}

void TrainingPanel::showBest()
{
    const bool known = m_bestEpoch > 0;
    m_bestTile->setValue(known ? QLocale().toString(m_bestEpoch) : QString(), known ? tr("weights kept") : tr("after the first epoch"));
    m_accuracyTile->setValue(known ? formatPercent(m_bestAccuracy) : QString(), known ? tr("best, at epoch %1").arg(m_bestEpoch) : QString());
    const auto at = known ? std::optional<double>(m_bestEpoch) : std::nullopt;
    m_loss->setMark(at, tr("Best: epoch %1").arg(m_bestEpoch));
    m_accuracy->setMark(at, tr("Best: epoch %1, %2").arg(QString::number(m_bestEpoch), formatPercent(m_bestAccuracy)));
}

void TrainingPanel::setProgress(const TrainingProgress& progress)
{
    leaveEmptyState();
    m_progress = progress;
    showProgress();
}

int TrainingPanel::epochNow() const
{
    if (m_progress.epoch > 0 && m_state == TrainingState::Running)
        return m_progress.epoch;
    return static_cast<int>(std::ceil(m_lastX - 1e-9));
}

void TrainingPanel::showProgress()
{
    const bool running = m_state == TrainingState::Running;
    const int epoch = epochNow();
    const QString number = epoch > 0 ? QLocale().toString(epoch) : QString();
    m_epochTile->setValue(epoch > 0 && m_progress.epochs > 0 ? tr("%1 of %2").arg(number, QLocale().toString(m_progress.epochs)) : number,
                          running ? tr("running") : tr("trained"));
    const bool timed = running && m_progress.secondsLeft >= 0;
    m_timeTile->setValue(timed ? timeLeft(m_progress.secondsLeft) : QString(), !running ? QString() : timed ? tr("estimated") : tr("not known yet"),
                         timed ? StatTile::Look::Estimate : StatTile::Look::Measured);
    double fraction = m_progress.fraction;
    if (fraction < 0 && m_progress.epochs > 0)
        fraction = m_lastX / m_progress.epochs;
    m_bar->setVisible(running);
    m_bar->setRange(0, fraction < 0 ? 0 : barSteps);
    m_bar->setValue(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * barSteps));
}

void TrainingPanel::setEvaluation(const EvaluationReport& report)
{
    leaveEmptyState();
    m_evaluation->setReport(report);
}

void TrainingPanel::clearEvaluation()
{
    m_evaluation->clear();
}

void TrainingPanel::finish(TrainingState state, const QString& message)
{
    m_state = state;
    if (!message.isEmpty())
        showMessage(message);
    showState();
    showProgress();
}

QString TrainingPanel::stateText() const
{
    switch (m_state) {
    case TrainingState::Running: return tr("is training");
    case TrainingState::Done: return m_stoppedEarly ? tr("finished early: no improvement any more") : tr("finished");
    case TrainingState::Failed: return tr("failed");
    case TrainingState::Cancelled: return tr("was stopped");
    case TrainingState::None: break;
    }
    return {};
}

void TrainingPanel::showState()
{
    const ThemeColors& colors = themeColors();
    m_title->setText(m_nodeTitle.isEmpty() ? tr("Training run") : m_nodeTitle);
    m_stateLabel->setText(stateText());
    QPalette palette = m_stateLabel->palette();
    palette.setColor(QPalette::WindowText, m_state == TrainingState::Failed ? colors.danger : colors.mutedText);
    m_stateLabel->setPalette(palette);
    palette.setColor(QPalette::WindowText, colors.danger);
    m_message->setPalette(palette);
}

void TrainingPanel::showMessage(const QString& text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void TrainingPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
