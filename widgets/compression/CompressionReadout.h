// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionReadout: the figures beside the slider: package size, how much smaller, accuracy and its change, latency and memory.
// Estimates are drawn as estimates, figures of another position as stale.
#pragma once

#include "engine/reports/CompressionReport.h"

#include <QWidget>

#include <array>

class QLabel;
class QProgressBar;

namespace espalier {

class StatTile;

class CompressionReadout : public QWidget {
    Q_OBJECT

public:
    explicit CompressionReadout(QWidget* parent = nullptr);

    /// @p remark: what is being waited for.
    void clear(const QString& remark = {});
    /// The hand stands at a position that was not measured: @p estimatedBytes is predicted, accuracy is not known (the figures
    /// of the last measured position stay, greyed). @p denseFp32Bytes: exact.
    void showEstimate(std::int64_t estimatedBytes, std::int64_t denseFp32Bytes);
    /// @p dense may be nullptr: not measured yet.
    void showMeasured(const SparsityPoint& point, const SparsityPoint* dense, std::int64_t denseFp32Bytes);
    void setMeasuring(bool on);
    /// Whether latency and memory can be measured.
    void setCostKnown(bool possible) { m_costPossible = possible; }
    /// Where: "this computer", or a device's name.
    void setPlace(const QString& place);

    [[nodiscard]] StatTile* size() const { return m_size; }
    [[nodiscard]] StatTile* ratio() const { return m_ratio; }
    [[nodiscard]] StatTile* accuracy() const { return m_accuracy; }
    [[nodiscard]] StatTile* change() const { return m_change; }
    [[nodiscard]] StatTile* latency() const { return m_latency; }
    [[nodiscard]] StatTile* memory() const { return m_memory; }
    [[nodiscard]] QProgressBar* busy() const { return m_busy; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showRatio(std::int64_t bytes, std::int64_t denseFp32Bytes, bool estimate);
    void showCost(const SparsityPoint& point, const SparsityPoint* dense);
    [[nodiscard]] std::array<StatTile*, 6> tiles() const { return {m_size, m_ratio, m_accuracy, m_change, m_latency, m_memory}; }
    void showChange(const SparsityPoint& point, const SparsityPoint* dense);

    StatTile* m_size;
    StatTile* m_ratio;
    StatTile* m_accuracy;
    StatTile* m_change;
    StatTile* m_latency;
    StatTile* m_memory;
    QProgressBar* m_busy;
    QString m_place;
    bool m_costPossible = true;
};

} // namespace espalier
