// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OutputShapes.h"

#include <algorithm>
#include <array>

namespace espalier::edge {
namespace {

/// Where the columns of an op's output come from.
enum class Columns {
    Input,     ///< as many as those of the input
    AllInputs, ///< of all inputs together
    First,     ///< the tensor's first dimension
    Second,    ///< the tensor's second dimension
};

enum class Rows { One, PerToken, AsInput };

struct Rule {
    std::string_view kind;
    Rows rows;
    Columns columns;
    std::string_view tensor = {}; ///< its role
    std::size_t input = 0;        ///< which one counts
};

constexpr std::array<Rule, 19> rules{{
    {"embedding", Rows::PerToken, Columns::Second, "weight"},
    {"ngram_mean", Rows::One, Columns::Second, "weight"},
    {"conv1d_max", Rows::One, Columns::First, "weight"},
    {"lstm", Rows::PerToken, Columns::Second, "weight_hh"},
    {"gru", Rows::PerToken, Columns::Second, "weight_hh"},
    {"max_pool", Rows::One, Columns::Input},
    {"mean_pool", Rows::One, Columns::Input},
    {"attention_pool", Rows::One, Columns::Input, {}, 1},
    {"first_row", Rows::One, Columns::Input},
    {"add_positions", Rows::PerToken, Columns::Input},
    {"add", Rows::AsInput, Columns::Input},
    {"layer_norm", Rows::AsInput, Columns::Input},
    {"self_attention", Rows::PerToken, Columns::Input},
    {"concat", Rows::AsInput, Columns::AllInputs},
    {"linear", Rows::AsInput, Columns::First, "weight"},
    {"softmax", Rows::One, Columns::Input},
    {"sigmoid", Rows::One, Columns::Input},
    {"tag_softmax", Rows::PerToken, Columns::Input},
    {"crf", Rows::PerToken, Columns::Input},
}};

std::optional<std::size_t> dimensionOf(const Op& op, const Rule& rule, const PackageReader& reader)
{
    const auto name = op.tensors.find(std::string(rule.tensor));
    const TensorRecord* record = name == op.tensors.end() ? nullptr : reader.record(name->second);
    const std::size_t dimension = rule.columns == Columns::First ? 0 : 1;
    if (record == nullptr || record->shape.size() <= dimension)
        return std::nullopt;
    return static_cast<std::size_t>(record->shape[dimension]);
}

/// The op's inputs; nothing where it reads ids, or has too few.
std::optional<std::vector<ValueInfo>> inputsOf(const Op& op, const Rule& rule, const BuildContext& context)
{
    std::vector<ValueInfo> inputs;
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
        const auto input = context.input(op, i);
        if (!input)
            return std::nullopt;
        inputs.push_back(*input);
    }
    return inputs.size() > rule.input ? std::optional(std::move(inputs)) : std::nullopt;
}

std::optional<ValueInfo> shapeOf(const Op& op, const PackageReader& reader, const BuildContext& context)
{
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.kind == op.kind; });
    if (rule == rules.end())
        return std::nullopt;
    ValueInfo shape{rule->rows == Rows::PerToken, 0, {}};
    const bool fromTensor = !rule->tensor.empty();
    if (const auto columns = fromTensor ? dimensionOf(op, *rule, reader) : std::nullopt)
        shape.columns = *columns;
    else if (fromTensor)
        return std::nullopt;
    if (fromTensor && rule->rows != Rows::AsInput)
        return shape;
    const auto inputs = inputsOf(op, *rule, context);
    if (!inputs)
        return std::nullopt;
    if (rule->rows == Rows::AsInput)
        shape.perToken = inputs->front().perToken;
    for (std::size_t i = 0; !fromTensor && i < inputs->size(); ++i)
        if (rule->columns == Columns::AllInputs || i == rule->input)
            shape.columns += (*inputs)[i].columns;
    return shape;
}

} // namespace

std::optional<std::vector<ValueInfo>> placeValues(const Program& program, const PackageReader& reader, BuildContext& context)
{
    std::vector<ValueInfo> values;
    for (const Op& op : program.ops) {
        const auto shape = shapeOf(op, reader, context);
        const auto value = shape ? context.reserveValue(shape->perToken, shape->columns) : Result<ValueInfo>(opError(op, "it has no shape"));
        if (!value)
            return std::nullopt;
        context.define(op.output, *value);
        values.push_back(*value);
    }
    return values;
}

} // namespace espalier::edge
