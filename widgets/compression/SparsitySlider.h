// SPDX-License-Identifier: GPL-3.0-or-later
// SparsitySlider: 0 to 99.5 % in steps of half a percent (sparsityOfStep), by hand (drag, click, wheel), by key (arrows 0.5, page 10,
// Home, End) or typed.
#pragma once

#include "engine/reports/CompressionReport.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace espalier {

class SparsitySlider : public QWidget {
    Q_OBJECT

public:
    static constexpr int maximum = sparsityStepCount - 1;

    explicit SparsitySlider(QWidget* parent = nullptr);

    /// A step, 0 to maximum.
    [[nodiscard]] int value() const;
    /// Emits moved() when the value differs, as the hand does.
    void setValue(int step);
    [[nodiscard]] QSlider* slider() const { return m_slider; }
    [[nodiscard]] QDoubleSpinBox* box() const { return m_box; }

Q_SIGNALS:
    void moved(int step);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    [[nodiscard]] int valueAt(int x) const;

    QLabel* m_label;
    QSlider* m_slider;
    QDoubleSpinBox* m_box;
};

} // namespace espalier
