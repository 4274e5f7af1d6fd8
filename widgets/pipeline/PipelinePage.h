// SPDX-License-Identifier: GPL-3.0-or-later
// PipelinePage: the Pipeline place of the window: palette and outline on the left, the canvas, the inspector on the right,
// the problems below the canvas. Puts the parts together and keeps them in step; holds nothing itself.
#pragma once

#include <QWidget>

#include <string>

class QSplitter;
class QTabWidget;

namespace espalier {

class Inspector;
class NodePalette;
class OutlineTree;
class PipelineModel;
class PipelineView;
class ProblemsList;

class PipelinePage : public QWidget {
    Q_OBJECT

public:
    /// @p model must outlive the page.
    explicit PipelinePage(PipelineModel& model, QWidget* parent = nullptr);

    [[nodiscard]] PipelineView& canvas() const { return *m_canvas; }
    [[nodiscard]] NodePalette& palettePanel() const { return *m_palette; }
    [[nodiscard]] OutlineTree& outline() const { return *m_outline; }
    [[nodiscard]] Inspector& inspector() const { return *m_inspector; }
    [[nodiscard]] ProblemsList& problems() const { return *m_problems; }
    /// For saving and restoring how the user divided the page.
    [[nodiscard]] QSplitter& splitter() const { return *m_splitter; }

Q_SIGNALS:
    void runToRequested(const std::string& node);
    void openSampleRequested();
    void openFileRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeToolBar();
    void connectParts();
    void retranslate();

    PipelineModel& m_model;
    PipelineView* m_canvas;
    NodePalette* m_palette;
    OutlineTree* m_outline;
    Inspector* m_inspector;
    ProblemsList* m_problems;
    QTabWidget* m_left;
    QSplitter* m_splitter;
};

} // namespace espalier
