// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/SweepView.h"

#include "widgets/compression/ChoiceText.h"
#include "widgets/devices/JobProgress.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <set>

namespace espalier {
namespace {

constexpr int widestChoice = 32 * gridStep;

QString keyOf(const CompressionSettings& s)
{
    return QStringList{s.node, s.precision, s.score, s.method, s.pattern, s.embeddings, s.layerSparsities, s.excluded}.join(QLatin1Char('\n'));
}

} // namespace

SweepView::SweepView(QWidget* parent)
    : QWidget(parent), m_scope(new QComboBox), m_start(new QPushButton), m_progress(new JobProgress), m_failures(new QLabel),
      m_empty(new EmptyHint(QStringLiteral("compression"))), m_table(new QTableWidget)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, gridStep, 0, 0);
    rows->setSpacing(gridStep);
    auto* top = new QHBoxLayout;
    top->setSpacing(gridStep);
    m_scope->setObjectName(QStringLiteral("sweepScope"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_start->setObjectName(QStringLiteral("startSweep"));
    top->addWidget(m_scope);
    top->addWidget(m_start);
    top->addStretch(1);
    rows->addLayout(top);
    m_progress->layout()->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_progress);
    m_failures->setWordWrap(true);
    m_failures->setTextFormat(Qt::PlainText);
    m_failures->hide();
    rows->addWidget(m_failures);
    rows->addWidget(m_empty, 1);
    styleTable(*m_table);
    rows->addWidget(m_table, 1);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT sweepRequested(static_cast<Scope>(m_scope->currentIndex())); });
    connect(m_progress, &JobProgress::cancelRequested, this, &SweepView::cancelRequested);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &SweepView::retranslate);
    retranslate();
    setRunning(false);
}

void SweepView::clear()
{
    m_rows.clear();
    m_progress->reset();
    m_reasons.clear();
    m_failures->hide();
    setRunning(false);
    showTable();
}

void SweepView::forget(const QString& node)
{
    std::erase_if(m_rows, [&](const auto& entry) { return entry.second.settings.node == node; });
    showTable();
}

void SweepView::add(const CompressionSettings& settings, const SparsityPoint& point)
{
    Row& row = m_rows[keyOf(settings)];
    row.settings = settings;
    row.points[point.sparsity] = point;
    if (settings.node == m_node && settings.precision == m_precision)
        showTable();
}

void SweepView::showFor(const QString& node, const QString& precision)
{
    m_node = node;
    m_precision = precision;
    showTable();
}

void SweepView::setReady(bool ready)
{
    m_ready = ready;
    m_start->setEnabled(m_ready && !m_running);
}

void SweepView::setRunning(bool running)
{
    m_running = running;
    m_scope->setEnabled(!running);
    setReady(m_ready);
}

void SweepView::begin()
{
    m_reasons.clear();
    m_failures->hide();
    m_progress->begin(tr("Measuring")); // first: the focus goes from Start to Cancel
    setRunning(true);
}

void SweepView::setProgress(const Progress& progress, std::optional<double> secondsLeft)
{
    m_progress->setProgressAndTime(progress, secondsLeft);
}

void SweepView::addFailure(const QString& reason)
{
    if (m_reasons.contains(reason))
        return;
    m_reasons << reason;
    m_failures->setText(tr("Not everything could be measured: %1").arg(m_reasons.first()));
    m_failures->setToolTip(wrappedTip(m_reasons.join(QLatin1Char('\n'))));
    m_failures->show();
}

void SweepView::finish(const QString& text)
{
    setRunning(false);
    m_progress->finish(text);
}

void SweepView::fail(const QString& text)
{
    setRunning(false);
    m_progress->fail(text);
}

std::vector<const SweepView::Row*> SweepView::shownRows() const
{
    std::vector<const Row*> rows;
    for (const auto& [key, row] : m_rows)
        if (row.settings.node == m_node && row.settings.precision == m_precision)
            rows.push_back(&row);
    return rows;
}

void SweepView::showTable()
{
    const auto rows = shownRows();
    std::set<double> all;
    for (const Row* row : rows)
        for (const auto& [sparsity, point] : row->points)
            all.insert(sparsity);
    const std::vector<double> sparsities(all.begin(), all.end());
    QStringList headers{tr("Choice")};
    for (const double sparsity : sparsities)
        headers << formatPercent(sparsity, sparsity * 100 == std::round(sparsity * 100) ? 0 : 1);
    m_table->setColumnCount(static_cast<int>(headers.size()));
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Interactive);
    setHeaders(*m_table, headers, 1);
    m_table->setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < m_table->rowCount(); ++row)
        fillRow(row, *rows[static_cast<std::size_t>(row)], sparsities);
    m_table->resizeColumnToContents(0);
    m_table->setColumnWidth(0, std::min(widestChoice, m_table->columnWidth(0)));
    m_table->setVisible(!rows.empty());
    m_empty->setVisible(rows.empty());
}

void SweepView::fillRow(int row, const Row& content, const std::vector<double>& sparsities)
{
    auto* title = new QTableWidgetItem(choiceText(content.settings));
    title->setToolTip(title->text());
    m_table->setItem(row, 0, title);
    for (std::size_t i = 0; i < sparsities.size(); ++i) {
        const auto found = content.points.find(sparsities[i]);
        const int column = static_cast<int>(i) + 1;
        if (found == content.points.end()) {
            delete m_table->takeItem(row, column);
            continue;
        }
        auto* cell = figureItem(formatPercent(found->second.accuracy));
        cell->setToolTip(tr("%1 of accuracy in %2").arg(formatPercent(found->second.accuracy, 2), formatBytes(found->second.packageBytes)));
        const auto rows = shownRows();
        const bool best = rows.size() > 1 && std::none_of(rows.begin(), rows.end(), [&](const Row* other) {
            const auto rival = other->points.find(sparsities[i]);
            return rival != other->points.end() && rival->second.accuracy > found->second.accuracy;
        });
        QFont font = cell->font();
        font.setBold(best);
        cell->setFont(font);
        m_table->setItem(row, column, cell);
    }
}

void SweepView::retranslate()
{
    setWindowTitle(tr("Sweep"));
    const int chosen = std::max(0, m_scope->currentIndex());
    m_scope->clear();
    m_scope->addItems({tr("Sparsities of this choice"), tr("Every score and method"), tr("Every pattern")});
    m_scope->setCurrentIndex(chosen);
    m_scope->setAccessibleName(tr("What the sweep measures"));
    m_start->setText(tr("Start s&weep"));
    m_start->setToolTip(wrappedTip(tr("Measures the model over sparsities in the background, without training it; what was measured before is not measured again")));
    m_empty->setTexts(tr("Nothing measured yet"), tr("A sweep measures accuracy and size at many sparsities, without training. Its figures stand here, its dots on the chart."));
    m_table->setAccessibleName(tr("Accuracy by choice and sparsity"));
    showTable();
}

void SweepView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
