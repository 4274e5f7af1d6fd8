// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/EvaluationDetailsView.h"

#include "widgets/plots/EmptyHint.h"
#include "widgets/plots/UnitPlot.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"
#include "widgets/training/SentenceTable.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
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

} // namespace

EvaluationDetailsView::EvaluationDetailsView(QTabWidget* tabs)
    : QObject(tabs), m_tabs(tabs), m_first(tabs->count()), m_calibration(plotPage()), m_rejection(plotPage()), m_slices(new QTableWidget), m_kind(new QComboBox), m_samples(new SentenceTable)
{
    m_slices->setColumnCount(4);
    styleTable(*m_slices, 0);
    m_tabs->addTab(m_calibration.pages, {});
    m_tabs->addTab(m_rejection.pages, {});
    m_tabs->addTab(m_slices, {});
    m_tabs->addTab(samplesPage(), {});
    m_tabs->setUsesScrollButtons(true);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &EvaluationDetailsView::showSamples);
    retranslate();
}

EvaluationDetailsView::PlotPage EvaluationDetailsView::plotPage()
{
    PlotPage page{new QStackedWidget, new EmptyHint(QStringLiteral("test")), new QLabel, new UnitPlot};
    auto* found = new QWidget;
    auto* column = new QVBoxLayout(found);
    column->setContentsMargins(0, gridStep, 0, 0);
    page.text->setWordWrap(true);
    page.text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(page.text);
    column->addWidget(page.plot, 1);
    page.pages->addWidget(page.hint);
    page.pages->addWidget(found);
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
    offerPages();
}

/// Probabilities, slices and samples are of one answer a sentence; a report about several labels or tags has none of them.
void EvaluationDetailsView::offerPages()
{
    const bool oneAnswer = !m_report.taskScores;
    for (int page = m_first; page < m_tabs->count(); ++page) {
        m_tabs->setTabEnabled(page, oneAnswer);
        m_tabs->setTabToolTip(page, oneAnswer ? QString() : tr("Only where a sentence has one class."));
    }
}

void EvaluationDetailsView::showCalibration()
{
    m_calibration.pages->setCurrentIndex(m_report.calibration ? 1 : 0);
    if (!m_report.calibration)
        return;
    const CalibrationReport& c = *m_report.calibration;
    const QString temperature = QLocale().toString(c.temperature, 'f', 2);
    m_calibration.text->setText(tr("Expected calibration error %1; with the temperature %2, fitted on the validation part, %3. %4")
                                   .arg(formatPercent(c.before.ece), temperature, formatPercent(c.after.ece),
                                        c.applied ? tr("The report's probabilities are scaled.") : tr("The report's probabilities are not scaled.")));
    m_calibration.plot->setLines({{tr("As trained"), curveOf(c.before), 0, Qt::SolidLine, true}, {tr("Scaled"), curveOf(c.after), 1, Qt::DashLine, true}});
}

void EvaluationDetailsView::showOutOfScope()
{
    const RejectionScore* score = m_report.outOfScope ? m_report.outOfScope->find(m_report.outOfScope->chosen) : nullptr;
    m_rejection.pages->setCurrentIndex(score ? 1 : 0);
    if (!score)
        return;
    const OutOfScopeReport& report = *m_report.outOfScope;
    m_rejection.text->setText(tr("Below %1 of %2 an answer is rejected: %3 of %4 out-of-scope sentences are, and accuracy falls from %5 to %6. AUROC %7.")
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
    m_rejection.plot->setLines(lines);
    m_rejection.plot->setMark(mark, tr("Threshold"));
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
        m_slices->setItem(row, 1, figureItem(formatCount(slice.examples)));
        m_slices->setItem(row, 2, figureItem(formatPercent(slice.accuracy)));
        m_slices->setItem(row, 3, figureItem(formatPercent(slice.confidence)));
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
    m_calibration.hint->setTexts(tr("No calibration"), tr("This report was made without it. Evaluate again to measure whether the probabilities can be believed."));
    m_rejection.hint->setTexts(tr("No out-of-scope sentences"), tr("Name a file of sentences that belong to no class in the Evaluate node, to choose a threshold below which an answer is rejected."));
    m_calibration.plot->setTitles(tr("Probability of the answer"), tr("Share that is right"));
    m_calibration.plot->setAccessibleName(tr("Reliability curve"));
    m_rejection.plot->setTitles(tr("In-scope sentences rejected"), tr("Out-of-scope sentences rejected"));
    m_rejection.plot->setAccessibleName(tr("ROC curve of the rejection"));
    setHeaders(*m_slices, {tr("Slice"), tr("Sentences"), tr("Accuracy"), tr("Mean probability")}, 1);
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
