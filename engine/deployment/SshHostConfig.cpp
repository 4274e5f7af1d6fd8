// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/SshHostConfig.h"

#include "engine/deployment/ConfigFolder.h"
#include "engine/deployment/Subprocess.h"

#include <charconv>
#include <pwd.h>
#include <sstream>
#include <unistd.h>

namespace espalier {
namespace {

std::string accountName()
{
    const passwd* account = ::getpwuid(::getuid());
    return account ? account->pw_name : "root";
}

std::filesystem::path accountHome()
{
    const passwd* account = ::getpwuid(::getuid());
    return account ? account->pw_dir : "/";
}

std::vector<std::string> sshArguments(const Device& device)
{
    std::vector<std::string> arguments{"ssh", "-T", "-G"};
    // ssh looks in the account's home folder whatever HOME says; we follow HOME, as everything else here does.
    if (homeFolder() != accountHome()) {
        const auto config = homeFolder() / ".ssh" / "config";
        arguments.insert(arguments.end(), {"-F", std::filesystem::exists(config) ? config.string() : "/dev/null"});
    }
    arguments.insert(arguments.end(), {"--", device.host});
    return arguments;
}

void applyLine(const std::string& key, const std::string& value, SshHostConfig& config)
{
    if (key == "hostname")
        config.hostName = value;
    else if (key == "hostkeyalias")
        config.hostKeyAlias = value;
    else if (key == "port")
        std::from_chars(value.data(), value.data() + value.size(), config.port);
    else if (key == "user")
        config.user = value;
    else if (key == "identityfile")
        config.identityFiles.push_back(expandHome(value));
    else if (key == "identitiesonly")
        config.identitiesOnly = value == "yes";
    else if (key == "identityagent" && value != "SSH_AUTH_SOCK")
        config.agentSocket = value == "none" ? value : expandHome(value).string();
    else if ((key == "proxyjump" || key == "proxycommand") && value != "none")
        config.proxy = value;
}

SshHostConfig usualConfig()
{
    SshHostConfig config;
    config.user = accountName();
    for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"})
        config.identityFiles.push_back(homeFolder() / ".ssh" / name);
    return config;
}

void applyDevice(const Device& device, SshHostConfig& config)
{
    if (config.hostName.empty())
        config.hostName = device.host;
    if (device.port != 0)
        config.port = device.port;
    if (!device.user.empty())
        config.user = device.user;
    if (!device.keyFile.empty()) {
        config.identityFiles = {expandHome(device.keyFile)};
        config.identitiesOnly = true;
        return;
    }
    std::erase_if(config.identityFiles, [](const std::filesystem::path& file) {
        std::error_code ignored;
        return !std::filesystem::is_regular_file(file, ignored);
    });
}

} // namespace

SshHostConfig parseSshConfig(const std::string& text)
{
    SshHostConfig config;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto space = line.find(' '); space != std::string::npos)
            applyLine(line.substr(0, space), line.substr(space + 1), config);
    return config;
}

Result<SshHostConfig> resolveSshHost(const Device& device, const RunContext& context)
{
    SubprocessRequest request;
    request.arguments = sshArguments(device);
    request.timeLimit = std::chrono::seconds(10);
    const auto answer = runSubprocess(request, context);
    if (!answer && answer.error().code == ErrorCode::Cancelled)
        return answer.error();
    // No ssh client, or a configuration it refuses: the device's own fields must do.
    if (!answer || !answer->succeeded())
        context.warn("The ssh configuration could not be read: " + (answer ? answer->errors : answer.error().message()));
    SshHostConfig config = answer && answer->succeeded() ? parseSshConfig(answer->output) : usualConfig();
    applyDevice(device, config);
    if (!config.proxy.empty())
        return Error{ErrorCode::Unsupported, "The ssh configuration reaches '" + device.host + "' through a proxy (" + config.proxy + ").",
                     "Forward a local port through the proxy with ssh -L and use 127.0.0.1 and that port for the device.", {}};
    return config;
}

} // namespace espalier
