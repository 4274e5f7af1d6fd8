// SPDX-License-Identifier: GPL-3.0-or-later
// FloorBar: the least accuracy that is good enough, as a figure, and the smallest measured model that reaches it, with the button that
// goes there.
#pragma once

#include <QWidget>

#include <optional>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace espalier {

class FloorBar : public QWidget {
    Q_OBJECT

public:
    explicit FloorBar(QWidget* parent = nullptr);

    /// A share of 0 to 1; nullopt: there is none. Emits nothing.
    void setFloor(std::optional<double> accuracy);
    [[nodiscard]] std::optional<double> floor() const;
    /// Where a floor begins that is switched on for the first time.
    void setProposal(double accuracy) { m_proposal = accuracy; }
    [[nodiscard]] double proposal() const { return m_proposal; }
    /// The model that answers the floor, or that none does; @p reachable: it can be gone to.
    void setAnswer(const QString& text, bool reachable);
    [[nodiscard]] QString answer() const;

Q_SIGNALS:
    /// The user wants this floor.
    void floorChanged(std::optional<double> accuracy);
    void goWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void toggle(bool on);

    QCheckBox* m_on;
    QDoubleSpinBox* m_box;
    QLabel* m_answer;
    QPushButton* m_go;
    double m_proposal = 0.9;
};

} // namespace espalier
