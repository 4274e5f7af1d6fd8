// SPDX-License-Identifier: GPL-3.0-or-later
// LeakReport: which validation and test sentences also stand in the training part. A model that has seen them in training is measured
// too well, and one that has seen them under another label too badly.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>

namespace espalier {

/// One leaked row, and the first training row with the same text. Rows are counted from 1 within their parts.
struct Leak {
    std::int64_t row = 0;
    std::int64_t trainRow = 0;
    bool exact = false; ///< byte for byte; otherwise alike after normalisation
    bool agrees = true; ///< every training row with this text has the same labels
    std::string text = {};
    std::vector<std::string> labels = {};
    std::vector<std::string> trainLabels = {}; ///< of @c trainRow, or of the first training row that disagrees
    bool operator==(const Leak&) const = default;
};

struct PartLeaks {
    static constexpr std::size_t shown = 100;

    std::string part = {}; ///< "validation", "test"
    std::int64_t rows = 0;
    std::int64_t exact = 0;      ///< rows that stand in train byte for byte
    std::int64_t normalized = 0; ///< after NFKC, case folding and collapsing white space; includes the exact ones
    std::int64_t disagreeing = 0; ///< of @c normalized: rows whose labels differ from train's
    std::vector<Leak> first = {}; ///< by row; at most @c shown
    bool operator==(const PartLeaks&) const = default;
};

struct LeakReport {
    std::vector<PartLeaks> parts = {};
    std::int64_t removed = 0; ///< training rows that were taken out because of them
    bool operator==(const LeakReport&) const = default;

    [[nodiscard]] std::int64_t total() const; ///< leaked rows of all parts
};

Json toJson(const LeakReport& report);
Result<LeakReport> leakReportFromJson(const Json& json);

} // namespace espalier
