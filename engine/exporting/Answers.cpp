// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/Answers.h"

#include "engine/edge/Session.h"
#include "engine/evaluation/Classifier.h"

#include <algorithm>

namespace espalier {

std::size_t Answers::label(std::size_t sentence) const
{
    const auto row = of(sentence);
    return static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

float Answers::margin(std::size_t sentence) const
{
    const auto row = of(sentence);
    const std::size_t best = label(sentence);
    float next = 0;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (i != best)
            next = std::max(next, row[i]);
    return row[best] - next;
}

Result<Answers> engineAnswers(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, RunContext& context)
{
    Answers answers{static_cast<std::size_t>(checkpoint.labels.size()), {}};
    if (sentences.empty())
        return answers;
    EncodedExamples examples;
    std::vector<std::int32_t> ids;
    for (const auto& sentence : sentences) {
        checkpoint.tokenizer.encode(sentence, ids);
        ESPALIER_CHECK(examples.ids.add(ids));
    }
    examples.classes.assign(sentences.size(), 0); // decides the loss alone, which nobody reads here
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(Predictions predictions, classifier.predict(examples, context));
    answers.probabilities = std::move(predictions.probabilities);
    return answers;
}

Result<Answers> edgeAnswers(const std::string& packageBytes, const std::vector<std::string>& sentences, RunContext& context)
{
    ESPALIER_TRY(edge::Session session, edge::Session::fromBytes(packageBytes));
    Answers answers{session.labels().size(), {}};
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        if (context.cancelled())
            return cancelledError();
        if (i % 256 == 0)
            context.progress({"Checking the edge runtime", static_cast<std::int64_t>(i), static_cast<std::int64_t>(sentences.size()), "sentences"});
        const auto probabilities = session.classify(sentences[i]).probabilities;
        answers.probabilities.insert(answers.probabilities.end(), probabilities.begin(), probabilities.end());
    }
    return answers;
}

} // namespace espalier
