// SPDX-License-Identifier: GPL-3.0-or-later
// Faults in the files and parameters of a project, one a line, beside those of data files (tst_DataFaults) and of training parameters
// (tst_TrainingFaults): each must be told with the file, line or field it is in, and a way out.
#include "engine/core/SafeFile.h"
#include "engine/edge/PackageReader.h"
#include "engine/edge/Session.h"
#include "engine/graph/ProjectFile.h"
#include "engine/graph/Validator.h"
#include "engine/models/WordVectors.h"
#include "engine/tokenizers/loading/TokenizerFile.h"
#include "engine/training/Checkpoint.h"
#include "tests/support/PackageBuilder.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <functional>
#include <stdexcept>

using namespace espalier;

namespace {

using Path = std::filesystem::path;

struct Fault {
    std::string name;
    std::function<Error(const Path& folder)> provoke;
    std::vector<std::string> places; ///< the file, line or field, and what is wrong with it
    std::string remedy;
};
using Faults = std::vector<Fault>;

Path written(const Path& folder, const std::string& name, const std::string& bytes)
{
    if (!writeFileSafely(folder / name, bytes))
        throw std::runtime_error("the file with the fault cannot be written");
    return folder / name;
}

template <typename T>
Error errorOf(const Result<T>& result)
{
    return result.ok() ? Error{ErrorCode::Internal, "There was no error.", {}, {}} : result.error();
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    return at == std::string::npos ? std::string("there is no ") + from : text.replace(at, from.size(), to);
}

void addProjectFaults(Faults& faults)
{
    const auto add = [&](const char* name, const std::string& text, const char* place, const char* remedy) {
        faults.push_back({std::string("project: ") + name, [text](const Path& folder) { return errorOf(loadProject(written(folder, "a.espalier", text))); }, {"a.espalier'", place}, remedy});
    };
    const auto with = [](const std::string& nodes, const std::string& edges = "") { return R"({"espalier_project": 1, "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]}"; };
    const char* repair = "Correct that place in a text editor";
    add("no JSON", "{\n  \"espalier_project\": 1\n  \"nodes\": []\n}\n", "not valid JSON: syntax error while parsing object - unexpected string literal; expected '}' (line 3", repair);
    add("a key twice", R"({"nodes": [], "nodes": []})", "'nodes' stands twice", repair);
    add("another file", "{}", "no field 'espalier_project'", "Choose an .espalier file");
    add("a newer format", R"({"espalier_project": 99})", "project format 99", "Update Espalier");
    add("no nodes", R"({"espalier_project": 1, "edges": []})", "'project.nodes' is missing", repair);
    add("a node without type", with(R"({"id": "a"})"), "'nodes[0].type' is missing", repair);
    add("a place that is no number", with(R"({"id": "a", "type": "split", "x": "left"})"), "'nodes[0].x' must be a number", repair);
    add("a node twice", with(R"({"id": "a", "type": "split"}, {"id": "a", "type": "split"})"), "two nodes called 'a'", "Give one of them another id");
    add("a wire without port", with("", R"({"from": "a", "to": "b.c"})"), "'edges[0].from' is 'a'", "node.port");
    add("a wire to nowhere", with("", R"({"from": "a.x", "to": "b.c"})"), "no node 'a'", repair);
    add("a wire between other things", with(R"({"id": "d", "type": "dataset"}, {"id": "t", "type": "tokenizer"})", R"({"from": "d.dataset", "to": "t.splits"})"), "'d.dataset' gives a dataset",
        "Join ports of the same shape");
    faults.push_back({"project: absent", [](const Path& folder) { return errorOf(loadProject(folder / "none.espalier")); }, {"none.espalier'"}, "Check that the path is right"});
}

/// What is wrong with the parameters, or else with the rest, of a pipeline of one node.
Error problemOf(const Path& folder, const std::string& type, const Parameters& parameters, const std::string& target)
{
    Graph graph;
    Node node;
    node.id = "it";
    node.type = type;
    node.parameters = parameters;
    if (!graph.addNode(node))
        throw std::runtime_error("the node cannot be added");
    auto problems = validate(graph, folder, target);
    std::stable_partition(problems.begin(), problems.end(), [&](const Problem& problem) { return parameters.contains(problem.parameter); });
    if (problems.empty())
        return {ErrorCode::Internal, "There was no problem.", {}, {}};
    const Problem& first = problems.front();
    return {ErrorCode::InvalidArgument, first.node + "." + first.input + first.parameter + ": " + first.message, first.remedy, {}};
}

void addParameterFaults(Faults& faults)
{
    const auto add = [&](const char* name, const char* type, const Parameters& parameters, std::vector<std::string> places, const char* remedy, const char* target = "") {
        faults.push_back({std::string("parameter: ") + name, [=](const Path& folder) { return problemOf(folder, type, parameters, target); }, std::move(places), remedy});
    };
    add("required and empty", "dataset", {}, {"it.train", "'train' is empty"}, "Choose a value for");
    add("a file that is not there", "dataset", {{"train", "none.tsv"}}, {"it.train", "none.tsv' does not exist"}, "Choose another file");
    add("unknown", "dataset", {{"trian", "a.tsv"}}, {"it.trian", "no parameter 'trian'"}, "Remove it from the project");
    add("a choice there is not", "dataset", {{"format", "xlsx"}}, {"'format' is \"xlsx\""}, "it must be one of: auto, csv");
    add("a text for a number", "train", {{"epochs", "many"}}, {"'epochs' is \"many\""}, "it must be a whole number");
    add("beyond the range", "train", {{"epochs", 0}}, {"'epochs' is 0"}, "it must be a whole number from 1 to 10000");
    add("an input without a wire", "split", {}, {"it.dataset", "'Dataset' has no wire"}, "Connect an output of the type dataset");
    add("a node that is not there", "split", {}, {"no node 'trian'"}, "Its nodes are: it", "trian");
    add("a kind of node there is not", "distil9", {}, {"it.", "'distil9'"}, "Open the project with the version that made it");
}

void addTokenizerFaults(Faults& faults)
{
    const auto add = [&](const char* name, const char* file, const std::string& text, const char* place, const char* remedy) {
        faults.push_back({std::string("tokenizer: ") + name, [=](const Path& folder) { return errorOf(loadTokenizer(written(folder, file, text))); }, {std::string(file) + "'", place}, remedy});
    };
    const char* other = "Choose another file";
    add("no JSON", "tokenizer.json", "{", "not valid JSON", other);
    add("no model", "tokenizer.json", "{}", "'model'", other);
    add("a model there is not", "tokenizer.json", R"({"model": {"type": "Char", "vocab": {}}})", "model.type' asks for 'Char'", "Known: WordPiece, BPE");
    add("an id that is none", "tokenizer.json", R"({"model": {"type": "WordLevel", "vocab": {"a": "b"}, "unk_token": "a"}})", "vocab.a' must be an integer", other);
    add("an unknown token that is not there", "tokenizer.json", R"({"model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "[UNK]"}})", "names '[UNK]'", other);
    add("a normaliser there is not", "tokenizer.json", R"({"normalizer": {"type": "Rot13"}, "model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}})", "'Rot13'", "Known:");
    add("a list without [UNK]", "vocab.txt", "a\nb\n", "no line [UNK]", "Choose a vocab.txt");
    add("a list in another encoding", "vocab.txt", "[UNK]\ncaf\xe9\n", "not UTF-8 (byte 10)", other);
    faults.push_back({"tokenizer: a merge of three", [](const Path& folder) {
        written(folder, "merges.txt", "#version: 0.2\na b\na b c\n");
        return errorOf(loadTokenizer(written(folder, "vocab.json", R"({"a": 0, "b": 1, "ab": 2})")));
    }, {"merges.txt', line 3"}, other});
    faults.push_back({"tokenizer: no merges beside it", [](const Path& folder) {
        std::filesystem::remove(folder / "merges.txt");
        return errorOf(loadTokenizer(written(folder, "vocab.json", R"({"a": 0})")));
    }, {"merges.txt'"}, "Check that the path is right"});
}

Checkpoint toyCheckpoint()
{
    static const test::ToyTask task = test::makeToyTask({{"embedding_dim", 2}, {"filters", 2}, {"widths", "1,2"}});
    Checkpoint checkpoint{task.model, task.tokenizer, task.splits.labels, {}, {}, {}, 1};
    for (const auto& [name, shape] : (*modelCatalog().get("textcnn"))->shapes(task.model)) {
        std::int64_t count = 1;
        for (const auto dimension : shape)
            count *= dimension;
        checkpoint.weights[name] = {shape, std::vector<float>(static_cast<std::size_t>(count), 0.5F)};
    }
    return checkpoint;
}

/// What loading says after the checkpoint's values and then its head were spoilt.
Error checkpointError(const Path& folder, const std::function<void(Checkpoint&)>& spoil, const std::string& from = "", const std::string& to = "")
{
    Checkpoint checkpoint = toyCheckpoint();
    spoil(checkpoint);
    if (!saveCheckpoint(folder / "model", checkpoint))
        throw std::runtime_error("the checkpoint cannot be written");
    if (!from.empty())
        written(folder / "model", "checkpoint.json", replaced(*readFile(folder / "model" / "checkpoint.json"), from, to));
    return errorOf(loadCheckpoint(folder / "model"));
}

void addCheckpointFaults(Faults& faults)
{
    const auto head = [&](const char* name, const char* from, const char* to, const char* place, const char* remedy) {
        faults.push_back({std::string("checkpoint: ") + name, [=](const Path& folder) { return checkpointError(folder, [](Checkpoint&) {}, from, to); }, {"model'", place}, remedy});
    };
    const auto values = [&](const char* name, std::function<void(Checkpoint&)> spoil, const char* place) {
        faults.push_back({std::string("checkpoint: ") + name, [spoil](const Path& folder) { return checkpointError(folder, spoil); }, {"model'", place}, "restore it from a copy or train again"});
    };
    const char* restore = "Restore the folder from a copy, or train again";
    head("another file", "espalier-checkpoint", "something", "not an Espalier checkpoint", restore);
    head("a newer version", "\"version\": 1", "\"version\": 7", "format version 7", "Use the Espalier that wrote it");
    head("no seed", "\"seed\"", "\"sead\"", "'checkpoint.seed' is missing", restore);
    head("a seed that is none", "\"seed\": \"1\"", "\"seed\": \"one\"", "'checkpoint.seed' must be a whole number", restore);
    head("labels out of order", "\"heater\"", "\"zebra\"", "'checkpoint.labels' must be sorted", restore);
    head("a size that is a text", "\"classes\": 3", "\"classes\": \"3\"", "classes' must be an integer", restore);
    head("a model there is not", "\"textcnn\"", "\"rnn\"", "'rnn'", "Known:");
    head("weights of another one", "\"weights_sha256\": \"", "\"weights_sha256\": \"0", "weights.safetensors is not the file", "restore it from a copy");
    values("a tensor missing", [](Checkpoint& c) { c.weights.erase("output.bias"); }, "'output.bias' is missing");
    values("a tensor of another shape", [](Checkpoint& c) { c.weights["output.bias"] = {{1, 3}, {1, 2, 3}}; }, "'output.bias' has the shape [1 x 3]");
    values("a tensor too many", [](Checkpoint& c) { c.weights["extra"] = {{1}, {1}}; }, "no tensor 'extra'");
    faults.push_back({"checkpoint: absent", [](const Path& folder) { return errorOf(loadCheckpoint(folder / "none")); }, {"none/checkpoint.json'"}, "Check that the path is right"});
}

void addWeightFaults(Faults& faults)
{
    const auto add = [&](const char* name, const std::string& header, const std::string& data, const char* place) {
        const auto bytes = static_cast<char>(header.size()) + std::string(7, '\0') + header + data;
        faults.push_back({std::string("weights: ") + name, [bytes](const Path& folder) {
            Weights weights;
            Masks masks;
            return errorOf(readSafetensors(written(folder, "a.safetensors", bytes), weights, masks));
        }, {"a.safetensors'", place}, "Restore the file from a copy"});
    };
    add("half precision", R"({"a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}})", "1234", "tensor 'a' has the type F16");
    add("cut short", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}})", "1234", "8 bytes of data, the file holds 4");
    add("another size", R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}})", "12345678", "tensor 'a' has offsets that do not fit");
    add("a gap", R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})", "12345678", "tensor 'a' does not begin");
    const auto vectors = [&](const char* name, const std::string& text, const char* place, const char* remedy) {
        faults.push_back({std::string("word vectors: ") + name, [text](const Path& folder) { return errorOf(loadWordVectors(written(folder, "v.txt", text), {"<pad>", "<unk>", "on"}, 2, {})); },
                          {"v.txt'", place}, remedy});
    };
    vectors("another width", "on 1 2 3\noff 1 2 3\n", "line 1", "Set embedding_dim to the file's number");
    vectors("no number", "on 1 2\noff 1 x\n", "line 2", "a word and its numbers in each line");
    vectors("other words", "an 1 2\naus 3 4\n", "no vector for any word", "Choose vectors of the data's language");
}

void addPackageFaults(Faults& faults)
{
    const auto bytes = [&](const char* name, std::function<std::string()> make, const char* place, const char* remedy) {
        faults.push_back({std::string("package: ") + name, [make](const Path& folder) {
            const auto reader = edge::PackageReader::open(written(folder, "a.espkg", make()));
            return reader.ok() ? errorOf(edge::Session::create(*reader)) : reader.error();
        }, {"a.espkg'", place}, remedy});
    };
    const auto header = [&](const char* name, std::function<void(test::PackageBuilder&)> spoil, const char* place, const char* remedy) {
        bytes(name, [spoil] {
            test::PackageBuilder builder = test::textCnnPackage();
            spoil(builder);
            return builder.build();
        }, place, remedy);
    };
    const auto whole = [] { return test::textCnnPackage().build(); };
    const char* again = "Copy the package again, or export it again";
    const char* exportAgain = "Export the package again";
    bytes("another file", [] { return std::string("PK\3\4 and so on"); }, "not an Espalier package", "Give the path of an .espkg file");
    bytes("cut short", [whole] { return whole().substr(0, 500); }, "cut short", again);
    bytes("line ends changed", [whole] { return replaced(whole(), "\r\n", "\n"); }, "line ends", again);
    bytes("a newer version", [] { return test::assemblePackage("{}", "", 7); }, "package version 7", "Update Espalier's runtime");
    bytes("a bit changed", [whole] { std::string all = whole(); all.back() = static_cast<char>(all.back() ^ 1); return all; }, "checksum", again);
    bytes("no labels", [] { return test::assemblePackage(R"({"program": {"ops": [{"kind": "x", "inputs": ["ids"], "output": "y"}]}})", ""); }, "'header.labels' is missing", again);
    header("a label twice", [](test::PackageBuilder& b) { b.header.labels[1] = "alpha"; }, "'header.labels' holds a label twice", again);
    header("a tensor outside the file", [](test::PackageBuilder& b) { b.header.tensors[0].offset = 1 << 20; }, "the tensor 'embedding' lies outside the file", again);
    header("an op there is not", [](test::PackageBuilder& b) { b.header.program.ops[0].kind = "convolve9"; }, "no op 'convolve9'", "Update Espalier's runtime");
    header("a tensor that is not there", [](test::PackageBuilder& b) { b.header.program.ops[0].tensors["weight"] = "none"; }, "no tensor 'none'", exportAgain);
    header("labels of another model", [](test::PackageBuilder& b) { b.header.labels.emplace_back("epsilon"); }, "each of the 5 labels", exportAgain);
    header("a tokenizer there is not", [](test::PackageBuilder& b) { b.header.tokenizer["kind"] = "rune"; }, "'rune'", "Known: word, character");
}

const Faults& faults()
{
    static const Faults all = [] {
        Faults list;
        for (const auto add : {addProjectFaults, addParameterFaults, addTokenizerFaults, addCheckpointFaults, addWeightFaults, addPackageFaults})
            add(list);
        return list;
    }();
    return all;
}

} // namespace

class tst_Faults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFaultIsNamed_data()
    {
        QTest::addColumn<int>("index");
        QVERIFY(faults().size() >= 40);
        for (std::size_t i = 0; i < faults().size(); ++i)
            QTest::newRow(faults()[i].name.c_str()) << static_cast<int>(i);
    }

    void everyFaultIsNamed()
    {
        QFETCH(int, index);
        const Fault& fault = faults()[static_cast<std::size_t>(index)];
        const QTemporaryDir folder;
        const Error error = fault.provoke(folder.path().toStdString());
        const QString message = QString::fromStdString(error.message());
        for (const std::string& place : fault.places)
            QVERIFY2(message.contains(QString::fromStdString(place)), qPrintable(message));
        // What to do: behind the error; of a parameter out of its range, that range, which is part of the error.
        QVERIFY2(!fault.remedy.empty() && message.contains(QString::fromStdString(fault.remedy)), qPrintable(message));
        QVERIFY2(!error.remedy.empty() || error.detail.find("; it must be ") != std::string::npos, qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_Faults.moc"
