// SPDX-License-Identifier: GPL-3.0-or-later
// LengthPlot: how long a part's texts are, as a histogram in characters or words, with the figures that matter when a longest
// sentence is chosen.
#pragma once

#include "engine/reports/DatasetSummary.h"

#include <QWidget>

class QComboBox;
class QCPBars;
class QCustomPlot;
class QLabel;

namespace espalier {

class LengthPlot : public QWidget {
    Q_OBJECT

public:
    explicit LengthPlot(QWidget* parent = nullptr);

    void setParts(const std::vector<PartSummary>& parts);

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    void retranslate();

    std::vector<PartSummary> m_parts;
    QComboBox* m_part;
    QComboBox* m_unit;
    QLabel* m_figures;
    QCustomPlot* m_plot;
    QCPBars* m_bars;
};

} // namespace espalier
