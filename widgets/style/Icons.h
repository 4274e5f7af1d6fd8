// SPDX-License-Identifier: GPL-3.0-or-later
// Our own set of icons, drawn in one stroke and coloured when painted: they follow the theme, the disabled state and
// the selection without being made anew.
#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>
#include <QString>

class QPainter;

namespace espalier {

/// The icon with that name (resources/icons/NAME.svg). In @p color; invalid: the theme's text colour at the time of painting.
/// A name that does not exist gives a null icon.
QIcon icon(const QString& name, const QColor& color = {});

/// Paints the icon into @p rect, sharp at any scale.
void paintIcon(QPainter* painter, const QString& name, const QRectF& rect, const QColor& color);

} // namespace espalier
