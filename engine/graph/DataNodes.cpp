// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/DataNodes.h"

#include "engine/core/ParameterBuilders.h"

namespace espalier::nodes {
namespace {

using namespace parameters;

ParameterSpec dataFile(std::string id, std::string label, std::string help, bool required)
{
    ParameterSpec spec = file(std::move(id), std::move(label), std::move(help), required);
    spec.folderToo = true;
    return spec;
}

ParameterSpec format()
{
    return choice("format", "Format", "How texts and labels are written down.",
                  {{"auto", "Detect"},
                   {"csv", "Commas (CSV)"},
                   {"tsv", "Tabs (TSV)"},
                   {"jsonl", "JSON Lines"},
                   {"conll", "Words with tags (CoNLL)"},
                   {"fasttext", "fastText"},
                   {"folder", "A folder a class"}});
}

ParameterSpec encoding()
{
    return choice("encoding", "Encoding", "How characters are written as bytes.",
                  {{"auto", "Detect"},
                   {"utf8", "UTF-8"},
                   {"gb18030", "GB18030"},
                   {"utf16le", "UTF-16 (little endian)"},
                   {"utf16be", "UTF-16 (big endian)"},
                   {"big5", "Big5"},
                   {"shift_jis", "Shift JIS"},
                   {"euc_kr", "EUC-KR"},
                   {"windows1251", "Windows-1251"},
                   {"windows1252", "Windows-1252"}});
}

/// Quotes and header lines are a matter of tables.
ParameterSpec ofTables(ParameterSpec spec)
{
    return shownWhen(std::move(spec), "format", {"auto", "csv", "tsv"});
}

} // namespace

NodeType dataset()
{
    return {.id = "dataset", .category = "Data", .label = "Dataset",
            .help = "Reads labelled texts from CSV, TSV, JSON Lines, CoNLL or fastText files, plain or compressed, or from a folder a class. Rows that cannot be used are set aside with "
                    "their line numbers.",
            .inputs = {}, .outputs = {{"dataset", "Dataset", "dataset"}},
            .parameters = {dataFile("train", "Training file", "A data file, or a folder with a folder for each class.", true),
                           dataFile("validation", "Validation file", "Sentences to choose by while training. Empty: cut from the training file.", false),
                           dataFile("test", "Test file", "Sentences for the final figure only. Empty: cut from the training file.", false),
                           format(),
                           choice("task", "Task", "What a model shall answer: one class a text, any number of classes, or a tag a word.",
                                  {{"auto", "Detect"}, {"single_label", "One class a text"}, {"multi_label", "Any number of classes"}, {"token_tags", "A tag a word"}}),
                           choice("compression", "Compression", "How the file is packed.",
                                  {{"auto", "Detect"}, {"none", "Not packed"}, {"gzip", "gzip"}, {"zstd", "zstd"}}),
                           encoding(),
                           ofTables(choice("header", "Header line", "Whether the first line names the columns.",
                                           {{"auto", "Detect"}, {"present", "Present"}, {"absent", "Absent"}})),
                           ofTables(choice("quoting", "Quotes", "Whether double quotes enclose fields or are plain characters.",
                                           {{"auto", "Detect"}, {"standard", "Enclose fields"}, {"none", "Plain characters"}})),
                           text("text_column", "Text column", "Name of the column, or its number from 1. Empty: detect.", ""),
                           text("label_column", "Label column", "Name of the column, or its number from 1. Empty: detect.", ""),
                           text("group_column", "Group column", "Rows that agree in this column can be kept in one part, by Split. Empty: none.", ""),
                           ofTables(text("label_separator", "Label separator", "What stands between several labels of one field. Empty: a field is one label.", ""))}};
}

NodeType clean()
{
    return {.id = "clean", .category = "Data", .label = "Clean",
            .help = "Makes texts uniform and sets those aside that are too short or too long. Words that carry tags are cleaned one by one.",
            .inputs = {{"dataset", "Dataset", "dataset"}}, .outputs = {{"dataset", "Dataset", "dataset"}},
            .parameters = {choice("unicode_form", "Unicode form", "NFKC makes full-width and compatibility characters alike.",
                                  {{"nfc", "NFC"}, {"nfkc", "NFKC"}, {"none", "As written"}}),
                           boolean("strip_html", "Take HTML out", "Removes tags, comments and scripts, and decodes character references. Texts with tagged words stay.", false),
                           choice("urls", "Web addresses", "What becomes of http://, https:// and www. addresses. Texts with tagged words stay.",
                                  {{"keep", "Keep"}, {"remove", "Take out"}, {"replace", "Replace"}}),
                           shownWhen(text("url_token", "In their place", "What stands for a web address.", "<url>"), "urls", {"replace"}),
                           boolean("controls", "Take control characters out", "Also zero-width spaces and directional marks.", true),
                           boolean("spaces", "Collapse white space", "One space between words, none at the ends.", true),
                           integer("shortest", "Shortest text", "Shorter ones are set aside.", 1, 1, 1e6, 1, "characters"),
                           integer("longest", "Longest text", "Longer ones are set aside. 0: no limit.", 0, 0, 1e6, 10, "characters")}};
}

NodeType deduplicate()
{
    return {.id = "deduplicate", .category = "Data", .label = "Deduplicate",
            .help = "Of texts that are the same keeps the first, and takes out of the training rows what also stands in validation or test.",
            .inputs = {{"dataset", "Dataset", "dataset"}}, .outputs = {{"dataset", "Dataset", "dataset"}},
            .parameters = {choice("match", "Same is", "What ignores case, width and white space, or what agrees byte for byte.",
                                  {{"normalized", "Alike after normalisation"}, {"exact", "Byte for byte"}}),
                           choice("scope", "Look", "In each part by itself, or also across the parts, so that no test sentence is trained on.",
                                  {{"everywhere", "Across the parts"}, {"parts", "Within each part"}})}};
}

NodeType filter()
{
    return {.id = "filter", .category = "Data", .label = "Filter labels",
            .help = "Merges, keeps and drops classes, in this order.",
            .inputs = {{"dataset", "Dataset", "dataset"}}, .outputs = {{"dataset", "Dataset", "dataset"}},
            .parameters = {text("merge", "Merge", "Labels that become one, as in “a, b -> c”. Separate several by semicolons.", ""),
                           text("keep", "Keep only", "Labels separated by commas. Empty: all.", ""),
                           text("drop", "Drop", "Labels separated by commas.", ""),
                           integer("least_examples", "Least examples", "Classes with fewer in the training rows are dropped.", 1, 1, 1e9)}};
}

NodeType balance()
{
    return {.id = "balance", .category = "Data", .label = "Balance",
            .help = "Gives every class the same number of training rows. Validation and test stay as they are.",
            .inputs = {{"splits", "Splits", "splits"}}, .outputs = {{"splits", "Splits", "splits"}},
            .parameters = {choice("method", "Method", "Leave rows of larger classes out, or repeat rows of smaller ones.",
                                  {{"down", "Leave out"}, {"up", "Repeat"}}),
                           integer("target", "Rows a class", "0: as many as the smallest class has, or the largest when rows are repeated.", 0, 0, 1e9, 100),
                           integer("seed", "Seed", "The same seed gives the same rows.", 1, 0, 1e9)}};
}

NodeType check()
{
    return {.id = "check", .category = "Data", .label = "Check for leaks",
            .help = "Looks for validation and test sentences that also stand in the training part, which make a model look better than it is, and says whether their labels agree.",
            .inputs = {{"splits", "Splits", "splits"}}, .outputs = {{"splits", "Splits", "splits"}},
            .parameters = {boolean("remove", "Take out of training", "Removes the training rows whose text, case, width and white space ignored, stands in validation or test.", false)}};
}

NodeType split()
{
    return {.id = "split", .category = "Data", .label = "Split",
            .help = "Divides the sentences into train, validation and test parts.",
            .inputs = {{"dataset", "Dataset", "dataset"}}, .outputs = {{"splits", "Splits", "splits"}},
            .parameters = {choice("method", "Method",
                                  "Keep the files' own parts and cut only what is missing, or mix all rows and cut anew, class by class or keeping groups together.",
                                  {{"given", "As given"}, {"stratified", "Stratified"}, {"grouped", "By group"}}),
                           real("validation_fraction", "Validation share", "Share of the rows that becomes the validation part where it is cut.", 0.1, 0.01, 0.5, 0.01),
                           real("test_fraction", "Test share", "Share of the rows that becomes the test part where it is cut.", 0.1, 0.01, 0.5, 0.01),
                           integer("seed", "Seed", "The same seed gives the same parts.", 1, 0, 1e9)}};
}

} // namespace espalier::nodes
