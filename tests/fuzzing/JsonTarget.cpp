// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON facade: what it accepts is within its limits and comes back from its text; fields have the type that they are asked for.
#include "engine/core/Json.h"
#include "tests/fuzzing/FuzzTargets.h"

#include <cmath>

namespace espalier::fuzzing {
namespace {

int depthOf(const Json& value)
{
    int deepest = 0;
    if (value.is_structured())
        for (const Json& item : value)
            deepest = std::max(deepest, depthOf(item));
    return value.is_structured() ? deepest + 1 : 0;
}

/// An error names the field.
template <typename T>
bool has(const Result<T>& result, const std::string& field)
{
    require(result.ok() || result.error().detail.find("'" + field + "'") != std::string::npos, "an error names the field");
    return result.ok();
}

void checkField(const Fields& fields, const std::string& name)
{
    const Json& value = fields.value(name);
    const std::string path = fields.path() + "." + name;
    require(has(fields.text(name), path) == value.is_string(), "a text is a text");
    require(has(fields.boolean(name), path) == value.is_boolean(), "a truth value is one");
    require(!has(fields.integer(name), path) || value.is_number_integer(), "an integer is one");
    require(has(fields.number(name), path) == value.is_number(), "a number is one");
    require(!has(fields.texts(name), path) || value.is_array(), "texts are a list");
    require(!has(fields.integers(name), path) || value.is_array(), "integers are a list");
    if (const auto numbers = fields.numbers(name); has(numbers, path))
        for (const double number : *numbers)
            require(std::isfinite(number), "numbers are finite");
    require(fields.textOr(name, {}).ok() == value.is_string(), "a field that is there is not replaced");
}

void checkFields(const Json& value, const std::string& path)
{
    const auto fields = Fields::of(value, path);
    require(fields.ok() == value.is_object(), "fields are of an object");
    if (fields) {
        for (const auto& [name, item] : value.items())
            checkField(*fields, name);
        require(fields->unknown({}) == value, "what is not known is kept");
    }
    if (value.is_structured())
        for (const Json& item : value)
            checkFields(item, path);
}

} // namespace

bool runJson(std::string_view input)
{
    const auto value = parseJson(input, "input");
    if (!value) {
        require(value.error().detail.starts_with("input "), "an error names its source");
        return false;
    }
    require(depthOf(*value) <= JsonLimits().maxDepth, "the depth has a limit");
    const std::string text = dumpJson(*value);
    const auto again = parseJson(text, "again");
    require(again.ok() && *again == *value && dumpJson(*again) == text, "a value comes back from its text");
    const auto pretty = parseJson(dumpJsonPretty(*value), "pretty");
    require(pretty.ok() && *pretty == *value, "a value comes back from its pretty text");
    require(!parseJson(input, "input", {.maxBytes = input.size() - 1}).ok(), "the size has a limit");
    checkFields(*value, "input");
    return true;
}

} // namespace espalier::fuzzing
