// SPDX-License-Identifier: GPL-3.0-or-later
// How the types of the pipeline look: every port type has a colour and a shape, so that neither is needed to tell them
// apart; every category of nodes has a tint.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPainterPath>
#include <QPointF>

#include <string>

namespace espalier {

enum class PortShape { Circle, Square, Triangle, Diamond, Hexagon, Star, Cross, Pentagon, Ring };

/// A type this version does not know: a grey ring.
QColor portColor(const std::string& portType);
PortShape portShape(const std::string& portType);
/// The outline of @p shape around @p center, reaching about @p radius.
QPainterPath portPath(PortShape shape, const QPointF& center, double radius);
/// Shape and colour as an icon, following the theme.
QIcon portIcon(const std::string& portType);

/// Tint of a node category ("Data", "Model", "Compression", "Delivery"); grey for another.
QColor categoryColor(const std::string& category);

} // namespace espalier
