// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Artefact.h"

#include "engine/compression/LayerReport.h"
#include "engine/core/Task.h"

#include <array>
#include <map>

namespace espalier {
namespace {

constexpr std::size_t rejectedShown = 100;

template <typename Parts>
Json countsToJson(const Parts& parts)
{
    return {{"train", parts.train.size()},
            {"validation", parts.validation.size()},
            {"test", parts.test.size()},
            {"rejected", rejectedToJson(parts.rejected.first(rejectedShown), rejectedShown)},
            {"rejected_count", parts.rejected.size()},
            {"task", taskName(parts.task)}};
}

Json summary(const Dataset& dataset)
{
    return countsToJson(dataset);
}

Json summary(const Splits& splits)
{
    const auto& names = splits.train.labelNames();
    std::map<std::string, std::int64_t> counts;
    auto reader = splits.train.reader();
    std::vector<std::int64_t> byLabel(names.size());
    while (const RowView* row = reader.next())
        for (const std::uint32_t label : row->labels)
            ++byLabel[label];
    for (std::size_t i = 0; i < names.size(); ++i)
        counts[names[i]] = byLabel[i];
    Json labels = Json::array();
    for (const std::string& label : splits.labels.labels())
        labels.push_back({{"label", label}, {"train", counts[label]}});
    Json json = countsToJson(splits);
    json["labels"] = labels;
    if (splits.leaks)
        json["leaks"] = toJson(*splits.leaks);
    return json;
}

Json summary(const Tokenizer& tokenizer)
{
    return {{"kind", tokenizer.spec().kind}, {"vocabulary", tokenizer.vocabulary().size()}, {"source", tokenizer.source()}};
}

Json summary(const ModelArtefact& model)
{
    return {{"architecture", model.spec.architecture}, {"parameters", model.spec.parameters}};
}

Json summary(const CheckpointArtefact& artefact)
{
    const Checkpoint& checkpoint = artefact.checkpoint;
    std::int64_t weights = 0;
    for (const auto& [name, tensor] : checkpoint.weights)
        weights += static_cast<std::int64_t>(tensor.values.size());
    Json layers = Json::array();
    for (const LayerSparsity& layer : layerSparsities(checkpoint))
        layers.push_back(toJson(layer));
    const auto& epochs = checkpoint.history.epochs;
    const int best = checkpoint.history.bestEpoch;
    const bool known = best >= 1 && best <= static_cast<int>(epochs.size());
    Json json{{"history", toJson(checkpoint.history)},
              {"sparsity", checkpoint.sparsity()},
              {"weights", weights},
              {"labels", checkpoint.labels.labels()},
              {"layers", layers},
              {"score", checkpoint.history.score},
              {"validation_accuracy", known ? epochs[static_cast<std::size_t>(best - 1)].validationAccuracy : 0.0},
              {"warnings", Json::array()}};
    if (artefact.baseline)
        json["baseline"] = toJson(*artefact.baseline);
    if (artefact.vocabulary)
        json["vocabulary"] = toJson(*artefact.vocabulary);
    if (artefact.point) {
        json["point"] = toJson(*artefact.point);
        json["warnings"] = artefact.point->warnings;
        json["score"] = scoreName(Task::SingleLabel); // whatever the epochs of its training were judged by
        json["validation_accuracy"] = artefact.point->accuracy;
    }
    return json;
}

Json summary(const EvaluationReport& report)
{
    return toJson(report);
}

Json summary(const PackageArtefact& package)
{
    Json json = toJson(package.report);
    json["path"] = package.file.string();
    return json;
}

Json summary(const Receipt& receipt)
{
    return toJson(receipt);
}

} // namespace

std::string_view artefactType(const Artefact& artefact)
{
    static constexpr std::array<std::string_view, std::variant_size_v<Artefact>> types{"dataset",    "splits", "tokenizer", "model",
                                                                                     "checkpoint", "report", "package",   "receipt"};
    return types[artefact.index()];
}

Json summarise(const Artefact& artefact)
{
    return std::visit([](const auto& value) { return summary(value); }, artefact);
}

} // namespace espalier
