// SPDX-License-Identifier: GPL-3.0-or-later
// LabelMap: the classes and their order, which is that of a model's outputs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// The classes, sorted by their bytes, so that the order does not depend on the order of rows.
class LabelMap {
public:
    LabelMap() = default;
    /// Sorts and removes duplicates.
    explicit LabelMap(std::vector<std::string> labels);

    [[nodiscard]] const std::vector<std::string>& labels() const { return m_labels; }
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_labels.size()); }
    /// -1 when unknown.
    [[nodiscard]] std::int64_t indexOf(std::string_view label) const;
    bool operator==(const LabelMap&) const = default;

private:
    std::vector<std::string> m_labels;
};

} // namespace espalier
