// SPDX-License-Identifier: Apache-2.0
#include "engine/core/Json.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace espalier {
namespace {

/// Builds the value while watching depth and duplicate keys, so that hostile text is refused before it is stored.
class GuardedBuilder final : public nlohmann::detail::json_sax_dom_parser<Json> {
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;

public:
    GuardedBuilder(Json& target, std::string_view text, int maxDepth) : Base(target, false), m_text(text), m_maxDepth(maxDepth) {}

    bool start_object(std::size_t count)
    {
        m_keys.emplace_back();
        return descend() && Base::start_object(count);
    }
    bool key(std::string& name)
    {
        if (!m_keys.back().insert(name).second)
            return refuse("the key '" + name + "' stands twice in one object");
        return Base::key(name);
    }
    bool end_object()
    {
        m_keys.pop_back();
        --m_depth;
        return Base::end_object();
    }
    bool start_array(std::size_t count) { return descend() && Base::start_array(count); }
    bool end_array()
    {
        --m_depth;
        return Base::end_array();
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& reason)
    {
        const std::string what = reason.what();
        const auto colon = what.find(": ", what.find(']'));
        return refuse((colon == std::string::npos ? what : what.substr(colon + 2)) + " (" + placeOf(position) + ")");
    }

    std::string problem;

private:
    bool descend() { return ++m_depth <= m_maxDepth || refuse("it is nested more than " + std::to_string(m_maxDepth) + " levels deep"); }
    bool refuse(std::string why)
    {
        problem = std::move(why);
        return false;
    }

    /// In a text of several lines, also the line.
    [[nodiscard]] std::string placeOf(std::size_t position) const
    {
        const auto end = m_text.begin() + static_cast<std::ptrdiff_t>(std::min(position, m_text.size()));
        const std::string line = m_text.find('\n') == std::string_view::npos ? "" : "line " + std::to_string(1 + std::count(m_text.begin(), end, '\n')) + ", ";
        return line + "byte " + std::to_string(position);
    }

    std::string_view m_text;
    int m_maxDepth;
    int m_depth = 0;
    std::vector<std::unordered_set<std::string>> m_keys;
};

} // namespace

Result<Json> parseJson(std::string_view text, std::string_view source, const JsonLimits& limits)
{
    if (text.size() > limits.maxBytes)
        return Error{ErrorCode::InvalidFormat, std::string(source) + " is larger than " + std::to_string(limits.maxBytes) + " bytes of JSON.", {}, {}};
    // The library takes a NUL for the end and would ignore what stands behind it.
    if (const auto nul = text.find('\0'); nul != std::string_view::npos)
        return Error{ErrorCode::InvalidFormat, std::string(source) + " is not valid JSON: it has a NUL (byte " + std::to_string(nul + 1) + ").", {}, {}};
    Json value;
    GuardedBuilder builder(value, text, limits.maxDepth);
    if (!Json::sax_parse(text.begin(), text.end(), &builder))
        return Error{ErrorCode::InvalidFormat, std::string(source) + " is not valid JSON: " + builder.problem + ".", {}, {}};
    return value;
}

std::string dumpJson(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string dumpJsonPretty(const Json& value)
{
    return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Fields> Fields::of(const Json& value, std::string path)
{
    if (!value.is_object())
        return Error{ErrorCode::InvalidFormat, "'" + path + "' must be an object.", {}, {}};
    return Fields(value, std::move(path));
}

bool Fields::has(std::string_view name) const
{
    return m_value->contains(name);
}

const Json& Fields::value(std::string_view name) const
{
    static const Json absent;
    const auto it = m_value->find(name);
    return it == m_value->end() ? absent : *it;
}

Result<const Json*> Fields::find(std::string_view name) const
{
    const auto it = m_value->find(name);
    if (it == m_value->end())
        return Error{ErrorCode::InvalidFormat, "The field '" + m_path + "." + std::string(name) + "' is missing.", {}, {}};
    return &*it;
}

Error Fields::wrongType(std::string_view name, std::string_view expected) const
{
    return {ErrorCode::InvalidFormat, "The field '" + m_path + "." + std::string(name) + "' must be " + std::string(expected) + ".", {}, {}};
}

Result<std::string> Fields::text(std::string_view name) const
{
    ESPALIER_TRY(const Json* value, find(name));
    if (!value->is_string())
        return wrongType(name, "a text");
    return value->get<std::string>();
}

Result<std::int64_t> Fields::integer(std::string_view name) const
{
    ESPALIER_TRY(const Json* value, find(name));
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return wrongType(name, "an integer below 2^63");
    if (!value->is_number_integer())
        return wrongType(name, "an integer");
    return value->get<std::int64_t>();
}

Result<double> Fields::number(std::string_view name) const
{
    ESPALIER_TRY(const Json* value, find(name));
    if (!value->is_number() || !std::isfinite(value->get<double>()))
        return wrongType(name, "a number");
    return value->get<double>();
}

Result<bool> Fields::boolean(std::string_view name) const
{
    ESPALIER_TRY(const Json* value, find(name));
    if (!value->is_boolean())
        return wrongType(name, "true or false");
    return value->get<bool>();
}

Result<Fields> Fields::object(std::string_view name) const
{
    ESPALIER_TRY(const Json* value, find(name));
    return of(*value, m_path + "." + std::string(name));
}

Result<std::vector<const Json*>> Fields::array(std::string_view name) const
{
    ESPALIER_TRY(const Json* value, find(name));
    if (!value->is_array())
        return wrongType(name, "a list");
    std::vector<const Json*> items;
    items.reserve(value->size());
    for (const Json& item : *value)
        items.push_back(&item);
    return items;
}

Result<std::vector<std::string>> Fields::texts(std::string_view name) const
{
    ESPALIER_TRY(const auto items, array(name));
    std::vector<std::string> result;
    result.reserve(items.size());
    for (const Json* item : items) {
        if (!item->is_string())
            return wrongType(name, "a list of texts");
        result.push_back(item->get<std::string>());
    }
    return result;
}

Result<std::vector<std::int64_t>> Fields::integers(std::string_view name) const
{
    ESPALIER_TRY(const auto items, array(name));
    std::vector<std::int64_t> result;
    result.reserve(items.size());
    for (const Json* item : items) {
        if (!item->is_number_integer() || (item->is_number_unsigned() && item->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)))
            return wrongType(name, "a list of integers");
        result.push_back(item->get<std::int64_t>());
    }
    return result;
}

Result<std::vector<double>> Fields::numbers(std::string_view name) const
{
    ESPALIER_TRY(const auto items, array(name));
    std::vector<double> result;
    result.reserve(items.size());
    for (const Json* item : items) {
        if (!item->is_number())
            return wrongType(name, "a list of numbers");
        result.push_back(item->get<double>());
    }
    return result;
}

Result<std::string> Fields::textOr(std::string_view name, std::string fallback) const
{
    return has(name) ? text(name) : Result<std::string>(std::move(fallback));
}

Result<std::int64_t> Fields::integerOr(std::string_view name, std::int64_t fallback) const
{
    return has(name) ? integer(name) : Result<std::int64_t>(fallback);
}

Result<double> Fields::numberOr(std::string_view name, double fallback) const
{
    return has(name) ? number(name) : Result<double>(fallback);
}

Result<bool> Fields::booleanOr(std::string_view name, bool fallback) const
{
    return has(name) ? boolean(name) : Result<bool>(fallback);
}

Json Fields::unknown(std::initializer_list<std::string_view> known) const
{
    Json rest = Json::object();
    for (const auto& [name, value] : m_value->items())
        if (std::find(known.begin(), known.end(), name) == known.end())
            rest[name] = value;
    return rest;
}

} // namespace espalier
