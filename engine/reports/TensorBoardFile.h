// SPDX-License-Identifier: GPL-3.0-or-later
// TensorBoardFile: a run's curves and results as an event file that TensorBoard reads: TFRecord framing (length, masked CRC-32C,
// data, masked CRC-32C) around Event messages of protocol buffers (tensorflow/core/util/event.proto), scalars only.
#pragma once

#include "engine/reports/RunRecord.h"

namespace espalier {

/// CRC-32C (Castagnoli) of @p bytes.
std::uint32_t crc32c(std::string_view bytes);

/// The whole file. Steps are epochs; results stand at the best epoch.
std::string tensorBoardEvents(const RunRecord& run);

/// "events.out.tfevents.<seconds>.<id>": what TensorBoard looks for.
std::string tensorBoardFileName(const RunRecord& run);

/// Seconds since 1970 of "2026-05-01T10:00:00Z"; 0 for a text of another form.
std::int64_t secondsOfTime(const std::string& time);

} // namespace espalier
