// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/RunCurves.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/plots/CurvePlot.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Format.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include <optional>
#include <set>

namespace espalier {
namespace {

constexpr int mostCurves = 6; ///< colours that can be told apart

using Values = double EpochRecord::*;

/// A curve a run, with the settings of the plot before.
CurvePlot* makePlot(const std::vector<RunRecord>& runs, Values values, CurvePlot::ValueKind kind, const CurvePlot& before)
{
    auto* plot = new CurvePlot(kind);
    plot->setSmoothing(before.smoothing());
    plot->setLogarithmic(before.isLogarithmic());
    int color = 0;
    for (const RunRecord& run : runs) {
        if (!run.history || color >= mostCurves)
            continue;
        const QString id = QString::fromStdString(run.id);
        plot->setCurve({.id = id, .name = runName(run), .color = color, .line = color % 2 == 0 ? Qt::SolidLine : Qt::DashLine, .dots = true});
        std::vector<QPointF> points;
        for (const EpochRecord& epoch : run.history->epochs)
            points.emplace_back(epoch.epoch, epoch.*values);
        plot->append(id, points);
        ++color;
    }
    return plot;
}

/// The score that all @p runs were trained by; nothing where they differ.
std::optional<std::string> scoreOf(const std::vector<RunRecord>& runs)
{
    std::set<std::string> names;
    for (const RunRecord& run : runs)
        if (run.history)
            names.insert(run.history->score);
    return names.size() > 1 ? std::nullopt : std::optional<std::string>(names.empty() ? "accuracy" : *names.begin());
}

} // namespace

QString runName(const RunRecord& run)
{
    if (!run.name.empty() || !run.title.empty())
        return QString::fromStdString(run.name.empty() ? run.title : run.name);
    const NodeType* type = nodeCatalog().find(run.nodeType);
    return type ? catalogText(type->label) : QString::fromStdString(run.node);
}

RunCurves::RunCurves(QWidget* parent)
    : QWidget(parent), m_part(new QComboBox), m_plots(new QSplitter(Qt::Vertical)), m_accuracy(new CurvePlot(CurvePlot::ValueKind::Percent)),
      m_loss(new CurvePlot(CurvePlot::ValueKind::Number))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_part, 0, Qt::AlignLeft);
    m_plots->setChildrenCollapsible(false);
    m_plots->addWidget(m_accuracy);
    m_plots->addWidget(m_loss);
    column->addWidget(m_plots, 1);
    connect(m_part, &QComboBox::currentIndexChanged, this, &RunCurves::redraw);
    retranslate();
}

void RunCurves::setRuns(const std::vector<RunRecord>& runs)
{
    m_runs = runs;
    redraw();
}

void RunCurves::redraw()
{
    const bool validation = m_part->currentIndex() != 1;
    place(0, m_accuracy, makePlot(m_runs, validation ? &EpochRecord::validationAccuracy : &EpochRecord::trainAccuracy, CurvePlot::ValueKind::Percent, *m_accuracy));
    place(1, m_loss, makePlot(m_runs, validation ? &EpochRecord::validationLoss : &EpochRecord::trainLoss, CurvePlot::ValueKind::Number, *m_loss));
    const std::optional<std::string> score = validation ? scoreOf(m_runs) : std::string("accuracy");
    m_accuracy->setTitles(!validation ? tr("Training accuracy") : score ? validationScoreText(*score) : tr("Validation scores"), tr("Epoch"),
                          score == "accuracy" ? tr("Share labelled right") : QString());
    m_loss->setTitles(validation ? tr("Validation loss") : tr("Training loss"), tr("Epoch"), tr("Cross-entropy (nats)"));
    CurvePlot::link({m_accuracy, m_loss});
}

void RunCurves::place(int index, CurvePlot*& plot, CurvePlot* made)
{
    made->setEmptyText(tr("Tick runs that trained to draw their curves."));
    connect(made, &CurvePlot::saveRequested, this, &RunCurves::saveRequested);
    delete m_plots->replaceWidget(index, made);
    plot = made;
}

void RunCurves::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunCurves::retranslate()
{
    const int part = std::max(m_part->currentIndex(), 0);
    const QSignalBlocker blocker(m_part);
    m_part->clear();
    m_part->addItems({tr("On the validation part"), tr("On the training part")});
    m_part->setCurrentIndex(part);
    m_part->setAccessibleName(tr("Part"));
    redraw();
}

} // namespace espalier
