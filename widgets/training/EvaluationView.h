// SPDX-License-Identifier: GPL-3.0-or-later
// EvaluationView: an EvaluationReport to read: its figures, the classes as a sortable table (the worst first) and the confusion
// matrix. Empty, it says what belongs there and offers to evaluate.
#pragma once

#include "engine/reports/EvaluationReport.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTabWidget;
class QToolButton;

namespace espalier {

class ClassScoreModel;
class ConfusionMatrixView;
class EmptyHint;
class StatTile;

class EvaluationView : public QWidget {
    Q_OBJECT

public:
    explicit EvaluationView(QWidget* parent = nullptr);

    void setReport(const EvaluationReport& report);
    void clear();
    /// Greys the figures: they are of a model that is being trained anew.
    void setStale(bool stale);
    [[nodiscard]] bool hasReport() const { return m_hasReport; }

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] ConfusionMatrixView* confusion() const { return m_confusion; }
    [[nodiscard]] QTabWidget* tabs() const { return m_tabs; }

Q_SIGNALS:
    /// The empty state's button.
    void evaluateRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildReport();
    QWidget* buildConfusion();
    void buildTable();
    void retranslate();
    void showFigures();
    [[nodiscard]] QString splitText() const;

    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    StatTile* m_accuracy;
    StatTile* m_macroF1;
    StatTile* m_examples;
    QTabWidget* m_tabs;
    QTableView* m_table;
    ClassScoreModel* m_model;
    QSortFilterProxyModel* m_sorted;
    ConfusionMatrixView* m_confusion;
    QLabel* m_cell;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_zoomIn;
    QToolButton* m_zoomOut;
    QToolButton* m_fit;
    EvaluationReport m_report;
    bool m_hasReport = false;
    bool m_stale = false;
};

} // namespace espalier
