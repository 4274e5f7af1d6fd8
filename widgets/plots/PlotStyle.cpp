// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotStyle.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QBuffer>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>

#include <cmath>

namespace espalier {
namespace {

class PercentTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override
    {
        // As many decimals as the step has, so that 77.5 % does not read 78 %.
        const auto whole = [](double value) { return std::abs(value - std::round(value)) < 1e-6; };
        double points = tickStep * 100;
        for (m_decimals = 0; m_decimals < 3 && !whole(points); ++m_decimals)
            points *= 10;
        return QCPAxisTicker::createTickVector(tickStep, range);
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return formatPercent(std::abs(tick) < 1e-9 ? 0 : tick, m_decimals); }

private:
    int m_decimals = 0;
};

/// Whole epochs: there is nothing between them to name.
class EpochTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override { return std::max(1.0, std::ceil(QCPAxisTicker::getTickStep(range))); }
};

QString bytesLabel(double tick)
{
    if (tick < 0.5)
        return tick < 0 ? QString() : QStringLiteral("0");
    const auto bytes = static_cast<std::int64_t>(std::llround(tick));
    double shown = tick;
    while (shown >= 1024)
        shown /= 1024;
    return formatBytes(bytes, std::abs(shown - std::round(shown)) < 0.005 ? 0 : 1);
}

class BytesTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override
    {
        const double wanted = range.size() / (mTickCount + 1e-10);
        double unit = 1;
        while (wanted >= unit * 1024)
            unit *= 1024;
        return std::max(1.0, cleanMantissa(wanted / unit) * unit);
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return bytesLabel(tick); }
};

class LogBytesTicker : public QCPAxisTickerLog {
public:
    LogBytesTicker() { setLogBase(2); }

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return bytesLabel(tick); }
};

class LogTicker : public QCPAxisTickerLog {
protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override { return locale.toString(tick, 'g', 4); }
};

void styleAxis(QCPAxis& axis, const QFont& font, const ThemeColors& colors)
{
    for (const auto& setPen : {&QCPAxis::setBasePen, &QCPAxis::setTickPen, &QCPAxis::setSubTickPen})
        (axis.*setPen)(QPen(colors.border));
    axis.setTickLabelColor(colors.mutedText);
    axis.setLabelColor(colors.mutedText);
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.grid()->setPen(QPen(colors.grid));
    axis.grid()->setZeroLinePen(QPen(colors.grid));
    axis.setSubTicks(false);
    axis.setTickLengthOut(4);
    axis.setTickLengthIn(0);
}

} // namespace

QCustomPlot* makePlot()
{
    auto* plot = new QCustomPlot;
    plot->setViewport(QRect(0, 0, 1, 1));
    return plot;
}

void applyPlotStyle(QCustomPlot& plot)
{
    const ThemeColors& colors = themeColors();
    plot.setBackground(QBrush(colors.base));
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis})
        styleAxis(*axis, plot.font(), colors);
    // Plots that stand one above the other line up, and the last label has room.
    plot.axisRect()->setMinimumMargins(QMargins(11 * gridStep, gridStep, 3 * gridStep, 0));
}

QSharedPointer<QCPAxisTicker> percentTicker()
{
    return QSharedPointer<QCPAxisTicker>(new PercentTicker);
}

QSharedPointer<QCPAxisTicker> epochTicker()
{
    return QSharedPointer<QCPAxisTicker>(new EpochTicker);
}

QByteArray plotPng(QCustomPlot& plot)
{
    QByteArray content;
    QBuffer buffer(&content);
    plot.toPixmap(0, 0, std::max(2.0, plot.devicePixelRatioF())).save(&buffer, "PNG");
    return content;
}

QByteArray plotSvg(QCustomPlot& plot)
{
    QByteArray content;
    QBuffer buffer(&content);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(plot.size());
    generator.setViewBox(plot.rect());
    generator.setTitle(plot.accessibleName());
    QCPPainter painter;
    if (painter.begin(&generator)) {
        painter.setMode(QCPPainter::pmVectorized);
        painter.setMode(QCPPainter::pmNoCaching);
        painter.fillRect(plot.rect(), themeColors().base);
        plot.toPainter(&painter, plot.width(), plot.height());
        painter.end();
    }
    return content;
}

QSharedPointer<QCPAxisTicker> bytesTicker(bool logarithmic)
{
    if (logarithmic)
        return QSharedPointer<QCPAxisTicker>(new LogBytesTicker);
    return QSharedPointer<QCPAxisTicker>(new BytesTicker);
}

QSharedPointer<QCPAxisTicker> logarithmicTicker(double lower, double upper)
{
    auto ticker = QSharedPointer<LogTicker>::create();
    ticker->setLogBase(upper / lower < 300 ? 2 : 10);
    ticker->setSubTickCount(0);
    return ticker;
}

QIcon lineSample(const QPen& pen, bool dots)
{
    QIcon sample;
    for (const int scale : {1, 2, 3}) {
        QPixmap pixmap(28 * scale, 16 * scale);
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        painter.drawLine(QPointF(2, 8), QPointF(26, 8));
        if (dots) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(pen.color());
            painter.drawEllipse(QPointF(14, 8), 3.5, 3.5);
        }
        sample.addPixmap(pixmap);
    }
    return sample;
}

} // namespace espalier
