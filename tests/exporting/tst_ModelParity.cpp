// SPDX-License-Identifier: GPL-3.0-or-later
// Every architecture, for each task it does, dense and pruned, in fp32 and int8: the edge runtime answers as the engine does, and every op
// computes what the reference makes of it.
#include "engine/compression/Pruning.h"
#include "engine/exporting/PackageWriter.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QtTest>

using namespace espalier;

namespace {

void exports(const Checkpoint& checkpoint, const std::string& precision)
{
    RunContext context;
    const auto sentences = test::randomSentences(60);
    const auto package = encodePackage(checkpoint, sentences, {.precision = precision}, context);
    QVERIFY2(package, package ? "" : package.error().message().c_str());
    const auto parity = checkParity(checkpoint, package->bytes, sentences, context);
    // Where a sentence has many answers, those of random weights are too close to call for 8 bits: there only the ops are compared.
    if (!parity && checkpoint.model.task != Task::SingleLabel && precision == "int8") {
        QVERIFY2(QString::fromStdString(parity.error().message()).contains("Every op computes what it should"), parity.error().message().c_str());
        return;
    }
    QVERIFY2(parity, parity ? "" : parity.error().message().c_str());
    QCOMPARE(parity->sentences, std::int64_t{60});
    if (precision == "fp32")
        QCOMPARE(parity->labelsEqual, parity->sentences);
}

} // namespace

class tst_ModelParity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyModel_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("task");
        QTest::addColumn<bool>("pruned");
        QTest::addColumn<QString>("precision");
        for (const Architecture& architecture : architectures().members())
            for (const Task task : architecture.tasks)
                for (const bool pruned : {false, true})
                    for (const char* precision : {"fp32", "int8"}) {
                        const std::string name = architecture.id + " " + std::string(taskName(task)) + (pruned ? " pruned " : " dense ") + precision;
                        QTest::newRow(name.c_str()) << QString::fromStdString(architecture.id) << static_cast<int>(task) << pruned << QString(precision);
                    }
    }

    void everyModel()
    {
        QFETCH(QString, id);
        QFETCH(int, task);
        QFETCH(bool, pruned);
        QFETCH(QString, precision);
        Checkpoint checkpoint = test::randomCheckpointOf(id.toStdString(), static_cast<Task>(task));
        if (pruned) {
            const auto half = prune(checkpoint, {.sparsity = 0.5});
            QVERIFY2(half, half ? "" : half.error().message().c_str());
            checkpoint = *half;
        }
        exports(checkpoint, precision.toStdString());
    }

    void everyFormOfTheTransformer_data()
    {
        QTest::addColumn<QString>("norm");
        QTest::addColumn<QString>("pooling");
        QTest::addColumn<QString>("activation");
        for (const char* norm : {"pre", "post"})
            for (const char* pooling : {"mean", "cls"})
                for (const char* activation : {"gelu", "relu"})
                    QTest::addRow("%s %s %s", norm, pooling, activation) << norm << pooling << activation;
    }

    void everyFormOfTheTransformer()
    {
        QFETCH(QString, norm);
        QFETCH(QString, pooling);
        QFETCH(QString, activation);
        const Parameters form{{"norm", norm.toStdString()}, {"encoder_pooling", pooling.toStdString()}, {"encoder_activation", activation.toStdString()}};
        exports(test::randomCheckpointOf("transformer", Task::SingleLabel, form), "fp32");
    }
};

QTEST_GUILESS_MAIN(tst_ModelParity)
#include "tst_ModelParity.moc"
