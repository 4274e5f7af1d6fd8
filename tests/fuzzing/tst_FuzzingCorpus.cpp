// SPDX-License-Identifier: GPL-3.0-or-later
// Runs what the fuzzers were seeded with and what they once found, without a fuzzer.
#include "tests/fuzzing/TokenizerTarget.h"

#include <QDir>
#include <QtTest>

class tst_FuzzingCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokenizers_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(ESPALIER_SOURCE_DIR "/tests/fuzzing/corpus/tokenizer"));
        for (const QString& name : folder.entryList(QDir::Files, QDir::Name))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
        QVERIFY(folder.count() > 12);
    }

    void tokenizers()
    {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray input = file.readAll();
        const bool made = espalier::fuzzing::runTokenizerInput({input.constData(), static_cast<std::size_t>(input.size())});
        // A seed must reach the tokenizer itself; what was found may stop before.
        QVERIFY(made || !path.contains("/seed-"));
    }
};

QTEST_GUILESS_MAIN(tst_FuzzingCorpus)
#include "tst_FuzzingCorpus.moc"
