// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/RecipeText.h"

#include "widgets/compression/DeviceChoice.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/compression/ChoiceText.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace espalier {
namespace {

QString phrase(const char* english)
{
    return QCoreApplication::translate("RecipeText", english);
}

/// "Epochs: 20" for every parameter that @p step sets, without those in @p said.
QStringList settingsOf(const RecipeStep& step, std::initializer_list<const char*> said)
{
    QStringList parts;
    for (const auto& [id, value] : step.parameters) {
        const ParameterSpec* spec = nodeCatalog().find(step.type) ? nodeCatalog().find(step.type)->parameter(id) : nullptr;
        if (!spec || std::find(said.begin(), said.end(), id) != said.end())
            continue;
        const QString shown = value.is_string() ? choiceLabel(step.type.c_str(), id.c_str(), value.get<std::string>())
                              : value.is_number_integer() ? formatCount(value.get<std::int64_t>())
                                                          : QString::fromStdString(dumpJson(value));
        parts << phrase("%1: %2").arg(catalogText(spec->label), shown);
    }
    return parts;
}

std::string valueOf(const RecipeStep& step, const char* parameter)
{
    const auto given = step.parameters.find(parameter);
    return (given == step.parameters.end() ? nodeCatalog().find(step.type)->parameter(parameter)->fallback : given->second).get<std::string>();
}

QString pruneText(const RecipeStep& step)
{
    const auto given = step.parameters.find("sparsity");
    const double sparsity = given == step.parameters.end() ? nodeCatalog().find("prune")->parameter("sparsity")->fallback.get<double>() : given->second.get<double>();
    if (sparsity == 0)
        return phrase("Nothing pruned");
    CompressionSettings settings;
    settings.score = QString::fromStdString(valueOf(step, "score"));
    settings.method = QString::fromStdString(valueOf(step, "method"));
    settings.pattern = QString::fromStdString(valueOf(step, "pattern"));
    settings.embeddings = QString::fromStdString(valueOf(step, "embeddings"));
    QStringList parts{formatPercent(sparsity), choiceText(settings), choiceLabel("prune", "recovery", valueOf(step, "recovery"))};
    return (parts + settingsOf(step, {"sparsity", "score", "method", "pattern", "embeddings", "recovery"})).join(phrase(", "));
}

QString stepText(const RecipeStep& step)
{
    if (step.type == "prune")
        return pruneText(step);
    const NodeType* type = nodeCatalog().find(step.type);
    const QString label = type ? catalogText(type->label) : QString::fromStdString(step.type);
    const QStringList settings = settingsOf(step, {});
    return settings.isEmpty() ? label : phrase("%1 (%2)").arg(label, settings.join(phrase(", ")));
}

QStringList checkLines(const RecipeCandidate& candidate)
{
    QStringList lines;
    for (const BudgetCheck& check : candidate.checks)
        lines << QStringLiteral("• ") + checkText(check);
    return lines;
}

/// What the recommendation is among the others.
QString whyText(RecipeReport::Why why)
{
    switch (why) {
    case RecipeReport::Why::MostAccurate: return phrase("It is the most accurate of those that meet every budget.");
    case RecipeReport::Why::Smallest: return phrase("It is the smallest of those that meet every budget.");
    case RecipeReport::Why::Nearest: return phrase("No candidate meets every budget. This one misses them by least.");
    case RecipeReport::Why::NotMeasured: return phrase("It meets every budget that could be measured.");
    case RecipeReport::Why::None: break;
    }
    return phrase("Nothing was found.");
}

} // namespace

QString recipeText(const std::vector<RecipeStep>& steps)
{
    QStringList parts;
    for (const RecipeStep& step : steps)
        if (step.type != "package")
            parts << stepText(step);
    return parts.join(QStringLiteral(" → "));
}

QString recipeSummary(const std::vector<RecipeStep>& steps)
{
    QStringList parts;
    for (const RecipeStep& step : steps)
        if (const NodeType* type = nodeCatalog().find(step.type); step.type != "package")
            parts << (type && step.type != "prune" ? catalogText(type->label) : stepText(step));
    return parts.join(QStringLiteral(" → "));
}

QString budgetFigure(const std::string& kind, double value)
{
    const BudgetKind* known = budgetKinds().find(kind);
    if (known && known->unit == "bytes")
        return formatBytes(static_cast<std::int64_t>(value));
    return phrase("%1 %2").arg(QLocale().toString(value, 'f', known && known->unit == "ms" ? 3 : 2), known ? catalogText(known->unit) : QString());
}

QString checkText(const BudgetCheck& check)
{
    const BudgetKind* kind = budgetKinds().find(check.kind);
    const QString label = kind ? catalogText(kind->label) : QString::fromStdString(check.kind);
    const QString limit = budgetFigure(check.kind, check.limit);
    const QString value = budgetFigure(check.kind, check.value);
    switch (check.state) {
    case BudgetState::Met: return phrase("%1: %2 of at most %3").arg(label, value, limit);
    case BudgetState::MetWithinNoise: return phrase("%1: %2 of at most %3, a difference within noise").arg(label, value, limit);
    case BudgetState::MissedWithinNoise: return phrase("%1: %2, above %3, but within noise").arg(label, value, limit);
    case BudgetState::Missed: return phrase("%1: %2, above %3").arg(label, value, limit);
    case BudgetState::Unknown: break;
    }
    return phrase("%1: not measured").arg(label);
}

QString bestSoFarText(const RecipeReport& report)
{
    if (report.recommended < 0)
        return {};
    const RecipeCandidate& one = report.candidates[static_cast<std::size_t>(report.recommended)];
    return (QStringList(phrase("Best so far: %1").arg(recipeText(one.steps))) + checkLines(one)).join(QLatin1Char('\n'));
}

QString recommendationText(const RecipeReport& report)
{
    QStringList lines;
    if (report.recommended >= 0) {
        const RecipeCandidate& one = report.candidates[static_cast<std::size_t>(report.recommended)];
        lines << phrase("Recommended: %1").arg(recipeText(one.steps)) << whyText(report.why);
        lines << checkLines(one);
        if (one.confirmed)
            lines << phrase("Its nodes were run: package and accuracy are theirs.");
        if (limits(report.budgets, &BudgetKind::runs))
            lines << phrase("Time and memory were measured on %1.").arg(DeviceChoice::placeOf(QString::fromStdString(report.device)));
    }
    for (const std::string& kind : report.impossible)
        if (const BudgetKind* known = budgetKinds().find(kind))
            lines << phrase("No candidate meets “%1” of %2, even alone.").arg(catalogText(known->label), budgetFigure(kind, report.budgets.at(kind)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace espalier
