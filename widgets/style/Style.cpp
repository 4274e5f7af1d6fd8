// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/Style.h"

#include "widgets/style/Theme.h"

#include <QFrame>
#include <QPainter>
#include <QStyleOption>

namespace espalier {
namespace {

constexpr double cornerRadius = 4;

void drawPanel(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& border)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(border, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius, cornerRadius);
    painter->restore();
}

QColor buttonFill(const QStyleOption* option, const QColor& rest)
{
    const ThemeColors& colors = themeColors();
    if (!(option->state & QStyle::State_Enabled))
        return colors.window;
    if (option->state & (QStyle::State_Sunken | QStyle::State_On))
        return blended(colors.accent, rest, 0.24);
    return option->state & QStyle::State_MouseOver ? blended(colors.accent, rest, 0.10) : rest;
}

void drawButton(QPainter* painter, const QStyleOption* option)
{
    const ThemeColors& colors = themeColors();
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const bool isDefault = button && (button->features & QStyleOptionButton::DefaultButton) && (option->state & QStyle::State_Enabled);
    const bool focused = (option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_KeyboardFocusChange);
    drawPanel(painter, option->rect, buttonFill(option, colors.raised), isDefault || focused ? colors.accent : colors.border);
}

void drawToolButton(QPainter* painter, const QStyleOption* option)
{
    const bool active = option->state & (QStyle::State_Sunken | QStyle::State_On | QStyle::State_MouseOver);
    if (active && (option->state & QStyle::State_Enabled))
        drawPanel(painter, option->rect, buttonFill(option, themeColors().window), Qt::transparent);
    else if (!(option->state & QStyle::State_AutoRaise))
        drawButton(painter, option);
}

void drawFieldFrame(QPainter* painter, const QStyleOption* option)
{
    const bool focused = (option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_Enabled);
    drawPanel(painter, option->rect, Qt::transparent, focused ? themeColors().accent : themeColors().border);
}

void drawCheckBox(QPainter* painter, const QStyleOption* option)
{
    const ThemeColors& colors = themeColors();
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool marked = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const bool focused = option->state & QStyle::State_HasFocus;
    const QColor line = !enabled ? colors.border : marked || focused ? colors.accent : colors.mutedText;
    drawPanel(painter, option->rect, !marked ? colors.base : enabled ? colors.accent : colors.border, line);
    const QColor ink = enabled ? colors.onAccent : colors.mutedText;
    const QRectF inner = QRectF(option->rect).adjusted(1, 1, -1, -1);
    if (option->state & QStyle::State_On)
        paintIcon(painter, QStringLiteral("check"), inner, ink);
    else if (option->state & QStyle::State_NoChange)
        painter->fillRect(QRectF(inner.left() + 2, inner.center().y() - 1, inner.width() - 4, 2), ink);
}

QString iconNameOf(QStyle::StandardPixmap standard)
{
    switch (standard) {
    case QStyle::SP_MessageBoxWarning: return QStringLiteral("warning");
    case QStyle::SP_MessageBoxCritical: return QStringLiteral("error");
    case QStyle::SP_MessageBoxQuestion:
    case QStyle::SP_MessageBoxInformation: return QStringLiteral("help");
    default: return {};
    }
}

} // namespace

Style::Style() : QProxyStyle(QStringLiteral("Fusion")) {}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return gridStep;
    case PM_ToolBarItemSpacing: return gridStep / 2;
    case PM_ToolBarIconSize: return 20;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize: return 16;
    case PM_ButtonMargin: return 3 * gridStep / 2;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight: return 2 * gridStep;
    case PM_SplitterWidth: return 5;
    case PM_FocusFrameHMargin: // of the text in the cells of lists and tables
    case PM_HeaderMargin: return 3 * gridStep / 4;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand: return drawButton(painter, option);
    case PE_PanelButtonTool: return drawToolButton(painter, option);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: return drawCheckBox(painter, option);
    case PE_FrameLineEdit: return drawFieldFrame(painter, option);
    case PE_Frame: return drawPanel(painter, option->rect, Qt::transparent, themeColors().border);
    case PE_PanelTipLabel: return drawPanel(painter, option->rect, themeColors().raised, themeColors().border);
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    const bool isLine = element == CE_ShapedFrame && frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine);
    if (isLine)
        painter->fillRect(option->rect, themeColors().border);
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

QIcon Style::standardIcon(StandardPixmap standard, const QStyleOption* option, const QWidget* widget) const
{
    const QString name = iconNameOf(standard);
    return name.isEmpty() ? QProxyStyle::standardIcon(standard, option, widget) : icon(name);
}

} // namespace espalier
