// SPDX-License-Identifier: Apache-2.0
// RunContext: what a stage gets besides its inputs and options. It can be asked to stop, reports how far
// it is, sends curve points and log lines, and owns the seed. It never owns data. One thread at a time.
#pragma once

#include "engine/core/RunControl.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace espalier {

/// How far a stage is. @c total is 0 when the amount of work is not known.
struct Progress {
    std::string activity; ///< English, present participle: "Training epoch 3 of 20"
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string unit = {}; ///< "batches", "bytes", "sentences"
};

/// One point of a curve. x is in epochs (fractions inside an epoch), y in the unit of the series.
struct MetricPoint {
    std::string series; ///< "train_loss", "validation_loss", "train_accuracy", "validation_accuracy" or another score (scoreName)
    double x = 0;
    double y = 0;
};

enum class LogLevel { Info, Warning };

class RunContext {
public:
    std::stop_token stop = {};
    std::uint64_t seed = 1;
    std::function<void(const Progress&)> onProgress = {};
    std::function<void(const MetricPoint&)> onMetric = {};
    std::function<void(LogLevel, const std::string&)> onLog = {};
    RunControl* control = nullptr; ///< null: nobody can pause or finish the stage

    [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
    void progress(const Progress& value) const
    {
        if (onProgress)
            onProgress(value);
    }
    void metric(const MetricPoint& point) const
    {
        if (onMetric)
            onMetric(point);
    }
    void info(const std::string& text) const
    {
        if (onLog)
            onLog(LogLevel::Info, text);
    }
    void warn(const std::string& text) const
    {
        if (onLog)
            onLog(LogLevel::Warning, text);
    }
};

} // namespace espalier
