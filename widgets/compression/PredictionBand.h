// SPDX-License-Identifier: GPL-3.0-or-later
// PredictionBand: what is expected of the hand's position before it is measured, in the chart of accuracy against size: a band as wide as
// the prediction's known error, over it the range that the measured neighbours leave for the accuracy. Hatched and dashed: no measurement.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

class QCPItemRect;
class QCPItemText;
class QCustomPlot;

namespace espalier {

struct HandPrediction {
    std::int64_t bytes = 0;
    std::int64_t leastBytes = 0; ///< between which it lies, but for the prediction's own error
    std::int64_t mostBytes = 0;
    double accuracyLow = 0; ///< between the measured neighbours with their intervals; both 0: not known
    double accuracyHigh = 0;
};

class PredictionBand {
public:
    /// Largest error of predicted package sizes, as a share: 0.71 % for the int8 TextCNN of CLINC150 at 99 %, less than 0.5 % up to 95 %.
    static constexpr double sizeError = 0.0075;

    /// Items belong to @p plot, which must outlive the band.
    explicit PredictionBand(QCustomPlot* plot);

    /// nullopt hides it.
    void set(const std::optional<HandPrediction>& prediction);
    [[nodiscard]] const std::optional<HandPrediction>& prediction() const { return m_prediction; }
    [[nodiscard]] QString text() const;
    /// Whether the axis is one of bytes, where there is something to show.
    void setShown(bool shown);
    /// Puts it where the axes now are; call before a replot.
    void place();
    void restyle();

private:
    QCustomPlot* m_plot;
    QCPItemRect* m_size;
    QCPItemRect* m_accuracy;
    QCPItemText* m_label;
    std::optional<HandPrediction> m_prediction;
    bool m_shown = true;
};

} // namespace espalier
