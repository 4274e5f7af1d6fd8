// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/ConfigFolder.h"

#include <cstdlib>
#include <pwd.h>
#include <string>
#include <unistd.h>

namespace espalier {
namespace {

std::filesystem::path fromEnvironment(const char* name)
{
    const char* value = std::getenv(name);
    return value && *value ? std::filesystem::path(value) : std::filesystem::path();
}

} // namespace

std::filesystem::path homeFolder()
{
    if (auto home = fromEnvironment("HOME"); !home.empty())
        return home;
    const passwd* account = ::getpwuid(::getuid());
    return account && account->pw_dir ? std::filesystem::path(account->pw_dir) : std::filesystem::path("/");
}

std::filesystem::path configFolder()
{
    if (auto folder = fromEnvironment("ESPALIER_CONFIG_DIR"); !folder.empty())
        return folder;
    if (auto folder = fromEnvironment("XDG_CONFIG_HOME"); !folder.empty())
        return folder / "espalier";
    return homeFolder() / ".config" / "espalier";
}

std::filesystem::path expandHome(const std::string& path)
{
    return path.rfind("~/", 0) == 0 ? homeFolder() / path.substr(2) : std::filesystem::path(path);
}

} // namespace espalier
