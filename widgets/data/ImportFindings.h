// SPDX-License-Identifier: GPL-3.0-or-later
// ImportFindings: what a look at data files found, a tab a file: facts and remarks, the first rows with their columns' roles, and
// the rows set aside. A click on a column's header offers the roles it can play.
#pragma once

#include "engine/reports/DataFileReport.h"

#include <QList>
#include <QWidget>

class QLabel;
class QTabBar;
class QTableView;

namespace espalier {

class PreviewModel;
class SetAsideTable;

class ImportFindings : public QWidget {
    Q_OBJECT

public:
    struct Part {
        std::string id;        ///< "train"...
        std::int64_t rows = -1; ///< -1: not known
        bool failed = false;
    };

    explicit ImportFindings(QWidget* parent = nullptr);

    void setParts(const QList<Part>& parts);
    /// Empty when there is none.
    [[nodiscard]] std::string currentPart() const;
    void setReport(const DataFileReport& report);
    /// In place of a report. Empty: nothing is known yet.
    void setError(const QString& text);

Q_SIGNALS:
    void partChosen();
    /// @p column: its name, or its number from 1 where the name stands for several; @p role: "text", "label", "group".
    void roleChosen(const QString& column, const std::string& role);

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void updateTabs();
    void offerRoles(int column);
    void fitColumns();
    [[nodiscard]] QString columnText(int column) const;
    void retranslate();

    QList<Part> m_parts;
    QTabBar* m_tabs;
    QLabel* m_facts;
    QLabel* m_remarks;
    QLabel* m_error;
    PreviewModel* m_preview;
    QTableView* m_table;
    SetAsideTable* m_setAside;
};

} // namespace espalier
