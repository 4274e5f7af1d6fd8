// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/NodeCatalog.h"

#include "engine/core/Architectures.h"
#include "engine/core/ParameterBuilders.h"
#include "engine/graph/CompressionNodes.h"
#include "engine/graph/DataNodes.h"
#include "engine/graph/QuantizationParameters.h"
#include "engine/graph/TrainingParameters.h"

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

NodeType evaluateNode()
{
    ParameterSpec oosCost = real("oos_cost", "Cost of rejection", "In-scope accuracy that the rejection threshold may cost on the validation part.", 1, 0, 100, 0.5);
    oosCost.unit = "points";
    return {.id = "evaluate", .version = 3, .category = "Model", .label = "Evaluate",
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
    return {.id = "package", .version = 5, .category = "Delivery", .label = "Package",
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
                                                            nodes::prune(),
                                                            nodes::shrink(),
                                                            nodes::vocabulary(),
                                                            nodes::distil(),
                                                            nodes::quantize(),
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
