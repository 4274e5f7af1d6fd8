// SPDX-License-Identifier: GPL-3.0-or-later
// SetAsideTable: the rows that were set aside: file, line and reason, with how many there are in all.
#pragma once

#include "engine/reports/RejectedRow.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace espalier {

class SetAsideTable : public QWidget {
    Q_OBJECT

public:
    explicit SetAsideTable(QWidget* parent = nullptr);

    /// @p total: of which @p rows are the first.
    void setRows(const std::vector<RejectedRow>& rows, std::int64_t total);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    std::int64_t m_total = 0;
    QLabel* m_title;
    QTableWidget* m_table;
};

} // namespace espalier
