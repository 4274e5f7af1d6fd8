// SPDX-License-Identifier: Apache-2.0
// The commands of espalier-edge. Each prints its JSON on the standard output and returns the exit status, or an error for the
// standard error.
#pragma once

#include "engine/core/Json.h"
#include "engine/edge/PlanFile.h"
#include "engine/edge/Session.h"
#include "engine/edge/cli/Arguments.h"

namespace espalier::edge {

/// An open package, and how long opening took.
struct LoadedPackage {
    PackageReader reader;
    Session session;
    std::string planFile;          ///< PlannedKernels::file
    double headerMilliseconds = 0; ///< until the header was read
    double loadMilliseconds = 0;   ///< until the session was ready; without what measuring its plan took
};

struct LoadOptions {
    HeaderPart part = HeaderPart::Whole;
    Planning planning = Planning::Cached;
    Loading loading = Loading::Whole;
};

Result<LoadedPackage> loadPackage(const Arguments& arguments, const LoadOptions& options);
/// {"header", "tokenizer", "weights"}: milliseconds, of which the latter two overlap.
Json loadJson(const LoadedPackage& package);

/// Writes @p value and a line end at once, so that a reader at the other end of a pipe has the whole line.
Result<void> printLine(const Json& value);

Result<int> classifyCommand(const Arguments& arguments);
Result<int> benchCommand(const Arguments& arguments);
Result<int> evaluateCommand(const Arguments& arguments);
Result<int> infoCommand(const Arguments& arguments);
Result<int> serveCommand(const Arguments& arguments);
Result<int> selfTestCommand(const Arguments& arguments);

} // namespace espalier::edge
