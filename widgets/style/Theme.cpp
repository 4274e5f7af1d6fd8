// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/Theme.h"

#include "widgets/style/Style.h"

#include <QApplication>
#include <QPalette>
#include <QStyleHints>
#include <QToolTip>

namespace espalier {
namespace {

ThemeColors lightColors()
{
    return {.dark = false, .window = 0xf3f5f2, .base = 0xffffff, .raised = 0xfcfdfb, .text = 0x1b2420, .mutedText = 0x55625b,
            .accent = 0x1c7556, .onAccent = 0xffffff, .border = 0xccd4ce, .success = 0x2a7539, .warning = 0x855600, .danger = 0xb3261e,
            .canvas = 0xebefec, .grid = 0xd9e0db,
            .series = {QColor(0x0072b2), QColor(0xc2500a), QColor(0x007f5c), QColor(0xb0528a), QColor(0x966500), QColor(0x5a5fc7)}};
}

ThemeColors darkColors()
{
    return {.dark = true, .window = 0x1e2422, .base = 0x171c1a, .raised = 0x28302d, .text = 0xe6ece8, .mutedText = 0xa3b0a9,
            .accent = 0x4fc39a, .onAccent = 0x06281c, .border = 0x414c47, .success = 0x6ccb87, .warning = 0xe9b44c, .danger = 0xf5938a,
            .canvas = 0x141917, .grid = 0x242c29,
            .series = {QColor(0x56b4e9), QColor(0xf58a3c), QColor(0x2fbf94), QColor(0xe193bf), QColor(0xe8c547), QColor(0xa7aef5)}};
}

struct State {
    ThemeKind kind = ThemeKind::System;
    ThemeColors colors = lightColors();
    ThemeNotifier notifier;
};

State& state()
{
    static State instance;
    return instance;
}

bool desktopIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    // Asked once, before our own palette replaces the desktop's.
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < QGuiApplication::palette().color(QPalette::WindowText).lightness();
    return dark;
#endif
}

void setDisabled(QPalette& palette, const ThemeColors& colors)
{
    const QColor faded = blended(colors.text, colors.window, 0.45);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, faded);
    palette.setColor(QPalette::Disabled, QPalette::Base, colors.window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.border);
}

QPalette paletteOf(const ThemeColors& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.base);
    palette.setColor(QPalette::AlternateBase, blended(colors.window, colors.base, 0.6));
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.mutedText);
    palette.setColor(QPalette::Button, colors.raised);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.danger);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::Light, blended(QColor(Qt::white), colors.raised, colors.dark ? 0.08 : 0.6));
    palette.setColor(QPalette::Midlight, blended(colors.border, colors.raised, 0.5));
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, blended(QColor(Qt::black), colors.border, 0.25));
    palette.setColor(QPalette::Shadow, blended(QColor(Qt::black), colors.window, 0.6));
    setDisabled(palette, colors);
    return palette;
}

} // namespace

void applyTheme(ThemeKind kind)
{
    const bool dark = kind == ThemeKind::Dark || (kind == ThemeKind::System && desktopIsDark());
    desktopIsDark(); // asked before the palette changes, whatever the kind
    state().kind = kind;
    state().colors = dark ? darkColors() : lightColors();
    if (!qobject_cast<Style*>(QApplication::style()))
        QApplication::setStyle(new Style); // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): the application owns it
    const QPalette palette = paletteOf(state().colors);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT state().notifier.changed();
}

ThemeKind currentTheme()
{
    return state().kind;
}

const ThemeColors& themeColors()
{
    return state().colors;
}

ThemeNotifier* themeNotifier()
{
    return &state().notifier;
}

QColor blended(const QColor& front, const QColor& back, double opacity)
{
    const auto mix = [&](float a, float b) { return static_cast<float>(a * opacity + b * (1 - opacity)); };
    return QColor::fromRgbF(mix(front.redF(), back.redF()), mix(front.greenF(), back.greenF()), mix(front.blueF(), back.blueF()));
}

} // namespace espalier
