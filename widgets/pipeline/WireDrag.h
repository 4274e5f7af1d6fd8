// SPDX-License-Identifier: GPL-3.0-or-later
// WireDrag: drawing a wire with the mouse, from pressing on a port to letting go. While it lasts, ports that fit glow and
// a refused one says why. Nothing in the graph changes before the mouse is released; then it is one edit at most.
#pragma once

#include "engine/graph/Graph.h"

#include <QPointF>

#include <memory>
#include <optional>

namespace espalier {

class PipelineScene;
class PortItem;
class WireItem;

class WireDrag {
public:
    explicit WireDrag(PipelineScene& scene);
    ~WireDrag();

    void press(const PortItem& port, const QPoint& screen);
    void moveTo(const QPointF& scenePos, const QPoint& screen);
    void release(const QPointF& scenePos, const QPoint& screen);
    void cancel();
    [[nodiscard]] bool active() const { return m_wire != nullptr; }

private:
    void begin();
    void highlightPorts(const PortItem* target);
    [[nodiscard]] PortItem* targetAt(const QPointF& scenePos) const;
    [[nodiscard]] Edge edgeTo(const PortItem& port) const;
    [[nodiscard]] QString refusal(const PortItem& port) const;
    [[nodiscard]] PortItem* fixedPort() const;
    void dropOnPort(const PortItem& port, const QPoint& screen);
    void dropOnCanvas(const QPointF& scenePos, const QPoint& screen);

    PipelineScene& m_scene;
    Edge m_half;                     ///< the end that stays; the other end's ids are empty
    bool m_fromOutput = true;        ///< the end that stays is an output
    std::optional<Edge> m_detached;  ///< the existing wire that is being moved
    bool m_pressed = false;
    QPoint m_pressedAt;
    std::unique_ptr<WireItem> m_wire;
};

} // namespace espalier
