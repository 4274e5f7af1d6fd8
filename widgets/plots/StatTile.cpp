// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/StatTile.h"

#include "widgets/style/Theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace espalier {
namespace {

void setTextColor(QLabel& label, const QColor& color)
{
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, color);
    label.setPalette(palette);
}

} // namespace

StatTile::StatTile(QWidget* parent) : QFrame(parent), m_name(new QLabel), m_value(new QLabel), m_remark(new QLabel)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(gridStep * 3 / 2, gridStep, gridStep * 3 / 2, gridStep);
    column->setSpacing(gridStep / 4);
    for (QLabel* label : {m_name, m_value, m_remark}) {
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    m_remark->setWordWrap(true);
    m_remark->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addStretch(1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setFocusPolicy(Qt::NoFocus);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &StatTile::restyle);
    setValue({});
}

void StatTile::setName(const QString& name)
{
    m_name->setText(name);
    setAccessibleName(name);
    restyle();
}

void StatTile::keepRoomForRemark(int lines)
{
    m_remarkLines = lines;
    restyle();
}

void StatTile::setValue(const QString& value, const QString& remark, Look look)
{
    m_value->setText(value.isEmpty() ? QStringLiteral("–") : value);
    m_remark->setText(remark);
    m_look = look;
    setAccessibleDescription(remark.isEmpty() ? value : value + QStringLiteral(", ") + remark);
    restyle();
}

QString StatTile::value() const
{
    return m_value->text();
}

QString StatTile::remark() const
{
    return m_remark->text();
}

void StatTile::restyle()
{
    const ThemeColors& colors = themeColors();
    QFont figure = tabularFont(font());
    figure.setPointSizeF(font().pointSizeF() * 1.6);
    figure.setBold(m_look == Look::Measured);
    figure.setItalic(m_look == Look::Estimate);
    m_value->setFont(figure);
    m_value->setMinimumHeight(QFontMetrics(figure).height() * 11 / 8); // as tall as other scripts' fonts, so that tiles beside each other line up
    if (m_remarkLines > 0) {
        const QString lines = QStringList(m_remarkLines, m_name->text()).join(QLatin1Char('\n')); // in the script that the remark has
        m_remark->setMinimumHeight(QFontMetrics(m_remark->font()).boundingRect(QRect(0, 0, QWIDGETSIZE_MAX, QWIDGETSIZE_MAX), Qt::AlignLeft, lines).height());
    }
    setTextColor(*m_name, colors.mutedText);
    setTextColor(*m_remark, colors.mutedText);
    setTextColor(*m_value, m_look == Look::Stale ? blended(colors.text, colors.raised, 0.45) : colors.text);
    update();
}

void StatTile::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = themeColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool estimate = m_look == Look::Estimate;
    painter.setPen(QPen(estimate ? colors.mutedText : colors.border, 1, estimate ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(estimate ? colors.window : colors.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace espalier
