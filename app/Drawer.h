// SPDX-License-Identifier: GPL-3.0-or-later
// Drawer: what opens from below: the problems, the log and the data, a tab each.
#pragma once

#include <QTabWidget>

class QAction;

namespace espalier {

class DataPanel;
class LogView;
class PipelineModel;
class ProblemsList;

class Drawer : public QTabWidget {
    Q_OBJECT

public:
    /// @p problems moves into the drawer.
    Drawer(PipelineModel* model, ProblemsList* problems, QWidget* parent = nullptr);

    [[nodiscard]] ProblemsList* problems() const { return m_problems; }
    [[nodiscard]] LogView* log() const { return m_log; }
    [[nodiscard]] DataPanel* data() const { return m_data; }
    /// One action a tab, in their order; each opens its tab, and closes the drawer when that tab is open.
    void setActions(const QList<QAction*>& actions);
    void open(int tab);
    static constexpr int dataTab = 2;

protected:
    void changeEvent(QEvent* event) override;

private:
    void toggle(int tab);
    void retranslate();
    void updateActions();

    PipelineModel* m_model;
    ProblemsList* m_problems = nullptr;
    LogView* m_log = nullptr;
    DataPanel* m_data = nullptr;
    QList<QAction*> m_actions;
};

} // namespace espalier
