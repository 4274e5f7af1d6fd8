// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/CompressionNodes.h"

#include "engine/core/ParameterBuilders.h"
#include "engine/graph/PruningParameters.h"
#include "engine/graph/QuantizationParameters.h"
#include "engine/graph/ShrinkParameters.h"
#include "engine/graph/TrainingParameters.h"

namespace espalier {

using namespace parameters;

namespace {

std::vector<PortSpec> checkpointAndSplits()
{
    return {{"checkpoint", "Checkpoint", "checkpoint"}, {"splits", "Splits", "splits"}};
}

std::vector<PortSpec> aCheckpoint()
{
    return {{"checkpoint", "Checkpoint", "checkpoint"}};
}

/// How what flows between the layers is rounded for products.
std::vector<ParameterSpec> activationParameters()
{
    const std::vector<std::string> calibrated{"calibrated"};
    return {choice("activations", "Activations", "What flows between layers is rounded to 8 bits for products: by the range of each row, measured on the device, or by one range a layer, calibrated here.",
                   {{"dynamic", "Measured on the device"}, {"calibrated", "Calibrated"}}),
            shownWhen(integer("calibration_examples", "Calibration sentences", "Training sentences to measure the ranges on.", 512, 16, 1e7, 100, "sentences"), "activations", calibrated),
            shownWhen(real("activation_percentile", "Covered",
                           "Share, in per cent, of the rows whose largest value the range covers. Below 100 rare outliers are cut off, and the others are rounded less.", 100, 90, 100, 0.1),
                      "activations", calibrated)};
}

} // namespace

NodeType nodes::prune()
{
    return {.id = "prune", .version = 5, .category = "Compression", .label = "Prune",
            .help = "Sets the weights that matter least, by magnitude or another score, to zero, and can train the rest on to win accuracy back.",
            .inputs = checkpointAndSplits(),
            .outputs = aCheckpoint(),
            .parameters = joined(joined(pruningParameters(), recoveryParameters()), tuningParameters({"fine_tune", "distill", "gradual"}, rateUnderMasks))};
}

NodeType nodes::quantize()
{
    const std::vector<std::string> trained{"fine_tune", "distill"};
    std::vector<ParameterSpec> own = quantizationParameters();
    own.push_back(choice("recovery", "Recovery",
                         "Train on with every step's weights rounded as the package will hold them; the same with the model before rounding as the teacher; or round "
                         "and do no more.",
                         {{"fine_tune", "Fine-tune"}, {"distill", "Fine-tune with distillation"}, {"none", "One-shot"}}));
    own = joined(std::move(own), activationParameters());
    return {.id = "quantize", .category = "Compression", .label = "Quantize",
            .help = "Rounds the weights to few bits, and can train on under that rounding, so that the model learns to live with it. Package then stores just these weights.",
            .inputs = checkpointAndSplits(),
            .outputs = aCheckpoint(),
            .parameters = joined(joined(std::move(own), teachingParameters(trained)), tuningParameters(trained, gentleRate))};
}

NodeType nodes::shrink()
{
    return {.id = "shrink", .category = "Compression", .label = "Shrink",
            .help = "Takes whole heads, feed-forward columns, filters, units, layers or positions out, and can train the rest on. What remains is a smaller dense model, with less to compute "
                    "on every device.",
            .inputs = checkpointAndSplits(),
            .outputs = aCheckpoint(),
            .parameters = joined(shrinkParameters(), recoveryAtOnce())};
}

NodeType nodes::vocabulary()
{
    return {.id = "vocabulary", .category = "Compression", .label = "Cut vocabulary",
            .help = "Leaves out tokens that the training part hardly uses, with their rows of the embedding table. Whole words become unknown; parts of words are spelt with smaller ones.",
            .inputs = checkpointAndSplits(),
            .outputs = aCheckpoint(),
            .parameters = joined({integer("min_frequency", "Least frequency", "Tokens seen less often in the training part go. Special tokens stay, and what others are spelt with.", 2, 1, 1e6),
                                  integer("max_vocabulary", "Largest vocabulary", "Keep the most frequent tokens only. 0: no limit.", 0, 0, 1e7, 1000, "tokens"),
                                  choice("recovery", "Recovery", "Train on with the smaller vocabulary, or stop after the cut.", {{"fine_tune", "Fine-tune"}, {"none", "None"}})},
                                 tuningParameters({"fine_tune"}, rateUnderMasks))};
}

NodeType nodes::distil()
{
    return {.id = "distill", .category = "Compression", .label = "Distil",
            .help = "Trains a model on the answers of another, the teacher, beside the labels, and on unlabelled text. Any family, any tokenizer.",
            .inputs = {{"splits", "Splits", "splits"}, {"model", "Model", "model"}, {"checkpoint", "Teacher", "checkpoint"}},
            .outputs = aCheckpoint(),
            .parameters = joined({real("distillation_weight", "Distillation weight", "What the teacher's answers count in the loss; the labels have the rest.", 0.5, 0, 1, 0.1),
                                  temperature(),
                                  file("unlabelled", "Unlabelled text",
                                       "More sentences, which only the teacher's answers are learnt of: one a line (.txt), or a data file, whose labels are ignored.", false),
                                  integer("epochs", "Epochs", "Passes over the training part and the unlabelled text, at most.", 20, 1, 10000),
                                  integer("patience", "Patience", "Epochs without a better one before training stops. 0: never stop early.", 5, 0, 10000, 1, "epochs")},
                                 trainingParameters())};
}

} // namespace espalier
