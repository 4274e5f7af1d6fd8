// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on a node's card: the figure under its own name, and "pruned" only where weights were taken away.
#include "app/ResultText.h"

#include <QtTest>

using namespace espalier;

class tst_ResultText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void zerosAloneAreNotPruned()
    {
        Json checkpoint{{"validation_accuracy", 0.913}, {"sparsity", 0.55}, {"weights", 1000}};
        QCOMPARE(resultText("checkpoint", checkpoint).summary, QStringLiteral("91.3 % validation")); // hashed n-grams: buckets that no sentence has
        checkpoint["point"] = {{"sparsity", 0.55}};
        QCOMPARE(resultText("checkpoint", checkpoint).summary, QStringLiteral("91.3 %, 55 % pruned"));
    }

    void theScoreHasItsName_data()
    {
        QTest::addColumn<QString>("score");
        QTest::addColumn<QString>("name");
        QTest::newRow("classes") << "accuracy" << "Validation accuracy";
        QTest::newRow("labels") << "micro_f1" << "Validation micro-F1";
        QTest::newRow("tags") << "entity_f1" << "Validation entity F1";
    }
    void theScoreHasItsName()
    {
        QFETCH(QString, score);
        QFETCH(QString, name);
        const NodeResult result = resultText("checkpoint", {{"validation_accuracy", 0.5}, {"score", score.toStdString()}, {"sparsity", 0.0}, {"weights", 10}});
        QCOMPARE(result.figures.front().first, name);
        QVERIFY(result.figures.front().second.startsWith("50.0"));
    }
};

QTEST_MAIN(tst_ResultText)
#include "tst_ResultText.moc"
