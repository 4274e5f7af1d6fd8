// SPDX-License-Identifier: GPL-3.0-or-later
// The models that can be trained, one member a line in ModelCatalog.cpp. This header is free of LibTorch: it holds what
// others need to know about an architecture; TextModel.h holds the module itself.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/ParameterSpec.h"
#include "engine/edge/Program.h"

#include <cstdint>
#include <functional>
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
};

Json toJson(const ModelSpec& spec);
Result<ModelSpec> modelSpecFromJson(const Json& json);

/// A weight tensor that pruning may thin. Group: "embedding", "convolution" or "linear".
struct PrunableTensor {
    std::string name;
    std::string group;
};

struct ModelType {
    std::string id;
    std::string label;
    std::vector<ParameterSpec> parameters;
    std::function<std::vector<PrunableTensor>(const ModelSpec&)> prunable;
    /// The op program that computes what the module computes, over tensors named as the module's parameters.
    std::function<edge::Program(const ModelSpec&)> lower;
    /// A module with fresh weights, drawn from LibTorch's generator.
    std::function<std::shared_ptr<TextModel>(const ModelSpec&)> create;
};

const Catalog<ModelType>& modelCatalog();

} // namespace espalier
