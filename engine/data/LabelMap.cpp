// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/LabelMap.h"

#include <algorithm>

namespace espalier {

LabelMap::LabelMap(std::vector<std::string> labels) : m_labels(std::move(labels))
{
    std::sort(m_labels.begin(), m_labels.end());
    m_labels.erase(std::unique(m_labels.begin(), m_labels.end()), m_labels.end());
}

std::int64_t LabelMap::indexOf(std::string_view label) const
{
    const auto it = std::lower_bound(m_labels.begin(), m_labels.end(), label);
    return it == m_labels.end() || *it != label ? -1 : it - m_labels.begin();
}

} // namespace espalier
