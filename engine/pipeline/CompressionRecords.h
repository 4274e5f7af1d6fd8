// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionRecords: what was measured of a compressed checkpoint, a small file each in `.espalier/measured/<its fingerprint>`, so that
// nothing is measured twice, today or tomorrow. They outlive the checkpoint, as the records of runs do.
#pragma once

#include "engine/pipeline/CompressionLab.h"
#include "engine/reports/SweepReport.h"

#include <filesystem>
#include <optional>

namespace espalier {

class CompressionRecords {
public:
    /// Time and memory that were measured otherwise than by @p meter count as not measured.
    CompressionRecords(const std::filesystem::path& projectFolder, const std::string& fingerprint, const CostMeter& meter)
        : m_folder(projectFolder / ".espalier" / "measured" / fingerprint), m_runtime(meter.runtime())
    {
    }

    /// @p choice is complete, as pruningChoice() makes it.
    [[nodiscard]] std::optional<SparsityPoint> find(const Parameters& choice, const std::string& precision) const;
    [[nodiscard]] Result<void> keep(const SweepPoint& measured) const;
    /// All, by sparsity. Files that cannot be read are left out.
    [[nodiscard]] std::vector<SweepPoint> points() const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const Parameters& choice, const std::string& precision) const;

    [[nodiscard]] Result<SweepPoint> read(const std::filesystem::path& file) const;

    std::filesystem::path m_folder;
    std::int64_t m_runtime;
};

struct Measurement {
    SweepPoint measured;
    bool known = false; ///< it was on record
};

/// Measures latency and memory of @p measured, too, where they were not, and puts them on record. What cannot be measured stays 0. Error: Cancelled.
Result<void> addCost(CompressionLab& lab, const CompressionRecords& records, SweepPoint& measured, RunContext& context);

/// Latency and memory of @p lab's checkpoint pruned so, where they can be measured; @p context is told why not. Error: Cancelled.
Result<void> setCost(CompressionLab& lab, PruneOptions options, SparsityPoint& point, RunContext& context);

/// The point on record, or else measured and put there; where that fails, @p context is told. Errors: as CompressionLab::measure().
Result<Measurement> measureOnce(CompressionLab& lab, const CompressionRecords& records, const Parameters& choice, const std::string& precision, RunContext& context);

} // namespace espalier
