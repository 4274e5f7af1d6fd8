// SPDX-License-Identifier: GPL-3.0-or-later
// ProblemsList: everything that stands in the way of a run, each with its remedy. Choosing a line goes to the node, and to
// the parameter, where it stands.
#pragma once

#include <QWidget>

#include <string>

class QLabel;
class QListWidget;
class QListWidgetItem;

namespace espalier {

class PipelineModel;

class ProblemsList : public QWidget {
    Q_OBJECT

public:
    /// @p model must outlive the list.
    explicit ProblemsList(PipelineModel& model, QWidget* parent = nullptr);

    QListWidget* list() { return m_list; }

Q_SIGNALS:
    /// A line was chosen; the node is current already. @p parameter may be empty.
    void problemChosen(const std::string& node, const std::string& parameter);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void choose(int row);

    PipelineModel& m_model;
    QListWidget* m_list;
    QLabel* m_empty;
};

} // namespace espalier
