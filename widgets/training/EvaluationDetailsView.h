// SPDX-License-Identifier: GPL-3.0-or-later
// EvaluationDetailsView: what an evaluation found out besides the figures of each class, a page each: calibration, out-of-scope
// rejection, slices, samples. A page says so where the report has nothing for it.
#pragma once

#include "engine/reports/EvaluationReport.h"

#include <QObject>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTableWidget;
class QTabWidget;
class QWidget;

namespace espalier {

class EmptyHint;
class SentenceTable;
class UnitPlot;

class EvaluationDetailsView : public QObject {
    Q_OBJECT

public:
    /// Adds its pages to @p tabs, behind those already there.
    explicit EvaluationDetailsView(QTabWidget* tabs);

    void setReport(const EvaluationReport& report);
    void retranslate();

    [[nodiscard]] UnitPlot* reliability() const { return m_calibration.plot; }
    [[nodiscard]] UnitPlot* roc() const { return m_rejection.plot; }
    [[nodiscard]] QTableWidget* slices() const { return m_slices; }
    [[nodiscard]] SentenceTable* samples() const { return m_samples; }
    [[nodiscard]] QComboBox* sampleKind() const { return m_kind; }

private:
    /// A plot under its text, or a hint in their place.
    struct PlotPage {
        QStackedWidget* pages;
        EmptyHint* hint;
        QLabel* text;
        UnitPlot* plot;
    };
    [[nodiscard]] static PlotPage plotPage();
    QWidget* samplesPage();
    void showCalibration();
    void showOutOfScope();
    void showSlices();
    void showSamples();
    void offerPages();

    QTabWidget* m_tabs;
    int m_first = 0; ///< index of its first page
    PlotPage m_calibration;
    PlotPage m_rejection;
    QTableWidget* m_slices;
    QComboBox* m_kind;
    SentenceTable* m_samples;
    EvaluationReport m_report;
};

} // namespace espalier
