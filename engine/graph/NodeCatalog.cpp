// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/NodeCatalog.h"

#include "engine/core/Architectures.h"
#include "engine/core/ParameterBuilders.h"
#include "engine/graph/DataNodes.h"
#include "engine/graph/PruningParameters.h"
#include "engine/graph/QuantizationParameters.h"
#include "engine/graph/ShrinkParameters.h"

#include <iterator>

namespace espalier {
namespace {

using namespace parameters;

PortSpec port(std::string id, std::string label, std::string type, bool required = true)
{
    return {std::move(id), std::move(label), std::move(type), required};
}

NodeType tokenizerNode()
{
    const std::vector<std::string> whole{"word", "character"};
    const std::vector<std::string> subwords{"wordpiece", "bpe", "unigram"};
    const auto whenLearnt = [](ParameterSpec spec) { return shownWhen(std::move(spec), "kind", {"word", "character", "wordpiece", "bpe", "unigram"}); };
    const auto whenLoaded = [](ParameterSpec spec) { return shownWhen(std::move(spec), "kind", {"file"}); };
    return {.id = "tokenizer", .version = 2, .category = "Data", .label = "Tokenizer",
            .help = "Learns a vocabulary from the training part, or loads one, and turns text into tokens, here and on the device.",
            .inputs = {port("splits", "Splits", "splits")}, .outputs = {port("tokenizer", "Tokenizer", "tokenizer")},
            .parameters = {choice("kind", "Kind", "Words or characters taken whole, parts of words learnt from the training part, or a tokenizer from a file.",
                                  {{"word", "Words"}, {"character", "Characters"}, {"wordpiece", "WordPiece"}, {"bpe", "Byte-level BPE"}, {"unigram", "Unigram"}, {"file", "From a file"}}),
                           whenLoaded(file("vocabulary_file", "Tokenizer file",
                                           "A tokenizer.json, a vocab.txt (WordPiece), or a vocab.json with the merges.txt that goes with it (byte-level BPE).", false)),
                           whenLoaded(file("merges_file", "Merges file", "For a vocab.json. Empty: merges.txt in the same folder.", false)),
                           whenLearnt(choice("normalization", "Unicode form", "NFKC makes full-width and compatibility characters alike.",
                                             {{"nfkc", "NFKC"}, {"nfc", "NFC"}, {"none", "As written"}})),
                           boolean("lowercase", "Ignore case", "Folds upper and lower case together. From a file: only for a vocab.txt, the others say it themselves.", true),
                           whenLearnt(integer("min_frequency", "Least frequency", "What is seen less often in the training part becomes unknown, or is not joined.", 1, 1, 1e6)),
                           shownWhen(integer("max_vocabulary", "Largest vocabulary", "Keep the most frequent tokens only. 0: no limit.", 0, 0, 1e7, 1000, "tokens"), "kind", whole),
                           shownWhen(integer("subword_vocabulary", "Vocabulary size", "Parts of words to learn, at most.", 8000, 300, 1e6, 1000, "tokens"), "kind", subwords),
                           integer("max_length", "Longest sentence", "The rest of a longer sentence is cut.", 64, 1, 4096, 8, "tokens")}};
}

NodeType modelNode()
{
    return {.id = "model", .category = "Model", .label = "Model",
            .help = "The family of the model and its sizes. Train gives it its weights.",
            .inputs = {port("tokenizer", "Tokenizer", "tokenizer")}, .outputs = {port("model", "Model", "model")},
            .parameters = architectureParameters()};
}

/// How the steps are taken: shared by everything that trains.
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

std::vector<ParameterSpec> joined(std::vector<ParameterSpec> first, std::vector<ParameterSpec> second)
{
    first.insert(first.end(), std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()));
    return first;
}

NodeType trainNode()
{
    return {.id = "train", .version = 2, .category = "Model", .label = "Train",
            .help = "Fits the model and keeps the best epoch on the validation part, and the last beside it.",
            .inputs = {port("splits", "Splits", "splits"), port("model", "Model", "model")}, .outputs = {port("checkpoint", "Checkpoint", "checkpoint")},
            .parameters = joined({integer("epochs", "Epochs", "Passes over the training part, at most.", 20, 1, 10000),
                                  integer("patience", "Patience", "Epochs without a better one before training stops. 0: never stop early.", 5, 0, 10000, 1,
                                          "epochs"),
                                  boolean("baseline", "Baseline", "Trains hashed n-grams first, in seconds, to show what this model gains over them.", true)},
                                 trainingParameters())};
}

/// Those of Train that matter when a few epochs win accuracy back, with defaults for that. @p recoveries: those that train.
std::vector<ParameterSpec> tuningParameters(const std::vector<std::string>& recoveries)
{
    std::vector<ParameterSpec> own{integer("epochs", "Epochs", "Passes over the training part while fine-tuning, at most.", 12, 1, 10000)};
    for (ParameterSpec& spec : trainingParameters()) {
        if (spec.id == "learning_rate")
            spec.fallback = 3e-3;
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

/// What the model as it was before teaches. @p recoveries: those in which it does.
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

/// How weights go while training, and what the model before pruning teaches.
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

NodeType pruneNode()
{
    return {.id = "prune", .version = 4, .category = "Compression", .label = "Prune",
            .help = "Sets the weights that matter least, by magnitude or another score, to zero, and can train the rest on to win accuracy back.",
            .inputs = {port("checkpoint", "Checkpoint", "checkpoint"), port("splits", "Splits", "splits")},
            .outputs = {port("checkpoint", "Checkpoint", "checkpoint")},
            .parameters = joined(joined(pruningParameters(), recoveryParameters()), tuningParameters({"fine_tune", "distill", "gradual"}))};
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

NodeType quantizeNode()
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
            .inputs = {port("checkpoint", "Checkpoint", "checkpoint"), port("splits", "Splits", "splits")},
            .outputs = {port("checkpoint", "Checkpoint", "checkpoint")},
            .parameters = joined(joined(std::move(own), teachingParameters(trained)), tuningParameters(trained))};
}

/// Those of Prune, without what goes on while parts are taken out: they go at once.
std::vector<ParameterSpec> recoveryAtOnce()
{
    std::vector<ParameterSpec> all = joined(recoveryParameters(), tuningParameters());
    std::erase_if(all, [](const ParameterSpec& spec) { return spec.shownValues == std::vector<std::string>{"gradual"}; });
    for (ParameterSpec& spec : all) {
        std::erase(spec.shownValues, "gradual");
        if (spec.id == "learning_rate")
            spec.fallback = 1e-3; // what stays is trained already
    }
    all.front() = choice("recovery", "Recovery", "Train the smaller model on; the same with the model before as the teacher; or leave it as it is.",
                         {{"distill", "Fine-tune with distillation"}, {"fine_tune", "Fine-tune"}, {"none", "One-shot"}});
    return all;
}

NodeType shrinkNode()
{
    return {.id = "shrink", .category = "Compression", .label = "Shrink",
            .help = "Takes whole heads, feed-forward columns, filters, units, layers or positions out, and can train the rest on. What remains is a smaller dense model, with less to compute "
                    "on every device.",
            .inputs = {port("checkpoint", "Checkpoint", "checkpoint"), port("splits", "Splits", "splits")},
            .outputs = {port("checkpoint", "Checkpoint", "checkpoint")},
            .parameters = joined(shrinkParameters(), recoveryAtOnce())};
}

NodeType vocabularyNode()
{
    std::vector<ParameterSpec> tuning = tuningParameters();
    for (ParameterSpec& spec : tuning)
        if (spec.shownWhen == "recovery")
            spec.shownValues = {"fine_tune"};
    return {.id = "vocabulary", .category = "Compression", .label = "Cut vocabulary",
            .help = "Leaves out tokens that the training part hardly uses, with their rows of the embedding table. Whole words become unknown; parts of words are spelt with smaller ones.",
            .inputs = {port("checkpoint", "Checkpoint", "checkpoint"), port("splits", "Splits", "splits")},
            .outputs = {port("checkpoint", "Checkpoint", "checkpoint")},
            .parameters = joined({integer("min_frequency", "Least frequency", "Tokens seen less often in the training part go. Special tokens stay, and what others are spelt with.", 2, 1, 1e6),
                                  integer("max_vocabulary", "Largest vocabulary", "Keep the most frequent tokens only. 0: no limit.", 0, 0, 1e7, 1000, "tokens"),
                                  choice("recovery", "Recovery", "Train on with the smaller vocabulary, or stop after the cut.", {{"fine_tune", "Fine-tune"}, {"none", "None"}})},
                                 std::move(tuning))};
}

NodeType distilNode()
{
    return {.id = "distill", .category = "Compression", .label = "Distil",
            .help = "Trains a model on the answers of another, the teacher, beside the labels, and on unlabelled text. Any family, any tokenizer.",
            .inputs = {port("splits", "Splits", "splits"), port("model", "Model", "model"), port("checkpoint", "Teacher", "checkpoint")},
            .outputs = {port("checkpoint", "Checkpoint", "checkpoint")},
            .parameters = joined({real("distillation_weight", "Distillation weight", "What the teacher's answers count in the loss; the labels have the rest.", 0.5, 0, 1, 0.1),
                                  temperature(),
                                  file("unlabelled", "Unlabelled text",
                                       "More sentences, which only the teacher's answers are learnt of: one a line (.txt), or a data file, whose labels are ignored.", false),
                                  integer("epochs", "Epochs", "Passes over the training part and the unlabelled text, at most.", 20, 1, 10000),
                                  integer("patience", "Patience", "Epochs without a better one before training stops. 0: never stop early.", 5, 0, 10000, 1, "epochs")},
                                 trainingParameters())};
}

NodeType evaluateNode()
{
    ParameterSpec oosCost = real("oos_cost", "Cost of rejection", "In-scope accuracy that the rejection threshold may cost on the validation part.", 1, 0, 100, 0.5);
    oosCost.unit = "points";
    return {.id = "evaluate", .version = 2, .category = "Model", .label = "Evaluate",
            .help = "Measures accuracy, F1, calibration and the confusion matrix on sentences the model was not trained on, and keeps every answer as CSV.",
            .inputs = {port("checkpoint", "Checkpoint", "checkpoint"), port("splits", "Splits", "splits")},
            .outputs = {port("report", "Report", "report")},
            .parameters = {choice("split", "Part", "The part of the data to measure on.", {{"test", "Test"}, {"validation", "Validation"}}),
                           boolean("calibrate", "Scale by temperature", "Report the probabilities after temperature scaling, fitted on the validation part. A package that gets this report is scaled too.", false),
                           file("oos_validation", "Out-of-scope validation file", "Sentences that belong to no class, to choose the kind of threshold by. Labels are ignored.", false),
                           file("oos_test", "Out-of-scope test file", "Sentences that belong to no class, to measure the rejection on. Labels are ignored.", false),
                           oosCost,
                           boolean("all_scores", "All probabilities", "Write the probability of every class into the CSV of predictions, not the answer's only.", false),
                           integer("seed", "Seed", "Of the bootstrap and the random sample.", 1, 0, 1e9)}};
}

NodeType packageNode()
{
    return {.id = "package", .version = 3, .category = "Delivery", .label = "Package",
            .help = "Writes the one file a device needs, and proves that the edge runtime answers as the engine does. With a report it also takes over the "
                    "report's temperature and rejection threshold; with the checkpoint before pruning as reference it shows which answers became others.",
            .inputs = {port("checkpoint", "Checkpoint", "checkpoint"), port("splits", "Splits", "splits"), port("report", "Report", "report", false),
                       port("reference", "Reference", "checkpoint", false)},
            .outputs = {port("package", "Package", "package")},
            .parameters = joined(packagePrecisionParameters(),
                          {boolean("sparse", "Leave zeros out", "Store pruned weights as a mask, and quantised weights entropy-coded, where that makes the file smaller.", true),
                           integer("self_tests", "Self-tests", "Sentences stored in the package, with their answers, for the device to repeat.", 32, 1, 1000, 1,
                                   "sentences"),
                           file("pinned", "Pinned sentences",
                                "Sentences whose answers must stay: a .txt with one a line, for the reference's answers, or a data file with the labels to be answered.", false),
                           choice("on_flip", "When one flips", "What happens when the package answers a pinned sentence otherwise.",
                                  {{"fail", "Fail"}, {"warn", "Warn"}})})};
}

NodeType deployNode()
{
    return {.id = "deploy", .category = "Delivery", .label = "Deploy",
            .help = "Pushes the package with the runtime to a device, tests it there, and makes it current.",
            .inputs = {port("package", "Package", "package"), port("splits", "Splits", "splits", false)},
            .outputs = {port("receipt", "Receipt", "receipt")},
            .parameters = {{.id = "device", .label = "Device", .help = "A name from the device list.", .kind = ParameterKind::Device,
                            .fallback = "this-computer", .required = true},
                           boolean("evaluate", "Run the test part there", "Classifies the whole labelled test part on the device and measures it.", true)}};
}

} // namespace

const Catalog<NodeType>& nodeCatalog()
{
    static const Catalog<NodeType> catalog("node type", {
                                                            nodes::dataset(),
                                                            nodes::clean(),
                                                            nodes::deduplicate(),
                                                            nodes::filter(),
                                                            nodes::split(),
                                                            nodes::check(),
                                                            nodes::balance(),
                                                            tokenizerNode(),
                                                            modelNode(),
                                                            trainNode(),
                                                            pruneNode(),
                                                            shrinkNode(),
                                                            vocabularyNode(),
                                                            distilNode(),
                                                            quantizeNode(),
                                                            evaluateNode(),
                                                            packageNode(),
                                                            deployNode(),
                                                        });
    return catalog;
}

const Catalog<PortType>& portTypes()
{
    static const Catalog<PortType> catalog("port type", {
                                                            {"dataset", "Dataset"},
                                                            {"splits", "Splits"},
                                                            {"tokenizer", "Tokenizer"},
                                                            {"model", "Model"},
                                                            {"checkpoint", "Checkpoint"},
                                                            {"report", "Report"},
                                                            {"package", "Package"},
                                                            {"receipt", "Receipt"},
                                                        });
    return catalog;
}

} // namespace espalier
