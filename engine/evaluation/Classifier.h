// SPDX-License-Identifier: GPL-3.0-or-later
// Classifier: a checkpoint made ready to answer, in LibTorch. Keeps encoded sentences out of its way: encode once with
// encodeExamples() and evaluate many weights on them (the sparsity slider does). One thread at a time.
#pragma once

#include "engine/models/TokenSequences.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/training/Checkpoint.h"

#include <memory>

namespace espalier {

/// Sentences as token ids with class indices, in the given order.
struct EncodedExamples {
    TokenSequences ids;
    std::vector<std::int64_t> classes; ///< -1: the label map does not have it, or one of the labels; 0 for the other tasks
    Task task = Task::SingleLabel;
    TokenSequences targets = {};    ///< MultiLabel: the classes of each sentence; TokenTags: the tag of each word, -1 when unknown
    TokenSequences wordTokens = {}; ///< TokenTags: the token at which each word begins, -1 when it was cut off
};

/// @p text as an example to be answered: with TokenTags it has the words that the device would find, and a tag of @p labels for each.
Example unlabelled(const std::string& text, Task task, const Tokenizer& tokenizer, const LabelMap& labels);

/// Many tokens go to a temporary file in @p spillFolder (empty: never). IoError when that cannot be written.
Result<EncodedExamples> encodeExamples(const ExampleTable& examples, const Tokenizer& tokenizer, const LabelMap& labels,
                                       const std::filesystem::path& spillFolder = {}, Task task = Task::SingleLabel);
/// The same, for measuring: no examples, or a label that the model does not know, is an error that names @p split.
Result<EncodedExamples> encodeKnownExamples(const Checkpoint& checkpoint, const ExampleTable& examples, const std::string& split);

struct Predictions {
    std::vector<std::int64_t> classes; ///< the likeliest of each row; TokenTags: -1 for a word that was cut off
    std::vector<float> probabilities; ///< [rows x classes], row-major; a row is a sentence, or a word with TokenTags
    std::vector<std::size_t> begins = {}; ///< TokenTags: the row of each sentence's first word, and one past the last row
    std::vector<float> logits = {}; ///< SingleLabel: the same as probabilities, before the softmax
    double meanLoss = 0; ///< cross-entropy in nats against the true classes
};

class Classifier {
public:
    static Result<Classifier> create(const Checkpoint& checkpoint);
    Classifier(Classifier&&) noexcept;
    Classifier& operator=(Classifier&&) noexcept;
    ~Classifier();

    /// Replaces the weights named in @p weights (shapes must fit), keeping the module.
    Result<void> setWeights(const Weights& weights);
    Result<Predictions> predict(const EncodedExamples& examples, RunContext& context);

private:
    struct State;
    explicit Classifier(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// What @p predictions, made by @p checkpoint's model, are worth: by its task.
EvaluationReport reportOf(const Predictions& predictions, const EncodedExamples& encoded, const Checkpoint& checkpoint, const std::string& split);

/// Evaluates @p checkpoint on @p examples, whose labels must all be in its label map. @p split names them in the report.
Result<EvaluationReport> evaluate(const Checkpoint& checkpoint, const ExampleTable& examples, const std::string& split, RunContext& context);

} // namespace espalier
