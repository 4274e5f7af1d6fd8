// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CandidateTable.h"

#include "widgets/compression/RecipeText.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QHeaderView>
#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <array>
#include <numeric>

namespace espalier {
namespace {

/// Which budget each column of figures answers to.
constexpr std::array budgetOf{"max_bytes", "max_points_lost", "max_milliseconds", "max_memory_bytes"};

const BudgetCheck* checkOf(const RecipeCandidate& candidate, int column)
{
    const auto& checks = candidate.checks;
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const BudgetCheck& check) { return check.kind == budgetOf.at(static_cast<std::size_t>(column)); });
    return found == checks.end() ? nullptr : &*found;
}

QString marked(const QString& figure, const BudgetCheck* check)
{
    if (check && check->state == BudgetState::Missed)
        return QStringLiteral("✗ ") + figure;
    return check && check->state == BudgetState::MissedWithinNoise ? QStringLiteral("(✗) ") + figure : figure;
}

} // namespace

CandidateTable::CandidateTable(QWidget* parent) : QTableWidget(0, ColumnCount, parent)
{
    styleTable(*this, Recipe);
    retranslate();
}

void CandidateTable::setReport(const RecipeReport& report)
{
    const auto& candidates = report.candidates;
    const std::vector<bool> best = frontier(report);
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return candidates[a].point.packageBytes < candidates[b].point.packageBytes; });
    setRowCount(static_cast<int>(order.size()));
    for (std::size_t row = 0; row < order.size(); ++row)
        fillRow(static_cast<int>(row), report, order[row], best[order[row]]);
    const auto chosen = std::find(order.begin(), order.end(), static_cast<std::size_t>(report.recommended));
    m_recommended = chosen == order.end() ? -1 : static_cast<int>(chosen - order.begin());
    const bool ran = std::any_of(candidates.begin(), candidates.end(), [](const RecipeCandidate& one) { return one.point.milliseconds > 0; });
    setColumnHidden(Time, !ran);
    setColumnHidden(Memory, !ran);
    setVisible(!order.empty());
}

void CandidateTable::scrollToRecommended()
{
    if (m_recommended >= 0)
        scrollToItem(item(m_recommended, Size), QAbstractItemView::PositionAtCenter);
}

void CandidateTable::showEvent(QShowEvent* event)
{
    QTableWidget::showEvent(event);
    QTimer::singleShot(0, this, &CandidateTable::scrollToRecommended); // what came while it was hidden found no height to scroll in
}

void CandidateTable::fillRow(int row, const RecipeReport& report, std::size_t index, bool onFrontier)
{
    const RecipeCandidate& candidate = report.candidates[index];
    const SparsityPoint& point = candidate.point;
    const bool measured = candidate.state == RecipeCandidate::State::Measured;
    const bool failed = candidate.state == RecipeCandidate::State::Failed;
    const QString recipe = recipeText(candidate.steps);
    const QString summary = recipeSummary(candidate.steps);
    const QString size = failed ? QString() : formatBytes(point.packageBytes);
    const QString lost = tr("%1 ± %2").arg(QLocale().toString(candidate.pointsLost(report.dense), 'f', 2), QLocale().toString(candidate.noise, 'f', 2));
    const QString texts[]{measured || failed ? size : tr("about %1").arg(size), measured ? lost : QString(),
                          measured && point.milliseconds > 0 ? formatDuration(point.milliseconds / 1000) : QStringLiteral("–"),
                          measured && point.memoryBytes > 0 ? formatBytes(point.memoryBytes) : QStringLiteral("–"), failed ? tr("Failed: %1").arg(summary) : summary};
    for (int column = 0; column < ColumnCount; ++column) {
        const BudgetCheck* check = measured && column != Recipe ? checkOf(candidate, column) : nullptr;
        QTableWidgetItem* cell = column == Recipe ? new QTableWidgetItem(texts[column]) : figureItem(marked(texts[column], check));
        if (check)
            cell->setToolTip(checkText(*check));
        else if (column == Recipe)
            cell->setToolTip(wrappedTip(failed ? recipe + QLatin1Char('\n') + QString::fromStdString(candidate.reason) : recipe));
        QFont font = cell->font();
        font.setBold(static_cast<int>(index) == report.recommended);
        cell->setFont(font);
        if (!onFrontier)
            cell->setForeground(themeColors().mutedText);
        setItem(row, column, cell);
    }
}

void CandidateTable::retranslate()
{
    setHeaders(*this, {tr("Size"), tr("Points lost"), tr("Sentence"), tr("Memory"), tr("Recipe")}, Size);
    horizontalHeaderItem(Recipe)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeaderItem(Recipe)->setToolTip(tr("Bold: recommended. Grey: another one is as small and as accurate, or better"));
    const QString mark = tr("✗: over the budget. (✗): over it, but within noise");
    for (const int column : {Size, Lost, Time, Memory})
        horizontalHeaderItem(column)->setToolTip(column == Lost ? tr("Of validation accuracy, with half its 95 % interval") + QLatin1Char('\n') + mark : mark);
    setAccessibleName(tr("Candidates"));
}

} // namespace espalier
