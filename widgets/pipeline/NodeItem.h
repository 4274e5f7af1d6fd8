// SPDX-License-Identifier: GPL-3.0-or-later
// NodeItem: the picture of one node. Holds its id; reads everything else from the model when it paints. Moving it moves
// only the picture; the scene makes one edit of it when the mouse is released.
#pragma once

#include "widgets/pipeline/CanvasItems.h"

#include <string>
#include <vector>

namespace espalier {

class PipelineScene;
class PortItem;
struct Node;

class NodeItem : public QGraphicsItem {
public:
    NodeItem(PipelineScene& scene, std::string id);

    int type() const override { return NodeItemType; }
    [[nodiscard]] const std::string& id() const { return m_id; }
    [[nodiscard]] const std::vector<PortItem*>& ports() const { return m_ports; }
    [[nodiscard]] PortItem* port(const std::string& port, bool input) const;
    [[nodiscard]] QRectF rect() const { return m_rect; }

    void syncPosition();
    /// Reads title, ports, state and problems anew.
    void refresh();

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    QVariant itemChange(GraphicsItemChange change, const QVariant& value) override;
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;

private:
    void rebuildPorts(const Node& node);
    [[nodiscard]] QString toolTipText() const;

    PipelineScene& m_scene;
    std::string m_id;
    QRectF m_rect;
    std::vector<PortItem*> m_ports;
    std::vector<std::pair<std::string, bool>> m_portKeys; ///< what m_ports was built from
};

} // namespace espalier
