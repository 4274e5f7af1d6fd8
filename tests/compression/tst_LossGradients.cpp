// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/LossGradients.h"

#include "tests/compression/LabelledSentences.h"

#include <QTest>

using namespace espalier;

class tst_LossGradients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradientsAreThoseOfTheLoss_data();
    void gradientsAreThoseOfTheLoss();
    void sentencesAreDrawnBySeed();
    void refusesTooFewSentences();
    void keepsBetterThanChance();
    void stopsWhenAsked();
};

namespace {

double lossOf(Classifier& classifier, const EncodedExamples& examples)
{
    RunContext context;
    return classifier.predict(examples, context)->meanLoss;
}

} // namespace

void tst_LossGradients::gradientsAreThoseOfTheLoss_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("task");
    for (const auto& type : modelCatalog().members())
        for (const Task task : (*architectures().get(type.id))->tasks)
            QTest::addRow("%s, %d", type.id.c_str(), static_cast<int>(task)) << type.id.c_str() << static_cast<int>(task);
}

/// Against differences of the loss itself.
void tst_LossGradients::gradientsAreThoseOfTheLoss()
{
    QFETCH(QString, architecture);
    QFETCH(int, task);
    const Checkpoint checkpoint = test::randomCheckpointOf(architecture.toStdString(), static_cast<Task>(task));
    const ExampleTable examples = test::labelledSentences(checkpoint, 20);
    RunContext context;
    const auto gradients = lossGradients(checkpoint, examples, 0, 1, context);
    QVERIFY2(gradients.ok(), gradients.ok() ? "" : gradients.error().message().c_str());
    auto classifier = Classifier::create(checkpoint);
    const auto encoded = encodeKnownExamples(checkpoint, examples, "training");
    QVERIFY(classifier && encoded);
    for (const auto& [name, gradient] : *gradients) {
        Weights changed{{name, checkpoint.weights.at(name)}};
        QCOMPARE(gradient.shape, changed[name].shape);
        const auto largest = std::max_element(gradient.values.begin(), gradient.values.end(), [](float a, float b) { return std::fabs(a) < std::fabs(b); });
        const auto at = static_cast<std::size_t>(largest - gradient.values.begin());
        const float step = 1e-2F;
        changed[name].values[at] += step;
        QVERIFY(classifier->setWeights(changed));
        const double above = lossOf(*classifier, *encoded);
        changed[name].values[at] -= 2 * step;
        QVERIFY(classifier->setWeights(changed));
        const double slope = (above - lossOf(*classifier, *encoded)) / (2 * static_cast<double>(step));
        QVERIFY(classifier->setWeights(checkpoint.weights));
        QVERIFY2(std::fabs(slope - static_cast<double>(*largest)) < 0.03 * std::fabs(slope) + 1e-3,
                 qPrintable(QString("%1: %2 for %3").arg(name.c_str()).arg(static_cast<double>(*largest)).arg(slope)));
    }
}

void tst_LossGradients::sentencesAreDrawnBySeed()
{
    const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
    const ExampleTable examples = test::labelledSentences(checkpoint, 40);
    RunContext context;
    const auto first = lossGradients(checkpoint, examples, 10, 1, context);
    const auto again = lossGradients(checkpoint, examples, 10, 1, context);
    const auto other = lossGradients(checkpoint, examples, 10, 2, context);
    QVERIFY(first && again && other);
    QVERIFY(*first == *again);
    QVERIFY(*first != *other);
}

void tst_LossGradients::refusesTooFewSentences()
{
    const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
    RunContext context;
    const auto tooMany = lossGradients(checkpoint, test::labelledSentences(checkpoint, 8), 9, 1, context);
    QVERIFY(!tooMany);
    QVERIFY2(tooMany.error().message().find("'calibration_examples' is 9; the training part has 8") != std::string::npos, tooMany.error().message().c_str());
    const auto tooFew = lossGradients(checkpoint, test::labelledSentences(checkpoint, 8), 3, 1, context);
    QVERIFY(!tooFew);
    QVERIFY2(tooFew.error().message().find("3 calibration sentences are too few for 4 classes") != std::string::npos, tooFew.error().message().c_str());
}

/// On a trained model, what it leaves answers better than what chance leaves.
void tst_LossGradients::keepsBetterThanChance()
{
    const auto trained = test::trainedCheckpoint();
    QVERIFY(trained.ok());
    Splits splits;
    splits.train = test::toyExamples(400, 1);
    const auto test = encodeKnownExamples(*trained, test::toyExamples(200, 9), "test");
    auto classifier = Classifier::create(*trained);
    QVERIFY(test && classifier);
    std::map<std::string, double> losses;
    RunContext context;
    for (const char* score : {"taylor", "wanda", "obert", "random"}) {
        PruneOptions options{.sparsity = 0.6, .embeddings = "none", .score = score};
        QVERIFY(measureWhereNeeded(options, *trained, splits, context));
        const auto pruned = prune(*trained, options);
        QVERIFY(pruned.ok());
        QVERIFY(classifier->setWeights(pruned->weights));
        losses[score] = lossOf(*classifier, *test);
    }
    for (const auto& [score, loss] : losses)
        QVERIFY2(score == "random" || loss < losses["random"], qPrintable(QString("%1: %2, %3").arg(score.c_str()).arg(loss).arg(losses["random"])));
}

void tst_LossGradients::stopsWhenAsked()
{
    const auto stop = std::make_unique<std::stop_source>(); // on the stack GCC 12 takes it for uninitialised
    RunContext context;
    context.stop = stop->get_token();
    stop->request_stop();
    const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
    const auto stopped = lossGradients(checkpoint, test::labelledSentences(checkpoint, 8), 0, 1, context);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_LossGradients)
#include "tst_LossGradients.moc"
