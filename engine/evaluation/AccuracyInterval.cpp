// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/AccuracyInterval.h"

#include "engine/evaluation/TaskScores.h"

namespace espalier {
namespace {

std::vector<HitCount> hitsOf(const Predictions& predictions, const EncodedExamples& encoded, const Checkpoint& checkpoint)
{
    const auto& labels = checkpoint.labels.labels();
    if (encoded.task == Task::MultiLabel)
        return labelScores(predictions, encoded, labels, checkpoint.threshold).hits;
    if (encoded.task == Task::TokenTags)
        return entityScores(predictions, encoded, labels).hits;
    std::vector<HitCount> hits;
    for (std::size_t i = 0; i < encoded.classes.size(); ++i)
        hits.push_back({encoded.classes[i] == predictions.classes[i] ? 1 : 0, 1});
    return hits;
}

} // namespace

Result<Interval> accuracyInterval(const Predictions& predictions, const EncodedExamples& encoded, const Checkpoint& checkpoint, const RunContext& context)
{
    return bootstrapShare(hitsOf(predictions, encoded, checkpoint), {}, context);
}

} // namespace espalier
