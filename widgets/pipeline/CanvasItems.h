// SPDX-License-Identifier: GPL-3.0-or-later
// Type numbers of the canvas items, for qgraphicsitem_cast, and their stacking.
#pragma once

#include <QGraphicsItem>

namespace espalier {

enum CanvasItemType { NodeItemType = QGraphicsItem::UserType + 1, PortItemType, WireItemType };

inline constexpr double wireLayer = -1;
inline constexpr double nodeLayer = 0;
inline constexpr double selectedNodeLayer = 1;
inline constexpr double draggedWireLayer = 2;

} // namespace espalier
