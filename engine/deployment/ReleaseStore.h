// SPDX-License-Identifier: GPL-3.0-or-later
// ReleaseStore: the releases on one device, and the small shell scripts that change them. Every change is one that a reader
// of `current` cannot see half-done; the order of the calls is the business of deploy() and rollback().
#pragma once

#include "engine/deployment/Device.h"
#include "engine/deployment/ReleaseLayout.h"
#include "engine/deployment/Releases.h"
#include "engine/deployment/Transport.h"

#include <map>
#include <string>
#include <vector>

namespace espalier {

/// release.json: what a release is made of.
struct ReleaseManifest {
    std::string hash;
    std::string runtimeSha256;
    std::string packageSha256;
    std::int64_t packageBytes = 0;
    std::string runtimeVersion;
    std::string storedAt; ///< UTC, ISO 8601
};

struct ReleaseState {
    std::string current;  ///< hash; empty when there is none
    std::string previous; ///< hash; empty when there is none
    std::map<std::string, ReleaseManifest> releases; ///< complete ones, by hash
    std::map<std::string, std::string> failures;     ///< hash to reason
};

class ReleaseStore {
public:
    /// Resolves the device's root folder. With @p create it is made; otherwise NotFound when nothing was pushed yet.
    static Result<ReleaseStore> open(Transport& transport, const Device& device, bool create, const RunContext& context);

    [[nodiscard]] const ReleaseLayout& layout() const { return m_layout; }
    Result<ReleaseState> state(const RunContext& context);

    /// Whether @p folder holds the two files with these digests, computed on the device.
    Result<bool> matches(const std::string& folder, const ReleaseManifest& manifest, const RunContext& context);
    /// Makes the folder of an upload; @p afresh empties it.
    Result<void> preparePart(const std::string& hash, bool afresh, const RunContext& context);
    /// Writes the manifest and makes the verified upload a release in one rename (or file by file over a damaged one).
    Result<void> commitPart(const ReleaseManifest& manifest, const RunContext& context);

    /// Points `current` at @p hash and, before that, `previous` at @p previous. An empty hash removes the link.
    Result<void> activate(const std::string& hash, const std::string& previous, const RunContext& context);
    Result<void> remember(const std::string& hash, const std::string& failure, const RunContext& context);
    Result<void> forget(const std::string& hash, const RunContext& context);
    /// Removes releases that are neither current nor previous, and unfinished uploads.
    Result<void> prune(const RunContext& context);

private:
    ReleaseStore(Transport& transport, ReleaseLayout layout) : m_transport(&transport), m_layout(std::move(layout)) {}

    Transport* m_transport;
    ReleaseLayout m_layout;
};

} // namespace espalier
