// SPDX-License-Identifier: GPL-3.0-or-later
// StatTile: one figure with its name above and a remark below. The figure can be drawn as an estimate (italic, outlined) or as
// stale (greyed), so that what was measured is never mistaken for what was not.
#pragma once

#include <QFrame>

class QLabel;

namespace espalier {

class StatTile : public QFrame {
    Q_OBJECT

public:
    enum class Look { Measured, Estimate, Stale };

    explicit StatTile(QWidget* parent = nullptr);

    void setName(const QString& name);
    /// Leaves room for a remark of so many lines, whatever it says.
    void keepRoomForRemark(int lines);
    /// An empty @p value shows a dash.
    void setValue(const QString& value, const QString& remark = {}, Look look = Look::Measured);
    [[nodiscard]] QString value() const;
    [[nodiscard]] QString remark() const;
    [[nodiscard]] Look look() const { return m_look; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    QLabel* m_name;
    QLabel* m_value;
    QLabel* m_remark;
    int m_remarkLines = 0;
    Look m_look = Look::Measured;
};

} // namespace espalier
