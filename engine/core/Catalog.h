// SPDX-License-Identifier: Apache-2.0
// Catalog<T>: the ordered list of the members of one kind (node types, models, scorers, transports...). It is filled
// in one explicit file per kind, a line a member; conformance tests iterate it. T has a `std::string id`.
#pragma once

#include "engine/core/Result.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

template <typename T>
class Catalog {
public:
    /// @p kind names a member in errors: "node type", "model".
    Catalog(std::string kind, std::vector<T> members) : m_kind(std::move(kind)), m_members(std::move(members)) {}

    [[nodiscard]] const std::vector<T>& members() const { return m_members; }
    [[nodiscard]] const T* find(std::string_view id) const
    {
        const auto it = std::find_if(m_members.begin(), m_members.end(), [&](const T& member) { return member.id == id; });
        return it == m_members.end() ? nullptr : &*it;
    }
    /// The member, or a NotFound error that lists the known ones.
    [[nodiscard]] Result<const T*> get(std::string_view id) const
    {
        if (const T* member = find(id))
            return member;
        std::string known;
        for (const T& member : m_members)
            known += (known.empty() ? "" : ", ") + member.id;
        return Error{ErrorCode::NotFound, "There is no " + m_kind + " '" + std::string(id) + "'.", "Known: " + known + ".", {}};
    }

private:
    std::string m_kind;
    std::vector<T> m_members;
};

} // namespace espalier
