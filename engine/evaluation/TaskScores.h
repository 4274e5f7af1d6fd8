// SPDX-License-Identifier: GPL-3.0-or-later
// How good answers are that are not one class a text: labels by threshold, and entities.
#pragma once

#include "engine/evaluation/Bootstrap.h"
#include "engine/evaluation/Classifier.h"

namespace espalier {

/// Of texts that carry any number of labels.
struct LabelScores {
    double microF1 = 0; ///< of all decisions together
    double macroF1 = 0; ///< mean of F1 over the labels that occur or were predicted
    double subsetAccuracy = 0; ///< share of texts all of whose labels are right
    std::vector<ClassScore> classes; ///< in label-map order
    std::vector<HitCount> hits; ///< of each text: 1 of 1 when all its labels are right
};

/// A label is given where its probability is at least @p threshold.
LabelScores labelScores(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& labels, double threshold);

/// The threshold with the largest micro-F1 on these answers, halfway between two probabilities that occur; 0.5 when no text has a label.
double bestThreshold(const Predictions& predictions, const EncodedExamples& examples, std::size_t classes);

/// Of texts whose words carry BIO tags. An entity counts as found when its type, first and last word are right (seqeval's default mode, Nakayama 2018).
struct EntityScores {
    ClassScore total;               ///< of all types together: precision, recall, F1; support: entities in the truth
    std::vector<ClassScore> types;  ///< sorted by type
    double wordAccuracy = 0;        ///< share of words with the right tag
    std::vector<HitCount> hits;     ///< of each text: words with the right tag
};

EntityScores entityScores(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& tags);

} // namespace espalier
