// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance: what the node catalogue promises is what the layers below can do.
#include "engine/core/SafeFile.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/PruningParameters.h"
#include "engine/graph/ShrinkParameters.h"
#include "engine/models/ModelCatalog.h"
#include "engine/compression/Allocation.h"
#include "engine/compression/Pattern.h"
#include "engine/pipeline/NodeAdapter.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/ShrinkParameters.h"
#include "engine/pipeline/TestSet.h"
#include "engine/tokenizers/TokenizerCatalog.h"

#include <QtTest>

#include <set>

using namespace espalier;

class tst_Adapters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNodeTypeHasAnAdapter();
    void modelNodeOffersEveryArchitecture();
    void tokenizerNodeOffersEveryKind();
    void pruneNodeOffersEveryChoice();
    void shrinkNodeOffersEveryKind();
    void keptAmountsAreReadFromText();
    void layersAreReadFromText();
    void badListsOfLayersAreRefused_data();
    void badListsOfLayersAreRefused();
    void testSetsAreWhatADeviceReads();
};

namespace {

QStringList choicesOf(const char* node, const char* parameter)
{
    QStringList values;
    for (const auto& choice : nodeCatalog().find(node)->parameter(parameter)->choices)
        values << QString::fromStdString(choice.value);
    values.sort();
    return values;
}

template <typename T>
QStringList idsOf(const Catalog<T>& catalog)
{
    QStringList ids;
    for (const auto& member : catalog.members())
        ids << QString::fromStdString(member.id);
    ids.sort();
    return ids;
}

} // namespace

void tst_Adapters::everyNodeTypeHasAnAdapter()
{
    QCOMPARE(idsOf(adapterCatalog()), idsOf(nodeCatalog()));
    for (const auto& adapter : adapterCatalog().members())
        QVERIFY(adapter.run);
}

void tst_Adapters::modelNodeOffersEveryArchitecture()
{
    QCOMPARE(choicesOf("model", "architecture"), idsOf(modelCatalog()));
}

void tst_Adapters::tokenizerNodeOffersEveryKind()
{
    // A list of words comes from a file only; what a file holds is not chosen beforehand.
    QStringList kinds = idsOf(tokenizerCatalog());
    kinds.removeOne("wordlevel");
    kinds << "file";
    kinds.sort();
    QCOMPARE(choicesOf("tokenizer", "kind"), kinds);
}

void tst_Adapters::pruneNodeOffersEveryChoice()
{
    QCOMPARE(choicesOf("prune", "score"), idsOf(scorerCatalog()));
    for (const Scorer& scorer : scorerCatalog().members()) // the window asks for no measurement of this one
        QCOMPARE(scorer.measures == Measurement::Movement, scorer.id == scoreOfTraining);
    QCOMPARE(choicesOf("prune", "method"), idsOf(allocationCatalog()));
    QStringList patterns = idsOf(patternCatalog());
    patterns.erase(std::remove_if(patterns.begin(), patterns.end(), [](const QString& id) { return id.startsWith("taps_"); }), patterns.end()); // fit filters only
    QCOMPARE(choicesOf("prune", "pattern"), patterns);
}

/// What can be kept is what models publish, and the scores are those that there are.
void tst_Adapters::shrinkNodeOffersEveryKind()
{
    QCOMPARE(choicesOf("shrink", "score"), idsOf(groupScorerCatalog()));
    std::set<std::string> published;
    for (const ModelType& type : modelCatalog().members()) {
        if (!type.groups)
            continue;
        const PrunableGroups groups = type.groups(*makeModelSpec(type.id, {}, 100, 5));
        for (const GroupKind& kind : groups.kinds)
            published.insert(kind.parameter);
        if (!groups.stack.parameter.empty())
            published.insert(groups.stack.parameter);
    }
    std::set<std::string> offered;
    for (const ParameterSpec& spec : keptParameters())
        offered.insert(spec.id);
    QCOMPARE(offered, published);
}

void tst_Adapters::keptAmountsAreReadFromText()
{
    const auto read = [](const Parameters& given, std::int64_t fitted = 9) {
        auto complete = completeParameters(keptParameters(), given).value();
        return keptAmounts(complete, fitted);
    };
    QVERIFY(read({})->empty());
    const auto keep = read({{"heads", "2"}, {"ffn_size", " 62.5 % "}, {"max_positions", "fit"}, {"layers", "all"}});
    QVERIFY(keep);
    QCOMPARE(keep->size(), std::size_t{3});
    QCOMPARE(*keep->at("heads").count, 2);
    QCOMPARE(keep->at("ffn_size").share, 0.625);
    QVERIFY(!keep->at("ffn_size").count);
    QCOMPARE(*keep->at("max_positions").count, 9);
    for (const char* bad : {"", "half", "-", "5%0", "%", "1.5", "fit"}) {
        const auto refused = read({{"heads", bad}});
        QVERIFY2(!refused, bad);
        QVERIFY2(QString::fromStdString(refused.error().message()).contains("'heads' is '"), bad);
    }
}

void tst_Adapters::layersAreReadFromText()
{
    const auto options = pruneOptions(pruningChoice({{"layer_sparsities", " output.weight = 0.5,lstm.weight_ih_l0=1e-1, "}, {"exclude", "a.weight , b"}, {"other", 3}}).value());
    QVERIFY(options);
    QCOMPARE(options->layerSparsities, (std::map<std::string, double>{{"output.weight", 0.5}, {"lstm.weight_ih_l0", 0.1}}));
    QCOMPARE(options->exclude, (std::vector<std::string>{"a.weight", "b"}));
    QCOMPARE(options->sparsity, 0.0);
    QCOMPARE(options->score, std::string("magnitude"));
}

void tst_Adapters::badListsOfLayersAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("no number") << "output.weight" << "'output.weight'";
    QTest::newRow("no name") << "=0.5" << "'=0.5'";
    QTest::newRow("letters") << "a=0.5, b=half" << "'b=half'";
    QTest::newRow("percent") << "a=50%" << "'a=50%'";
    QTest::newRow("twice") << "a=0.5, a=0.6" << "'a' twice";
}

void tst_Adapters::badListsOfLayersAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, named);
    const auto options = pruneOptions(pruningChoice({{"layer_sparsities", text.toStdString()}}).value());
    QVERIFY(!options);
    QVERIFY2(QString::fromStdString(options.error().message()).contains(named), options.error().message().c_str());
}

void tst_Adapters::testSetsAreWhatADeviceReads()
{
    QTemporaryDir folder;
    const auto written = [&](const Splits& splits) {
        const auto file = writeTestSet(folder.path().toStdString(), splits);
        return file ? file->filename().string() + "\n" + *readFile(*file) : file.error().message();
    };
    Splits splits;
    splits.test = std::vector<Example>{{"lights\ton\nnow", {"on"}}};
    QCOMPARE(written(splits), std::string("test.tsv\nlights on now\ton\n"));
    splits.task = Task::MultiLabel;
    splits.test = std::vector<Example>{{"a\tb", {"on", "two words"}}, {"none", {}}};
    QCOMPARE(written(splits), std::string("test.jsonl\n{\"labels\":[\"on\",\"two words\"],\"text\":\"a\\tb\"}\n{\"labels\":[],\"text\":\"none\"}\n"));
    splits.task = Task::TokenTags;
    splits.test = std::vector<Example>{{"in 上海 now", {"O", "B-city", "O"}, {{0, 2}, {3, 9}, {10, 13}}}};
    QCOMPARE(written(splits), std::string("test.jsonl\n{\"entities\":[{\"begin\":3,\"end\":9,\"type\":\"city\"}],\"text\":\"in 上海 now\"}\n"));
}

QTEST_GUILESS_MAIN(tst_Adapters)
#include "tst_Adapters.moc"
