// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineView: the canvas. Shows a PipelineModel, takes node types dropped from the palette, zooms and pans, and gives
// every command by mouse, key and menu. Emits what others must do (run, open); does nothing of that itself.
#pragma once

#include "engine/graph/Graph.h"

#include <QGraphicsView>

#include <memory>

namespace espalier {

class CanvasActions;
class CanvasHint;
class PipelineModel;
class PipelineScene;
class TitleEditor;

/// The type's id, as UTF-8: what the palette drags.
inline constexpr auto nodeTypeMimeType = "application/x-espalier-node-type";

class PipelineView : public QGraphicsView {
    Q_OBJECT

public:
    static constexpr double zoomStep = 1.2;
    static constexpr double smallestZoom = 0.2;
    static constexpr double largestZoom = 3;

    /// @p model must outlive the view.
    explicit PipelineView(PipelineModel& model, QWidget* parent = nullptr);
    ~PipelineView() override;

    [[nodiscard]] PipelineModel& model() const { return m_model; }
    [[nodiscard]] PipelineScene& scene() const { return *m_scene; }
    [[nodiscard]] CanvasActions& actions() const { return *m_actions; }

    [[nodiscard]] double zoom() const { return transform().m11(); }
    void zoomBy(double factor);
    /// Everything in sight, never larger than actual size.
    void fitAll();
    /// Adds a node of that type where it covers no other: what the palette's double click and Enter do. Returns its id.
    std::string addNode(const std::string& type);
    /// Scrolls as little as needed to show the node.
    void showNode(const std::string& node);

public Q_SLOTS:
    void removeSelection();
    void duplicateSelection();
    void cutSelection();
    void paste();
    void renameCurrent();
    void tidyUp();

Q_SIGNALS:
    void runToRequested(const std::string& node);
    void inspectRequested(const std::string& node); ///< Enter or double click: the inspector should take the focus
    void openSampleRequested();
    void openFileRequested();
    void zoomChanged(double zoom);

protected:
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
    void onReset();
    void updateHint();
    void retranslate();
    void nudge(const QPointF& step);
    bool endPan();
    [[nodiscard]] QPointF freePlace(const std::string& type) const;
    [[nodiscard]] QRectF visibleArea() const;

    PipelineModel& m_model;
    PipelineScene* m_scene;
    CanvasActions* m_actions = nullptr;
    CanvasHint* m_hint = nullptr;
    std::unique_ptr<TitleEditor> m_titleEditor;
    bool m_fitPending = true;
    bool m_spaceHeld = false;
    bool m_panning = false;
    QPoint m_panFrom;
};

} // namespace espalier
