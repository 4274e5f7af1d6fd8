// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ArtefactStore.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace espalier;

class tst_ArtefactStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReportComesBack();
    void nothingIsThereBeforeCommit();
    void aSummaryOnlyTypeSaysSo();
    void aDamagedDescriptionIsAnError();
    void remembersWhatANodeMadeLast();
};

namespace {

EvaluationReport report()
{
    return evaluatePredictions("test", {"a", "b"}, {0, 1, 1}, {0, 1, 0});
}

} // namespace

void tst_ArtefactStore::aReportComesBack()
{
    QTemporaryDir folder;
    const ArtefactStore store(folder.path().toStdString());
    const auto staging = store.begin("f1");
    QVERIFY(staging);
    QVERIFY(store.commit("f1", *staging, report()));
    QVERIFY(store.contains("f1"));
    const auto loaded = store.load("f1");
    QVERIFY(loaded);
    QCOMPARE(std::get<EvaluationReport>(*loaded).accuracy, report().accuracy);
    QCOMPARE(std::get<EvaluationReport>(*loaded).confusion, report().confusion);
    QVERIFY(!std::filesystem::exists(*staging));
}

void tst_ArtefactStore::nothingIsThereBeforeCommit()
{
    QTemporaryDir folder;
    const ArtefactStore store(folder.path().toStdString());
    QVERIFY(store.begin("f1"));
    QVERIFY(!store.contains("f1"));
    QCOMPARE(store.load("f1").error().code, ErrorCode::NotFound);
}

void tst_ArtefactStore::aSummaryOnlyTypeSaysSo()
{
    QTemporaryDir folder;
    const ArtefactStore store(folder.path().toStdString());
    QVERIFY(store.commit("f1", *store.begin("f1"), Dataset{.train = ExampleTable{Example{.text = "text", .labels = {"label"}}}, .validation = {}, .test = {}}));
    QCOMPARE(store.load("f1").error().code, ErrorCode::Unsupported);
    QCOMPARE(store.describe("f1")->at("summary").at("train").get<int>(), 1);
}

void tst_ArtefactStore::aDamagedDescriptionIsAnError()
{
    QTemporaryDir folder;
    const ArtefactStore store(folder.path().toStdString());
    QVERIFY(store.commit("f1", *store.begin("f1"), report()));
    QFile file(QString::fromStdString(store.folder("f1") / "artefact.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"type\": 3}");
    file.close();
    QCOMPARE(store.load("f1").error().code, ErrorCode::InvalidFormat);
}

void tst_ArtefactStore::remembersWhatANodeMadeLast()
{
    QTemporaryDir folder;
    const ArtefactStore store(folder.path().toStdString());
    QVERIFY(store.lastResults().empty());
    QVERIFY(store.commit("f1", *store.begin("f1"), report()));
    QVERIFY(store.recordLast("evaluate", "f1"));
    QVERIFY(store.recordLast("train", "f2"));
    QCOMPARE(ArtefactStore(folder.path().toStdString()).lastResults().at("evaluate"), std::string("f1"));
}

QTEST_GUILESS_MAIN(tst_ArtefactStore)
#include "tst_ArtefactStore.moc"
