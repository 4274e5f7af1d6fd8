// SPDX-License-Identifier: GPL-3.0-or-later
// NodeType: one kind of stage, described as data. Palette, inspector, validation, the project file, --set and the reference
// table all come from it; how it runs is the pipeline's business (engine/pipeline).
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/ParameterSpec.h"

#include <string>
#include <vector>

namespace espalier {

/// What travels along a wire. The window gives each its colour and shape.
struct PortType {
    std::string id;    ///< "dataset", "splits", "tokenizer", "model", "checkpoint", "report", "package", "receipt"
    std::string label; ///< English
};

struct PortSpec {
    std::string id;   ///< stable, unique among the node's inputs or outputs
    std::string label;
    std::string type; ///< id of a PortType; a wire joins equal types only
    bool required = true; ///< inputs: whether the node can run without it
};

struct NodeType {
    std::string id;  ///< stable, in files
    int version = 1; ///< raised when the same inputs and parameters give another result; part of every fingerprint
    std::string category;
    std::string label;
    std::string help;
    std::vector<PortSpec> inputs;
    std::vector<PortSpec> outputs;
    std::vector<ParameterSpec> parameters;

    [[nodiscard]] const PortSpec* input(std::string_view port) const;
    [[nodiscard]] const PortSpec* output(std::string_view port) const;
    [[nodiscard]] const ParameterSpec* parameter(std::string_view parameter) const;
};

Json toJson(const NodeType& type);

} // namespace espalier
