// SPDX-License-Identifier: GPL-3.0-or-later
// RunRecord: what is kept of one execution of a node that trains, prunes or evaluates, so that runs can be named and compared long
// after their artefacts are gone: when, with which parameters of it and of everything before it, and what came out.
#pragma once

#include "engine/core/ParameterSpec.h"
#include "engine/reports/CompressionReport.h"
#include "engine/reports/TrainingHistory.h"

#include <optional>

namespace espalier {

struct RunRecord {
    std::string id;       ///< names its file; letters, digits, '-'
    std::string name;     ///< the user's; empty: none given
    std::string note;
    std::string time;     ///< when it ended, UTC, "2026-05-01T10:00:00Z"
    std::string node;     ///< id in the project
    std::string nodeType;
    std::string title;    ///< of the node, at that time
    std::string fingerprint; ///< of the artefact that it made
    double seconds = 0;
    bool pinned = false;  ///< its artefact survives the clean-up
    Parameters parameters; ///< "node.parameter" -> value, of the node and everything before it
    std::map<std::string, double> results; ///< "accuracy", "calibration.before.ece", ...
    std::optional<TrainingHistory> history = {};
};

Json toJson(const RunRecord& run);
Result<RunRecord> runRecordFromJson(const Json& json);

/// The figures of an artefact's summary: its numbers, those of nested objects with dotted names ("calibration.temperature").
std::map<std::string, double> resultsOfSummary(const Json& summary);

/// The figure that a run is judged by.
struct RunScore {
    std::string name;        ///< of scoreName()
    double value = 0;        ///< 0 to 1
    bool validation = false; ///< measured on the validation part, to choose by; else an evaluation's
};
/// Nothing where the run measured none.
std::optional<RunScore> scoreOf(const RunRecord& run);

/// What the run measured of its checkpoint and package, without layers; nothing where it measured no package.
std::optional<SparsityPoint> measuredPoint(const RunRecord& run);

/// A parameter or result that is not the same in all runs.
struct RunDifference {
    std::string name;
    bool parameter = false; ///< else a result
    std::vector<Json> values; ///< one a run, null where the run lacks it
};

/// Parameters first, both by name; what is the same in all @p runs is left out.
std::vector<RunDifference> compareRuns(const std::vector<RunRecord>& runs);

/// A row a run (RFC 4180): its own fields, then every parameter and result that any of them has.
std::string runsToCsv(const std::vector<RunRecord>& runs);

} // namespace espalier
