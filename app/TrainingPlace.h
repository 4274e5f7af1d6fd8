// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingPlace: the second place: the training panel, and above it, when more than one node has trained, which one is shown; behind it,
// on a page of their own, all runs to compare.
#pragma once

#include <QWidget>

#include <string>

class QComboBox;
class QLabel;
class QTabWidget;

namespace espalier {

class PipelineModel;
class RunsView;
class TrainingController;
class TrainingPanel;

class TrainingPlace : public QWidget {
    Q_OBJECT

public:
    explicit TrainingPlace(PipelineModel* model, QWidget* parent = nullptr);

    [[nodiscard]] TrainingPanel* panel() const { return m_panel; }
    [[nodiscard]] RunsView* runs() const { return m_runs; }
    [[nodiscard]] QTabWidget* tabs() const { return m_tabs; }
    void setController(TrainingController* controller);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void retranslate();

    PipelineModel* m_model;
    TrainingController* m_controller = nullptr;
    QWidget* m_choice = nullptr;
    QLabel* m_label = nullptr;
    QComboBox* m_nodes = nullptr;
    TrainingPanel* m_panel = nullptr;
    RunsView* m_runs = nullptr;
    QTabWidget* m_tabs = nullptr;
};

} // namespace espalier
