// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/Receipt.h"

namespace espalier {

Json toJson(const LatencyReport& latency)
{
    return {{"sentences", latency.sentences},
            {"p50_ms", latency.p50Milliseconds},
            {"p95_ms", latency.p95Milliseconds},
            {"p99_ms", latency.p99Milliseconds},
            {"peak_memory_bytes", latency.peakMemoryBytes}};
}

Json toJson(const Receipt& receipt)
{
    Json json{{"device", receipt.device},
              {"release", receipt.release},
              {"previous_release", receipt.previousRelease},
              {"package_sha256", receipt.packageSha256},
              {"package_bytes", receipt.packageBytes},
              {"runtime_version", receipt.runtimeVersion},
              {"deployed_at", receipt.deployedAt},
              {"upload_seconds", receipt.uploadSeconds},
              {"uploaded_bytes", receipt.uploadedBytes},
              {"self_test_passed", receipt.selfTestPassed},
              {"latency", toJson(receipt.latency)},
              {"profile", toJson(receipt.profile)}};
    if (receipt.evaluation)
        json["evaluation"] = {{"sentences", receipt.evaluation->sentences},
                              {"score", receipt.evaluation->scoreName},
                              {receipt.evaluation->scoreName, receipt.evaluation->score},
                              {"macro_f1", receipt.evaluation->macroF1},
                              {"latency", toJson(receipt.evaluation->latency)}};
    return json;
}

Result<LatencyReport> latencyReportFromJson(const Json& json)
{
    LatencyReport latency;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "latency"));
    ESPALIER_TRY(latency.sentences, fields.integer("sentences"));
    ESPALIER_TRY(latency.p50Milliseconds, fields.number("p50_ms"));
    ESPALIER_TRY(latency.p95Milliseconds, fields.number("p95_ms"));
    ESPALIER_TRY(latency.p99Milliseconds, fields.numberOr("p99_ms", 0));
    ESPALIER_TRY(latency.peakMemoryBytes, fields.integer("peak_memory_bytes"));
    return latency;
}

Result<DeviceEvaluation> deviceEvaluationFromJson(const Json& json)
{
    DeviceEvaluation evaluation;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "evaluation"));
    ESPALIER_TRY(evaluation.sentences, fields.integer("sentences"));
    ESPALIER_TRY(evaluation.scoreName, fields.textOr("score", "accuracy"));
    ESPALIER_TRY(evaluation.score, fields.number(evaluation.scoreName));
    ESPALIER_TRY(evaluation.macroF1, fields.number("macro_f1"));
    ESPALIER_TRY(evaluation.latency, latencyReportFromJson(fields.value("latency")));
    return evaluation;
}

Result<Receipt> receiptFromJson(const Json& json)
{
    Receipt receipt;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "receipt"));
    ESPALIER_TRY(receipt.device, fields.text("device"));
    ESPALIER_TRY(receipt.release, fields.text("release"));
    ESPALIER_TRY(receipt.previousRelease, fields.text("previous_release"));
    ESPALIER_TRY(receipt.packageSha256, fields.text("package_sha256"));
    ESPALIER_TRY(receipt.packageBytes, fields.integer("package_bytes"));
    ESPALIER_TRY(receipt.runtimeVersion, fields.text("runtime_version"));
    ESPALIER_TRY(receipt.deployedAt, fields.text("deployed_at"));
    ESPALIER_TRY(receipt.uploadSeconds, fields.number("upload_seconds"));
    ESPALIER_TRY(receipt.uploadedBytes, fields.integer("uploaded_bytes"));
    ESPALIER_TRY(receipt.selfTestPassed, fields.boolean("self_test_passed"));
    ESPALIER_TRY(receipt.latency, latencyReportFromJson(json.value("latency", Json())));
    ESPALIER_TRY(receipt.profile, deviceProfileFromJson(json.value("profile", Json())));
    if (fields.has("evaluation")) {
        ESPALIER_TRY(receipt.evaluation, deviceEvaluationFromJson(json.at("evaluation")));
    }
    return receipt;
}

} // namespace espalier
