// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingPlace: the second place: the training panel, and above it, when more than one node has trained, which one is shown.
#pragma once

#include <QWidget>

#include <string>

class QComboBox;
class QLabel;

namespace espalier {

class PipelineModel;
class TrainingController;
class TrainingPanel;

class TrainingPlace : public QWidget {
    Q_OBJECT

public:
    explicit TrainingPlace(PipelineModel* model, QWidget* parent = nullptr);

    [[nodiscard]] TrainingPanel* panel() const { return m_panel; }
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
};

} // namespace espalier
