// SPDX-License-Identifier: GPL-3.0-or-later
// The seeded faults in training parameters, of those that the project's documentation promises a good answer to: each must be refused with
// the name of the field, the value that was given, and what to do.
#include "engine/training/Preparation.h"
#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <limits>

using namespace espalier;

class tst_TrainingFaults : public QObject {
    Q_OBJECT

private:
    test::ToyTask m_task = test::makeToyTask();

    template <typename T>
    static void fault(const char* field, T TrainOptions::*member, T value, const char* given)
    {
        TrainOptions options;
        options.*member = std::move(value);
        QTest::newRow(qPrintable(QString("%1 = %2").arg(field, given))) << options << QString(field) << QString(given);
    }

private Q_SLOTS:
    void optionsOutOfRange_data()
    {
        QTest::addColumn<TrainOptions>("options");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("given");
        fault("epochs", &TrainOptions::epochs, 0, "0");
        fault("batch_size", &TrainOptions::batchSize, -5, "-5");
        fault("accumulation", &TrainOptions::accumulation, 0, "0");
        fault("learning_rate", &TrainOptions::learningRate, 0.0, "0.0");
        fault("learning_rate", &TrainOptions::learningRate, std::numeric_limits<double>::infinity(), "null");
        fault("weight_decay", &TrainOptions::weightDecay, -0.5, "-0.5");
        fault("embedding_decay", &TrainOptions::embeddingDecay, -0.5, "-0.5");
        fault("gradient_clip", &TrainOptions::gradientClip, -1.0, "-1.0");
        fault("momentum", &TrainOptions::momentum, 1.0, "1.0");
        fault("warm_up", &TrainOptions::warmUp, 1.5, "1.5");
        fault("label_smoothing", &TrainOptions::labelSmoothing, 1.0, "1.0");
        fault("patience", &TrainOptions::patience, -1, "-1");
        fault("threads", &TrainOptions::threads, 5000, "5000");
        fault("batch_by", &TrainOptions::batchBy, std::string("words"), "words");
        fault("optimiser", &TrainOptions::optimiser, std::string("adam2"), "adam2");
        fault("schedule", &TrainOptions::schedule, std::string("cosin"), "cosin");
        fault("class_weights", &TrainOptions::classWeights, std::string("equal"), "equal");
        fault("monitor", &TrainOptions::monitor, std::string("f2"), "f2");
        fault("precision", &TrainOptions::precision, std::string("fp8"), "fp8");
        fault("device", &TrainOptions::device, std::string("gpu"), "gpu");
        fault("device", &TrainOptions::device, std::string("cuda:93"), "cuda:93");
    }

    void optionsOutOfRange()
    {
        QFETCH(TrainOptions, options);
        QFETCH(QString, field);
        QFETCH(QString, given);
        RunContext context;
        const auto trained = train(m_task.model, m_task.tokenizer, m_task.splits, options, context);
        QVERIFY(!trained);
        const QString detail = QString::fromStdString(trained.error().detail);
        QVERIFY2(detail.contains("'" + field + "'"), qPrintable(detail));
        QVERIFY2(detail.contains(given), qPrintable(detail));
        QVERIFY2(!trained.error().remedy.empty(), "what to do must be said");
    }

    void partsThatAreEmptyOrDoNotFit()
    {
        RunContext context;
        const auto refused = [&](const ModelSpec& spec, const Splits& splits, const char* named) {
            const auto trained = train(spec, m_task.tokenizer, splits, {.epochs = 1}, context);
            const QString message = trained ? QString() : QString::fromStdString(trained.error().message());
            return !trained && !trained.error().remedy.empty() && message.contains(named);
        };
        Splits splits = m_task.splits;
        splits.train = {};
        QVERIFY(refused(m_task.model, splits, "rows to train on"));
        splits = m_task.splits;
        splits.validation = {};
        QVERIFY(refused(m_task.model, splits, "validation"));
        ModelSpec spec = m_task.model;
        ++spec.vocabularySize;
        QVERIFY(refused(spec, m_task.splits, "tokens"));
        spec = m_task.model;
        ++spec.classes;
        QVERIFY(refused(spec, m_task.splits, "classes"));
    }
};

QTEST_GUILESS_MAIN(tst_TrainingFaults)
#include "tst_TrainingFaults.moc"
