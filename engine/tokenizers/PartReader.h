// SPDX-License-Identifier: Apache-2.0
// How a part of a tokenizer is made from JSON: its "type" names the member of the catalogue. Private to the tokenizers.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/Json.h"

namespace espalier {

/// The part, or nothing for null. Unsupported when the catalogue lacks the type: the error names the field, the type and the known ones.
template <typename Pointer, typename Kind>
Result<Pointer> partFromJson(const Catalog<Kind>& catalog, const Json& json, const std::string& path)
{
    if (json.is_null())
        return Pointer();
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(const std::string type, fields.text("type"));
    auto kind = catalog.get(type);
    if (!kind)
        return Error{ErrorCode::Unsupported, "The field '" + path + "' asks for '" + type + "', which is not supported.", kind.error().remedy, {}};
    return (*kind)->create(fields);
}

/// Every element of the array @p name, in order.
template <typename Pointer>
Result<std::vector<Pointer>> partsFromJson(const Fields& fields, std::string_view name, Result<Pointer> (*create)(const Json&, const std::string&))
{
    constexpr std::size_t most = 64;
    ESPALIER_TRY(const auto items, fields.array(name));
    if (items.size() > most)
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "." + std::string(name) + "' has more than 64 elements.", {}, {}};
    std::vector<Pointer> parts;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string path = fields.path() + "." + std::string(name) + "[" + std::to_string(i) + "]";
        ESPALIER_TRY(Pointer part, create(*items[i], path));
        if (!part)
            return Error{ErrorCode::InvalidFormat, "The field '" + path + "' must be an object.", {}, {}};
        parts.push_back(std::move(part));
    }
    return parts;
}

/// Whether the field is absent or null, which tokenizer.json takes for the same.
inline bool isNull(const Fields& fields, std::string_view name)
{
    return fields.value(name).is_null();
}
/// The boolean, or @p fallback where it is absent or null.
inline Result<bool> flagOr(const Fields& fields, std::string_view name, bool fallback)
{
    return isNull(fields, name) ? Result<bool>(fallback) : fields.boolean(name);
}
/// The text, or "" where it is absent or null.
inline Result<std::string> textOrNone(const Fields& fields, std::string_view name)
{
    return isNull(fields, name) ? Result<std::string>(std::string()) : fields.text(name);
}

/// What cannot be followed exactly is refused.
inline Error unsupportedField(const Fields& fields, std::string_view name, std::string_view what)
{
    return {ErrorCode::Unsupported, "The field '" + fields.path() + "." + std::string(name) + "' asks for " + std::string(what) + ", which is not supported.", {}, {}};
}

/// A text to search for: 1 to 256 bytes, so that a search takes no longer than the text is long, nearly.
inline Result<std::string> searchText(const Fields& fields, std::string_view name)
{
    ESPALIER_TRY(std::string text, fields.text(name));
    if (text.empty() || text.size() > 256)
        return unsupportedField(fields, name, text.empty() ? "an empty pattern" : "a pattern of more than 256 bytes");
    return text;
}

/// A text of exactly one character.
Result<std::string> oneCharacter(const Fields& fields, std::string_view name);


} // namespace espalier
