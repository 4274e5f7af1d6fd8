// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/ReleaseLayout.h"

#include "engine/core/Fingerprint.h"

namespace espalier {

std::string releaseHash(std::string_view runtimeSha256, std::string_view packageSha256)
{
    return Fingerprint().add("runtime", runtimeSha256).add("package", packageSha256).hex();
}

bool isReleaseHash(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace espalier
