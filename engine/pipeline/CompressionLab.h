// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionLab: one checkpoint under the sparsity slider. It keeps what every position needs (the classifier, the encoded
// validation part) so that a measurement costs one pruning, one evaluation and one encoding. Not for two threads at once.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/evaluation/Classifier.h"
#include "engine/pipeline/CostMeter.h"
#include "engine/pipeline/MeasuredModel.h"
#include "engine/pipeline/Pipeline.h"
#include "engine/reports/SensitivityReport.h"
#include "engine/reports/VocabularyReport.h"

#include <deque>

namespace espalier {

struct Answer {
    std::string label; ///< or those from the threshold on, with commas between, or the tag of each word, with spaces
    std::vector<std::pair<std::string, double>> probabilities; ///< likeliest first; where words are tagged: the entities, in order
    double milliseconds = 0; ///< tokenizing and the model, this once
};

class CompressionLab {
public:
    /// Opens the checkpoint that @p node makes; NotFound when the node has no up-to-date result.
    static Result<CompressionLab> open(Pipeline& pipeline, const std::string& node, RunContext& context);

    [[nodiscard]] const std::string& fingerprint() const { return m_fingerprint; }
    [[nodiscard]] const ModelSpec& model() const { return checkpoint().model; }
    Result<SparsityProfile> profile(PruneOptions options, const std::string& precision, RunContext& context);
    /// One-shot pruning at options.sparsity, measured on the whole validation part with the weights rounded; the package is encoded for its exact size.
    Result<SparsityPoint> measure(PruneOptions options, const std::string& precision, RunContext& context);
    /// Which validation sentences the model answers rightly when it is pruned so; empty for tasks without one class a sentence.
    Result<std::vector<bool>> rightAnswers(PruneOptions options, const std::string& precision, RunContext& context);
    /// Which tokens a cut would take, for every size.
    [[nodiscard]] Result<VocabularyProfile> vocabulary(const RunContext& context) const;
    /// What the package of the same options costs to run; that of the last two measured is at hand. See CostMeter::measure().
    Result<EdgeCost> cost(PruneOptions options, const std::string& precision, RunContext& context);
    /// Each prunable layer alone at each of @p sparsities (in Sensitivity.cpp); of @p options what chooses weights within a layer.
    Result<SensitivityReport> sensitivity(PruneOptions options, const std::vector<double>& sparsities, RunContext& context);
    /// Which device measures that.
    [[nodiscard]] const CostMeter& meter() const { return *m_meter; }
    void measureWith(std::shared_ptr<CostMeter> meter) { m_meter = std::move(meter); }
    Result<Answer> predict(const std::string& text, RunContext& context);

private:
    struct KeptPackage {
        PruneOptions options; ///< as they were asked for
        std::string precision;
        std::string bytes;
    };

    Result<MeasuredModel> measurePruned(const Checkpoint& pruned, const std::string& precision, RunContext& context);
    void keep(KeptPackage package);
    /// Measures once what scores ask of the data, for every position of the slider.
    Result<void> measureScore(PruneOptions& options, RunContext& context);
    Result<SensitivityPoint> accuracyWith(const Weights& weights, double sparsity, RunContext& context);
    [[nodiscard]] Answer taggedAnswer(const Example& asked, const Predictions& predictions, Answer answer) const;
    CompressionLab(std::string fingerprint, ArtefactPtr checkpoint, ArtefactPtr splits, Classifier classifier, EncodedExamples validation);
    [[nodiscard]] const Checkpoint& checkpoint() const { return std::get<CheckpointArtefact>(*m_checkpoint).checkpoint; }

    std::string m_fingerprint;
    std::shared_ptr<CostMeter> m_meter;
    ArtefactPtr m_checkpoint;
    ArtefactPtr m_splits;
    Classifier m_classifier;
    EncodedExamples m_validation;
    std::vector<std::string> m_sentences;
    std::deque<KeptPackage> m_packages; ///< newest first
    PruneOptions m_scored; ///< those whose score was measured last
};

} // namespace espalier
