// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/Icons.h"

#include "widgets/style/Theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

// Outside of any namespace: the library is static, so nothing else would pull the resource in.
static void initIconResource()
{
    Q_INIT_RESOURCE(icons);
}

namespace espalier {
namespace {

QByteArray source(const QString& name)
{
    static QHash<QString, QByteArray> cache;
    if (const auto it = cache.constFind(name); it != cache.cend())
        return *it;
    initIconResource();
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    QByteArray svg = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    cache.insert(name, svg);
    return svg;
}

/// Paints at the moment of painting, so that a change of theme needs no new icons.
class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QString name, QColor color) : m_name(std::move(name)), m_color(color) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, m_name, rect, colorFor(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State onOff) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, onOff);
        return pixmap;
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(m_name, m_color); }
    bool isNull() override { return source(m_name).isEmpty(); }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        const ThemeColors& colors = themeColors();
        if (mode == QIcon::Disabled)
            return blended(colors.text, colors.window, 0.4);
        if (mode == QIcon::Selected)
            return colors.onAccent;
        return m_color.isValid() ? m_color : colors.text;
    }

    QString m_name;
    QColor m_color;
};

} // namespace

QIcon icon(const QString& name, const QColor& color)
{
    return source(name).isEmpty() ? QIcon() : QIcon(new ThemedIconEngine(name, color));
}

void paintIcon(QPainter* painter, const QString& name, const QRectF& rect, const QColor& color)
{
    QByteArray svg = source(name);
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double side = std::min(rect.width(), rect.height());
    renderer.render(painter, QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side));
    painter->restore();
}

} // namespace espalier
