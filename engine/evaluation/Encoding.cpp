// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Classifier.h"

#include "engine/evaluation/TaskScores.h"
#include "engine/tokenizers/Words.h"

#include <algorithm>

namespace espalier {
namespace {

/// For each of @p words the token that holds its first byte; -1 where there is none.
std::vector<std::int32_t> tokensOf(const std::vector<TextSpan>& words, const std::vector<Token>& tokens)
{
    std::vector<std::int32_t> places;
    std::size_t token = 0;
    for (const TextSpan& word : words) {
        while (token < tokens.size() && (tokens[token].end <= word.begin || tokens[token].begin >= tokens[token].end))
            ++token;
        places.push_back(token < tokens.size() && tokens[token].begin < word.end ? static_cast<std::int32_t>(token) : -1);
    }
    return places;
}

/// Sentence by sentence.
class Encoder {
public:
    Encoder(const Tokenizer& tokenizer, const LabelMap& labels, EncodedExamples& encoded) : m_tokenizer(tokenizer), m_labels(labels), m_encoded(encoded) {}

    Result<void> add(const Example& example)
    {
        m_tokenizer.encode(example.text, m_ids);
        ESPALIER_CHECK(m_encoded.ids.add(m_ids));
        if (m_encoded.task == Task::SingleLabel) {
            m_encoded.classes.push_back(m_labels.indexOf(example.label()));
            return {};
        }
        std::vector<std::int32_t> targets;
        for (const std::string& label : example.labels)
            targets.push_back(static_cast<std::int32_t>(m_labels.indexOf(label)));
        m_encoded.classes.push_back(std::find(targets.begin(), targets.end(), -1) != targets.end() ? -1 : 0);
        ESPALIER_CHECK(m_encoded.targets.add(targets));
        if (m_encoded.task == Task::TokenTags)
            return m_encoded.wordTokens.add(tokensOf(example.words, m_tokenizer.tokenize(example.text)));
        return {};
    }

private:
    const Tokenizer& m_tokenizer;
    const LabelMap& m_labels;
    EncodedExamples& m_encoded;
    std::vector<std::int32_t> m_ids;
};

/// The first label of @p example that @p labels lacks.
std::string unknownLabel(const Example& example, const LabelMap& labels)
{
    const auto unknown = std::find_if(example.labels.begin(), example.labels.end(), [&](const std::string& label) { return labels.indexOf(label) < 0; });
    return unknown == example.labels.end() ? std::string() : *unknown;
}

} // namespace

EvaluationReport reportOf(const Predictions& predictions, const EncodedExamples& encoded, const Checkpoint& checkpoint, const std::string& split)
{
    const auto& labels = checkpoint.labels.labels();
    if (encoded.task == Task::SingleLabel)
        return evaluatePredictions(split, labels, encoded.classes, predictions.classes);
    EvaluationReport report;
    report.split = split;
    report.examples = static_cast<std::int64_t>(encoded.ids.size());
    if (encoded.task == Task::MultiLabel) {
        LabelScores scores = labelScores(predictions, encoded, labels, checkpoint.threshold);
        report.accuracy = scores.subsetAccuracy;
        report.macroF1 = scores.macroF1;
        report.microF1 = scores.microF1;
        report.weightedF1 = weightedF1(scores.classes);
        report.classes = std::move(scores.classes);
        report.taskScores = TaskScores{.f1 = scores.microF1, .threshold = checkpoint.threshold};
        return report;
    }
    EntityScores scores = entityScores(predictions, encoded, labels);
    report.accuracy = scores.wordAccuracy;
    for (const ClassScore& type : scores.types)
        report.macroF1 += type.f1 / static_cast<double>(scores.types.size());
    report.microF1 = scores.total.f1;
    report.weightedF1 = weightedF1(scores.types);
    report.taskScores = TaskScores{.f1 = scores.total.f1, .precision = scores.total.precision, .recall = scores.total.recall};
    report.classes = std::move(scores.types);
    return report;
}

Example unlabelled(const std::string& text, Task task, const Tokenizer& tokenizer, const LabelMap& labels)
{
    Example example{.text = text, .labels = {}};
    if (task == Task::SingleLabel)
        example.labels = {labels.labels().front()};
    if (task == Task::TokenTags)
        for (const Word& word : wordsOf(text, tokenizer.tokenize(text))) {
            example.words.push_back({word.begin, word.end});
            example.labels.push_back(labels.labels().front());
        }
    return example;
}

Result<EncodedExamples> encodeExamples(const ExampleTable& examples, const Tokenizer& tokenizer, const LabelMap& labels,
                                       const std::filesystem::path& spillFolder, Task task)
{
    EncodedExamples encoded{TokenSequences(spillFolder), {}, task, TokenSequences(spillFolder), TokenSequences(spillFolder)};
    encoded.classes.reserve(examples.size());
    Encoder encoder(tokenizer, labels, encoded);
    for (const Example& example : examples)
        ESPALIER_CHECK(encoder.add(example));
    return encoded;
}

Result<EncodedExamples> encodeKnownExamples(const Checkpoint& checkpoint, const ExampleTable& examples, const std::string& split)
{
    if (examples.empty())
        return Error{ErrorCode::InvalidArgument, "The " + split + " part holds no sentence.", "Give the dataset a " + split + " part.", {}};
    ESPALIER_TRY(EncodedExamples encoded, encodeExamples(examples, checkpoint.tokenizer, checkpoint.labels, {}, checkpoint.model.task));
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (encoded.classes[i] < 0)
            return Error{ErrorCode::InvalidArgument,
                         "The model does not know the label '" + unknownLabel(examples[i], checkpoint.labels) + "' of the " + split + " sentence '" + examples[i].text + "'.",
                         "Evaluate on sentences whose labels were trained.", {}};
    return encoded;
}

Result<EvaluationReport> evaluate(const Checkpoint& checkpoint, const ExampleTable& examples, const std::string& split, RunContext& context)
{
    ESPALIER_TRY(const EncodedExamples encoded, encodeKnownExamples(checkpoint, examples, split));
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(const Predictions predictions, classifier.predict(encoded, context));
    EvaluationReport report = reportOf(predictions, encoded, checkpoint, split);
    report.loss = predictions.meanLoss;
    return report;
}

} // namespace espalier
