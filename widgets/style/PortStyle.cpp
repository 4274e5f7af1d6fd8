// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/PortStyle.h"

#include "widgets/style/Theme.h"

#include <QIconEngine>
#include <QPainter>

#include <cmath>
#include <map>
#include <numbers>

namespace espalier {
namespace {

struct PortLook {
    QColor light;
    QColor dark;
    PortShape shape;
};

const std::map<std::string, PortLook, std::less<>>& looks()
{
    static const std::map<std::string, PortLook, std::less<>> table{
        {"dataset", {0x0072b2, 0x56b4e9, PortShape::Circle}},     {"splits", {0x5a5fc7, 0xa7aef5, PortShape::Square}},
        {"tokenizer", {0x966500, 0xe8c547, PortShape::Triangle}}, {"model", {0xb0528a, 0xe193bf, PortShape::Diamond}},
        {"checkpoint", {0x007f5c, 0x2fbf94, PortShape::Hexagon}}, {"report", {0x54645c, 0xb7c4bd, PortShape::Star}},
        {"package", {0xc2500a, 0xf58a3c, PortShape::Pentagon}},   {"receipt", {0x8a4b2a, 0xd9a07e, PortShape::Cross}},
    };
    return table;
}

QPolygonF polygon(const QPointF& center, double radius, int corners, double startDegrees, double innerFactor = 1)
{
    QPolygonF points;
    const int count = innerFactor < 1 ? corners * 2 : corners;
    for (int i = 0; i < count; ++i) {
        const double angle = (startDegrees + 360.0 * i / count) * std::numbers::pi / 180;
        const double reach = innerFactor < 1 && i % 2 == 1 ? radius * innerFactor : radius;
        points << center + QPointF(reach * std::cos(angle), reach * std::sin(angle));
    }
    points << points.front();
    return points;
}

QPainterPath cross(const QPointF& c, double r)
{
    const double a = r * 0.36;
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRect(c.x() - r, c.y() - a, 2 * r, 2 * a);
    path.addRect(c.x() - a, c.y() - r, 2 * a, 2 * r);
    return path.simplified();
}

class PortIconEngine : public QIconEngine {
public:
    explicit PortIconEngine(std::string type) : m_type(std::move(type)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        const QColor color = mode == QIcon::Selected ? themeColors().onAccent : portColor(m_type);
        painter->setBrush(mode == QIcon::Disabled ? themeColors().border : color);
        painter->drawPath(portPath(portShape(m_type), QRectF(rect).center(), std::min(rect.width(), rect.height()) * 0.4));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State onOff) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, onOff);
        return pixmap;
    }

    QIconEngine* clone() const override { return new PortIconEngine(m_type); }

private:
    std::string m_type;
};

} // namespace

QColor portColor(const std::string& portType)
{
    const auto it = looks().find(portType);
    if (it == looks().end())
        return themeColors().mutedText;
    return themeColors().dark ? it->second.dark : it->second.light;
}

PortShape portShape(const std::string& portType)
{
    const auto it = looks().find(portType);
    return it == looks().end() ? PortShape::Ring : it->second.shape;
}

QPainterPath portPath(PortShape shape, const QPointF& center, double radius)
{
    QPainterPath path;
    switch (shape) {
    case PortShape::Circle: path.addEllipse(center, radius * 0.95, radius * 0.95); break;
    case PortShape::Square: path.addRect(QRectF(center - QPointF(radius, radius) * 0.85, center + QPointF(radius, radius) * 0.85)); break;
    case PortShape::Triangle: path.addPolygon(polygon(center - QPointF(radius * 0.15, 0), radius * 1.15, 3, 0)); break;
    case PortShape::Diamond: path.addPolygon(polygon(center, radius * 1.15, 4, 0)); break;
    case PortShape::Hexagon: path.addPolygon(polygon(center, radius * 1.05, 6, 0)); break;
    case PortShape::Star: path.addPolygon(polygon(center, radius * 1.2, 5, -90, 0.45)); break;
    case PortShape::Cross: return cross(center, radius);
    case PortShape::Pentagon: path.addPolygon(polygon(center, radius * 1.1, 5, -90)); break;
    case PortShape::Ring:
        path.addEllipse(center, radius, radius);
        path.addEllipse(center, radius * 0.5, radius * 0.5);
        break;
    }
    return path;
}

QIcon portIcon(const std::string& portType)
{
    return QIcon(new PortIconEngine(portType));
}

QColor categoryColor(const std::string& category)
{
    static const std::map<std::string, std::size_t, std::less<>> series{{"Data", 0}, {"Model", 3}, {"Compression", 2}, {"Delivery", 1}};
    const auto it = series.find(category);
    return it == series.end() ? themeColors().mutedText : themeColors().series[it->second];
}

} // namespace espalier
