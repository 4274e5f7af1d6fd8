// SPDX-License-Identifier: GPL-3.0-or-later
// Runs what the fuzzers were seeded with and what they once found, without a fuzzer.
#include "tests/fuzzing/FuzzTargets.h"

#include <QDir>
#include <QtTest>

using espalier::fuzzing::fuzzTargets;

class tst_FuzzingCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptInputs_data()
    {
        QTest::addColumn<int>("target");
        QTest::addColumn<QString>("path");
        for (std::size_t i = 0; i < fuzzTargets().size(); ++i) {
            const QDir folder(QStringLiteral(ESPALIER_SOURCE_DIR "/tests/fuzzing/corpus/") + fuzzTargets()[i].name);
            QVERIFY2(folder.entryList({"seed-*"}, QDir::Files).size() >= 5, qPrintable(folder.path()));
            for (const QString& name : folder.entryList(QDir::Files, QDir::Name))
                QTest::newRow(qPrintable(folder.dirName() + "/" + name)) << static_cast<int>(i) << folder.filePath(name);
        }
    }

    void keptInputs()
    {
        QFETCH(int, target);
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray input = file.readAll();
        const bool used = fuzzTargets()[static_cast<std::size_t>(target)].run({input.constData(), static_cast<std::size_t>(input.size())});
        // A seed must reach what the target is about; what was found may stop before.
        QVERIFY(used || !path.contains("/seed-"));
    }
};

QTEST_GUILESS_MAIN(tst_FuzzingCorpus)
#include "tst_FuzzingCorpus.moc"
