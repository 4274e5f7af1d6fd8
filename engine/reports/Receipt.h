// SPDX-License-Identifier: GPL-3.0-or-later
// Receipt: what a device answered after a push. Every figure in it was measured on that device.
#pragma once

#include "engine/core/Json.h"
#include "engine/reports/DeviceProfile.h"

#include <cstdint>
#include <optional>
#include <string>

namespace espalier {

/// Latency of one sentence at a time, one thread, on the device.
struct LatencyReport {
    std::int64_t sentences = 0;
    double p50Milliseconds = 0;
    double p95Milliseconds = 0;
    double p99Milliseconds = 0; ///< 0 where it was not measured, by an older runtime
    std::int64_t peakMemoryBytes = 0; ///< peak resident set of the process
};

/// The labelled test set, classified on the device.
struct DeviceEvaluation {
    std::int64_t sentences = 0;
    double score = 0; ///< 0 to 1: what scoreName says
    double macroF1 = 0;
    LatencyReport latency; ///< over these sentences
    std::string scoreName = "accuracy"; ///< one of scoreName(Task)
};

struct Receipt {
    std::string device;  ///< the device's name on the device list
    std::string release; ///< hash of the release that is current now
    std::string previousRelease; ///< empty when there was none
    std::string packageSha256;
    std::int64_t packageBytes = 0;
    std::string runtimeVersion; ///< of espalier-edge on the device
    std::string deployedAt;     ///< UTC, ISO 8601
    double uploadSeconds = 0;
    std::int64_t uploadedBytes = 0; ///< 0 when the release was there already
    bool selfTestPassed = false;
    LatencyReport latency; ///< of the package's own self-test sentences
    std::optional<DeviceEvaluation> evaluation;
    DeviceProfile profile;
};

Json toJson(const LatencyReport& latency);
Json toJson(const Receipt& receipt);
/// As the device's runtime prints them, and as receipts hold them.
Result<LatencyReport> latencyReportFromJson(const Json& json);
Result<DeviceEvaluation> deviceEvaluationFromJson(const Json& json);
Result<Receipt> receiptFromJson(const Json& json);

} // namespace espalier
