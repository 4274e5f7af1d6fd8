// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/RecipeView.h"

#include "widgets/compression/RecipeText.h"
#include "widgets/devices/JobProgress.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace espalier {
namespace {

enum Column { Size, Lost, Time, Memory, Misses, Recipe, ColumnCount };
constexpr double mebibyte = 1048576;

} // namespace

RecipeView::RecipeView(QWidget* parent)
    : QWidget(parent), m_trainingsLabel(new QLabel), m_trainings(new QSpinBox), m_start(new QPushButton), m_progress(new JobProgress),
      m_recommendation(new QLabel), m_apply(new QPushButton), m_table(new QTableWidget(0, ColumnCount))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, gridStep, 0, 0);
    rows->setSpacing(gridStep);
    auto* form = new QGridLayout;
    form->setHorizontalSpacing(gridStep);
    addField(form, {"max_bytes", mebibyte, new QCheckBox, new QDoubleSpinBox}, 1, 3, 4096);
    addField(form, {"max_points_lost", 1, new QCheckBox, new QDoubleSpinBox}, 1, 2, 100);
    addField(form, {"max_milliseconds", 1, new QCheckBox, new QDoubleSpinBox}, 2, 3, 100000);
    addField(form, {"max_memory_bytes", mebibyte, new QCheckBox, new QDoubleSpinBox}, 8, 1, 65536);
    m_trainings->setRange(0, 100);
    m_trainings->setValue(4);
    m_trainings->setObjectName(QStringLiteral("trainings"));
    m_trainingsLabel->setBuddy(m_trainings);
    form->addWidget(m_trainingsLabel, form->rowCount(), 0);
    form->addWidget(m_trainings, form->rowCount() - 1, 1);
    form->addWidget(m_start, form->rowCount() - 1, 2);
    form->setColumnStretch(3, 1);
    rows->addLayout(form);
    rows->addWidget(m_progress);
    rows->addWidget(buildResult());
    styleTable(*m_table);
    rows->addWidget(m_table, 1);
    connectParts();
    retranslate();
    clear();
}

void RecipeView::addField(QGridLayout* form, Field field, double usual, int decimals, double greatest)
{
    const int row = static_cast<int>(m_fields.size());
    field.given->setObjectName(QString::fromStdString(field.kind) + QStringLiteral("_given"));
    field.limit->setObjectName(QString::fromStdString(field.kind));
    field.limit->setDecimals(decimals);
    field.limit->setRange(field.kind == "max_points_lost" ? 0 : std::pow(10, -decimals), greatest);
    field.limit->setSingleStep(0.1);
    field.limit->setValue(usual);
    field.given->setChecked(!budgetKinds().find(field.kind)->runs);
    form->addWidget(field.given, row, 0);
    form->addWidget(field.limit, row, 1);
    connect(field.given, &QCheckBox::toggled, this, &RecipeView::refresh);
    m_fields.push_back(field);
}

QWidget* RecipeView::buildResult()
{
    auto* result = new QWidget;
    auto* row = new QHBoxLayout(result);
    row->setContentsMargins(0, 0, 0, 0);
    m_recommendation->setWordWrap(true);
    m_recommendation->setTextFormat(Qt::PlainText);
    m_recommendation->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(m_recommendation, 1);
    row->addSpacing(gridStep);
    m_apply->setObjectName(QStringLiteral("applyRecipe"));
    row->addWidget(m_apply, 0, Qt::AlignBottom);
    return result;
}

void RecipeView::connectParts()
{
    m_start->setObjectName(QStringLiteral("startSearch"));
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT searchRequested(budgets(), trainings()); });
    connect(m_progress, &JobProgress::cancelRequested, this, &RecipeView::cancelRequested);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        if (const RecipeCandidate* one = recommended())
            Q_EMIT applyRequested(one->steps);
    });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &RecipeView::retranslate);
}

Budgets RecipeView::budgets() const
{
    Budgets given;
    for (const Field& field : m_fields)
        if (field.given->isChecked())
            given[field.kind] = field.limit->value() * field.unit;
    return given;
}

int RecipeView::trainings() const
{
    return m_trainings->value();
}

QString RecipeView::recommendation() const
{
    return m_recommendation->text();
}

const RecipeCandidate* RecipeView::recommended() const
{
    return m_report.recommended >= 0 ? &m_report.candidates[static_cast<std::size_t>(m_report.recommended)] : nullptr;
}

void RecipeView::clear()
{
    m_report = {};
    m_running = false;
    m_progress->reset();
    refresh();
}

void RecipeView::setReady(bool ready)
{
    m_ready = ready;
    refresh();
}

void RecipeView::begin()
{
    m_report = {};
    m_running = true;
    m_progress->begin(tr("Searching"));
    refresh();
}

void RecipeView::setProgress(const Progress& progress, std::optional<double> secondsLeft)
{
    m_progress->setProgressAndTime(progress, secondsLeft);
}

void RecipeView::showReport(const RecipeReport& report)
{
    m_report = report;
    if (!m_running)
        for (const Field& field : m_fields) {
            const auto given = report.budgets.find(field.kind);
            field.given->setChecked(given != report.budgets.end());
            if (given != report.budgets.end())
                field.limit->setValue(given->second / field.unit);
        }
    refresh();
}

void RecipeView::finish(const QString& text)
{
    m_running = false;
    m_progress->finish(text);
    refresh();
}

void RecipeView::fail(const QString& text)
{
    finish({});
    m_progress->fail(text);
}

void RecipeView::refresh()
{
    bool any = false;
    for (const Field& field : m_fields) {
        field.given->setEnabled(!m_running);
        field.limit->setEnabled(!m_running && field.given->isChecked());
        any = any || field.given->isChecked();
    }
    m_trainings->setEnabled(!m_running);
    m_start->setEnabled(m_ready && !m_running && any);
    m_apply->setEnabled(!m_running && recommended());
    m_apply->setVisible(recommended());
    m_recommendation->setText(recommendationText(m_report));
    m_recommendation->setVisible(!m_recommendation->text().isEmpty() && !m_report.candidates.empty());
    showTable();
}

void RecipeView::showTable()
{
    const auto& candidates = m_report.candidates;
    const std::vector<bool> best = frontier(m_report);
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return candidates[a].point.packageBytes < candidates[b].point.packageBytes; });
    m_table->setRowCount(static_cast<int>(order.size()));
    for (std::size_t row = 0; row < order.size(); ++row)
        fillRow(static_cast<int>(row), order[row], best[order[row]]);
    const bool ran = std::any_of(candidates.begin(), candidates.end(), [](const RecipeCandidate& one) { return one.point.milliseconds > 0; });
    m_table->setColumnHidden(Time, !ran);
    m_table->setColumnHidden(Memory, !ran);
    m_table->setVisible(!order.empty());
}

void RecipeView::fillRow(int row, std::size_t index, bool onFrontier)
{
    const RecipeCandidate& candidate = m_report.candidates[index];
    const bool measured = candidate.state == RecipeCandidate::State::Measured;
    auto* recipe = new QTableWidgetItem(recipeText(candidate.steps));
    recipe->setToolTip(candidate.reason.empty() ? recipe->text() : recipe->text() + QLatin1Char('\n') + QString::fromStdString(candidate.reason));
    const QString size = candidate.state == RecipeCandidate::State::Failed ? QString() : formatBytes(candidate.point.packageBytes);
    const QString lost = measured ? tr("%1 ± %2").arg(QLocale().toString(candidate.pointsLost(m_report.dense), 'f', 2), QLocale().toString(candidate.noise, 'f', 2)) : QString();
    const QString time = measured && candidate.point.milliseconds > 0 ? formatDuration(candidate.point.milliseconds / 1000) : QStringLiteral("–");
    const QString memory = measured && candidate.point.memoryBytes > 0 ? formatBytes(candidate.point.memoryBytes) : QStringLiteral("–");
    QTableWidgetItem* cells[]{figureItem(measured || size.isEmpty() ? size : tr("about %1").arg(size)), figureItem(lost), figureItem(time), figureItem(memory),
                              new QTableWidgetItem(missesText(candidate)), recipe};
    for (int column = 0; column < ColumnCount; ++column) {
        QFont font = cells[column]->font();
        font.setBold(static_cast<int>(index) == m_report.recommended);
        cells[column]->setFont(font);
        if (!onFrontier)
            cells[column]->setForeground(themeColors().mutedText);
        m_table->setItem(row, column, cells[column]);
    }
}

void RecipeView::retranslate()
{
    setWindowTitle(tr("Find a recipe"));
    const QString texts[][2]{{tr("Pac&kage at most"), tr(" MiB")}, {tr("Accuracy lost at m&ost"), tr(" points")}, {tr("A senten&ce at most"), tr(" ms")}, {tr("Memor&y at most"), tr(" MiB")}};
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i].given->setText(texts[i][0]);
        m_fields[i].limit->setSuffix(texts[i][1]);
        m_fields[i].limit->setAccessibleName(catalogText(budgetKinds().find(m_fields[i].kind)->label));
    }
    for (const std::size_t i : {2, 3})
        m_fields[i].given->setToolTip(tr("Measured on this computer, in the edge runtime with one thread"));
    m_fields[1].given->setToolTip(tr("On the validation part, against the model as it is"));
    m_trainingsLabel->setText(tr("T&rain at most"));
    m_trainings->setSuffix(tr(" candidates"));
    m_trainings->setToolTip(tr("Pruning at once comes first, without training; 0 leaves it at that"));
    m_trainings->setAccessibleName(tr("Candidates to train, at most"));
    m_start->setText(tr("F&ind a recipe"));
    m_apply->setText(tr("App&ly recipe"));
    m_apply->setToolTip(tr("Puts these nodes with exactly these parameters into the pipeline, in one step that can be undone"));
    setHeaders(*m_table, {tr("Size"), tr("Points lost"), tr("Sentence"), tr("Memory"), tr("Misses"), tr("Recipe")}, Size);
    for (const int words : {Misses, Recipe})
        m_table->horizontalHeaderItem(words)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(Lost)->setToolTip(tr("Of validation accuracy, with half its 95 % interval"));
    m_table->setAccessibleName(tr("Candidates"));
    refresh();
}

void RecipeView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
