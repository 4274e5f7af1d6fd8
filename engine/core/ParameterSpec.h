// SPDX-License-Identifier: Apache-2.0
// ParameterSpec: one parameter of a node, model or method, described as data. The inspector's form, validation,
// the file format, `--set` on the command line and the reference table are all made from it.
#pragma once

#include "engine/core/Json.h"

#include <map>
#include <string>
#include <vector>

namespace espalier {

enum class ParameterKind {
    Integer,
    Real,
    Boolean,
    Choice,
    Text,
    File,   ///< a path; relative ones are relative to the project file's folder
    Device, ///< the name of a device on the device list
};

struct ParameterChoice {
    std::string value; ///< stable, in files
    std::string label; ///< English, for people
};

struct ParameterSpec {
    std::string id; ///< stable, in files and after --set
    std::string label;
    std::string help;
    ParameterKind kind = ParameterKind::Text;
    Json fallback;            ///< the default value
    double minimum = 0;       ///< Integer and Real
    double maximum = 0;       ///< Integer and Real; no range when minimum == maximum
    double step = 1;          ///< what one click of a spin box adds
    std::string unit = {};    ///< "%", "epochs"; empty when it has none
    bool required = false;    ///< Text, File, Device: must not be empty
    std::vector<ParameterChoice> choices = {};
    /// The form shows this parameter only when that other one has one of these values; empty: always.
    std::string shownWhen = {};
    std::vector<std::string> shownValues = {};
    bool folderToo = false; ///< File: a folder will do as well
};

using Parameters = std::map<std::string, Json>; ///< id -> value

std::string_view parameterKindName(ParameterKind kind);

/// @p value as the spec wants it, or an InvalidArgument error that names the parameter, the value and the range.
Result<Json> checkParameter(const ParameterSpec& spec, const Json& value);

/// Every spec's value: from @p given where present and valid, else the default. Unknown ids are an error that lists the known ones.
Result<Parameters> completeParameters(const std::vector<ParameterSpec>& specs, const Parameters& given);

/// Reads a value written on a command line ("0.8", "true", "textcnn") as @p spec's kind.
Result<Json> parseParameter(const ParameterSpec& spec, const std::string& text);

Json toJson(const ParameterSpec& spec);

} // namespace espalier
