// SPDX-License-Identifier: GPL-3.0-or-later
// EmptyHint: what stands where there is nothing yet: an icon, what belongs here, and the button that puts it there.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace espalier {

class EmptyHint : public QWidget {
    Q_OBJECT

public:
    explicit EmptyHint(const QString& iconName, QWidget* parent = nullptr);

    /// An empty @p button leaves the button away.
    void setTexts(const QString& headline, const QString& text, const QString& button = {});
    [[nodiscard]] QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void clicked();

private:
    void restyle();

    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_headline;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace espalier
