// SPDX-License-Identifier: GPL-3.0-or-later
// RunsView: the runs of a project side by side: a list to name, pin and delete them in, the curves of the chosen ones, and
// a table of the parameters and results in which they differ. It gets plain records and emits wishes.
#pragma once

#include "engine/reports/RunRecord.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace espalier {

class EmptyHint;
class RunCurves;

class RunsView : public QWidget {
    Q_OBJECT

public:
    enum Column { Name, Time, Node, Figure, Duration, Pinned, ColumnCount };

    explicit RunsView(QWidget* parent = nullptr);

    /// Newest first. Runs that were chosen stay chosen; at first the two newest that trained are.
    void setRuns(const std::vector<RunRecord>& runs);
    /// Offers to put @p run back until the next act.
    void offerUndo(const RunRecord& run);

    [[nodiscard]] std::vector<RunRecord> chosen() const;
    [[nodiscard]] QTableWidget* list() const { return m_list; }
    [[nodiscard]] QTableWidget* differences() const { return m_differences; }
    /// Why there is no table, where there is none.
    [[nodiscard]] QLabel* noDifferences() const { return m_noDifferences; }
    [[nodiscard]] RunCurves* curves() const { return m_curves; }
    [[nodiscard]] QPushButton* undoButton() const { return m_undo; }

Q_SIGNALS:
    void renameRequested(const QString& id, const QString& name);
    void pinRequested(const QString& id, bool pinned);
    void deleteRequested(const QString& id);
    void restoreRequested(const espalier::RunRecord& run);
    void trainRequested();
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildList();
    QWidget* buildComparison();
    void fillRow(int row, const RunRecord& run, bool chosen);
    void takeEdit(int row, int column);
    void showComparison();
    void showDifferences(const std::vector<RunRecord>& runs);
    void deleteCurrent();
    void nameColumns();
    void retranslate();

    std::vector<RunRecord> m_runs;
    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    QTableWidget* m_list;
    QTableWidget* m_differences;
    QLabel* m_noDifferences;
    RunCurves* m_curves;
    QPushButton* m_delete;
    QPushButton* m_export;
    QLabel* m_deleted;
    QPushButton* m_undo;
    RunRecord m_undoable;
    bool m_filling = false;
};

} // namespace espalier
