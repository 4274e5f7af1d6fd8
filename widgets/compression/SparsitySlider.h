// SPDX-License-Identifier: GPL-3.0-or-later
// SparsitySlider: 0 to 99 % in whole percent, by hand (drag, click, wheel), by key (arrows 1, page 10, Home, End) or typed.
#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QSpinBox;

namespace espalier {

class SparsitySlider : public QWidget {
    Q_OBJECT

public:
    static constexpr int maximum = 99;

    explicit SparsitySlider(QWidget* parent = nullptr);

    [[nodiscard]] int value() const;
    /// Emits moved() when the value differs, as the hand does.
    void setValue(int percent);
    [[nodiscard]] QSlider* slider() const { return m_slider; }
    [[nodiscard]] QSpinBox* box() const { return m_box; }

Q_SIGNALS:
    void moved(int percent);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    [[nodiscard]] int valueAt(int x) const;

    QLabel* m_label;
    QSlider* m_slider;
    QSpinBox* m_box;
};

} // namespace espalier
