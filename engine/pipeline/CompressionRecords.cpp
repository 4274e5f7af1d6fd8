// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/CompressionRecords.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/PruningParameters.h"
#include "engine/pipeline/PruneParameters.h"

#include <algorithm>

namespace espalier {
namespace {

/// Raised when CompressionLab measures otherwise, so that old records are measured again.
constexpr const char* version = "2"; // with intervals, of the weights as packaged

/// Whether it has a value for every parameter of this version, and no other.
bool isComplete(const Parameters& choice)
{
    const auto& specs = pruningParameters();
    return choice.size() == specs.size() && std::all_of(specs.begin(), specs.end(), [&](const ParameterSpec& spec) { return choice.contains(spec.id); });
}

bool before(const SweepPoint& a, const SweepPoint& b)
{
    return a.point.sparsity != b.point.sparsity ? a.point.sparsity < b.point.sparsity : a.choice < b.choice;
}

} // namespace

Result<SweepPoint> CompressionRecords::read(const std::filesystem::path& file) const
{
    ESPALIER_TRY(const Json json, readJsonFile(file));
    ESPALIER_TRY(SweepPoint point, sweepPointFromJson(json));
    forgetCostOfOthers(point.point, m_runtime);
    return point;
}

/// Named by all that decides the result, beside the checkpoint: another version of Prune or Package may give another.
std::filesystem::path CompressionRecords::fileOf(const Parameters& choice, const std::string& precision) const
{
    Fingerprint fingerprint;
    fingerprint.add("measured", version).add("precision", precision);
    for (const char* type : {"prune", "package"})
        fingerprint.add(type, std::to_string(nodeCatalog().find(type)->version));
    for (const auto& [id, value] : choice)
        fingerprint.add(id, dumpJson(value));
    return m_folder / (fingerprint.hex() + ".json");
}

std::optional<SparsityPoint> CompressionRecords::find(const Parameters& choice, const std::string& precision) const
{
    const auto known = read(fileOf(choice, precision));
    return known ? std::optional(known->point) : std::nullopt;
}

Result<void> CompressionRecords::keep(const SweepPoint& measured) const
{
    std::error_code failed;
    std::filesystem::create_directories(m_folder, failed);
    if (failed)
        return ioError("create the folder", m_folder.string(), failed.value());
    return writeFileSafely(fileOf(measured.choice, measured.point.precision), dumpJsonPretty(toJson(measured)));
}

std::vector<SweepPoint> CompressionRecords::points() const
{
    std::vector<SweepPoint> points;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, ignored)) {
        auto point = entry.path().extension() == ".json" ? read(entry.path()) : Result<SweepPoint>(Error{});
        // One of an older version has another name now.
        if (point && isComplete(point->choice) && fileOf(point->choice, point->point.precision) == entry.path())
            points.push_back(std::move(*point));
    }
    std::sort(points.begin(), points.end(), before);
    return points;
}

Result<void> addCost(CompressionLab& lab, const CompressionRecords& records, SweepPoint& measured, RunContext& context)
{
    if (measured.point.milliseconds > 0)
        return {};
    ESPALIER_TRY(PruneOptions options, pruneOptions(measured.choice));
    ESPALIER_CHECK(setCost(lab, std::move(options), measured.point, context));
    if (const auto kept = records.keep(measured); !kept)
        context.warn("The time could not be kept and will be measured again: " + kept.error().message());
    return {};
}

Result<void> setCost(CompressionLab& lab, PruneOptions options, SparsityPoint& point, RunContext& context)
{
    const auto cost = lab.cost(std::move(options), point.precision, context);
    if (!cost && cost.error().code == ErrorCode::Cancelled)
        return cost.error();
    if (!cost)
        context.warn("Latency and memory were not measured: " + cost.error().message());
    point.milliseconds = cost ? cost->milliseconds : 0;
    point.memoryBytes = cost ? cost->memoryBytes : 0;
    point.runtime = cost ? cost->runtime : 0;
    return {};
}

Result<Measurement> measureOnce(CompressionLab& lab, const CompressionRecords& records, const Parameters& choice, const std::string& precision, RunContext& context)
{
    if (auto known = records.find(choice, precision))
        return Measurement{{choice, std::move(*known)}, true};
    ESPALIER_TRY(PruneOptions options, pruneOptions(choice));
    ESPALIER_TRY(SparsityPoint point, lab.measure(std::move(options), precision, context));
    Measurement made{{choice, std::move(point)}};
    if (const auto kept = records.keep(made.measured); !kept)
        context.warn("What was measured could not be kept and will be measured again: " + kept.error().message());
    return made;
}

} // namespace espalier
