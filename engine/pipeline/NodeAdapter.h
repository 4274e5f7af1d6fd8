// SPDX-License-Identifier: GPL-3.0-or-later
// NodeAdapter: how a node type runs. It turns parameters and input artefacts into options of the learning or deployment layer
// and calls it; it holds no state. The members are listed in AdapterCatalog.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/RunContext.h"
#include "engine/deployment/Credentials.h"
#include "engine/pipeline/Artefact.h"

#include <map>

namespace espalier {

using Secrets = std::map<std::string, Credentials>; ///< device name -> credentials; in memory only

/// What one execution of a node is given.
struct StageInputs {
    Parameters parameters; ///< complete and checked
    std::map<std::string, ArtefactPtr> artefacts; ///< input port -> artefact; optional ports may be absent
    std::filesystem::path projectFolder;
    std::filesystem::path outputFolder; ///< exists; files written here become part of the artefact
    std::filesystem::path scratchFolder; ///< survives a killed engine, removed when the node is done; may not exist yet
    const Secrets* secrets = nullptr;

    /// The artefact at @p port, which the validator has made sure of.
    template <typename T>
    const T& input(const std::string& port) const
    {
        return std::get<T>(*artefacts.at(port));
    }
    template <typename T>
    T parameter(const std::string& id) const
    {
        return parameters.at(id).get<T>();
    }
};

struct NodeAdapter {
    enum class Keeping {
        Recomputed, ///< cheap and deterministic: only its summary is stored
        Stored,     ///< its artefact is stored and found again
        AlwaysRun,  ///< acts on the world: runs whenever it is asked for; its artefact is stored
    };
    std::string id; ///< of the NodeType
    Keeping keeping = Keeping::Recomputed;
    Result<Artefact> (*run)(const StageInputs&, RunContext&) = nullptr;
};

const Catalog<NodeAdapter>& adapterCatalog();

} // namespace espalier
