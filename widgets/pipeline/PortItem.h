// SPDX-License-Identifier: GPL-3.0-or-later
// PortItem: one input or output of a node on the canvas, in its type's colour and shape. Pulling at it draws a wire, or
// takes off the wire that ends in it. Holds ids only.
#pragma once

#include "engine/graph/NodeType.h"
#include "widgets/pipeline/CanvasItems.h"

namespace espalier {

class NodeItem;
class PipelineScene;

class PortItem : public QGraphicsItem {
public:
    enum class Highlight { None, Fits, Refuses, Target };

    PortItem(NodeItem* node, PortSpec spec, std::size_t index, bool input);

    int type() const override { return PortItemType; }
    [[nodiscard]] const std::string& nodeId() const;
    [[nodiscard]] const std::string& portId() const { return m_spec.id; }
    [[nodiscard]] const std::string& portType() const { return m_spec.type; }
    [[nodiscard]] bool isInput() const { return m_input; }
    [[nodiscard]] Highlight highlight() const { return m_highlight; }
    void setHighlight(Highlight highlight);
    /// Reads label and help anew, after a change of language.
    void refreshText();

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseMoveEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;

private:
    [[nodiscard]] PipelineScene* pipelineScene() const;
    [[nodiscard]] bool connected() const;

    NodeItem* m_node;
    PortSpec m_spec;
    bool m_input;
    bool m_hovered = false;
    Highlight m_highlight = Highlight::None;
};

} // namespace espalier
