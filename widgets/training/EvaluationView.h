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
class EvaluationDetailsView;
class SentenceTable;
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
    /// The sentences behind the cell that was asked about, worst first; @p total may be more than are listed.
    void setExamples(const QString& truth, const QString& predicted, const std::vector<PredictionRow>& rows, std::int64_t total);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] ConfusionMatrixView* confusion() const { return m_confusion; }
    [[nodiscard]] QTabWidget* tabs() const { return m_tabs; }
    [[nodiscard]] EvaluationDetailsView* details() const { return m_details; }
    [[nodiscard]] SentenceTable* examples() const { return m_examplesTable; }

Q_SIGNALS:
    /// The empty state's button.
    void evaluateRequested();
    /// The sentences of a cell of the confusion matrix are wanted.
    void examplesRequested(const QString& truth, const QString& predicted);
    /// The CSV of all predictions is wanted.
    void predictionsRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildReport();
    QWidget* buildConfusion();
    void buildTable();
    void retranslate();
    void showFigures();
    void showClassFigures();
    void showLabelFigures();
    void showEntityFigures();
    void forgetExamples();
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
    QToolButton* m_export;
    QWidget* m_examplesPage;
    QLabel* m_examplesTitle;
    SentenceTable* m_examplesTable;
    EvaluationDetailsView* m_details = nullptr;
    EvaluationReport m_report;
    bool m_hasReport = false;
    bool m_stale = false;
};

} // namespace espalier
