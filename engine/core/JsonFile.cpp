// SPDX-License-Identifier: Apache-2.0
// Apart from Json.cpp, since what runs on devices links that, and std::filesystem would bring locales and wide characters along.
#include "engine/core/Json.h"
#include "engine/core/SafeFile.h"

namespace espalier {

Result<Json> readJsonFile(const std::filesystem::path& path, const JsonLimits& limits)
{
    ESPALIER_TRY(const std::string text, readFile(path, limits.maxBytes));
    return parseJson(text, "'" + path.string() + "'", limits);
}

} // namespace espalier
