// SPDX-License-Identifier: Apache-2.0
// Frees a JSON value without asking for memory. The library's own way (nlohmann-json 3.11) moves all children to a new vector first, so that a
// value that is freed because memory has run out ends the program. It does so to bear any depth; ours comes from parseJson(), which bounds it.
// Compiled into every file of what ships to devices (ESPALIER_EDGE_ONLY), ahead of all that could free one.
#pragma once

#include <nlohmann/json.hpp>

#if NLOHMANN_JSON_VERSION_MAJOR == 3 && NLOHMANN_JSON_VERSION_MINOR >= 11 && NLOHMANN_JSON_VERSION_MINOR <= 12

namespace nlohmann {

template <>
inline void json::json_value::destroy(detail::value_t type)
{
    switch (type) {
    case detail::value_t::object: delete object; break;
    case detail::value_t::array: delete array; break;
    case detail::value_t::string: delete string; break;
    case detail::value_t::binary: delete binary; break;
    default: break;
    }
}

} // namespace nlohmann

#endif
