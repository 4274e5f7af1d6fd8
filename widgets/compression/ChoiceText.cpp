// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/ChoiceText.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/style/CatalogText.h"

#include <QCoreApplication>
#include <QStringList>

namespace espalier {

QString choiceLabel(const char* nodeType, const char* parameter, const std::string& value)
{
    const NodeType* type = nodeCatalog().find(nodeType);
    if (const ParameterSpec* spec = type ? type->parameter(parameter) : nullptr)
        for (const ParameterChoice& choice : spec->choices)
            if (choice.value == value)
                return catalogText(choice.label);
    return QString::fromStdString(value);
}

QString choiceText(const CompressionSettings& settings)
{
    const auto label = [](const char* parameter, const QString& value) { return choiceLabel("prune", parameter, value.toStdString()); };
    QStringList parts{label("score", settings.score), label("method", settings.method)};
    const CompressionSettings usual;
    if (settings.pattern != usual.pattern)
        parts << label("pattern", settings.pattern);
    if (settings.embeddings != usual.embeddings)
        parts << QCoreApplication::translate("ChoiceText", "embeddings: %1").arg(label("embeddings", settings.embeddings));
    if (!settings.layerSparsities.isEmpty())
        parts << settings.layerSparsities;
    if (!settings.excluded.isEmpty())
        parts << QCoreApplication::translate("ChoiceText", "without %1").arg(settings.excluded);
    return parts.join(QCoreApplication::translate("ChoiceText", ", "));
}

} // namespace espalier
