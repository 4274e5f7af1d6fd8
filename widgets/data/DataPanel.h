// SPDX-License-Identifier: GPL-3.0-or-later
// DataPanel: what a data node holds: classes by part, lengths, scripts, repeats, rows set aside, leaks, and the rows themselves.
// It asks by signals and shows the answers it is handed.
#pragma once

#include "widgets/data/RowsPanel.h"

class QStackedWidget;
class QTableView;
class QTabWidget;

namespace espalier {

class ClassCountModel;
class DataOverview;
class EmptyHint;
class LeakTable;
class LengthPlot;
class SetAsideTable;

class DataPanel : public QWidget {
    Q_OBJECT

public:
    explicit DataPanel(QWidget* parent = nullptr);

    [[nodiscard]] RowsPanel* rows() const { return m_rows; }
    void setSummary(const DatasetSummary& summary);
    /// In place of a summary.
    void setError(const QString& text);
    /// There is no project, or no node with data.
    void clear();
    /// The data are being read and counted: what was shown is of other data.
    void setBusy(bool busy);

Q_SIGNALS:
    /// The empty view's button: bring data.
    void dataWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeClasses();
    void showHint();
    void retranslate();

    DatasetSummary m_summary;
    QString m_error;
    bool m_busy = false;
    bool m_filled = false;
    QStackedWidget* m_pages;
    EmptyHint* m_hint;
    QTabWidget* m_tabs;
    ClassCountModel* m_classes;
    QTableView* m_classTable;
    LengthPlot* m_lengths;
    DataOverview* m_overview;
    SetAsideTable* m_setAside;
    LeakTable* m_leaks;
    RowsPanel* m_rows;
};

} // namespace espalier
