// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/FullEvaluation.h"

#include "engine/evaluation/Bootstrap.h"
#include "engine/evaluation/OutOfScope.h"
#include "engine/evaluation/Slices.h"

namespace espalier {
namespace {

constexpr std::size_t samplesShown = 10;

/// One part of the data with the model's answers.
struct Answered {
    EncodedExamples encoded;
    Predictions predictions;

    [[nodiscard]] LogitTable table(const Checkpoint& checkpoint) const
    {
        return {predictions.logits, encoded.classes, static_cast<std::size_t>(checkpoint.labels.size())};
    }
};

class Evaluation {
public:
    Evaluation(const Checkpoint& checkpoint, const Splits& splits, const FullEvaluationOptions& options, RunContext& context, Classifier classifier)
        : m_checkpoint(checkpoint), m_splits(splits), m_options(options), m_context(context), m_classifier(std::move(classifier))
    {
    }

    Result<FullEvaluation> run(const OutOfScopeSentences& outOfScope)
    {
        const auto& examples = m_options.split == "test" ? m_splits.test : m_splits.validation;
        ESPALIER_TRY(m_part, answer(examples, m_options.split));
        ESPALIER_TRY(m_validation, validationAnswers());
        m_temperature = fitTemperature(m_validation.table(m_checkpoint));
        headline();
        calibrate();
        listRows(examples);
        ESPALIER_TRY(m_made.report.intervals,
                     bootstrapIntervals(m_part.encoded.classes, m_part.predictions.classes, m_checkpoint.labels.size(), {.seed = m_options.seed}, m_context));
        m_made.report.slices = slicesOf(m_made.rows);
        m_made.report.samples = sampleRows(m_made.rows, samplesShown, m_options.seed);
        ESPALIER_CHECK(reject(outOfScope));
        return std::move(m_made);
    }

private:
    Result<Answered> answer(const ExampleTable& examples, const std::string& split)
    {
        ESPALIER_TRY(EncodedExamples encoded, encodeKnownExamples(m_checkpoint, examples, split));
        ESPALIER_TRY(Predictions predictions, m_classifier.predict(encoded, m_context));
        return Answered{std::move(encoded), std::move(predictions)};
    }

    /// Without a validation part there is nothing to choose by, and the temperature stays 1.
    Result<Answered> validationAnswers()
    {
        if (m_options.split == "validation")
            return m_part;
        if (m_splits.validation.empty())
            return Answered{};
        return answer(m_splits.validation, "validation");
    }

    Result<std::vector<float>> logitsOf(const std::vector<std::string>& sentences)
    {
        std::vector<Example> examples;
        for (const std::string& sentence : sentences)
            examples.push_back({sentence, {""}, {}});
        ESPALIER_TRY(const EncodedExamples encoded, encodeExamples(examples, m_checkpoint.tokenizer, m_checkpoint.labels));
        ESPALIER_TRY(Predictions predictions, m_classifier.predict(encoded, m_context));
        return std::move(predictions.logits);
    }

    [[nodiscard]] double appliedTemperature() const { return m_options.calibrate ? m_temperature : 1; }

    void headline()
    {
        m_made.report = evaluatePredictions(m_options.split, m_checkpoint.labels.labels(), m_part.encoded.classes, m_part.predictions.classes);
    }

    void calibrate()
    {
        const LogitTable table = m_part.table(m_checkpoint);
        m_made.report.calibration = CalibrationReport{m_temperature, m_options.calibrate, reliabilityOf(table, 1), reliabilityOf(table, m_temperature)};
        m_made.report.loss = m_options.calibrate ? m_made.report.calibration->after.loss : m_part.predictions.meanLoss;
        m_made.probabilities = m_options.calibrate ? scaledProbabilities(table, m_temperature) : m_part.predictions.probabilities;
    }

    void listRows(const ExampleTable& examples)
    {
        const auto& labels = m_checkpoint.labels.labels();
        for (std::size_t i = 0; i < examples.size(); ++i) {
            const auto answer = static_cast<std::size_t>(m_part.predictions.classes[i]);
            m_made.rows.push_back({examples[i].text, examples[i].label(), labels[answer], static_cast<double>(m_made.probabilities[i * labels.size() + answer])});
        }
    }

    Result<void> reject(const OutOfScopeSentences& sentences)
    {
        const auto& measured = m_options.split == "test" ? sentences.test : sentences.validation;
        if (measured.empty() || m_validation.encoded.classes.empty())
            return {};
        ESPALIER_TRY(const std::vector<float> outside, logitsOf(measured));
        ESPALIER_TRY(const std::vector<float> validation, logitsOf(sentences.validation));
        m_made.report.outOfScope = measureOutOfScope({m_validation.table(m_checkpoint), validation}, {m_part.table(m_checkpoint), outside},
                                                     m_options.allowedCost, appliedTemperature());
        return {};
    }

    const Checkpoint& m_checkpoint;
    const Splits& m_splits;
    const FullEvaluationOptions& m_options;
    RunContext& m_context;
    Classifier m_classifier;
    Answered m_part;
    Answered m_validation;
    double m_temperature = 1;
    FullEvaluation m_made;
};

} // namespace

Result<FullEvaluation> evaluateFully(const Checkpoint& checkpoint, const Splits& splits, const OutOfScopeSentences& outOfScope,
                                     const FullEvaluationOptions& options, RunContext& context)
{
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    return Evaluation(checkpoint, splits, options, context, std::move(classifier)).run(outOfScope);
}

} // namespace espalier
