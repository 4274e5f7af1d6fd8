// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotStyle.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QPainter>
#include <QPixmap>

#include <cmath>

namespace espalier {
namespace {

class PercentTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override
    {
        const double percents = tickStep * 100;
        m_decimals = std::abs(percents - std::round(percents)) > 1e-6 ? 1 : 0; // 2.5 % and 5 % must not both be 3 % and 5 %
        return QCPAxisTicker::createTickVector(tickStep, range);
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return formatPercent(std::abs(tick) < 1e-9 ? 0 : tick, m_decimals); }

private:
    int m_decimals = 0;
};

QString bytesLabel(double tick)
{
    if (tick < 0)
        return {};
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

void applyPlotStyle(QCustomPlot& plot)
{
    const ThemeColors& colors = themeColors();
    plot.setBackground(QBrush(colors.base));
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis})
        styleAxis(*axis, plot.font(), colors);
}

QSharedPointer<QCPAxisTicker> percentTicker()
{
    return QSharedPointer<QCPAxisTicker>(new PercentTicker);
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
