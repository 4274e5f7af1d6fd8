// SPDX-License-Identifier: GPL-3.0-or-later
// LeakTable: what a Check node found: how many validation and test sentences also stand in the training part, and the first of them with
// their rows and labels on both sides. Choosing one asks to see it among the rows.
#pragma once

#include "engine/reports/LeakReport.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace espalier {

class LeakTable : public QWidget {
    Q_OBJECT

public:
    explicit LeakTable(QWidget* parent = nullptr);

    void setReport(const LeakReport& report);

Q_SIGNALS:
    /// @p part: "validation" or "test"; @p text: the beginning of the sentence.
    void leakChosen(const QString& part, const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showRows();
    void addRow(const PartLeaks& part, const Leak& leak);
    [[nodiscard]] QString summaryText() const;

    LeakReport m_report;
    QLabel* m_title;
    QTableWidget* m_table;
};

} // namespace espalier
