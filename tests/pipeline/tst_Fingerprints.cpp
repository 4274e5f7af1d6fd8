// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/pipeline/Fingerprints.h"
#include "tests/support/ToyProject.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace espalier;

class tst_Fingerprints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aChangeReachesExactlyWhatDependsOnIt();
    void positionAndTitleDoNotMatter();
    void fileContentMatters();
    void aMissingFileLeavesItsDependentsOut();
    void threadsDoNotMatter();

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

QTEST_GUILESS_MAIN(tst_Fingerprints)
#include "tst_Fingerprints.moc"
