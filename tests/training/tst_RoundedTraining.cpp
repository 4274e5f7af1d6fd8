// SPDX-License-Identifier: GPL-3.0-or-later
// Training under rounding: what is measured and what comes out are the weights that a package holds.
#include "engine/training/RoundedWeights.h"

#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;

namespace {

TrainOptions quick(int epochs)
{
    return {.epochs = epochs, .batchSize = 16, .learningRate = 0.01, .patience = 0, .threads = 1};
}

/// @p checkpoint with its weights rounded by @p precision, untrained.
Checkpoint rounded(Checkpoint checkpoint, const std::string& precision)
{
    checkpoint.quantization = Quantization{*schemeFrom(precision)};
    checkpoint.roundWeights();
    return checkpoint;
}

} // namespace

class tst_RoundedTraining : public QObject {
    Q_OBJECT

private:
    test::ToyTask m_task = test::makeToyTask();
    Checkpoint m_exact{m_task.model, m_task.tokenizer, m_task.splits.labels, {}, {}, {}};

    [[nodiscard]] Checkpoint trainedUnder(const std::string& precision, const Checkpoint& from, RunContext& context) const
    {
        Checkpoint start = from;
        start.quantization = Quantization{*schemeFrom(precision)};
        return fineTune(start, m_task.splits, quick(4), context).value();
    }

    [[nodiscard]] double lossOf(const Checkpoint& checkpoint, RunContext& context) const
    {
        const auto encoded = encodeExamples(m_task.splits.validation, checkpoint.tokenizer, checkpoint.labels, {}, checkpoint.model.task);
        return Classifier::create(checkpoint)->predict(*encoded, context)->meanLoss;
    }

private Q_SLOTS:
    void initTestCase()
    {
        RunContext context;
        m_exact = train(m_task.model, m_task.tokenizer, m_task.splits, quick(3), context).value();
    }

    void weightsAreRoundedForAWhile()
    {
        const auto model = (*modelCatalog().get(m_exact.model.architecture))->create(m_exact.model);
        QVERIFY(setWeights(*model, m_exact.weights));
        const TensorPrecisions precisions(*schemeFrom("int4:8+int8"), m_exact.model);
        Weights expected = m_exact.weights;
        precisions.round(expected);
        QVERIFY(expected != m_exact.weights);
        QVERIFY(expected.at("output.bias") == m_exact.weights.at("output.bias"));
        {
            const RoundedWeights rounded(*model, &precisions);
            QVERIFY(weightsOf(*model) == expected);
        }
        QVERIFY(weightsOf(*model) == m_exact.weights);
        const RoundedWeights none(*model, nullptr);
        QVERIFY(weightsOf(*model) == m_exact.weights);
    }

    /// The straight-through estimator: the gradient at the rounded weights, for the exact ones.
    void gradientsAreThoseOfTheRounded()
    {
        const auto modelOf = [&](const Weights& weights) {
            const auto model = (*modelCatalog().get(m_exact.model.architecture))->create(m_exact.model);
            model->eval();
            if (!setWeights(*model, weights))
                qFatal("the weights do not fit");
            return model;
        };
        const auto gradient = [&](TextModel& model) {
            const torch::Tensor ids = torch::tensor({2, 3, 4, 5, 6, 7}, torch::kInt64).reshape({1, 6});
            model.forward(ids, torch::tensor({6}, torch::kInt64)).square().sum().backward();
            return model.named_parameters()["output.weight"].grad().clone();
        };
        const TensorPrecisions precisions(*schemeFrom("int4:8"), m_exact.model);
        Weights weights = m_exact.weights;
        precisions.round(weights);
        const auto other = modelOf(weights);
        const auto model = modelOf(m_exact.weights);
        const torch::Tensor expected = gradient(*other);
        torch::Tensor measured;
        {
            const RoundedWeights rounded(*model, &precisions);
            measured = gradient(*model);
        }
        QVERIFY(torch::equal(measured, expected));
        QVERIFY(weightsOf(*model) == m_exact.weights);
    }

    void whatComesOutIsRounded_data()
    {
        QTest::addColumn<QString>("precision");
        for (const char* precision : {"int8", "int8_groups:8", "int4:8", "int8+int4:8"})
            QTest::newRow(precision) << precision;
    }
    void whatComesOutIsRounded()
    {
        QFETCH(QString, precision);
        RunContext context;
        Checkpoint start = m_exact;
        Mask& mask = start.masks["output.weight"];
        mask.assign(start.weights.at("output.weight").values.size(), 1);
        std::fill_n(mask.begin(), mask.size() / 2, 0);
        const Checkpoint made = trainedUnder(precision.toStdString(), start, context);
        QVERIFY(made.quantization && made.quantization->trained);
        Checkpoint again = made;
        again.roundWeights();
        QVERIFY(again.weights == made.weights);
        QVERIFY(made.weights != rounded(start, precision.toStdString()).weights); // it learnt something
        const auto& values = made.weights.at("output.weight").values;
        QVERIFY(std::all_of(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), [](float value) { return value == 0; }));
        const auto measured = evaluate(made, m_task.splits.validation, "validation", context);
        QVERIFY(measured);
        const auto& best = made.history.epochs[static_cast<std::size_t>(made.history.bestEpoch) - 1];
        QCOMPARE(measured->accuracy, best.validationAccuracy);
    }

    void trainingWinsBackWhatRoundingCosts()
    {
        RunContext context;
        Checkpoint coarse = m_exact;
        for (const char* name : {"output.weight", "convolutions.0.weight", "convolutions.1.weight"}) // an outlier in each group leaves its neighbours no codes
            for (std::size_t i = 0; i < coarse.weights.at(name).values.size(); i += 16)
                coarse.weights.at(name).values[i] *= 8;
        const double before = lossOf(rounded(coarse, "int4:128"), context);
        const double after = lossOf(trainedUnder("int4:128", coarse, context), context);
        QVERIFY2(after < 0.7 * before, qPrintable(QString("loss %1 before, %2 after").arg(before).arg(after)));
    }

    void survivesItsFile()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        Checkpoint checkpoint = rounded(m_exact, "int4:16+int8");
        QVERIFY(saveCheckpoint(path / "a", checkpoint));
        const auto loaded = loadCheckpoint(path / "a");
        QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
        QVERIFY(loaded->quantization && loaded->quantization->scheme == checkpoint.quantization->scheme && !loaded->quantization->trained);
        QVERIFY(loaded->weights == checkpoint.weights);
        QCOMPARE(textOf(*loaded->schemeFor("checkpoint")), std::string("int4:16+int8"));
        QCOMPARE(textOf(*loaded->schemeFor("fp32")), std::string("fp32"));
        QCOMPARE(textOf(*m_exact.schemeFor("checkpoint")), std::string("int8"));
        QVERIFY(!loaded->schemeFor("int7").ok());
    }
};

QTEST_GUILESS_MAIN(tst_RoundedTraining)
#include "tst_RoundedTraining.moc"
