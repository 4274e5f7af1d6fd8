// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/EvaluationView.h"

#include "widgets/plots/EmptyHint.h"
#include "widgets/plots/StatTile.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"
#include "widgets/training/ClassScoreModel.h"
#include "widgets/training/ConfusionMatrixView.h"
#include "widgets/training/EvaluationDetailsView.h"
#include "widgets/training/SentenceTable.h"

#include <QEvent>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace espalier {
namespace {

QToolButton* toolButton(const QString& iconName)
{
    auto* button = new QToolButton;
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    return button;
}

void name(QToolButton& button, const QString& text, const QString& key)
{
    button.setToolTip(QStringLiteral("%1 (%2)").arg(text, key));
    button.setAccessibleName(text);
}

} // namespace

EvaluationView::EvaluationView(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyHint(QStringLiteral("test"))), m_accuracy(new StatTile), m_macroF1(new StatTile),
      m_examples(new StatTile), m_tabs(new QTabWidget), m_table(new QTableView), m_model(new ClassScoreModel(this)),
      m_sorted(new QSortFilterProxyModel(this)), m_confusion(new ConfusionMatrixView), m_cell(new QLabel), m_previous(toolButton({})),
      m_next(toolButton({})), m_zoomIn(toolButton(QStringLiteral("zoom-in"))), m_zoomOut(toolButton(QStringLiteral("zoom-out"))),
      m_fit(toolButton(QStringLiteral("fit"))), m_export(toolButton(QStringLiteral("save"))), m_examplesPage(new QWidget),
      m_examplesTitle(new QLabel),
      m_examplesTable(new SentenceTable)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildReport());
    connect(m_empty, &EmptyHint::clicked, this, &EvaluationView::evaluateRequested);
    retranslate();
}

QWidget* EvaluationView::buildReport()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    auto* tiles = new QHBoxLayout;
    for (StatTile* tile : {m_accuracy, m_macroF1, m_examples})
        tiles->addWidget(tile, 1);
    column->addLayout(tiles);
    buildTable();
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, {});
    m_tabs->addTab(buildConfusion(), {});
    m_details = new EvaluationDetailsView(m_tabs);
    m_tabs->setCornerWidget(m_export);
    connect(m_export, &QToolButton::clicked, this, &EvaluationView::predictionsRequested);
    column->addWidget(m_tabs, 1);
    return page;
}

void EvaluationView::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ClassScoreModel::F1, Qt::AscendingOrder);
    styleTable(*m_table, ClassScoreModel::Label);
}

QWidget* EvaluationView::buildConfusion()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, gridStep / 2, 0, 0);
    column->setSpacing(gridStep / 2);
    auto* row = new QHBoxLayout;
    row->setSpacing(gridStep / 2);
    m_previous->setText(QStringLiteral("‹"));
    m_next->setText(QStringLiteral("›"));
    m_cell->setWordWrap(true);
    m_cell->setMinimumHeight(2 * m_cell->fontMetrics().lineSpacing());
    m_cell->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    row->addWidget(m_cell, 1);
    for (QToolButton* button : {m_previous, m_next, m_zoomOut, m_zoomIn, m_fit})
        row->addWidget(button);
    column->addLayout(row);
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(m_confusion);
    auto* list = new QVBoxLayout(m_examplesPage);
    list->setContentsMargins(0, 0, 0, 0);
    m_examplesTitle->setTextFormat(Qt::PlainText);
    list->addWidget(m_examplesTitle);
    list->addWidget(m_examplesTable, 1);
    split->addWidget(m_examplesPage);
    split->setSizes({300, 200});
    m_examplesPage->hide(); // until a cell is chosen: the matrix wants the room
    column->addWidget(split, 1);
    connect(m_confusion, &ConfusionMatrixView::cellChosen, this, [this](const QPoint& cell) {
        const auto label = [this](int index) { return QString::fromStdString(m_report.classes.at(static_cast<std::size_t>(index)).label); };
        if (m_report.confusion.at(static_cast<std::size_t>(cell.y())).at(static_cast<std::size_t>(cell.x())) == 0)
            return forgetExamples();
        Q_EMIT examplesRequested(label(cell.y()), label(cell.x()));
    });
    connect(m_previous, &QToolButton::clicked, m_confusion, &ConfusionMatrixView::showPreviousMistake);
    connect(m_next, &QToolButton::clicked, m_confusion, &ConfusionMatrixView::showNextMistake);
    connect(m_zoomIn, &QToolButton::clicked, m_confusion, &ConfusionMatrixView::zoomIn);
    connect(m_zoomOut, &QToolButton::clicked, m_confusion, &ConfusionMatrixView::zoomOut);
    connect(m_fit, &QToolButton::clicked, m_confusion, &ConfusionMatrixView::fit);
    connect(m_confusion, &ConfusionMatrixView::cellDescribed, this, [this](const QString& text) {
        m_cell->setText(text.isEmpty() ? tr("Rows are true labels, columns predictions. Point at a cell to read it; choose it to list its sentences.") : text);
    });
    return page;
}

void EvaluationView::setReport(const EvaluationReport& report)
{
    m_report = report;
    m_hasReport = true;
    m_stale = false;
    m_model->setClasses(report.classes);
    QStringList labels;
    for (const ClassScore& score : report.classes)
        labels.append(QString::fromStdString(score.label));
    m_confusion->setMatrix(report.confusion.empty() ? QStringList() : labels, report.confusion); // several labels or tags: no matrix
    m_tabs->setTabEnabled(1, m_confusion->classes() > 0);
    m_tabs->setTabToolTip(1, m_confusion->classes() > 0 ? QString() : tr("Only where a sentence has one class."));
    m_model->setEntities(report.taskScores && report.taskScores->threshold == 0);
    forgetExamples();
    m_details->setReport(report);
    m_pages->setCurrentIndex(1);
    showFigures();
}

void EvaluationView::setExamples(const QString& truth, const QString& predicted, const std::vector<PredictionRow>& rows, std::int64_t total)
{
    const auto shown = static_cast<std::int64_t>(rows.size());
    m_examplesTitle->setText(shown == total ? tr("%1 → %2: %n sentences, worst first", nullptr, static_cast<int>(total)).arg(truth, predicted)
                                            : tr("%1 → %2: %3 of %4 sentences, worst first").arg(truth, predicted, formatCount(shown), formatCount(total)));
    m_examplesTable->setRows(rows);
    m_examplesPage->show();
}

void EvaluationView::forgetExamples()
{
    m_examplesTable->setRows({});
    m_examplesPage->hide();
}

void EvaluationView::clear()
{
    m_report = {};
    m_hasReport = false;
    m_model->setClasses({});
    m_confusion->setMatrix({}, {});
    m_pages->setCurrentIndex(0);
}

void EvaluationView::setStale(bool stale)
{
    m_stale = stale;
    showFigures();
}

QString EvaluationView::splitText() const
{
    if (m_report.split == "test")
        return tr("on the test part");
    if (m_report.split == "validation")
        return tr("on the validation part");
    return QString::fromStdString(m_report.split);
}

void EvaluationView::showFigures()
{
    if (!m_report.taskScores)
        showClassFigures();
    else if (m_report.taskScores->threshold > 0)
        showLabelFigures();
    else
        showEntityFigures();
    m_accuracy->setToolTip(splitText());
    m_macroF1->setToolTip(tr("Weighted F1 %1, micro-F1 %2").arg(formatPercent(m_report.weightedF1), formatPercent(m_report.microF1)));
}

void EvaluationView::showClassFigures()
{
    const auto look = m_stale ? StatTile::Look::Stale : StatTile::Look::Measured;
    const auto& intervals = m_report.intervals;
    const auto range = [](const Interval& interval) { return tr("95 %: %1 to %2").arg(formatPercent(interval.low), formatPercent(interval.high)); };
    m_accuracy->setName(tr("Accuracy"));
    m_macroF1->setName(tr("Macro-F1"));
    m_examples->setName(tr("Sentences"));
    m_accuracy->setValue(formatPercent(m_report.accuracy), m_stale ? tr("before this run") : intervals ? range(intervals->accuracy) : splitText(), look);
    m_macroF1->setValue(formatPercent(m_report.macroF1), intervals && !m_stale ? range(intervals->macroF1) : tr("mean over classes"), look);
    m_examples->setValue(formatCount(m_report.examples), tr("%n classes", nullptr, static_cast<int>(m_report.classes.size())), look);
}

void EvaluationView::showLabelFigures()
{
    const auto look = m_stale ? StatTile::Look::Stale : StatTile::Look::Measured;
    m_accuracy->setName(scoreText(scoreName(m_report)));
    m_macroF1->setName(tr("Macro-F1"));
    m_examples->setName(tr("All labels right"));
    m_accuracy->setValue(formatPercent(m_report.taskScores->f1), m_stale ? tr("before this run") : tr("labels from %1 on").arg(formatPercent(m_report.taskScores->threshold)), look);
    m_macroF1->setValue(formatPercent(m_report.macroF1), tr("mean over classes"), look);
    m_examples->setValue(formatPercent(m_report.accuracy), tr("of %1 sentences").arg(formatCount(m_report.examples)), look);
}

void EvaluationView::showEntityFigures()
{
    const auto look = m_stale ? StatTile::Look::Stale : StatTile::Look::Measured;
    const TaskScores& scores = *m_report.taskScores;
    m_accuracy->setName(scoreText(scoreName(m_report)));
    m_macroF1->setName(tr("Macro-F1"));
    m_examples->setName(tr("Words tagged right"));
    const QString both = tr("precision %1, recall %2").arg(formatPercent(scores.precision), formatPercent(scores.recall));
    m_accuracy->setValue(formatPercent(scores.f1), m_stale ? tr("before this run") : both, look);
    m_macroF1->setValue(formatPercent(m_report.macroF1), tr("mean over %n types", nullptr, static_cast<int>(m_report.classes.size())), look);
    m_examples->setValue(formatPercent(m_report.accuracy), tr("in %1 sentences").arg(formatCount(m_report.examples)), look);
}

void EvaluationView::retranslate()
{
    m_empty->setTexts(tr("Not evaluated yet"), tr("Accuracy, F1 of every class and the confusion matrix stand here once the model has been evaluated."),
                      tr("Evaluate"));
    m_tabs->setTabText(0, tr("Classes"));
    m_tabs->setTabText(1, tr("Confusion"));
    m_table->setAccessibleName(tr("Scores of each class"));
    forgetExamples(); // their heading is of the language before
    m_export->setToolTip(tr("Save all predictions as CSV"));
    m_export->setAccessibleName(m_export->toolTip());
    m_details->retranslate();
    m_cell->setText(tr("Rows are true labels, columns predictions. Point at a cell to read it; choose it to list its sentences."));
    name(*m_previous, tr("Previous mistake, larger"), QStringLiteral("["));
    name(*m_next, tr("Next mistake, smaller"), QStringLiteral("]"));
    name(*m_zoomIn, tr("Zoom in"), QStringLiteral("+"));
    name(*m_zoomOut, tr("Zoom out"), QStringLiteral("-"));
    name(*m_fit, tr("Fit"), QStringLiteral("0"));
    showFigures();
}

void EvaluationView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
