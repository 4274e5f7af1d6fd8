// SPDX-License-Identifier: GPL-3.0-or-later
// What a device has and what it does with it: its releases, going back to the one before, and classifying with the current.
#pragma once

#include "engine/deployment/Device.h"
#include "engine/deployment/Transport.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace espalier {

struct ReleaseInfo {
    std::string hash;
    bool current = false;
    bool previous = false;
    std::string packageSha256;
    std::int64_t packageBytes = 0;
    std::string runtimeVersion;
    std::string storedAt;  ///< UTC, ISO 8601
    std::string failure;   ///< why it was rolled back; empty when it was not
};

/// One sentence's answer from a device.
struct DeviceAnswer {
    std::string text;
    std::string label; ///< several labels with commas between, those of words with spaces
    double score = 0; ///< probability of the label, of several the likeliest, of the words' the least certain entity; 0 to 1
    bool inScope = true; ///< false where the package rejects an answer this improbable
    std::vector<std::pair<std::string, double>> scores; ///< every label, best first; where words are tagged: the entities, in order
};

/// The complete releases on the device, the current one first.
Result<std::vector<ReleaseInfo>> listReleases(Transport& transport, const Device& device, const RunContext& context);
/// The current release; NotFound when nothing was pushed yet.
Result<ReleaseInfo> currentRelease(Transport& transport, const Device& device, const RunContext& context);
/// Makes the previous release current after verifying it and running its self-test, and the current one previous. Returns the
/// release that is current now; NotFound when there is no previous one.
Result<ReleaseInfo> rollback(Transport& transport, const Device& device, const RunContext& context);
/// Labels @p sentences (line breaks in one count as spaces) with the current release.
Result<std::vector<DeviceAnswer>> classifyOnDevice(Transport& transport, const Device& device, const std::vector<std::string>& sentences,
                                                   const RunContext& context);

} // namespace espalier
