// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Classifier.h"

#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <cmath>

using namespace espalier;

class tst_Classifier : public QObject {
    Q_OBJECT

private:
    test::ToyTask m_task = test::makeToyTask();
    std::optional<Checkpoint> m_checkpoint;
    RunContext m_context;

    static std::vector<std::int32_t> sentence(const EncodedExamples& examples, std::size_t index)
    {
        std::vector<std::int32_t> buffer;
        const auto ids = examples.ids.read(index, buffer);
        return {ids.begin(), ids.end()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto trained = train(m_task.model, m_task.tokenizer, m_task.splits, {.epochs = 2, .batchSize = 16, .learningRate = 0.003, .threads = 1}, m_context);
        QVERIFY(trained);
        m_checkpoint = *trained;
    }

    void predictsInTheGivenOrder()
    {
        auto classifier = Classifier::create(*m_checkpoint);
        QVERIFY(classifier);
        const EncodedExamples all = *encodeExamples(m_task.splits.test, m_checkpoint->tokenizer, m_checkpoint->labels);
        const auto together = classifier->predict(all, m_context);
        QVERIFY(together);
        QCOMPARE(together->probabilities.size(), all.ids.size() * 3);
        for (std::size_t i = 0; i < all.ids.size(); ++i) {
            const auto alone = classifier->predict({{sentence(all, i)}, {all.classes[i]}}, m_context);
            QCOMPARE(alone->classes[0], together->classes[i]);
            double sum = 0;
            for (std::size_t c = 0; c < 3; ++c) {
                QVERIFY(std::abs(alone->probabilities[c] - together->probabilities[i * 3 + c]) < 1e-5);
                sum += together->probabilities[i * 3 + c];
            }
            QVERIFY(std::abs(sum - 1) < 1e-5);
        }
        QCOMPARE(classifier->predict(all, m_context)->probabilities, together->probabilities);
    }

    void reportAgreesWithPredictions()
    {
        const auto report = evaluate(*m_checkpoint, m_task.splits.test, "test", m_context);
        QVERIFY(report);
        auto classifier = Classifier::create(*m_checkpoint);
        const EncodedExamples encoded = *encodeExamples(m_task.splits.test, m_checkpoint->tokenizer, m_checkpoint->labels);
        const auto predictions = classifier->predict(encoded, m_context);
        int correct = 0;
        double loss = 0;
        for (std::size_t i = 0; i < encoded.ids.size(); ++i) {
            correct += predictions->classes[i] == encoded.classes[i];
            loss -= std::log(predictions->probabilities[i * 3 + static_cast<std::size_t>(encoded.classes[i])]);
        }
        QCOMPARE(report->examples, 48);
        QCOMPARE(report->accuracy, correct / 48.0);
        QVERIFY(std::abs(report->loss - loss / 48) < 1e-4);
        QCOMPARE(report->split, "test");
        QCOMPARE(report->classes.size(), std::size_t{3});
    }

    void weightsCanBeReplaced()
    {
        auto classifier = Classifier::create(*m_checkpoint);
        const EncodedExamples encoded = *encodeExamples(m_task.splits.test, m_checkpoint->tokenizer, m_checkpoint->labels);
        const auto before = classifier->predict(encoded, m_context);
        Weights zero{{"output.weight", m_checkpoint->weights.at("output.weight")}, {"output.bias", m_checkpoint->weights.at("output.bias")}};
        for (auto& [name, tensor] : zero)
            std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
        QVERIFY(classifier->setWeights(zero));
        const auto empty = classifier->predict(encoded, m_context);
        for (const float probability : empty->probabilities)
            QVERIFY(std::abs(probability - 1.0F / 3) < 1e-6F);
        QVERIFY(classifier->setWeights(m_checkpoint->weights));
        QCOMPARE(classifier->predict(encoded, m_context)->probabilities, before->probabilities);
        QVERIFY(!classifier->setWeights({{"nothing", {{1}, {1}}}}));
    }

    void refusesIdsBeyondTheVocabulary()
    {
        auto classifier = Classifier::create(*m_checkpoint);
        QVERIFY(!classifier->predict({{{static_cast<std::int32_t>(m_task.model.vocabularySize)}}, {0}}, m_context));
        QVERIFY(!classifier->predict({{{-1}}, {0}}, m_context));
    }

    void refusesIncompleteCheckpoints()
    {
        Checkpoint checkpoint = *m_checkpoint;
        checkpoint.weights.erase("output.bias");
        QVERIFY(!Classifier::create(checkpoint));
    }

    void namesUnknownLabels()
    {
        const auto report = evaluate(*m_checkpoint, {Example{.text = "hello", .labels = {"greet"}}}, "test", m_context);
        QVERIFY(!report);
        QVERIFY(QString::fromStdString(report.error().message()).contains("greet"));
        QVERIFY(!evaluate(*m_checkpoint, {}, "test", m_context));
    }

    void stopsWhenCancelled()
    {
        std::stop_source source;
        source.request_stop();
        RunContext context;
        context.stop = source.get_token();
        const auto report = evaluate(*m_checkpoint, m_task.splits.test, "test", context);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(tst_Classifier)
#include "tst_Classifier.moc"
