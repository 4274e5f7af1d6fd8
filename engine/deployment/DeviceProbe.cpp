// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/DeviceProbe.h"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

namespace espalier {
namespace {

constexpr std::int64_t leastMemory = std::int64_t{16} << 20;
constexpr std::int64_t leastDisk = std::int64_t{4} << 20;

/// Each fact comes as a section: a line "espalier:NAME", then what the device says.
constexpr std::string_view probeScript = R"sh(
section() { echo; echo "espalier:$1"; }
cd "$HOME" 2>/dev/null || cd /
section machine; uname -m
section system; uname -sr
section cpuinfo; cat /proc/cpuinfo 2>/dev/null
section meminfo; cat /proc/meminfo 2>/dev/null
section missing
for tool in sha256sum mkdir ln mv readlink cat rm wc df date uname sync chmod; do
    command -v $tool >/dev/null 2>&1 || echo $tool
done
section root
mkdir -p "$1" && cd "$1" && pwd -P || exit 0
section disk; df -Pk . 2>/dev/null
trial=.probe.$$
section writable; mkdir "$trial" && echo yes || exit 0
section swap
ln -s old "$trial/link" && ln -s new "$trial/next" && mv -fT "$trial/next" "$trial/link" && readlink "$trial/link"
section runs
printf '#!/bin/sh\necho yes\n' > "$trial/run" && chmod 755 "$trial/run" && "./$trial/run"
rm -rf "$trial"
)sh";

using Sections = std::map<std::string, std::string>;

Sections splitSections(const std::string& text)
{
    constexpr std::string_view marker = "espalier:";
    Sections sections;
    std::string* current = nullptr;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(marker, 0) == 0)
            current = &sections[line.substr(marker.size())];
        else if (current && !line.empty())
            *current += line + "\n";
    }
    return sections;
}

std::string firstLine(const Sections& sections, const std::string& name)
{
    const auto found = sections.find(name);
    return found == sections.end() ? std::string() : found->second.substr(0, found->second.find('\n'));
}

/// The value after "NAME :" or "NAME:" of the first such line of a file in /proc.
std::string procValue(const std::string& text, std::string_view name)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto colon = line.find(':');
        if (colon == std::string::npos || line.substr(0, line.find_last_not_of(" \t", colon - 1) + 1) != name)
            continue;
        const auto begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? std::string() : line.substr(begin);
    }
    return {};
}

std::string megabytes(std::int64_t bytes)
{
    return std::to_string(bytes >> 20) + " MiB";
}

DeviceCheck checkArchitecture(const Sections& sections, DeviceProfile& profile)
{
    profile.machine = firstLine(sections, "machine");
    profile.system = firstLine(sections, "system");
    profile.architecture = executableArchitecture(profile.machine);
    const bool linux = profile.system.rfind("Linux", 0) == 0;
    std::string remedy;
    if (!linux)
        remedy = "Espalier's runtime needs Linux.";
    else if (profile.machine.rfind("armv6", 0) == 0)
        remedy = "ARMv6 (Raspberry Pi 1 and Zero) is not supported; ARMv7 and later are.";
    else if (profile.architecture.empty())
        remedy = "There is no runtime for this processor; x86_64, aarch64, ARMv7 and 64-bit RISC-V have one.";
    return {"architecture", linux && !profile.architecture.empty(), profile.machine + ", " + profile.system, remedy};
}

DeviceCheck checkCpuFeatures(const Sections& sections, DeviceProfile& profile)
{
    constexpr std::array<std::string_view, 14> wanted{"sse4_2", "avx", "avx2", "fma", "avx512f", "avx512bw", "avx512_vbmi", "avx512_vnni",
                                                      "avx_vnni", "neon", "asimd", "asimdhp", "asimddp", "i8mm"};
    const auto found = sections.find("cpuinfo");
    const std::string info = found == sections.end() ? std::string() : found->second;
    for (std::size_t at = info.find("processor"); at != std::string::npos; at = info.find("\nprocessor", at + 1))
        ++profile.cpus;
    std::istringstream flags(procValue(info, "flags") + " " + procValue(info, "Features"));
    std::string seen;
    for (std::string flag; flags >> flag;)
        if (std::find(wanted.begin(), wanted.end(), flag) != wanted.end()) {
            profile.cpuFeatures.push_back(flag);
            seen += (seen.empty() ? "" : " ") + flag;
        }
    return {"cpu_features", !info.empty(), std::to_string(profile.cpus) + " CPUs" + (seen.empty() ? "" : ": " + seen),
            info.empty() ? "/proc/cpuinfo cannot be read on the device; mount /proc." : ""};
}

DeviceCheck checkMemory(const Sections& sections, DeviceProfile& profile)
{
    const auto found = sections.find("meminfo");
    const std::string info = found == sections.end() ? std::string() : found->second;
    profile.memoryBytes = std::atoll(procValue(info, "MemTotal").c_str()) * 1024;
    profile.availableMemoryBytes = std::atoll(procValue(info, "MemAvailable").c_str()) * 1024;
    const bool enough = profile.availableMemoryBytes >= leastMemory;
    return {"memory", enough, megabytes(profile.availableMemoryBytes) + " of " + megabytes(profile.memoryBytes) + " available",
            enough ? "" : "Less than " + megabytes(leastMemory) + " is available; stop another program on the device."};
}

DeviceCheck checkDisk(const Sections& sections, DeviceProfile& profile)
{
    const auto found = sections.find("disk");
    if (found != sections.end()) {
        // POSIX format: the last line is device, blocks, used, available, capacity, mount point.
        std::istringstream fields(found->second.substr(found->second.find('\n') + 1));
        std::string skipped;
        std::int64_t kilobytes = 0;
        if (fields >> skipped >> skipped >> skipped >> kilobytes)
            profile.freeDiskBytes = kilobytes * 1024;
    }
    const bool enough = profile.freeDiskBytes >= leastDisk;
    return {"disk", enough, megabytes(profile.freeDiskBytes) + " free in " + firstLine(sections, "root"),
            enough ? "" : "Less than " + megabytes(leastDisk) + " is free; make room, or choose a root folder on another file system."};
}

DeviceCheck checkTools(const Sections& sections)
{
    std::string missing;
    const auto found = sections.find("missing");
    std::istringstream names(found == sections.end() ? std::string() : found->second);
    for (std::string name; names >> name;)
        missing += (missing.empty() ? "" : ", ") + name;
    if (!missing.empty())
        return {"shell_tools", false, "missing: " + missing, "Install coreutils or a BusyBox that has them."};
    // Where the trial could not be made at all, "writable" says so.
    if (firstLine(sections, "writable") == "yes" && firstLine(sections, "swap") != "new")
        return {"shell_tools", false, "mv has no option -T", "Without it a release cannot be activated in one step; install coreutils or BusyBox 1.35."};
    return {"shell_tools", true, "all there", ""};
}

DeviceCheck checkWritable(const Sections& sections, const std::string& root, const std::string& errors)
{
    const std::string folder = firstLine(sections, "root");
    if (firstLine(sections, "writable") != "yes")
        return {"writable", false, root + ": " + (errors.empty() ? "cannot be written" : errors.substr(0, errors.find('\n'))),
                "Choose a root folder that the account may write to."};
    if (firstLine(sections, "runs") != "yes")
        return {"writable", false, folder + " does not let programs run", "The file system is mounted noexec; choose a root folder on another one."};
    return {"writable", true, folder, ""};
}

} // namespace

std::string executableArchitecture(const std::string& machine)
{
    if (machine == "x86_64" || machine == "amd64")
        return "x86_64";
    if (machine == "aarch64" || machine == "arm64")
        return "aarch64";
    if (machine.rfind("armv7", 0) == 0 || machine.rfind("armv8", 0) == 0)
        return "armhf";
    return machine == "riscv64" ? machine : std::string();
}

Result<DeviceProfile> probeDevice(Transport& transport, const Device& device, const RunContext& context)
{
    const std::string root = deviceRoot(device);
    auto answer = transport.run({std::string(probeScript), {root}}, context);
    if (!answer)
        return answer.error().within("testing " + device.name);
    const Sections sections = splitSections(answer->output);
    if (firstLine(sections, "machine").empty())
        return remoteError("Testing " + device.name, *answer);
    DeviceProfile profile;
    profile.checks.push_back({"connection", true, device.kind == "local" ? "this computer" : device.host, ""});
    profile.checks.push_back(checkArchitecture(sections, profile));
    profile.checks.push_back(checkCpuFeatures(sections, profile));
    profile.checks.push_back(checkMemory(sections, profile));
    const DeviceCheck writable = checkWritable(sections, root, answer->errors);
    // Where there is no folder there is no figure for its disk either: one cause, one remedy.
    if (sections.contains("disk"))
        profile.checks.push_back(checkDisk(sections, profile));
    profile.checks.push_back(checkTools(sections));
    profile.checks.push_back(writable);
    return profile;
}

Result<void> requireUsable(const DeviceProfile& profile)
{
    for (const DeviceCheck& check : profile.checks)
        if (!check.passed)
            return Error{check.id == "disk" || check.id == "writable" ? ErrorCode::Io : ErrorCode::Unsupported,
                         "The device's check '" + check.id + "' did not pass: " + check.seen + ".", check.remedy, {}};
    return {};
}

} // namespace espalier
