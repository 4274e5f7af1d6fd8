// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/Answers.h"

#include "engine/edge/Session.h"
#include "engine/evaluation/Classifier.h"

#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

std::size_t bestOf(std::span<const float> row)
{
    return static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

/// By how much the largest of @p row leads the next.
float lead(std::span<const float> row)
{
    const std::size_t best = bestOf(row);
    float next = 0;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (i != best)
            next = std::max(next, row[i]);
    return row[best] - next;
}

} // namespace

std::size_t Answers::sentences() const
{
    if (task == Task::TokenTags)
        return begins.empty() ? 0 : begins.size() - 1;
    return classes == 0 ? 0 : probabilities.size() / classes;
}

std::span<const float> Answers::of(std::size_t sentence) const
{
    const std::size_t begin = task == Task::TokenTags ? begins[sentence] : sentence;
    const std::size_t end = task == Task::TokenTags ? begins[sentence + 1] : sentence + 1;
    return std::span(probabilities).subspan(begin * classes, (end - begin) * classes);
}

std::vector<std::size_t> Answers::decision(std::size_t sentence) const
{
    const auto rows = of(sentence);
    std::vector<std::size_t> decided;
    if (task == Task::MultiLabel) {
        for (std::size_t i = 0; i < classes; ++i)
            if (static_cast<double>(rows[i]) >= threshold)
                decided.push_back(i);
        return decided;
    }
    for (std::size_t begin = 0; begin < rows.size(); begin += classes)
        decided.push_back(bestOf(rows.subspan(begin, classes)));
    return decided;
}

float Answers::margin(std::size_t sentence) const
{
    const auto rows = of(sentence);
    if (task == Task::SingleLabel)
        return lead(rows);
    float least = 1;
    if (task == Task::MultiLabel) {
        for (const float probability : rows)
            least = std::min(least, std::fabs(probability - static_cast<float>(threshold)));
        return least;
    }
    // A field's rows hold only the best path's probability; what is left may all be another tag's.
    for (std::size_t begin = 0; begin < rows.size(); begin += classes)
        least = std::min(least, std::max(0.0F, 2 * *std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.begin() + static_cast<std::ptrdiff_t>(begin + classes)) - 1));
    return least;
}

std::string Answers::text(const std::vector<std::size_t>& decided, const std::vector<std::string>& labels) const
{
    std::string joined;
    for (const std::size_t index : decided)
        joined += (joined.empty() ? "" : task == Task::MultiLabel ? ", " : " ") + labels[index];
    return joined;
}

Result<Answers> engineAnswers(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, RunContext& context)
{
    Answers answers{static_cast<std::size_t>(checkpoint.labels.size()), checkpoint.model.task, checkpoint.threshold, {}, {}};
    if (sentences.empty())
        return answers;
    std::vector<Example> examples;
    for (const auto& sentence : sentences)
        examples.push_back(unlabelled(sentence, checkpoint.model.task, checkpoint.tokenizer, checkpoint.labels));
    ESPALIER_TRY(const EncodedExamples encoded, encodeExamples(examples, checkpoint.tokenizer, checkpoint.labels, {}, checkpoint.model.task));
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(Predictions predictions, classifier.predict(encoded, context));
    answers.probabilities = std::move(predictions.probabilities);
    answers.begins = std::move(predictions.begins);
    return answers;
}

Result<Answers> edgeAnswers(const std::string& packageBytes, const std::vector<std::string>& sentences, RunContext& context)
{
    ESPALIER_TRY(edge::Session session, edge::Session::fromBytes(packageBytes));
    Answers answers{session.labels().size(), session.task(), session.threshold(), {}, {0}};
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        if (context.cancelled())
            return cancelledError();
        if (i % 256 == 0)
            context.progress({"Checking the edge runtime", static_cast<std::int64_t>(i), static_cast<std::int64_t>(sentences.size()), "sentences"});
        const auto probabilities = session.classify(sentences[i]).probabilities;
        answers.probabilities.insert(answers.probabilities.end(), probabilities.begin(), probabilities.end());
        answers.begins.push_back(answers.probabilities.size() / answers.classes);
    }
    return answers;
}

} // namespace espalier
