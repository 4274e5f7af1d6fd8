// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/TradeoffText.h"

#include "widgets/compression/ChoiceText.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QStringList>

namespace espalier {
namespace {

/// The class whose texts these are.
class TradeoffText {
    Q_DECLARE_TR_FUNCTIONS(TradeoffText)
};

QString sparsityText(const MeasuredPoint& measured)
{
    return formatPercent(measured.point.sparsity, measured.step() % 2 == 0 ? 0 : 1);
}

QString accuracyText(const SparsityPoint& point)
{
    const QString accuracy = formatPercent(point.accuracy);
    if (point.accuracyHigh <= 0)
        return TradeoffText::tr("Accuracy %1").arg(accuracy);
    return TradeoffText::tr("Accuracy %1 (95 % interval %2 to %3)").arg(accuracy, formatPercent(point.accuracyLow), formatPercent(point.accuracyHigh));
}

QString costText(const SparsityPoint& point, const QString& place)
{
    if (point.milliseconds <= 0)
        return TradeoffText::tr("Latency and memory: not measured");
    return TradeoffText::tr("%1 a sentence and %2 of memory on %3").arg(formatDuration(point.milliseconds / 1000), formatBytes(point.memoryBytes), place);
}

QByteArray quoted(const QString& text)
{
    return '"' + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\"")).toUtf8() + '"';
}

/// Empty where it was not measured.
QByteArray figure(double value)
{
    return value > 0 ? QByteArray::number(value, 'g', 10) : QByteArray();
}

QByteArray kindId(PointKind kind)
{
    switch (kind) {
    case PointKind::Dense: return "dense";
    case PointKind::Distilled: return "distilled";
    case PointKind::FineTuned: return "fine_tuned";
    default: return "one_shot";
    }
}

} // namespace

QString kindName(PointKind kind)
{
    switch (kind) {
    case PointKind::Dense: return TradeoffText::tr("dense");
    case PointKind::Distilled: return TradeoffText::tr("distilled");
    case PointKind::FineTuned: return TradeoffText::tr("after fine-tuning");
    default: return TradeoffText::tr("straight after pruning");
    }
}

QString describePoint(const ChartPoint& shown, const QString& place)
{
    const SparsityPoint& point = shown.point();
    QStringList lines{TradeoffText::tr("Sparsity %1, %2").arg(sparsityText(shown.measured), kindName(shown.kind))};
    if (!shown.recipe.isEmpty())
        lines << shown.recipe;
    lines << TradeoffText::tr("%1, macro-F1 %2, %3 sentences").arg(accuracyText(point), formatPercent(point.macroF1), formatCount(point.examples));
    lines << TradeoffText::tr("%1 (%2 bytes), precision: %3").arg(formatBytes(point.packageBytes), formatCount(point.packageBytes), choiceLabel("package", "precision", point.precision));
    lines << costText(point, place);
    if (!shown.measured.run.isEmpty())
        lines << TradeoffText::tr("Of the earlier run %1: the pipeline no longer holds this model").arg(shown.measured.run);
    return lines.join(QLatin1Char('\n'));
}

QString floorAnswer(const ChartPoint& shown, TradeoffAxis axis, double floor)
{
    const SparsityPoint& point = shown.point();
    QString text = TradeoffText::tr("Smallest above: %1 with %2, %3 sparse, %4")
                       .arg(axisText(axis, *axisValue(axis, point)), formatPercent(point.accuracy), sparsityText(shown.measured), kindName(shown.kind));
    if (point.accuracyHigh > 0 && point.accuracyLow < floor)
        text += TradeoffText::tr(" (its interval begins at %1)").arg(formatPercent(point.accuracyLow));
    return text;
}

QByteArray pointsToCsv(const std::vector<ChartPoint>& points)
{
    QByteArray text("node,made_by,run,kind,sparsity,accuracy,accuracy_low,accuracy_high,macro_f1,sentences,package_bytes,memory_bytes,milliseconds,precision,fine_tuned,"
                    "score,method,pattern,embeddings,layer_sparsities,exclude\n");
    for (const ChartPoint& shown : points) {
        const SparsityPoint& point = shown.point();
        const CompressionSettings& settings = shown.measured.settings;
        const QList<QByteArray> cells{quoted(settings.node), quoted(shown.measured.maker), quoted(shown.measured.run), kindId(shown.kind), QByteArray::number(point.sparsity),
                                      QByteArray::number(point.accuracy, 'g', 8), figure(point.accuracyLow), figure(point.accuracyHigh),
                                      QByteArray::number(point.macroF1, 'g', 8), QByteArray::number(static_cast<qlonglong>(point.examples)),
                                      QByteArray::number(static_cast<qlonglong>(point.packageBytes)), figure(static_cast<double>(point.memoryBytes)), figure(point.milliseconds),
                                      QByteArray::fromStdString(point.precision), point.fineTuned ? "yes" : "no", settings.score.toUtf8(), settings.method.toUtf8(),
                                      settings.pattern.toUtf8(), settings.embeddings.toUtf8(), quoted(settings.layerSparsities), quoted(settings.excluded)};
        text += cells.join(',') + '\n';
    }
    return text;
}

} // namespace espalier
