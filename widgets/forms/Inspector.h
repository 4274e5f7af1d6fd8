// SPDX-License-Identifier: GPL-3.0-or-later
// Inspector: the current node: its title to edit, what it does, how it stands, its parameters and its result. With no
// node current it says so.
#pragma once

#include <QWidget>

#include <functional>
#include <string>
#include <vector>

class QAction;
class QFormLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QScrollArea;
class QStackedWidget;

namespace espalier {

class ParameterForm;
class PipelineModel;
struct Node;

class Inspector : public QWidget {
    Q_OBJECT

public:
    /// @p model must outlive the inspector.
    explicit Inspector(PipelineModel& model, QWidget* parent = nullptr);

    [[nodiscard]] ParameterForm& form() const { return *m_form; }
    [[nodiscard]] QLineEdit& titleField() const { return *m_title; }
    /// A button for @p action above the parameters of the nodes that @p concerns.
    void addNodeAction(QAction* action, std::function<bool(const Node&)> concerns);
    /// Gives the focus to the parameter's field, or to the first field.
    void focusParameter(const std::string& parameter = {});

protected:
    void changeEvent(QEvent* event) override;

private:
    struct NodeAction {
        QWidget* button;
        std::function<bool(const Node&)> concerns;
    };

    QWidget* makeContent();
    void showCurrent();
    void refreshHeader();
    void refreshStatus();
    void refreshResult();
    void commitTitle();
    void retranslate();

    PipelineModel& m_model;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QScrollArea* m_scroll;
    QLabel* m_type;
    QLineEdit* m_title;
    QLabel* m_help;
    QLabel* m_stateIcon;
    QLabel* m_state;
    QHBoxLayout* m_buttons;
    std::vector<NodeAction> m_actions;
    ParameterForm* m_form;
    QLabel* m_resultTitle;
    QFormLayout* m_figures;
};

} // namespace espalier
