// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters of the protocol's methods as C++ values, and back.
#pragma once

#include "engine/deployment/Device.h"
#include "engine/graph/ProjectFile.h"
#include "engine/pipeline/CompressionLab.h"
#include "engine/pipeline/Runner.h"

namespace espalier {

/// `project`, `folder`, `target`?, `secrets`?, `device`? of a request. The folder must exist and be absolute; the device stand on the user's list.
struct ProjectRequest {
    Project project;
    std::filesystem::path folder;
    std::string target;
    Secrets secrets;
    Device device = thisComputer(); ///< that measures time and memory
};
Result<ProjectRequest> projectRequestFromJson(const Json& params);

/// `node`, `precision` and what pruningChoice() reads, of the compression methods.
struct CompressionRequest {
    std::string node;
    Parameters choice;
    PruneOptions options; ///< the same
    std::string precision;
};
Result<CompressionRequest> compressionRequestFromJson(const Json& params);

Json toJson(const Answer& answer, std::size_t shown);
Json toJson(const RunOutcome& outcome, const Pipeline& pipeline);
Json statusToJson(const Pipeline& pipeline);
Json catalogToJson();

} // namespace espalier
