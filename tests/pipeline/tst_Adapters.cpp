// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance: what the node catalogue promises is what the layers below can do.
#include "engine/graph/NodeCatalog.h"
#include "engine/models/ModelCatalog.h"
#include "engine/pipeline/NodeAdapter.h"
#include "engine/tokenizers/TokenizerCatalog.h"

#include <QtTest>

using namespace espalier;

class tst_Adapters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNodeTypeHasAnAdapter();
    void modelNodeOffersEveryArchitecture();
    void modelNodeParametersAreTheArchitecturesOwn();
    void tokenizerNodeOffersEveryKind();
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

void tst_Adapters::modelNodeParametersAreTheArchitecturesOwn()
{
    const NodeType& node = *nodeCatalog().find("model");
    for (const ModelType& model : modelCatalog().members()) {
        for (const ParameterSpec& own : model.parameters) {
            const ParameterSpec* shown = node.parameter(own.id);
            QVERIFY2(shown, qPrintable(QString::fromStdString("the model node lacks " + own.id)));
            QCOMPARE(QString::fromStdString(dumpJson(shown->fallback)), QString::fromStdString(dumpJson(own.fallback)));
            QCOMPARE(shown->minimum, own.minimum);
            QCOMPARE(shown->maximum, own.maximum);
        }
    }
    // And nothing is offered that no architecture reads.
    for (const ParameterSpec& shown : node.parameters) {
        if (shown.id == "architecture")
            continue;
        const bool read = std::any_of(modelCatalog().members().begin(), modelCatalog().members().end(), [&](const ModelType& model) {
            return std::any_of(model.parameters.begin(), model.parameters.end(), [&](const ParameterSpec& own) { return own.id == shown.id; });
        });
        QVERIFY2(read, shown.id.c_str());
    }
}

void tst_Adapters::tokenizerNodeOffersEveryKind()
{
    QCOMPARE(choicesOf("tokenizer", "kind"), idsOf(tokenizerCatalog()));
}

QTEST_GUILESS_MAIN(tst_Adapters)
#include "tst_Adapters.moc"
