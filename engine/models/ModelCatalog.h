// SPDX-License-Identifier: GPL-3.0-or-later
// The models that can be trained, one member a line in ModelCatalog.cpp. This header is free of LibTorch: it holds what
// others need to know about an architecture; TextModel.h holds the module itself.
#pragma once

#include "engine/core/Architectures.h"
#include "engine/edge/Program.h"
#include "engine/models/PrunableGroups.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace espalier {

class TextModel;

/// An architecture with its hyperparameters and the sizes that data decides.
struct ModelSpec {
    std::string architecture = "textcnn";
    Parameters parameters; ///< complete: every ParameterSpec of the architecture has a value
    std::int64_t vocabularySize = 0;
    std::int64_t classes = 0;
    Task task = Task::SingleLabel;
};

/// A complete, checked specification: defaults where @p given is silent. Errors name the parameter.
Result<ModelSpec> makeModelSpec(const std::string& architecture, const Parameters& given, std::int64_t vocabularySize, std::int64_t classes,
                                Task task = Task::SingleLabel);
/// What makeModelSpec() checks, for a spec from elsewhere: known architecture, parameters in range, sizes that memory can hold.
Result<void> checkModelSpec(const ModelSpec& spec);
/// That a model of @p spec can read every text of a tokenizer which cuts at @p maxLength tokens.
Result<void> checkTextLength(const ModelSpec& spec, std::int64_t maxLength);

Json toJson(const ModelSpec& spec);
Result<ModelSpec> modelSpecFromJson(const Json& json);

/// A weight tensor that pruning may thin. Group: "embedding", "convolution", "recurrent" or "linear".
struct PrunableTensor {
    std::string name;
    std::string group;
};

using TensorShapes = std::map<std::string, std::vector<std::int64_t>>;

/// The functions take specs that passed checkModelSpec().
struct ModelType {
    std::string id; ///< of its Architecture (engine/core/Architectures.h), which holds its parameters and tasks
    /// What ParameterSpecs cannot say: the form of a text, values that exclude each other.
    std::function<Result<void>(const ModelSpec&)> check;
    /// Name and shape of every parameter of the module.
    std::function<TensorShapes(const ModelSpec&)> shapes;
    std::function<std::vector<PrunableTensor>(const ModelSpec&)> prunable;
    /// The op program that computes what the module computes, over tensors named as the module's parameters.
    std::function<edge::Program(const ModelSpec&)> lower;
    /// A module with fresh weights, drawn from LibTorch's generator.
    std::function<std::shared_ptr<TextModel>(const ModelSpec&)> create;
    /// The most tokens that a text may have; empty: any number.
    std::function<std::int64_t(const ModelSpec&)> maxTokens = {};
    /// What shrinking may take out; empty: nothing.
    std::function<PrunableGroups(const ModelSpec&)> groups = {};
};

const Catalog<ModelType>& modelCatalog();

} // namespace espalier
