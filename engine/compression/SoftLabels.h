// SPDX-License-Identifier: GPL-3.0-or-later
// SoftLabels: a teacher's answers to sentences, of which it reads the raw text with its own tokenizer; and what a student's loss makes of them. Includes LibTorch.
#pragma once

#include "engine/compression/Distillation.h"
#include "engine/evaluation/TaskHead.h"

namespace espalier {

/// A module with @p teacher's weights, which answers without dropout.
Result<std::shared_ptr<TextModel>> teacherOf(const Checkpoint& teacher);

/// alpha T^2 KL(teacher || student) + (1 - alpha) task loss.
torch::Tensor taughtLoss(const torch::Tensor& taskLoss, const BatchLogits& student, const BatchLogits& teacher, const DistillationOptions& options);

void addWeights(const TextModel& model, Fingerprint& fingerprint);

class SoftLabels {
public:
    /// For all of @p sentences. Encoded, many of them go to a temporary file in @p spillFolder.
    static Result<SoftLabels> create(const Checkpoint& teacher, const ExampleTable& sentences, const std::filesystem::path& spillFolder);

    /// Moves the teacher to @p device and asks it about all sentences, in batches that do not depend on the training's. Where the answers would take more than
    /// @p mostBytes it is asked in of() instead, time and again. Cancelled as @p context says.
    Result<void> ask(torch::Device device, std::size_t mostBytes, RunContext& context);
    /// Of the sentences at @p indices, after ask(). Without gradients.
    [[nodiscard]] BatchLogits of(std::span<const std::uint32_t> indices) const;
    /// Four bytes for each class of each sentence, or of each of its tokens where words are tagged.
    [[nodiscard]] std::size_t bytes() const;
    void addTo(Fingerprint& fingerprint) const;

private:
    SoftLabels(std::shared_ptr<TextModel> model, ModelSpec spec, EncodedExamples examples);
    [[nodiscard]] torch::Tensor answer(std::span<const std::uint32_t> indices) const;
    [[nodiscard]] std::size_t rowsOf(std::size_t sentence) const { return m_begins[sentence + 1] - m_begins[sentence]; }
    void keep(std::span<const std::uint32_t> indices);

    std::shared_ptr<TextModel> m_model;
    ModelSpec m_spec;
    EncodedExamples m_examples;
    std::vector<std::size_t> m_begins; ///< the first row of each sentence's logits, and one past the last
    std::vector<float> m_logits;       ///< [rows x classes]; empty: not kept
};

} // namespace espalier
