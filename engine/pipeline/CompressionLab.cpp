// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/CompressionLab.h"

#include "engine/compression/LossGradients.h"
#include "engine/compression/VocabularyCutter.h"
#include "engine/core/Entities.h"
#include "engine/pipeline/TestSet.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <tuple>

namespace espalier {
namespace {

constexpr std::size_t sentenceCount = 256;
constexpr std::size_t keptPackages = 2; ///< the hand's position and the dense model

Result<std::string> upToDateCheckpoint(const Pipeline& pipeline, const std::string& node)
{
    if (!pipeline.graph().node(node))
        return Error{ErrorCode::NotFound, "There is no node '" + node + "'.", {}, {}};
    if (pipeline.state(node) != ResultState::Done)
        return Error{ErrorCode::NotFound, "Node '" + node + "' has no up-to-date checkpoint.", "Run the pipeline to this node first.", {}};
    if (!pipeline.graph().edgeInto(node, "splits"))
        return Error{ErrorCode::InvalidArgument, "Node '" + node + "' has no data to measure on.", "Choose a Train, Distil, Shrink, Prune or Quantize node.", {}};
    return pipeline.fingerprint(node);
}

} // namespace

CompressionLab::CompressionLab(std::string fingerprint, ArtefactPtr checkpointArtefact, ArtefactPtr splits, Classifier classifier, EncodedExamples validation)
    : m_fingerprint(std::move(fingerprint)), m_checkpoint(std::move(checkpointArtefact)), m_splits(std::move(splits)), m_classifier(std::move(classifier)),
      m_validation(std::move(validation)), m_sentences(paritySentences(std::get<Splits>(*m_splits), sentenceCount))
{
}

Result<CompressionLab> CompressionLab::open(Pipeline& pipeline, const std::string& node, RunContext& context)
{
    ESPALIER_TRY(std::string print, upToDateCheckpoint(pipeline, node));
    ESPALIER_TRY(ArtefactPtr artefact, pipeline.value(node, context));
    const auto* made = std::get_if<CheckpointArtefact>(artefact.get());
    if (!made)
        return Error{ErrorCode::InvalidArgument, "Node '" + node + "' does not make a checkpoint.", "Choose a Train, Distil, Shrink, Prune or Quantize node.", {}};
    ESPALIER_TRY(ArtefactPtr splits, pipeline.value(pipeline.graph().edgeInto(node, "splits")->fromNode, context));
    ESPALIER_TRY(Classifier classifier, Classifier::create(made->checkpoint));
    ESPALIER_TRY(EncodedExamples validation,
                 encodeExamples(std::get<Splits>(*splits).validation, made->checkpoint.tokenizer, made->checkpoint.labels, {},
                                made->checkpoint.model.task));
    CompressionLab lab(std::move(print), std::move(artefact), std::move(splits), std::move(classifier), std::move(validation));
    lab.measureWith(pipeline.meter());
    return lab;
}

Result<void> CompressionLab::measureScore(PruneOptions& options, RunContext& context)
{
    const auto asks = [](const PruneOptions& o) { return std::tie(o.score, o.seed, o.calibrationExamples, o.fisherBlock, o.fisherGradients, o.fisherDamping); };
    if (m_scored.measured && asks(m_scored) == asks(options)) {
        options.measured = m_scored.measured;
        return {};
    }
    ESPALIER_CHECK(measureWhereNeeded(options, checkpoint(), std::get<Splits>(*m_splits), context));
    if (options.measured)
        m_scored = options;
    return {};
}

Result<VocabularyProfile> CompressionLab::vocabulary(const RunContext& context) const
{
    ESPALIER_TRY(const VocabularyCutter cutter, VocabularyCutter::create(checkpoint(), std::get<Splits>(*m_splits), context));
    return cutter.profile();
}

Result<SparsityProfile> CompressionLab::profile(PruneOptions options, const std::string& precision, RunContext& context)
{
    ESPALIER_CHECK(measureScore(options, context));
    return sparsityProfile(checkpoint(), options, precision, context, m_sentences);
}

Result<MeasuredModel> CompressionLab::measurePruned(const Checkpoint& pruned, const std::string& precision, RunContext& context)
{
    ESPALIER_CHECK(m_classifier.setWeights(pruned.weights));
    auto measured = measureModel(m_classifier, pruned, {.validation = m_validation, .sentences = m_sentences, .precision = precision}, context);
    ESPALIER_CHECK(m_classifier.setWeights(checkpoint().weights));
    return measured;
}

Result<SparsityPoint> CompressionLab::measure(PruneOptions options, const std::string& precision, RunContext& context)
{
    const PruneOptions asked = options;
    ESPALIER_CHECK(measureScore(options, context));
    PruneOutcome outcome;
    ESPALIER_TRY(Checkpoint exact, prune(checkpoint(), options, &outcome));
    ESPALIER_TRY(const Checkpoint pruned, asPackaged(std::move(exact), precision));
    ESPALIER_TRY(MeasuredModel measured, measurePruned(pruned, precision, context));
    measured.point.sparsity = options.sparsity;
    measured.point.warnings = std::move(outcome.warnings);
    addLayers(measured, std::move(outcome.layers));
    keep({asked, precision, std::move(measured.package.bytes)});
    return std::move(measured.point);
}

void CompressionLab::keep(KeptPackage package)
{
    m_packages.push_front(std::move(package));
    if (m_packages.size() > keptPackages)
        m_packages.pop_back();
}

Result<EdgeCost> CompressionLab::cost(PruneOptions options, const std::string& precision, RunContext& context)
{
    for (const KeptPackage& kept : m_packages)
        if (kept.options == options && kept.precision == precision)
            return m_meter->measure(kept.bytes, context);
    ESPALIER_CHECK(measureScore(options, context));
    ESPALIER_TRY(const Checkpoint pruned, prune(checkpoint(), options));
    ESPALIER_TRY(const EncodedPackage package, encodePackage(pruned, m_sentences, {.precision = precision}, context));
    return m_meter->measure(package.bytes, context);
}

Result<std::vector<bool>> CompressionLab::rightAnswers(PruneOptions options, const std::string& precision, RunContext& context)
{
    if (checkpoint().model.task != Task::SingleLabel)
        return std::vector<bool>();
    ESPALIER_CHECK(measureScore(options, context));
    ESPALIER_TRY(Checkpoint exact, prune(checkpoint(), options));
    ESPALIER_TRY(const Checkpoint pruned, asPackaged(std::move(exact), precision));
    ESPALIER_CHECK(m_classifier.setWeights(pruned.weights));
    const auto predictions = m_classifier.predict(m_validation, context);
    ESPALIER_CHECK(m_classifier.setWeights(checkpoint().weights));
    if (!predictions)
        return predictions.error();
    std::vector<bool> right(m_validation.classes.size());
    for (std::size_t i = 0; i < right.size(); ++i)
        right[i] = predictions->classes[i] == m_validation.classes[i];
    return right;
}

/// The entities take the place of labels, each with its text; the answer's label is the tags.
Answer CompressionLab::taggedAnswer(const Example& asked, const Predictions& predictions, Answer answer) const
{
    const auto& labels = checkpoint().labels.labels();
    std::vector<std::string_view> tags;
    for (const std::int64_t index : predictions.classes)
        tags.push_back(labels[static_cast<std::size_t>(index)]);
    for (const std::string_view tag : tags)
        answer.label += (answer.label.empty() ? "" : " ") + std::string(tag);
    for (const Entity& entity : entitiesOf(tags)) {
        float least = 1;
        for (std::size_t word = entity.first; word <= entity.last; ++word)
            least = std::min(least, predictions.probabilities[word * labels.size() + static_cast<std::size_t>(predictions.classes[word])]);
        const std::uint32_t begin = asked.words[entity.first].begin;
        answer.probabilities.emplace_back(std::string(entity.type) + ": " + asked.text.substr(begin, asked.words[entity.last].end - begin), least);
    }
    return answer;
}

Result<Answer> CompressionLab::predict(const std::string& text, RunContext& context)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto& labels = checkpoint().labels.labels();
    const std::vector<Example> asked{unlabelled(text, checkpoint().model.task, checkpoint().tokenizer, checkpoint().labels)};
    ESPALIER_TRY(const EncodedExamples encoded, encodeExamples(asked, checkpoint().tokenizer, checkpoint().labels, {}, checkpoint().model.task));
    ESPALIER_TRY(const Predictions predictions, m_classifier.predict(encoded, context));
    Answer answer;
    answer.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    if (checkpoint().model.task == Task::TokenTags)
        return taggedAnswer(asked.front(), predictions, std::move(answer));
    for (std::size_t k = 0; k < labels.size(); ++k)
        answer.probabilities.emplace_back(labels[k], predictions.probabilities[k]);
    std::stable_sort(answer.probabilities.begin(), answer.probabilities.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (checkpoint().model.task == Task::SingleLabel)
        answer.label = answer.probabilities.front().first;
    else
        for (const auto& [label, probability] : answer.probabilities)
            if (probability >= checkpoint().threshold)
                answer.label += (answer.label.empty() ? "" : ", ") + label;
    return answer;
}

} // namespace espalier
