// SPDX-License-Identifier: Apache-2.0
#include "engine/core/ParameterSpec.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace espalier {
namespace {

std::string number(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return std::to_string(static_cast<long long>(value));
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

Error badValue(const ParameterSpec& spec, const Json& value, const std::string& expected)
{
    return {ErrorCode::InvalidArgument, "'" + spec.id + "' is " + dumpJson(value) + "; it must be " + expected + ".", {}, {}};
}

Result<Json> checkNumber(const ParameterSpec& spec, const Json& value)
{
    const bool integer = spec.kind == ParameterKind::Integer;
    const std::string what = integer ? "a whole number" : "a number";
    if (!value.is_number() || !std::isfinite(value.get<double>()) || (integer && value.get<double>() != std::floor(value.get<double>())))
        return badValue(spec, value, what);
    const double x = value.get<double>();
    if (spec.minimum < spec.maximum && (x < spec.minimum || x > spec.maximum))
        return badValue(spec, value, what + " from " + number(spec.minimum) + " to " + number(spec.maximum));
    if (integer && std::abs(x) > 9e15)
        return badValue(spec, value, "a whole number below 9e15");
    return integer ? Json(static_cast<std::int64_t>(x)) : Json(x);
}

Result<Json> checkChoice(const ParameterSpec& spec, const Json& value)
{
    std::string known;
    for (const auto& choice : spec.choices) {
        if (value == Json(choice.value))
            return value;
        known += (known.empty() ? "" : ", ") + choice.value;
    }
    return badValue(spec, value, "one of: " + known);
}

Result<Json> checkText(const ParameterSpec& spec, const Json& value)
{
    if (!value.is_string())
        return badValue(spec, value, "a text");
    if (spec.required && value.get_ref<const std::string&>().empty())
        return Error{ErrorCode::InvalidArgument, "'" + spec.id + "' is empty.", "Choose a value for " + spec.label + ".", {}};
    return value;
}

} // namespace

std::string_view parameterKindName(ParameterKind kind)
{
    switch (kind) {
    case ParameterKind::Integer: return "integer";
    case ParameterKind::Real: return "real";
    case ParameterKind::Boolean: return "boolean";
    case ParameterKind::Choice: return "choice";
    case ParameterKind::Text: return "text";
    case ParameterKind::File: return "file";
    case ParameterKind::Device: return "device";
    }
    return "text";
}

Result<Json> checkParameter(const ParameterSpec& spec, const Json& value)
{
    switch (spec.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Real: return checkNumber(spec, value);
    case ParameterKind::Boolean: return value.is_boolean() ? Result<Json>(value) : badValue(spec, value, "true or false");
    case ParameterKind::Choice: return checkChoice(spec, value);
    case ParameterKind::Text:
    case ParameterKind::File:
    case ParameterKind::Device: return checkText(spec, value);
    }
    return badValue(spec, value, "of a known kind");
}

Result<Parameters> completeParameters(const std::vector<ParameterSpec>& specs, const Parameters& given)
{
    Parameters complete;
    std::string known;
    for (const auto& spec : specs) {
        known += (known.empty() ? "" : ", ") + spec.id;
        complete[spec.id] = spec.fallback;
    }
    for (const auto& [id, value] : given) {
        if (!complete.contains(id))
            return Error{ErrorCode::InvalidArgument, "There is no parameter '" + id + "'.", "Known parameters: " + known + ".", {}};
        complete[id] = value;
    }
    for (const auto& spec : specs) {
        ESPALIER_TRY(complete[spec.id], checkParameter(spec, complete[spec.id]));
    }
    return complete;
}

Result<Json> parseParameter(const ParameterSpec& spec, const std::string& text)
{
    switch (spec.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Real: {
        double value = 0;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (status != std::errc{} || end != text.data() + text.size())
            return badValue(spec, text, "a number");
        return checkParameter(spec, value);
    }
    case ParameterKind::Boolean:
        if (text == "true" || text == "false")
            return Json(text == "true");
        return badValue(spec, text, "true or false");
    default: return checkParameter(spec, text);
    }
}

Json toJson(const ParameterSpec& spec)
{
    Json choices = Json::array();
    for (const auto& choice : spec.choices)
        choices.push_back({{"value", choice.value}, {"label", choice.label}});
    Json json{{"id", spec.id},     {"label", spec.label},       {"help", spec.help}, {"kind", parameterKindName(spec.kind)},
              {"default", spec.fallback}, {"required", spec.required}};
    if (spec.minimum < spec.maximum)
        json.update({{"minimum", spec.minimum}, {"maximum", spec.maximum}, {"step", spec.step}});
    if (!spec.unit.empty())
        json["unit"] = spec.unit;
    if (!spec.choices.empty())
        json["choices"] = choices;
    if (spec.folderToo)
        json["folder"] = true;
    if (!spec.shownWhen.empty())
        json.update({{"shownWhen", spec.shownWhen}, {"shownValues", spec.shownValues}});
    return json;
}

} // namespace espalier
