// SPDX-License-Identifier: GPL-3.0-or-later
// RunCurves: accuracy and loss of several runs over the epochs, of the validation or the training part, under one crosshair.
#pragma once

#include "engine/reports/RunRecord.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QSplitter;

namespace espalier {

class CurvePlot;

/// The name the user gave, else the title of the node that ran, or what it does.
QString runName(const RunRecord& run);

class RunCurves : public QWidget {
    Q_OBJECT

public:
    explicit RunCurves(QWidget* parent = nullptr);

    /// Draws those that have a history, in as many colours as can be told apart.
    void setRuns(const std::vector<RunRecord>& runs);
    [[nodiscard]] CurvePlot* accuracy() const { return m_accuracy; }
    [[nodiscard]] CurvePlot* loss() const { return m_loss; }

Q_SIGNALS:
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;

private:
    void redraw();
    void retranslate();
    void place(int index, CurvePlot*& plot, CurvePlot* made);

    std::vector<RunRecord> m_runs;
    QComboBox* m_part;
    QSplitter* m_plots;
    CurvePlot* m_accuracy;
    CurvePlot* m_loss;
};

} // namespace espalier
