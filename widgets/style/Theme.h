// SPDX-License-Identifier: GPL-3.0-or-later
// The look of the whole window: Fusion with our own light and dark palettes, one accent, an 8-pixel grid. Widgets that
// paint themselves take their colours from themeColors() when they paint, and repaint on ThemeNotifier::changed().
#pragma once

#include "widgets/style/Format.h"
#include "widgets/style/Icons.h"

#include <QColor>
#include <QObject>

#include <array>

namespace espalier {

enum class ThemeKind { System, Light, Dark };

/// Every text colour has a contrast of at least 4.5 on window, base, raised and canvas; lines and marks at least 3.
struct ThemeColors {
    bool dark = false;
    QColor window;
    QColor base;   ///< of lists, fields and plots
    QColor raised; ///< of cards, nodes and buttons
    QColor text;
    QColor mutedText;
    QColor accent;
    QColor onAccent; ///< text on the accent
    QColor border;
    QColor success;
    QColor warning;
    QColor danger;
    QColor canvas;
    QColor grid;
    std::array<QColor, 6> series; ///< curves and bars; told apart by colour-blind people too
};

/// Pixels between things; every distance is a multiple or a half of it.
inline constexpr int gridStep = 8;

class ThemeNotifier : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void changed();
};

/// Sets style and palette of the application, which must exist. System: dark where the desktop's palette is.
void applyTheme(ThemeKind kind);
ThemeKind currentTheme();
/// The colours in force; the light ones before the first applyTheme().
const ThemeColors& themeColors();
/// Tells when applyTheme() has changed the colours.
ThemeNotifier* themeNotifier();

/// @p front laid over @p back with that opacity: an opaque tint.
QColor blended(const QColor& front, const QColor& back, double opacity);

} // namespace espalier
