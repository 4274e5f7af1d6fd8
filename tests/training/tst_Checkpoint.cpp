// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Checkpoint.h"

#include "engine/core/SafeFile.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <fstream>

using namespace espalier;

class tst_Checkpoint : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    [[nodiscard]] std::filesystem::path folder() const { return std::filesystem::path(m_folder.path().toStdString()) / "checkpoint"; }

    /// With numbers of its own in every tensor, and a mask.
    static Checkpoint sample()
    {
        const test::ToyTask task = test::makeToyTask({{"embedding_dim", 2}, {"filters", 2}, {"widths", "1,2"}});
        Checkpoint checkpoint{task.model, task.tokenizer, task.splits.labels, {}, {}, {}, 0xfedcba9876543210};
        float next = 1;
        for (const auto& [name, shape] : (*modelCatalog().get("textcnn"))->shapes(task.model)) {
            std::int64_t count = 1;
            for (const auto dimension : shape)
                count *= dimension;
            Tensor& tensor = checkpoint.weights[name];
            tensor.shape = shape;
            for (std::int64_t i = 0; i < count; ++i)
                tensor.values.push_back(next++ / 7);
        }
        checkpoint.masks["output.weight"] = Mask(checkpoint.weights["output.weight"].values.size(), 1);
        checkpoint.masks["output.weight"][3] = 0;
        checkpoint.weights["output.weight"].values[3] = 0;
        checkpoint.history = {{{.epoch = 1, .trainLoss = 0.5, .trainAccuracy = 0.6, .validationLoss = 0.7, .validationAccuracy = 0.8, .seconds = 9}}, 1, true};
        return checkpoint;
    }

    QString loadError() const
    {
        const auto loaded = loadCheckpoint(folder());
        return loaded ? QString() : QString::fromStdString(loaded.error().message());
    }

private Q_SLOTS:
    void roundTrip()
    {
        const Checkpoint checkpoint = sample();
        QVERIFY(saveCheckpoint(folder(), checkpoint));
        const auto loaded = loadCheckpoint(folder());
        QVERIFY2(loaded.ok(), qPrintable(loadError()));
        QCOMPARE(toJson(loaded->model), toJson(checkpoint.model));
        QCOMPARE(loaded->tokenizer.toJson(), checkpoint.tokenizer.toJson());
        QCOMPARE(loaded->labels, checkpoint.labels);
        QCOMPARE(loaded->weights, checkpoint.weights);
        QCOMPARE(loaded->masks, checkpoint.masks);
        QVERIFY(loaded->history == checkpoint.history);
        QCOMPARE(loaded->seed, checkpoint.seed);
    }

    void countsZerosOfPrunableTensors()
    {
        Checkpoint checkpoint = sample();
        checkpoint.masks.clear();
        std::size_t all = 0;
        for (const auto& [name, tensor] : checkpoint.weights)
            all += name.ends_with("bias") ? 0 : tensor.values.size();
        QCOMPARE(checkpoint.sparsity(), 1.0 / static_cast<double>(all));
        for (auto& [name, tensor] : checkpoint.weights)
            std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
        QCOMPARE(checkpoint.sparsity(), 1.0);
    }

    void refusesWeightsOfAnotherCheckpoint()
    {
        Checkpoint other = sample();
        other.weights["output.bias"].values[0] += 1;
        QVERIFY(saveCheckpoint(folder(), other));
        const auto weights = *readFile(folder() / "weights.safetensors");
        QVERIFY(saveCheckpoint(folder(), sample()));
        QVERIFY(writeFileSafely(folder() / "weights.safetensors", weights));
        QVERIFY2(loadError().contains("weights.safetensors"), qPrintable(loadError()));
    }

    void refusesTensorsThatDoNotFit()
    {
        Checkpoint checkpoint = sample();
        checkpoint.weights.erase("output.bias");
        QVERIFY(saveCheckpoint(folder(), checkpoint));
        QVERIFY2(loadError().contains("'output.bias' is missing"), qPrintable(loadError()));
        checkpoint = sample();
        checkpoint.weights["output.bias"] = {{1, 3}, {1, 2, 3}};
        QVERIFY(saveCheckpoint(folder(), checkpoint));
        QVERIFY2(loadError().contains("[1 x 3]"), qPrintable(loadError()));
        checkpoint = sample();
        checkpoint.weights["extra"] = {{1}, {1}};
        QVERIFY(saveCheckpoint(folder(), checkpoint));
        QVERIFY2(loadError().contains("extra"), qPrintable(loadError()));
    }

    void refusesDamagedHeads_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("other format") << QByteArray("espalier-checkpoint") << QByteArray("something");
        QTest::newRow("newer version") << QByteArray("\"version\": 1") << QByteArray("\"version\": 2");
        QTest::newRow("label missing") << QByteArray("\"heater\",") << QByteArray("");
        QTest::newRow("unknown architecture") << QByteArray("\"textcnn\"") << QByteArray("\"rnn\"");
        QTest::newRow("field missing") << QByteArray("\"seed\"") << QByteArray("\"sead\"");
        QTest::newRow("wrong type") << QByteArray("\"classes\": 3") << QByteArray("\"classes\": \"3\"");
        QTest::newRow("huge size") << QByteArray("\"filters\": 2") << QByteArray("\"filters\": 99999999");
    }
    void refusesDamagedHeads()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QVERIFY(saveCheckpoint(folder(), sample()));
        QByteArray head = QByteArray::fromStdString(*readFile(folder() / "checkpoint.json"));
        QVERIFY(head.contains(from));
        QVERIFY(writeFileSafely(folder() / "checkpoint.json", head.replace(from, to).toStdString()));
        QVERIFY(!loadError().isEmpty());
    }

    void namesAbsentFolder()
    {
        const auto loaded = loadCheckpoint("/nonexistent/checkpoint");
        QVERIFY(!loaded);
        QVERIFY(QString::fromStdString(loaded.error().message()).contains("/nonexistent/checkpoint"));
    }
};

QTEST_GUILESS_MAIN(tst_Checkpoint)
#include "tst_Checkpoint.moc"
