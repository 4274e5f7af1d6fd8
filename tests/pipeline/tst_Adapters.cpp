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

void tst_Adapters::tokenizerNodeOffersEveryKind()
{
    // A list of words comes from a file only; what a file holds is not chosen beforehand.
    QStringList kinds = idsOf(tokenizerCatalog());
    kinds.removeOne("wordlevel");
    kinds << "file";
    kinds.sort();
    QCOMPARE(choicesOf("tokenizer", "kind"), kinds);
}

QTEST_GUILESS_MAIN(tst_Adapters)
#include "tst_Adapters.moc"
