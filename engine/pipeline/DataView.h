// SPDX-License-Identifier: GPL-3.0-or-later
// DataView: answers the window's questions about what a node's dataset or splits hold. It keeps what it counted and the last
// search of each part, so that scrolling and typing stay quick. One thread at a time.
#pragma once

#include "engine/data/RowSearch.h"
#include "engine/pipeline/Pipeline.h"

#include <map>
#include <optional>

namespace espalier {

class DataView {
public:
    /// The view of what @p node makes; reads or computes it where it is not at hand. Errors: no such node, it cannot run yet, or it
    /// makes neither a dataset nor splits.
    static Result<DataView> open(Pipeline& pipeline, const std::string& node, RunContext& context);

    [[nodiscard]] const std::string& fingerprint() const { return m_fingerprint; }
    Result<DatasetSummary> summary(RunContext& context);
    /// @p part: "train", "validation" or "test".
    Result<RowsPage> rows(const std::string& part, const RowQuery& query, const std::stop_token& stop);

private:
    DataView(std::string fingerprint, ArtefactPtr artefact) : m_fingerprint(std::move(fingerprint)), m_artefact(std::move(artefact)) {}

    std::string m_fingerprint;
    ArtefactPtr m_artefact;
    std::optional<DatasetSummary> m_summary;
    std::map<std::string, RowSearch> m_searches; ///< by part
};

} // namespace espalier
