// SPDX-License-Identifier: Apache-2.0
// The one door to JSON. Text from outside enters through parseJson(), which refuses what would hurt later
// (deep nesting, duplicate keys, oversized text, invalid UTF-8), and leaves through dumpJson(), whose keys are sorted.
// Fields reads an object with errors that name the field by its path. Nobody else includes the JSON library.
#pragma once

#include "engine/core/Result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

using Json = nlohmann::json;

struct JsonLimits {
    std::size_t maxBytes = std::size_t{64} << 20;
    int maxDepth = 64;
};

/// Parses one JSON value. @p source names the text in errors (a file name, "request").
Result<Json> parseJson(std::string_view text, std::string_view source, const JsonLimits& limits = {});
Result<Json> readJsonFile(const std::filesystem::path& path, const JsonLimits& limits = {});

/// One line without spaces. Bytes that are not UTF-8 become U+FFFD.
std::string dumpJson(const Json& value);
/// Indented by two spaces, keys sorted, newline at the end: for files that people diff.
std::string dumpJsonPretty(const Json& value);

/// Typed access to an object's fields. Wrong or missing fields give an InvalidFormat error naming @c path.field.
/// Holds a reference: the Json must outlive it.
class Fields {
public:
    /// Fails when @p value is not an object.
    static Result<Fields> of(const Json& value, std::string path);

    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] const std::string& path() const { return m_path; }
    /// The field as it stands there, whatever it is; null where it is absent.
    [[nodiscard]] const Json& value(std::string_view name) const;

    [[nodiscard]] Result<std::string> text(std::string_view name) const;
    [[nodiscard]] Result<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] Result<double> number(std::string_view name) const;
    [[nodiscard]] Result<bool> boolean(std::string_view name) const;
    [[nodiscard]] Result<Fields> object(std::string_view name) const;
    /// The array's elements, by pointer into the Json.
    [[nodiscard]] Result<std::vector<const Json*>> array(std::string_view name) const;
    [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name) const;
    [[nodiscard]] Result<std::vector<std::int64_t>> integers(std::string_view name) const;
    [[nodiscard]] Result<std::vector<double>> numbers(std::string_view name) const;
    /// Every element of the array as @p read makes it; the first error ends it.
    template <typename T>
    [[nodiscard]] Result<std::vector<T>> list(std::string_view name, Result<T> (*read)(const Json&)) const;

    /// The same, or @p fallback where the field is absent; still an error where it is present and wrong.
    [[nodiscard]] Result<std::string> textOr(std::string_view name, std::string fallback) const;
    [[nodiscard]] Result<std::int64_t> integerOr(std::string_view name, std::int64_t fallback) const;
    [[nodiscard]] Result<double> numberOr(std::string_view name, double fallback) const;
    [[nodiscard]] Result<bool> booleanOr(std::string_view name, bool fallback) const;

    /// A copy of the object without the fields in @p known: what a round trip must keep.
    [[nodiscard]] Json unknown(std::initializer_list<std::string_view> known) const;

private:
    Fields(const Json& value, std::string path) : m_value(&value), m_path(std::move(path)) {}
    [[nodiscard]] Result<const Json*> find(std::string_view name) const;
    [[nodiscard]] Error wrongType(std::string_view name, std::string_view expected) const;

    const Json* m_value;
    std::string m_path;
};

template <typename T>
Result<std::vector<T>> Fields::list(std::string_view name, Result<T> (*read)(const Json&)) const
{
    ESPALIER_TRY(const auto elements, array(name));
    std::vector<T> items;
    items.reserve(elements.size());
    for (const Json* element : elements) {
        ESPALIER_TRY(T item, read(*element));
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace espalier
