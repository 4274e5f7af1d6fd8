// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/TrainingParameters.h"

#include "engine/core/ParameterBuilders.h"

#include <iterator>

namespace espalier {

using namespace parameters;

std::vector<ParameterSpec> joined(std::vector<ParameterSpec> first, std::vector<ParameterSpec> second)
{
    first.insert(first.end(), std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()));
    return first;
}

std::vector<ParameterSpec> trainingParameters()
{
    return {choice("batch_by", "Batches of", "Count sentences, or tokens with padding, which keeps memory even where lengths differ much.",
                   {{"sentences", "Sentences"}, {"tokens", "Tokens"}}),
            integer("batch_size", "Batch size", "Sentences or tokens a batch.", 64, 1, 1048576, 16),
            integer("accumulation", "Batches a step", "Gradients of several batches make one step: a large batch in little memory.", 1, 1, 4096),
            choice("optimiser", "Optimiser", "AdamW suits most models; SGD with momentum needs a larger learning rate.", {{"adamw", "AdamW"}, {"sgd", "SGD"}}),
            shownWhen(boolean("nesterov", "Nesterov momentum", "Looks ahead along the momentum.", true), "optimiser", {"sgd"}),
            real("momentum", "Momentum", "Share of the last steps' direction that is kept.", 0.9, 0, 0.999, 0.01),
            real("learning_rate", "Learning rate", "Size of a step, at its largest.", 2e-3, 1e-7, 10, 1e-4),
            choice("schedule", "Schedule", "How the learning rate falls after the warm-up. One cycle also rises from a low rate and moves the momentum against it.",
                   {{"cosine", "Cosine"}, {"linear", "Linear"}, {"constant", "Constant"}, {"one_cycle", "One cycle"}}),
            real("warm_up", "Warm-up", "Share of the training over which the rate grows; 0.3 is usual for one cycle.", 0.05, 0, 1, 0.05),
            real("weight_decay", "Weight decay", "How strongly weights are pulled towards zero. Biases and norms are not.", 0.01, 0, 10, 0.01),
            real("embedding_decay", "Embedding decay", "The same for embeddings.", 0.01, 0, 10, 0.01),
            real("gradient_clip", "Gradient clip", "Largest norm of the gradient. 0: none.", 1.0, 0, 1000, 0.5),
            real("label_smoothing", "Label smoothing", "Share of the target spread over all classes. Not used by a CRF.", 0.1, 0, 0.9, 0.05),
            choice("class_weights", "Class weights", "Balanced: sentences of rare classes count more. Where a sentence has one class.", {{"none", "None"}, {"balanced", "Balanced"}}),
            choice("monitor", "Best by", "What makes an epoch the best on the validation part. The score is accuracy, micro-F1 of several labels, or F1 of entities.",
                   {{"accuracy", "Score"}, {"macro_f1", "Macro-F1"}, {"loss", "Loss"}}),
            choice("precision", "Products in", "bf16 halves the numbers in products, on processors that have it; weights stay fp32.",
                   {{"fp32", "fp32"}, {"bf16", "bf16"}}),
            text("device", "Device", "auto, cpu, or a GPU such as cuda:0. auto takes the first GPU that there is.", "auto"),
            integer("seed", "Seed", "The same seed gives the same model.", 1, 0, 1e9),
            integer("threads", "Threads", "0: as many as there are cores.", 0, 0, 1024)};
}

std::vector<ParameterSpec> tuningParameters(const std::vector<std::string>& recoveries, double learningRate)
{
    std::vector<ParameterSpec> own{integer("epochs", "Epochs", "Passes over the training part while fine-tuning, at most.", 12, 1, 10000)};
    for (ParameterSpec& spec : trainingParameters()) {
        if (spec.id == "learning_rate")
            spec.fallback = learningRate;
        if (spec.shownWhen.empty())
            own.push_back(shownWhen(std::move(spec), "recovery", recoveries));
        else
            own.push_back(std::move(spec));
    }
    own.front() = shownWhen(std::move(own.front()), "recovery", recoveries);
    return own;
}

ParameterSpec temperature()
{
    return real("temperature", "Temperature", "Scores of both models are divided by it, so that unlikely answers count more.", 2, 0.1, 100, 0.5);
}

std::vector<ParameterSpec> teachingParameters(const std::vector<std::string>& recoveries)
{
    return {shownWhen(real("distillation_weight", "Distillation weight", "What the answers of the model before this node count in the loss; the labels have the rest.",
                           0.5, 0, 1, 0.1),
                      "recovery", recoveries),
            shownWhen(temperature(), "recovery", recoveries),
            shownWhen(real("hidden_weight", "Hidden states' weight", "What the distance between both models' layer outputs counts in the loss. Transformers only; else 0.", 0,
                           0, 1000, 0.5),
                      "recovery", recoveries)};
}

std::vector<ParameterSpec> recoveryParameters()
{
    const std::vector<std::string> gradual{"gradual"};
    const std::vector<std::string> taught{"distill", "gradual"};
    std::vector<ParameterSpec> own{
            choice("recovery", "Recovery",
                   "Train on under the mask; the same with the model before pruning as the teacher; with that teacher, and weights going little by little "
                   "meanwhile, after which the learning rate begins anew; or stop after pruning.",
                   {{"fine_tune", "Fine-tune"}, {"distill", "Fine-tune with distillation"}, {"gradual", "Gradual with distillation"}, {"none", "One-shot"}}),
            shownWhen(integer("pruning_epochs", "Pruning epochs", "Passes over the training part before fine-tuning, while weights go: most of them early (a cubic schedule).",
                              8, 1, 10000),
                      "recovery", gradual),
            shownWhen(integer("mask_updates", "Mask updates", "How often an epoch weights are chosen anew, at most once a step.", 10, 1, 1000, 1, "an epoch"), "recovery",
                      gradual)};
    own = joined(std::move(own), teachingParameters(taught));
    own.push_back(shownWhen(boolean("less_dropout", "Less dropout", "Multiplies dropout by the square root of the share of weights that are kept: few weights need less of it.", true),
                            "recovery", taught));
    return own;
}

std::vector<ParameterSpec> recoveryAtOnce()
{
    std::vector<ParameterSpec> all = joined(recoveryParameters(), tuningParameters({"fine_tune", "distill"}, gentleRate));
    std::erase_if(all, [](const ParameterSpec& spec) { return spec.shownValues == std::vector<std::string>{"gradual"}; });
    for (ParameterSpec& spec : all)
        std::erase(spec.shownValues, "gradual");
    all.front() = choice("recovery", "Recovery", "Train the smaller model on; the same with the model before as the teacher; or leave it as it is.",
                         {{"distill", "Fine-tune with distillation"}, {"fine_tune", "Fine-tune"}, {"none", "One-shot"}});
    return all;
}

} // namespace espalier
