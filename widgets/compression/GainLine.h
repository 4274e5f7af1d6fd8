// SPDX-License-Identifier: GPL-3.0-or-later
// GainLine: one sentence that says what the zeros buy: bytes to download, memory, and speed only where the runtime has measured it.
#pragma once

#include "engine/reports/CompressionReport.h"

#include <QLabel>

#include <optional>

namespace espalier {

class GainLine : public QLabel {
    Q_OBJECT

public:
    explicit GainLine(QWidget* parent = nullptr);

    /// The hand's position and the dense model as far as they were measured; nullptr: not yet.
    void show(const SparsityPoint* point, const SparsityPoint* dense);
    /// Why latency and memory cannot be measured here; empty: they can.
    /// Where they are measured: "this computer", or a device's name.
    void setPlace(const QString& place);
    void setObstacle(const QString& reason);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    [[nodiscard]] QString costText() const;

    std::optional<SparsityPoint> m_point;
    std::optional<SparsityPoint> m_dense;
    QString m_place;
    QString m_obstacle;
};

/// "1.3 x faster than dense", "as fast as dense": differences below a tenth are the measurement's own.
QString speedText(double milliseconds, double denseMilliseconds);

} // namespace espalier
