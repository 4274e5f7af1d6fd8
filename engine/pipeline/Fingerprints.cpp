// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Fingerprints.h"

#include "engine/core/Fingerprint.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/Validator.h"
#include "engine/tokenizers/loading/TokenizerFile.h"

#include <algorithm>

namespace espalier {
namespace {

/// The files that a tokenizer file brings along without being named, such as merges.txt beside vocab.json.
Result<void> addCompanions(const std::filesystem::path& file, FileHashes& files, Fingerprint& fingerprint)
{
    for (const auto& companion : companionsOf(file)) {
        std::error_code failed;
        if (!std::filesystem::exists(companion, failed))
            continue;
        ESPALIER_TRY(const std::string hash, files.of(companion));
        fingerprint.add("companion:" + companion.filename().string(), hash);
    }
    return {};
}

/// Parameters that choose how fast or where, not what: they do not change the result.
bool changesResult(const ParameterSpec& spec)
{
    return spec.id != "threads" && !(spec.id == "device" && spec.kind == ParameterKind::Text);
}

/// Parameters that projects got after results were stored: at their default they change nothing, and those results stay good.
bool silentAtDefault(const ParameterSpec& spec)
{
    return spec.id == "head_size";
}

Result<void> addParameters(const Node& node, const NodeType& type, const std::filesystem::path& folder, FileHashes& files, Fingerprint& fingerprint)
{
    ESPALIER_TRY(const Parameters parameters, effectiveParameters(node));
    for (const ParameterSpec& spec : type.parameters) {
        if (!changesResult(spec))
            continue;
        const Json& value = parameters.at(spec.id);
        if (silentAtDefault(spec) && value == spec.fallback)
            continue;
        if (spec.kind != ParameterKind::File || value == "") {
            fingerprint.add("parameter:" + spec.id, dumpJson(value));
            continue;
        }
        ESPALIER_TRY(const std::string hash, files.of(resolvePath(folder, value.get<std::string>())));
        fingerprint.add("file:" + spec.id, hash);
        if (spec.id == "vocabulary_file")
            ESPALIER_CHECK(addCompanions(resolvePath(folder, value.get<std::string>()), files, fingerprint));
    }
    return {};
}

/// False when a required input has no wire, or what feeds it has no fingerprint.
bool addInputs(const Graph& graph, const Node& node, const NodeType& type, const NodeFingerprints& known, Fingerprint& fingerprint)
{
    for (const PortSpec& port : type.inputs) {
        const Edge* edge = graph.edgeInto(node.id, port.id);
        if (!edge && port.required)
            return false;
        if (!edge)
            continue;
        const auto source = known.find(edge->fromNode);
        if (source == known.end())
            return false;
        fingerprint.add("input:" + port.id, source->second + "." + edge->fromPort);
    }
    return true;
}

} // namespace

/// Of a folder: names and contents of all that is in it.
Result<std::string> FileHashes::ofFolder(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (auto it = std::filesystem::recursive_directory_iterator(folder, failed); !failed && it != std::filesystem::recursive_directory_iterator(); it.increment(failed))
        if (it->is_regular_file())
            files.push_back(it->path());
    if (failed)
        return ioError("read", folder.string(), failed.value());
    std::sort(files.begin(), files.end());
    Fingerprint fingerprint;
    for (const auto& file : files) {
        ESPALIER_TRY(const std::string hash, of(file));
        fingerprint.add(file.lexically_relative(folder).string(), hash);
    }
    return fingerprint.hex();
}

Result<std::string> FileHashes::of(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        return ofFolder(file);
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    const auto time = failed ? std::filesystem::file_time_type() : std::filesystem::last_write_time(file, failed);
    if (failed)
        return ioError("read", file.string(), failed.value());
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_entries.find(file);
        if (it != m_entries.end() && it->second.size == size && it->second.time == time)
            return it->second.hash;
    }
    ESPALIER_TRY(const std::string hash, sha256OfFile(file));
    const std::lock_guard lock(m_mutex);
    m_entries[file] = {size, time, hash};
    return hash;
}

NodeFingerprints fingerprints(const Graph& graph, const std::filesystem::path& folder, FileHashes& files, const std::string& target)
{
    NodeFingerprints known;
    for (const std::string& id : graph.topologicalOrder(target)) {
        const Node& node = *graph.node(id);
        const NodeType* type = nodeCatalog().find(node.type);
        if (!type)
            continue;
        Fingerprint fingerprint;
        fingerprint.add("type", type->id).add("version", std::to_string(type->version));
        if (addParameters(node, *type, folder, files, fingerprint) && addInputs(graph, node, *type, known, fingerprint))
            known[id] = fingerprint.hex();
    }
    return known;
}

} // namespace espalier
