// SPDX-License-Identifier: GPL-3.0-or-later
// CandidateTable: what a search for a recipe tried, the smallest first. A figure over its budget is marked; the recommended recipe is bold; one that
// another beats in size and accuracy both is grey.
#pragma once

#include "engine/reports/RecipeReport.h"

#include <QTableWidget>

namespace espalier {

class CandidateTable : public QTableWidget {
    Q_OBJECT

public:
    enum Column { Size, Lost, Time, Memory, Recipe, ColumnCount };

    explicit CandidateTable(QWidget* parent = nullptr);

    /// Hidden where nothing was tried; time and memory only where one was run.
    void setReport(const RecipeReport& report);
    void scrollToRecommended();
    void retranslate();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fillRow(int row, const RecipeReport& report, std::size_t index, bool onFrontier);

    int m_recommended = -1; ///< row
};

} // namespace espalier
