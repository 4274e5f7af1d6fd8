// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Entities.h"

#include <QtTest>

using namespace espalier;

class tst_Entities : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// "type first-last" of each entity, as seqeval.metrics.sequence_labeling.get_entities gives them.
    void countsAsSeqevalDoes_data()
    {
        QTest::addColumn<QString>("tags");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << "O O" << "";
        QTest::newRow("empty") << "" << "";
        QTest::newRow("plain") << "B-PER I-PER O B-LOC" << "PER 0-1, LOC 3-3";
        QTest::newRow("side by side") << "B-PER B-PER I-PER" << "PER 0-0, PER 1-2";
        QTest::newRow("no beginning") << "O I-PER I-PER O" << "PER 1-2";
        QTest::newRow("at the start") << "I-PER O" << "PER 0-0";
        QTest::newRow("type changes") << "B-PER I-LOC I-LOC" << "PER 0-0, LOC 1-2";
        QTest::newRow("IOBES") << "S-PER B-LOC I-LOC E-LOC I-LOC" << "PER 0-0, LOC 1-3, LOC 4-4";
        QTest::newRow("dash in the type") << "B-a-b I-a-b" << "a-b 0-1";
        QTest::newRow("to the end") << "O B-PER I-PER" << "PER 1-2";
    }

    void countsAsSeqevalDoes()
    {
        QFETCH(QString, tags);
        QFETCH(QString, expected);
        std::vector<std::string> owned;
        for (const QString& tag : tags.split(' ', Qt::SkipEmptyParts))
            owned.push_back(tag.toStdString());
        QStringList found;
        for (const Entity& entity : entitiesOf({owned.begin(), owned.end()}))
            found << QString("%1 %2-%3").arg(QString::fromStdString(std::string(entity.type))).arg(entity.first).arg(entity.last);
        QCOMPARE(found.join(", "), expected);
    }
};

QTEST_GUILESS_MAIN(tst_Entities)
#include "tst_Entities.moc"
