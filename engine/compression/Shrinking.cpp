// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Shrinking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace espalier {
namespace {

/// One flag a place of an axis: whether it stays.
using Places = std::vector<std::uint8_t>;
/// By tensor and axis; what is not listed stays whole.
using Cuts = std::map<std::string, std::map<std::size_t, Places>>;

std::int64_t sizeIn(const ModelSpec& model, const std::string& parameter)
{
    return model.parameters.at(parameter).get<std::int64_t>();
}

Result<PrunableGroups> groupsOf(const ModelSpec& model)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(model.architecture));
    return type->groups ? type->groups(model) : PrunableGroups{};
}

/// The parameters that count what @p groups hold.
std::vector<std::string> parametersOf(const PrunableGroups& groups)
{
    std::vector<std::string> names;
    for (const GroupKind& kind : groups.kinds)
        names.push_back(kind.parameter);
    if (!groups.stack.parameter.empty())
        names.push_back(groups.stack.parameter);
    return names;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

Error absentKind(const std::string& parameter, const ModelSpec& model, const std::vector<std::string>& known)
{
    return {ErrorCode::InvalidArgument, "'" + parameter + "' is to shrink, and " + architectures().find(model.architecture)->label + " has nothing of that kind.",
            known.empty() ? "Prune its weights instead: it has no parts that can be taken out." : "Set " + parameter + " to all. This model can lose " + joined(known) + ".", {}};
}

Result<std::int64_t> keptOf(const std::string& parameter, const KeptAmount& amount, std::int64_t present)
{
    const auto refused = [&](const std::string& value, const std::string& why) {
        return Error{ErrorCode::InvalidArgument, "'" + parameter + "' is " + value + ", " + why, "Keep from 1 to " + std::to_string(present) + ", or all.", {}};
    };
    if (amount.count && *amount.count > present)
        return refused(std::to_string(*amount.count), "and the model has " + std::to_string(present) + ".");
    if (amount.count && *amount.count < 1)
        return refused(std::to_string(*amount.count), "which leaves none.");
    if (amount.count)
        return *amount.count;
    const std::string percent = Json(std::round(amount.share * 1e6) / 1e4).dump() + "%";
    if (!(amount.share >= 0 && amount.share <= 1))
        return refused(percent, "which is not a share.");
    const auto kept = static_cast<std::int64_t>(std::round(amount.share * static_cast<double>(present)));
    return kept > 0 ? Result<std::int64_t>(kept) : refused(percent, "which leaves none of " + std::to_string(present) + ".");
}

/// The groups of @p set that do not stay.
Result<std::vector<std::int64_t>> leaving(const GroupSet& set, std::int64_t kept, const std::vector<double>* scores)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(set.count));
    std::iota(order.begin(), order.end(), 0);
    if (scores) {
        if (scores->size() != order.size() || !std::all_of(scores->begin(), scores->end(), [](double score) { return std::isfinite(score); }))
            return Error{ErrorCode::InvalidArgument, "The scores of the model's parts are not one finite number for each.", "Train the model anew: its loss or its weights are not finite."};
        std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) { return (*scores)[static_cast<std::size_t>(a)] > (*scores)[static_cast<std::size_t>(b)]; });
    }
    return std::vector<std::int64_t>(order.begin() + kept, order.end());
}

void cut(Cuts& cuts, const Weights& weights, const GroupSet& set, const std::vector<std::int64_t>& leaves)
{
    for (const GroupSlice& slice : set.slices) {
        Places& places = cuts[slice.tensor][slice.axis];
        places.resize(static_cast<std::size_t>(weights.at(slice.tensor).shape[slice.axis]), 1);
        for (const std::int64_t group : leaves)
            std::fill_n(places.begin() + slice.first + group * slice.width, slice.width, std::uint8_t{0});
    }
}

Result<Cuts> cutsOf(const Checkpoint& checkpoint, const PrunableGroups& groups, const ModelSpec& smaller, const GroupScoreTable& scores)
{
    Cuts cuts;
    for (const GroupKind& kind : groups.kinds) {
        const std::int64_t kept = sizeIn(smaller, kind.parameter);
        if (kept == sizeIn(checkpoint.model, kind.parameter))
            continue;
        const auto given = scores.find(kind.parameter);
        if (!kind.inOrder && (given == scores.end() || given->second.size() != kind.sets.size()))
            return Error{ErrorCode::InvalidArgument, "There are no scores to choose '" + kind.parameter + "' by.", {}};
        for (std::size_t i = 0; i < kind.sets.size(); ++i) {
            ESPALIER_TRY(const auto leaves, leaving(kind.sets[i], kept, kind.inOrder ? nullptr : &given->second[i]));
            cut(cuts, checkpoint.weights, kind.sets[i], leaves);
        }
    }
    return cuts;
}

/// @p values of @p shape without the places of @p axis that do not stay.
template <typename T>
std::vector<T> staying(const std::vector<T>& values, const std::vector<std::int64_t>& shape, std::size_t axis, const Places& places)
{
    std::size_t inner = 1;
    for (std::size_t i = axis + 1; i < shape.size(); ++i)
        inner *= static_cast<std::size_t>(shape[i]);
    std::vector<T> result;
    for (std::size_t begin = 0, place = 0; begin < values.size(); begin += inner, place = (place + 1) % places.size())
        if (places[place])
            result.insert(result.end(), values.begin() + static_cast<std::ptrdiff_t>(begin), values.begin() + static_cast<std::ptrdiff_t>(begin + inner));
    return result;
}

void apply(const Cuts& cuts, Checkpoint& checkpoint)
{
    for (const auto& [name, axes] : cuts)
        for (const auto& [axis, places] : axes) {
            Tensor& tensor = checkpoint.weights.at(name);
            if (const auto mask = checkpoint.masks.find(name); mask != checkpoint.masks.end())
                mask->second = staying(mask->second, tensor.shape, axis, places);
            tensor.values = staying(tensor.values, tensor.shape, axis, places);
            tensor.shape[axis] = std::count(places.begin(), places.end(), 1);
        }
}

/// Moves what stands under @p from in @p tensors to @p to; what stood there must be gone.
template <typename Tensors>
void rename(Tensors& tensors, const std::string& from, const std::string& to)
{
    if (auto node = tensors.extract(from); !node.empty()) {
        node.key() = to;
        tensors.insert(std::move(node));
    }
}

void dropLayers(const LayerStack& before, const LayerStack& after, Checkpoint& checkpoint)
{
    if (before.layers.size() == after.layers.size())
        return;
    for (std::size_t layer = after.layers.size(); layer < before.layers.size(); ++layer)
        for (const std::string& name : before.layers[layer]) {
            checkpoint.weights.erase(name);
            checkpoint.masks.erase(name);
        }
    for (std::size_t i = 0; i < before.after.size(); ++i) {
        rename(checkpoint.weights, before.after[i], after.after[i]);
        rename(checkpoint.masks, before.after[i], after.after[i]);
    }
}

/// Cut to as many tokens as the model of @p spec reads.
Result<Tokenizer> cutFor(const ModelSpec& spec, const Tokenizer& tokenizer)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(spec.architecture));
    if (!type->maxTokens || tokenizer.spec().maxLength <= type->maxTokens(spec))
        return tokenizer;
    Json json = tokenizer.toJson();
    json["max_length"] = type->maxTokens(spec);
    return Tokenizer::fromJson(json);
}

Result<void> checkTensors(const Checkpoint& checkpoint)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
    for (const auto& [name, shape] : type->shapes(checkpoint.model)) {
        const auto found = checkpoint.weights.find(name);
        if (found == checkpoint.weights.end() || found->second.shape != shape)
            return Error{ErrorCode::InvalidArgument, "The checkpoint's tensor '" + name + "' does not fit its model.", "Use a checkpoint of the model it was made for."};
    }
    return {};
}

} // namespace

Result<ModelSpec> shrunkModel(const ModelSpec& model, const KeptAmounts& keep)
{
    ESPALIER_CHECK(checkModelSpec(model));
    ESPALIER_TRY(const PrunableGroups groups, groupsOf(model));
    const auto known = parametersOf(groups);
    ModelSpec smaller = model;
    for (const auto& [parameter, amount] : keep) {
        if (std::find(known.begin(), known.end(), parameter) == known.end())
            return absentKind(parameter, model, known);
        ESPALIER_TRY(smaller.parameters[parameter], keptOf(parameter, amount, sizeIn(model, parameter)));
    }
    for (const GroupKind& kind : groups.kinds)
        if (smaller.parameters[kind.parameter] != model.parameters.at(kind.parameter))
            for (const auto& [parameter, value] : kind.fixed)
                smaller.parameters[parameter] = value;
    if (smaller.parameters == model.parameters)
        return Error{ErrorCode::InvalidArgument, "Nothing is to be taken out of the model.",
                     known.empty() ? "Prune its weights instead: " + architectures().find(model.architecture)->label + " has no parts that can be taken out."
                                   : "Keep less than all of one of these: " + joined(known) + ".", {}};
    ESPALIER_CHECK(checkModelSpec(smaller));
    return smaller;
}

Result<Checkpoint> shrink(const Checkpoint& checkpoint, const ModelSpec& smaller, const GroupScoreTable& scores)
{
    ESPALIER_CHECK(checkTensors(checkpoint));
    ESPALIER_TRY(const PrunableGroups before, groupsOf(checkpoint.model));
    ESPALIER_TRY(const PrunableGroups after, groupsOf(smaller));
    ESPALIER_TRY(const Cuts cuts, cutsOf(checkpoint, before, smaller, scores));
    Checkpoint made = checkpoint;
    apply(cuts, made);
    dropLayers(before.stack, after.stack, made);
    ESPALIER_TRY(made.tokenizer, cutFor(smaller, checkpoint.tokenizer));
    made.model = smaller;
    made.requantize();
    return made;
}

} // namespace espalier
