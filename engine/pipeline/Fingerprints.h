// SPDX-License-Identifier: GPL-3.0-or-later
// Fingerprints: names the result of every node of a graph before it is computed. A node's fingerprint covers its type and
// version, its parameters (files by their content) and the fingerprints of its inputs, so a change reaches exactly what depends on it.
#pragma once

#include "engine/graph/Graph.h"

#include <filesystem>
#include <map>
#include <mutex>

namespace espalier {

/// Content hashes of files, remembered by path, size and time of change. Safe to share between threads.
class FileHashes {
public:
    /// A folder's hash covers all files in it.
    Result<std::string> of(const std::filesystem::path& file);

private:
    Result<std::string> ofFolder(const std::filesystem::path& folder);
    struct Entry {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type time;
        std::string hash;
    };
    std::mutex m_mutex;
    std::map<std::filesystem::path, Entry> m_entries;
};

using NodeFingerprints = std::map<std::string, std::string>; ///< node id -> 64 hexadecimal digits

/// Of @p target and what it needs, or of every node. A node that cannot have one (unknown type, missing file or wire) and
/// whatever depends on it is left out; the Validator says why.
NodeFingerprints fingerprints(const Graph& graph, const std::filesystem::path& folder, FileHashes& files, const std::string& target = {});

} // namespace espalier
