// SPDX-License-Identifier: GPL-3.0-or-later
// Fusion, flattened: plain fills and one-pixel borders in the theme's colours, a focus line in the accent, distances on
// the 8-pixel grid. Installed by applyTheme().
#pragma once

#include <QProxyStyle>

namespace espalier {

class Style : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap standard, const QStyleOption* option, const QWidget* widget) const override;
};

} // namespace espalier
