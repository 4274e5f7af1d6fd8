// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/EvaluationDetailsView.h"

#include "widgets/plots/UnitPlot.h"
#include "widgets/style/Theme.h"
#include "widgets/training/SentenceTable.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace espalier {
namespace {

std::vector<QPointF> curveOf(const Reliability& reliability)
{
    std::vector<QPointF> points;
    for (const ReliabilityBin& bin : reliability.bins)
        if (bin.count > 0)
            points.emplace_back(bin.confidence, bin.accuracy);
    return points;
}

QTableWidgetItem* figure(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item->setFont(tabularFont());
    return item;
}

} // namespace

EvaluationDetailsView::EvaluationDetailsView(QTabWidget* tabs)
    : QObject(tabs), m_tabs(tabs), m_first(tabs->count()), m_reliability(new UnitPlot), m_calibrationText(new QLabel), m_roc(new UnitPlot),
      m_rejectionText(new QLabel), m_slices(new QTableWidget), m_kind(new QComboBox), m_samples(new SentenceTable)
{
    m_slices->setColumnCount(4);
    styleTable(*m_slices, 0);
    m_tabs->addTab(plotPage(m_reliability, m_calibrationText), {});
    m_tabs->addTab(plotPage(m_roc, m_rejectionText), {});
    m_tabs->addTab(m_slices, {});
    m_tabs->addTab(samplesPage(), {});
    m_tabs->setUsesScrollButtons(true);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &EvaluationDetailsView::showSamples);
    retranslate();
}

QWidget* EvaluationDetailsView::plotPage(UnitPlot* plot, QLabel* text)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, gridStep, 0, 0);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(text);
    column->addWidget(plot, 1);
    return page;
}

QWidget* EvaluationDetailsView::samplesPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, gridStep, 0, 0);
    column->addWidget(m_kind, 0, Qt::AlignLeft);
    column->addWidget(m_samples, 1);
    return page;
}

void EvaluationDetailsView::setReport(const EvaluationReport& report)
{
    m_report = report;
    showCalibration();
    showOutOfScope();
    showSlices();
    showSamples();
}

void EvaluationDetailsView::showCalibration()
{
    m_reliability->setVisible(m_report.calibration.has_value());
    if (!m_report.calibration) {
        m_calibrationText->setText(tr("This report holds no calibration. Evaluate again to measure it."));
        return;
    }
    const CalibrationReport& c = *m_report.calibration;
    const QString temperature = QLocale().toString(c.temperature, 'f', 2);
    m_calibrationText->setText(tr("Expected calibration error %1; with the temperature %2, fitted on the validation part, %3. %4")
                                   .arg(formatPercent(c.before.ece), temperature, formatPercent(c.after.ece),
                                        c.applied ? tr("The report's probabilities are scaled.") : tr("The report's probabilities are not scaled.")));
    m_reliability->setLines({{tr("As trained"), curveOf(c.before), 0, Qt::SolidLine, true}, {tr("Scaled"), curveOf(c.after), 1, Qt::DashLine, true}});
}

void EvaluationDetailsView::showOutOfScope()
{
    const RejectionScore* score = m_report.outOfScope ? m_report.outOfScope->find(m_report.outOfScope->chosen) : nullptr;
    m_roc->setVisible(score != nullptr);
    if (!score) {
        m_rejectionText->setText(tr("No sentences that belong to no class were given. Name a file of them in the Evaluate node to choose a threshold."));
        return;
    }
    const OutOfScopeReport& report = *m_report.outOfScope;
    m_rejectionText->setText(tr("Below %1 of %2 an answer is rejected: %3 of %4 out-of-scope sentences are, and accuracy falls from %5 to %6. AUROC %7.")
                                 .arg(score->score == "energy" ? tr("the energy") : tr("the probability"), QLocale().toString(score->threshold, 'f', 3),
                                      formatPercent(score->recall), formatCount(report.examples), formatPercent(report.accuracyBefore),
                                      formatPercent(score->accuracyAfter), QLocale().toString(score->auroc, 'f', 3)));
    std::vector<UnitPlot::Line> lines;
    std::optional<QPointF> mark;
    for (const RejectionScore& s : report.scores) {
        UnitPlot::Line line{s.score == "energy" ? tr("Energy") : tr("Probability"), {}, static_cast<int>(lines.size()), lines.empty() ? Qt::SolidLine : Qt::DashLine};
        for (const RocPoint& point : s.roc) {
            line.points.emplace_back(point.rejectedInScope, point.recall);
            if (&s == score && !mark && point.recall >= s.recall)
                mark = line.points.back();
        }
        lines.push_back(std::move(line));
    }
    m_roc->setLines(lines);
    m_roc->setMark(mark, tr("Threshold"));
}

void EvaluationDetailsView::showSlices()
{
    m_slices->setSortingEnabled(false);
    m_slices->setRowCount(static_cast<int>(m_report.slices.size()));
    int row = 0;
    for (const Slice& slice : m_report.slices) {
        const QString name = slice.kind == "class" ? tr("Class %1").arg(QString::fromStdString(slice.label))
                                                   : tr("%1 to %2 characters").arg(formatCount(slice.low), formatCount(slice.high));
        m_slices->setItem(row, 0, new QTableWidgetItem(name));
        m_slices->setItem(row, 1, figure(formatCount(slice.examples)));
        m_slices->setItem(row, 2, figure(formatPercent(slice.accuracy)));
        m_slices->setItem(row, 3, figure(formatPercent(slice.confidence)));
        ++row;
    }
}

void EvaluationDetailsView::showSamples()
{
    const SampleRows rows = m_report.samples.value_or(SampleRows{});
    const int kind = m_kind->currentIndex();
    m_samples->setRows(kind == 0 ? rows.worst : kind == 1 ? rows.best : rows.random);
}

void EvaluationDetailsView::retranslate()
{
    const QStringList titles{tr("Calibration"), tr("Out of scope"), tr("Slices"), tr("Samples")};
    for (int i = 0; i < titles.size(); ++i)
        m_tabs->setTabText(m_first + i, titles[i]);
    m_reliability->setTitles(tr("Probability of the answer"), tr("Share that is right"));
    m_reliability->setAccessibleName(tr("Reliability curve"));
    m_roc->setTitles(tr("In-scope sentences rejected"), tr("Out-of-scope sentences rejected"));
    m_roc->setAccessibleName(tr("ROC curve of the rejection"));
    m_slices->setHorizontalHeaderLabels({tr("Slice"), tr("Sentences"), tr("Accuracy"), tr("Mean probability")});
    m_slices->setAccessibleName(tr("Accuracy of each slice"));
    const int kind = std::max(m_kind->currentIndex(), 0);
    const QSignalBlocker blocker(m_kind);
    m_kind->clear();
    m_kind->addItems({tr("Worst: wrong and sure"), tr("Best: right and sure"), tr("At random")});
    m_kind->setCurrentIndex(kind);
    m_kind->setAccessibleName(tr("Which sentences"));
    setReport(EvaluationReport(m_report));
}

} // namespace espalier
