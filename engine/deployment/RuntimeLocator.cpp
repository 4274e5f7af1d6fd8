// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/RuntimeLocator.h"

#include "engine/core/SafeFile.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <optional>

namespace espalier {
namespace {

constexpr const char* runtimeName = "espalier-edge";

void addFolder(std::vector<std::filesystem::path>& list, const std::filesystem::path& folder, const std::string& architecture)
{
    list.push_back(folder / architecture / runtimeName);
    list.push_back(folder / (runtimeName + ("-" + architecture)));
    list.push_back(folder / runtimeName);
}

int elfMachine(const std::string& architecture)
{
    if (architecture == "x86_64")
        return EM_X86_64;
    if (architecture == "aarch64")
        return EM_AARCH64;
    if (architecture == "riscv64")
        return EM_RISCV;
    return architecture == "armhf" ? EM_ARM : EM_NONE;
}

Error unusable(const std::filesystem::path& path, const std::string& problem, const std::string& remedy)
{
    return {ErrorCode::InvalidFormat, path.string() + " " + problem, remedy, {}};
}

/// Whether a program header asks for a dynamic loader. Headers that do not fit into @p head count as wrong.
template <typename Header, typename Segment>
Result<bool> asksForLoader(const std::string& head, const std::filesystem::path& path)
{
    Header header;
    std::memcpy(&header, head.data(), sizeof header);
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        const std::uint64_t at = header.e_phoff + i * sizeof(Segment);
        if (header.e_phentsize != sizeof(Segment) || header.e_phoff > head.size() || at + sizeof(Segment) > head.size())
            return unusable(path, "has damaged program headers.", "Build espalier-edge again.");
        Segment segment;
        std::memcpy(&segment, head.data() + at, sizeof segment);
        if (segment.p_type == PT_INTERP)
            return true;
    }
    return false;
}

} // namespace

RuntimeLocator::RuntimeLocator(std::filesystem::path folder) : m_folder(std::move(folder)) {}

std::vector<std::filesystem::path> RuntimeLocator::candidates(const std::string& architecture) const
{
    std::vector<std::filesystem::path> list;
    if (!m_folder.empty())
        addFolder(list, m_folder, architecture);
    if (const char* folder = std::getenv("ESPALIER_RUNTIME_DIR"); folder && *folder)
        addFolder(list, folder, architecture);
    std::error_code ignored;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    list.push_back(program.parent_path().parent_path() / "lib/espalier/runtime" / architecture / runtimeName);
    // A program run from a build tree finds the edge trees beside its own.
    for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
        list.push_back(folder / ("build/edge-" + architecture) / "engine/edge" / runtimeName);
    return list;
}

Result<std::filesystem::path> RuntimeLocator::find(const std::string& architecture) const
{
    std::string searched;
    std::optional<Error> refused;
    for (const auto& path : candidates(architecture)) {
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(path, ignored)) {
            searched += "\n  " + path.string();
            continue;
        }
        const auto checked = checkRuntime(path, architecture);
        if (checked)
            return path;
        if (!refused)
            refused = checked.error();
    }
    if (refused)
        return *refused;
    return Error{ErrorCode::NotFound, "There is no " + std::string(runtimeName) + " executable for " + architecture + ". Searched:" + searched,
                 "Build it (cmake --preset edge-" + architecture + " && cmake --build --preset edge-" + architecture
                     + "), or name its folder in ESPALIER_RUNTIME_DIR.", {}};
}

Result<void> checkRuntime(const std::filesystem::path& path, const std::string& architecture)
{
    std::ifstream stream(path, std::ios::binary);
    std::string head(4096, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    if (head.size() < sizeof(Elf64_Ehdr) || head.compare(0, SELFMAG, ELFMAG) != 0)
        return unusable(path, "is not an executable for Linux.", "Build espalier-edge again.");
    Elf32_Ehdr header; // the fields read here lie at the same offsets in both classes
    std::memcpy(&header, head.data(), sizeof header);
    if (header.e_machine != elfMachine(architecture))
        return unusable(path, "is for another processor than " + architecture + ".", "Build it with the preset edge-" + architecture + ".");
    const bool wide = head[EI_CLASS] == ELFCLASS64;
    const auto dynamic = wide ? asksForLoader<Elf64_Ehdr, Elf64_Phdr>(head, path) : asksForLoader<Elf32_Ehdr, Elf32_Phdr>(head, path);
    if (!dynamic)
        return dynamic.error();
    if (*dynamic)
        return unusable(path, "is linked dynamically, so a device may lack its libraries.", "Build it with the preset edge-" + architecture + ".");
    return {};
}

} // namespace espalier
