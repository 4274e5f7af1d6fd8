// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/Fingerprints.h"
#include "tests/support/ToyProject.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <set>

using namespace espalier;

class tst_Fingerprints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aChangeReachesExactlyWhatDependsOnIt();
    void everyParameterReachesExactlyItsDescendants();
    void positionAndTitleDoNotMatter();
    void fileContentMatters();
    void aMissingFileLeavesItsDependentsOut();
    void threadsDoNotMatter();
    void laterParametersLeaveOlderResultsGood();
    void mergesBesideAVocabularyMatter();

private:
    NodeFingerprints prints() { return fingerprints(m_project.graph, m_folder->path().toStdString(), m_files); }
    std::unique_ptr<QTemporaryDir> m_folder;
    Project m_project;
    FileHashes m_files;
};

void tst_Fingerprints::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_project = test::writeToyProject(m_folder->path().toStdString());
}

void tst_Fingerprints::aChangeReachesExactlyWhatDependsOnIt()
{
    const auto before = prints();
    QCOMPARE(before.size(), m_project.graph.nodes().size());
    QVERIFY(m_project.graph.setParameter("prune", "sparsity", 0.7));
    const auto after = prints();
    for (const char* same : {"dataset", "split", "tokenizer", "model", "train"})
        QCOMPARE(after.at(same), before.at(same));
    for (const char* changed : {"prune", "evaluate", "package", "deploy"})
        QVERIFY(after.at(changed) != before.at(changed));
}

/// Another value that the parameter may have; null when there is none.
Json anotherValue(const ParameterSpec& spec, const Json& value)
{
    switch (spec.kind) {
    case ParameterKind::Integer: {
        const auto now = value.get<std::int64_t>();
        return static_cast<double>(now + 1) <= spec.maximum || spec.minimum == spec.maximum ? now + 1 : now - 1;
    }
    case ParameterKind::Real: {
        const double now = value.get<double>();
        return now < (spec.minimum + spec.maximum) / 2 ? (now + spec.maximum) / 2 : (now + spec.minimum) / 2;
    }
    case ParameterKind::Boolean: return !value.get<bool>();
    case ParameterKind::Choice:
        for (const ParameterChoice& choice : spec.choices)
            if (Json(choice.value) != value)
                return choice.value;
        return nullptr;
    case ParameterKind::Text:
    case ParameterKind::Device: return value.get<std::string>() + "9";
    case ParameterKind::File: return "other.tsv";
    }
    return nullptr;
}

/// Over every parameter of every node: those whose result it changes are the node itself and all that follows it, no more and no less.
void tst_Fingerprints::everyParameterReachesExactlyItsDescendants()
{
    QVERIFY(writeFileSafely(m_folder->path().toStdString() + "/other.tsv", "text\tlabel\nsing\tmusic\nfreeze\theat\n"));
    const std::set<std::string> speedOnly{"threads", "device"}; // of Train and Prune: how fast or where, not what
    const auto before = prints();
    const Graph original = m_project.graph;
    int counted = 0;
    for (const auto& [id, node] : original.nodes())
        for (const ParameterSpec& spec : nodeCatalog().find(node.type)->parameters) {
            if (node.type != "deploy" && speedOnly.contains(spec.id))
                continue;
            const Json other = anotherValue(spec, effectiveParameters(node)->at(spec.id));
            if (other.is_null() || !m_project.graph.setParameter(id, spec.id, other))
                continue;
            ++counted;
            const auto after = prints();
            for (const auto& [reached, fingerprint] : before) {
                const auto order = original.topologicalOrder(reached);
                const bool follows = std::find(order.begin(), order.end(), id) != order.end();
                QVERIFY2((after.at(reached) != fingerprint) == follows, (id + "." + spec.id + " and " + reached).c_str());
            }
            m_project.graph = original;
        }
    QVERIFY2(counted > 40, qPrintable(QString::number(counted)));
}

void tst_Fingerprints::positionAndTitleDoNotMatter()
{
    const auto before = prints();
    QVERIFY(m_project.graph.moveNode("train", 999, -5));
    QVERIFY(m_project.graph.renameNode("train", "My training"));
    QCOMPARE(prints(), before);
}

void tst_Fingerprints::fileContentMatters()
{
    const auto before = prints();
    const std::filesystem::path file = m_folder->path().toStdString() + "/train.tsv";
    const auto content = readFile(file);
    QVERIFY(content);
    QVERIFY(writeFileSafely(file, *content + "one more lamp\tlight\n"));
    QVERIFY(prints().at("dataset") != before.at("dataset"));
    QVERIFY(writeFileSafely(file, *content));
    QCOMPARE(prints(), before);
}

void tst_Fingerprints::mergesBesideAVocabularyMatter()
{
    const std::filesystem::path folder = m_folder->path().toStdString();
    QVERIFY(writeFileSafely(folder / "vocab.json", R"({"a":0,"b":1,"ab":2})"));
    QVERIFY(m_project.graph.setParameter("tokenizer", "kind", "file"));
    QVERIFY(m_project.graph.setParameter("tokenizer", "vocabulary_file", "vocab.json"));
    const auto without = prints();
    QVERIFY(writeFileSafely(folder / "merges.txt", "a b\n"));
    const auto with = prints();
    QVERIFY(with.at("tokenizer") != without.at("tokenizer"));
    QCOMPARE(with.at("split"), without.at("split"));
}

void tst_Fingerprints::aMissingFileLeavesItsDependentsOut()
{
    std::filesystem::remove(m_folder->path().toStdString() + "/test.tsv");
    QVERIFY(prints().empty());
}

void tst_Fingerprints::threadsDoNotMatter()
{
    const auto before = prints();
    QVERIFY(m_project.graph.setParameter("train", "threads", 1));
    QCOMPARE(prints(), before);
}

/// The fingerprint of the model is what it was before models had a head size.
void tst_Fingerprints::laterParametersLeaveOlderResultsGood()
{
    const Node& model = *m_project.graph.node("model");
    const NodeType& type = *nodeCatalog().find("model");
    Fingerprint older;
    older.add("type", "model").add("version", std::to_string(type.version));
    for (const ParameterSpec& spec : type.parameters)
        if (spec.id != "head_size")
            older.add("parameter:" + spec.id, dumpJson(effectiveParameters(model)->at(spec.id)));
    older.add("input:tokenizer", prints().at("tokenizer") + ".tokenizer");
    QCOMPARE(prints().at("model"), older.hex());
    QVERIFY(m_project.graph.setParameter("model", "head_size", 16));
    QVERIFY(prints().at("model") != older.hex());
}

QTEST_GUILESS_MAIN(tst_Fingerprints)
#include "tst_Fingerprints.moc"
