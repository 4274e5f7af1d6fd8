// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Classifier.h"

namespace espalier {

Result<EncodedExamples> encodeExamples(const std::vector<Example>& examples, const Tokenizer& tokenizer, const LabelMap& labels,
                                       const std::filesystem::path& spillFolder)
{
    EncodedExamples encoded{TokenSequences(spillFolder), {}};
    encoded.classes.reserve(examples.size());
    std::vector<std::int32_t> ids;
    for (const Example& example : examples) {
        tokenizer.encode(example.text, ids);
        ESPALIER_CHECK(encoded.ids.add(ids));
        encoded.classes.push_back(labels.indexOf(example.label()));
    }
    return encoded;
}

Result<EvaluationReport> evaluate(const Checkpoint& checkpoint, const std::vector<Example>& examples, const std::string& split, RunContext& context)
{
    if (examples.empty())
        return Error{ErrorCode::InvalidArgument, "The " + split + " part holds no sentence.", "Give the dataset a " + split + " part.", {}};
    ESPALIER_TRY(const EncodedExamples encoded, encodeExamples(examples, checkpoint.tokenizer, checkpoint.labels));
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (encoded.classes[i] < 0)
            return Error{ErrorCode::InvalidArgument,
                         "The model does not know the label '" + examples[i].label() + "' of the " + split + " sentence '" + examples[i].text + "'.",
                         "Evaluate on sentences whose labels were trained.", {}};
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(const Predictions predictions, classifier.predict(encoded, context));
    EvaluationReport report = evaluatePredictions(split, checkpoint.labels.labels(), encoded.classes, predictions.classes);
    report.loss = predictions.meanLoss;
    return report;
}

} // namespace espalier
