// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/QuantizationParameters.h"

#include "engine/core/ParameterBuilders.h"

namespace espalier {

using namespace parameters;

namespace {

std::vector<ParameterSpec> precisionAnd(ParameterSpec precision)
{
    const std::vector<std::string> quantized{"int8", "int8_groups", "int4"};
    const std::string ruler = precision.id;
    return {std::move(precision),
            shownWhen(choice("embeddings", "Embeddings", "Tables of which a sentence reads a few rows. They are most of a small model.",
                             {{"same", "As the weights"}, {"int8", "int8"}, {"int4", "int4 in groups"}}),
                      ruler, quantized),
            shownWhen(integer("group_size", "Group", "Inputs that share a scale, where the scale is one of a group. Smaller groups are more exact, and take more room.", 32, 8, 65536, 8,
                              "inputs"),
                      ruler, quantized)};
}

std::vector<ParameterChoice> quantizedChoices()
{
    return {{"int8", "int8"}, {"int8_groups", "int8 in groups"}, {"int4", "int4 in groups"}};
}

} // namespace

std::vector<ParameterSpec> quantizationParameters()
{
    return precisionAnd(choice("weights", "Weights", "8-bit integers with a scale a row, or with one for each group of inputs; or 4-bit integers, which take less room and are less exact.",
                               quantizedChoices()));
}

std::vector<ParameterSpec> packagePrecisionParameters()
{
    std::vector<ParameterChoice> choices = quantizedChoices();
    choices.insert(choices.begin(), {"checkpoint", "As quantised, else int8"});
    choices.push_back({"fp32", "fp32"});
    return precisionAnd(choice("precision", "Precision",
                               "8-bit integers with a scale a row, or with one for each group of inputs; 4-bit integers, which take less room and are less exact; or 32-bit floating point.",
                               std::move(choices)));
}

} // namespace espalier
