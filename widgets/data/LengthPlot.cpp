// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/LengthPlot.h"

#include "widgets/data/DataText.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace espalier {

LengthPlot::LengthPlot(QWidget* parent)
    : QWidget(parent), m_part(new QComboBox), m_unit(new QComboBox), m_figures(new QLabel), m_plot(makePlot()), m_bars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
{
    m_part->setObjectName(QStringLiteral("lengthPart"));
    m_unit->setObjectName(QStringLiteral("lengthUnit"));
    m_figures->setObjectName(QStringLiteral("lengthFigures"));
    m_figures->setWordWrap(true);
    m_unit->addItems({{}, {}});
    auto* top = new QHBoxLayout;
    top->addWidget(m_part);
    top->addWidget(m_unit);
    top->addWidget(m_figures, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(gridStep, gridStep, gridStep, 0);
    column->addLayout(top);
    column->addWidget(m_plot, 1);
    m_plot->setMinimumHeight(12 * gridStep);
    for (QComboBox* box : {m_part, m_unit})
        connect(box, &QComboBox::currentIndexChanged, this, &LengthPlot::draw);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &LengthPlot::draw);
    retranslate();
}

void LengthPlot::setParts(const std::vector<PartSummary>& parts)
{
    m_parts = parts;
    const QSignalBlocker blocker(m_part);
    const int current = m_part->currentIndex();
    m_part->clear();
    for (const PartSummary& part : m_parts)
        m_part->addItem(partText(part.name));
    m_part->setCurrentIndex(std::clamp(current, 0, std::max(0, m_part->count() - 1)));
    draw();
}

void LengthPlot::draw()
{
    applyPlotStyle(*m_plot);
    const auto at = static_cast<std::size_t>(std::max(0, m_part->currentIndex()));
    const LengthSummary none;
    const bool words = m_unit->currentIndex() == 0;
    const LengthSummary& lengths = at >= m_parts.size() ? none : words ? m_parts[at].words : m_parts[at].characters;
    QVector<double> keys;
    QVector<double> counts;
    for (std::size_t bin = 0; bin < lengths.counts.size(); ++bin) {
        keys << (static_cast<double>(bin) + 0.5) * static_cast<double>(lengths.binWidth) - 0.5; // a length of 9 stands over the 9
        counts << static_cast<double>(lengths.counts[bin]);
    }
    m_bars->setData(keys, counts, true);
    m_bars->setWidth(static_cast<double>(lengths.binWidth) * 0.9);
    m_bars->setPen(Qt::NoPen);
    m_bars->setBrush(themeColors().series[0]);
    m_plot->xAxis->setRange(-0.5, std::max(1.0, static_cast<double>(keys.size()) * static_cast<double>(lengths.binWidth)) - 0.5);
    m_plot->yAxis->setRange(0, counts.isEmpty() ? 1.0 : std::max(1.0, *std::max_element(counts.begin(), counts.end()) * 1.05));
    m_plot->xAxis->setLabel(words ? tr("Words") : tr("Characters"));
    m_plot->yAxis->setLabel(tr("Rows"));
    m_figures->setText(tr("Mean %1, median %2, 95 % are no longer than %3, the longest has %4.")
                           .arg(QLocale().toString(lengths.mean, 'f', 1), formatCount(lengths.median), formatCount(lengths.p95), formatCount(lengths.longest)));
    m_plot->setAccessibleDescription(m_figures->text());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LengthPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LengthPlot::retranslate()
{
    m_unit->setItemText(0, tr("Words"));
    m_unit->setItemText(1, tr("Characters"));
    m_part->setAccessibleName(tr("Part"));
    m_unit->setAccessibleName(tr("Unit of length"));
    m_plot->setAccessibleName(tr("Histogram of lengths"));
    setParts(std::vector(m_parts));
}

} // namespace espalier
