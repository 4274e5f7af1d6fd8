// SPDX-License-Identifier: GPL-3.0-or-later
// CalibrationRun: a checkpoint's model over sentences of the training part, batch by batch and without dropout, for what scores measure on them.
// Includes LibTorch.
#pragma once

#include "engine/compression/PruneScope.h"
#include "engine/data/Batching.h"
#include "engine/evaluation/Classifier.h"
#include "engine/models/TextModel.h"

namespace espalier {

struct CalibrationOptions {
    std::size_t sentences = 0; ///< 0: all
    std::uint64_t seed = 1;    ///< they are drawn from
    const char* activity = "Measuring";
};

class CalibrationRun {
public:
    /// @p checkpoint must outlive it. Errors: more sentences than there are, or fewer than the model has classes; labels that the model does not know.
    static Result<CalibrationRun> create(const Checkpoint& checkpoint, const ExampleTable& training, const CalibrationOptions& options);

    [[nodiscard]] TextModel& model() { return *m_model; }
    /// Those that may be pruned.
    [[nodiscard]] const std::vector<PrunableTensor>& tensors() const { return m_tensors; }
    [[nodiscard]] std::size_t sentences() const { return m_sentences.size(); }

    /// Calls @p work with the indices of every batch, of sentences of like length. Cancelled between two.
    Result<void> forEachBatch(RunContext& context, const std::function<void(std::span<const std::uint32_t>)>& work) const;
    /// The same for @p parts parts of about the same number of sentences, in the order in which they were drawn.
    Result<void> forEachPart(std::size_t parts, RunContext& context, const std::function<void(std::span<const std::uint32_t>)>& work) const;

    [[nodiscard]] TextBatch batch(std::span<const std::uint32_t> indices) const { return makeBatch(m_examples.ids, indices); }
    /// Adds the gradient of the loss, summed over the decisions of @p indices, to the parameters'; returns how many decisions those are.
    std::int64_t addGradients(std::span<const std::uint32_t> indices);

private:
    CalibrationRun() = default;

    std::shared_ptr<TextModel> m_model;
    std::vector<PrunableTensor> m_tensors;
    EncodedExamples m_examples;
    std::vector<std::uint32_t> m_sentences;
    std::string m_activity;
};

} // namespace espalier
