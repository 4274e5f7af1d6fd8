// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/GradualPruning.h"

#include "engine/compression/Distillation.h"
#include "engine/compression/LossGradients.h"
#include "engine/compression/Scorer.h"
#include "engine/compression/SparseDropout.h"
#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;

namespace {

constexpr int epochs = 6;

TrainOptions quick()
{
    return {.epochs = epochs, .batchSize = 16, .learningRate = 0.01, .patience = 0, .threads = 1};
}

/// Every element that @p before prunes, @p after prunes too.
bool onlyMore(const Masks& before, const Masks& after)
{
    return std::all_of(before.begin(), before.end(), [&](const auto& item) {
        const auto found = after.find(item.first);
        return found != after.end() && std::equal(item.second.begin(), item.second.end(), found->second.begin(), [](auto was, auto is) { return was >= is; });
    });
}

std::vector<double> sparsities(const TrainingHistory& history)
{
    std::vector<double> values;
    for (const EpochRecord& record : history.epochs)
        values.push_back(record.sparsity);
    return values;
}

} // namespace

class tst_GradualPruning : public QObject {
    Q_OBJECT

private:
    test::ToyTask m_task = test::makeToyTask();
    Checkpoint m_dense{m_task.model, m_task.tokenizer, m_task.splits.labels, {}, {}, {}};

    [[nodiscard]] static GradualOptions options(double sparsity, const std::string& method = "layerwise")
    {
        return {.target = {.method = method, .sparsity = sparsity}, .epochs = epochs / 2, .updatesPerEpoch = 4};
    }

    /// The same by @p score, which is measured anew every epoch.
    [[nodiscard]] Result<GradualOptions> optionsBy(const std::string& score, RunContext& context) const
    {
        GradualOptions gradual = options(0.8);
        gradual.target.score = score;
        ESPALIER_TRY(const bool gathered, isGatheredInTraining(score));
        if (gathered)
            return gradual;
        ESPALIER_CHECK(measureWhereNeeded(gradual.target, m_dense, m_task.splits, context));
        const PruneOptions target = gradual.target;
        gradual.measure = [this, target](const Weights& weights, const Masks& masks, RunContext& own) -> Result<std::shared_ptr<const Weights>> {
            Checkpoint now = m_dense;
            now.weights = weights;
            now.masks = masks;
            PruneOptions measuring = target;
            ESPALIER_CHECK(measureWhereNeeded(measuring, now, m_task.splits, own));
            return measuring.measured;
        };
        return gradual;
    }

    [[nodiscard]] Result<Checkpoint> pruned(const GradualOptions& gradual, const TrainOptions& training, RunContext& context) const
    {
        ESPALIER_TRY(const GradualPruning schedule, GradualPruning::create(m_dense, gradual));
        ESPALIER_TRY(const auto distillation, makeDistillation(m_dense, {}));
        return fineTune(m_dense, m_task.splits, training, context, {.masks = &schedule, .objective = distillation.get()});
    }

    /// Under the masks of one-shot pruning.
    [[nodiscard]] Masks atOnce(const PruneOptions& target) const { return computeMasks(m_dense, target)->masks; }

private Q_SLOTS:
    void initTestCase()
    {
        RunContext context;
        const auto trained = train(m_task.model, m_task.tokenizer, m_task.splits, quick(), context);
        QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
        m_dense = *trained;
    }

    /// s_f + (s_i - s_f)(1 - t)^3, by hand.
    void followsTheCubicSchedule()
    {
        QCOMPARE(cubicSparsity(0, 0.8, 0), 0.0);
        QCOMPARE(cubicSparsity(0, 0.8, 0.5), 0.7);
        QCOMPARE(cubicSparsity(0, 0.8, 1), 0.8);
        QCOMPARE(cubicSparsity(0.5, 0.9, 0.25), 0.9 - 0.4 * 0.421875);
        QCOMPARE(cubicSparsity(0, 0.8, 2), 0.8);
    }

    void masksOnlyGrow_data()
    {
        QTest::addColumn<QString>("method");
        QTest::newRow("layerwise") << "layerwise";
        QTest::newRow("global") << "global";
    }
    void masksOnlyGrow()
    {
        QFETCH(QString, method);
        const auto schedule = GradualPruning::create(m_dense, options(0.8, method.toStdString()));
        QVERIFY2(schedule, schedule ? "" : schedule.error().message().c_str());
        Weights weights = m_dense.weights;
        Masks masks;
        Weights memory;
        RunContext context;
        for (int update = 1; update <= 12; ++update) {
            for (auto& value : weights.at("output.weight").values)
                value = -1.1F / (value + 0.3F); // training moves weights: another order each time
            const auto next = schedule->masksAt({update / 12.0, weights, masks}, memory, context);
            QVERIFY2(next, next ? "" : next.error().message().c_str());
            QVERIFY(onlyMore(masks, next->masks));
            masks = next->masks;
            QVERIFY2(std::abs(schedule->sparsity(masks) - cubicSparsity(0, 0.8, update / 12.0)) < 0.002, qPrintable(QString::number(schedule->sparsity(masks))));
        }
        const auto kept = [](const Masks& some) {
            std::int64_t sum = 0;
            for (const auto& [name, mask] : some)
                sum += std::count(mask.begin(), mask.end(), 1);
            return sum;
        };
        QCOMPARE(kept(masks), kept(atOnce({.method = method.toStdString(), .sparsity = 0.8})));
    }

    /// Sparsity grows over the first epochs and stays; the best epoch is one at the full sparsity; what was pruned is zero.
    void prunesWhileTraining()
    {
        RunContext context{.seed = 3};
        std::vector<double> sent;
        context.onMetric = [&](const MetricPoint& point) {
            if (point.series == "sparsity")
                sent.push_back(point.y);
        };
        const auto made = pruned(options(0.8), quick(), context);
        QVERIFY2(made, made ? "" : made.error().message().c_str());
        const auto grown = sparsities(made->history);
        QCOMPARE(sent, grown);
        QVERIFY(std::abs(grown[0] - cubicSparsity(0, 0.8, 1.0 / 3)) < 0.002);
        QVERIFY(grown[1] > grown[0] && grown[2] > grown[1]);
        QCOMPARE(grown[3], grown[2]);
        QCOMPARE(grown[5], grown[2]);
        QVERIFY(made->history.bestEpoch >= 3);
        for (const auto& [name, mask] : atOnce({.sparsity = 0.8}))
            QCOMPARE(std::count(made->masks.at(name).begin(), made->masks.at(name).end(), 0), std::count(mask.begin(), mask.end(), 0));
        Checkpoint zeroed = *made;
        QVERIFY(applyMasks(zeroed.weights, zeroed.masks));
        QCOMPARE(zeroed.weights, made->weights);
        const auto report = evaluate(*made, m_task.splits.test, "test", context);
        QVERIFY2(report->accuracy > 0.9, qPrintable(QString::number(report->accuracy)));
    }

    void everyScorePrunesWhileTraining_data()
    {
        QTest::addColumn<QString>("score");
        for (const auto& scorer : scorerCatalog().members())
            QTest::newRow(scorer.id.c_str()) << scorer.id.c_str();
    }
    void everyScorePrunesWhileTraining()
    {
        QFETCH(QString, score);
        RunContext context{.seed = 3};
        const auto gradual = optionsBy(score.toStdString(), context);
        QVERIFY2(gradual, gradual ? "" : gradual.error().message().c_str());
        const auto made = pruned(*gradual, quick(), context);
        QVERIFY2(made, made ? "" : made.error().message().c_str());
        for (const auto& [name, mask] : atOnce({.sparsity = 0.8}))
            QCOMPARE(std::count(made->masks.at(name).begin(), made->masks.at(name).end(), 0), std::count(mask.begin(), mask.end(), 0));
        Checkpoint zeroed = *made;
        QVERIFY(applyMasks(zeroed.weights, zeroed.masks));
        QCOMPARE(zeroed.weights, made->weights);
        const auto report = evaluate(*made, m_task.splits.test, "test", context);
        QVERIFY2(score == "random" || report->accuracy > 0.9, qPrintable(QString::number(report->accuracy)));
    }

    /// At the start for the first epoch, then once an epoch; between, what was measured holds.
    void scoresFollowTheWeights()
    {
        GradualOptions gradual = options(0.8);
        gradual.target.score = "taylor";
        gradual.target.measured = std::make_shared<Weights>(m_dense.weights);
        std::vector<Weights> seen;
        gradual.measure = [&](const Weights& weights, const Masks&, RunContext&) -> Result<std::shared_ptr<const Weights>> {
            seen.push_back(weights);
            return std::make_shared<const Weights>(m_dense.weights);
        };
        const auto schedule = GradualPruning::create(m_dense, gradual);
        QVERIFY2(schedule, schedule ? "" : schedule.error().message().c_str());
        Weights weights = m_dense.weights;
        Masks masks;
        Weights memory;
        RunContext context;
        for (int update = 1; update <= 12; ++update) { // of three epochs
            weights.begin()->second.values[0] = static_cast<float>(update);
            masks = schedule->masksAt({update / 12.0, weights, masks}, memory, context)->masks;
        }
        QCOMPARE(seen.size(), std::size_t{2});
        QCOMPARE(seen[0].begin()->second.values[0], 5.0F);
        QCOMPARE(seen[1].begin()->second.values[0], 9.0F);
    }

    /// Sanh et al.: masks follow the scores, also back; what comes back has the value it fell with.
    void movedWeightsComeBack()
    {
        GradualOptions gradual = options(0.5);
        gradual.target.score = "movement";
        const auto schedule = GradualPruning::create(m_dense, gradual);
        QVERIFY2(schedule, schedule ? "" : schedule.error().message().c_str());
        Weights memory;
        for (const std::string& name : schedule->watched()) {
            memory[movementName(name)] = m_dense.weights.at(name);
            for (std::size_t i = 0; i < memory[movementName(name)].values.size(); ++i)
                memory[movementName(name)].values[i] = (i % 2 == 0 ? -1.0F : 1.0F) * (1 + static_cast<float>(i));
        }
        RunContext context;
        const auto first = schedule->masksAt({1, m_dense.weights, {}}, memory, context);
        QVERIFY2(first, first ? "" : first.error().message().c_str());
        Weights now = m_dense.weights;
        QVERIFY(applyMasks(now, first->masks));
        for (const auto& [name, mask] : first->masks)
            for (std::size_t i = 0; i < mask.size(); ++i)
                QCOMPARE(int(mask[i]), i % 2 == 0 ? 0 : 1);
        for (const std::string& name : schedule->watched())
            for (float& value : memory[movementName(name)].values)
                value = -value;
        const auto second = schedule->masksAt({1, now, first->masks}, memory, context);
        QVERIFY2(second, second ? "" : second.error().message().c_str());
        for (const auto& [name, mask] : second->masks)
            for (std::size_t i = 0; i < mask.size(); ++i) {
                QCOMPARE(int(mask[i]), i % 2 == 0 ? 1 : 0);
                QCOMPARE(second->weights.at(name).values[i], m_dense.weights.at(name).values[i]);
            }
    }

    void sameSeedSameModel()
    {
        RunContext one{.seed = 5};
        RunContext two{.seed = 5};
        RunContext other{.seed = 6};
        const auto first = pruned(options(0.7), quick(), one);
        const auto second = pruned(options(0.7), quick(), two);
        QCOMPARE(first->weights, second->weights);
        QCOMPARE(first->masks, second->masks);
        QVERIFY(pruned(options(0.7), quick(), other)->weights != first->weights);
    }

    void resumesAsIfNothingHadHappened_data()
    {
        QTest::addColumn<double>("interruptedAt");
        QTest::addColumn<QString>("score");
        QTest::newRow("before the first masks") << 0.1 << "magnitude";
        QTest::newRow("while weights go") << 1.6 << "magnitude";
        QTest::newRow("after they went") << 4.4 << "magnitude";
        for (const char* score : {"taylor", "obert", "movement"})
            QTest::addRow("while weights go by %s", score) << 1.6 << score;
    }
    void resumesAsIfNothingHadHappened()
    {
        QFETCH(double, interruptedAt);
        QFETCH(QString, score);
        RunContext whole{.seed = 9};
        const auto gradual = optionsBy(score.toStdString(), whole);
        QVERIFY2(gradual, gradual ? "" : gradual.error().message().c_str());
        const auto expected = pruned(*gradual, quick(), whole);
        QTemporaryDir folder;
        TrainOptions training = quick();
        training.resumeFolder = std::filesystem::path(folder.path().toStdString()) / "state";
        std::stop_source source;
        RunContext interrupted{.stop = source.get_token(), .seed = 9};
        interrupted.onProgress = [&](const Progress& progress) {
            if (progress.activity.starts_with("Training") && static_cast<double>(progress.done) / static_cast<double>(progress.total) * epochs >= interruptedAt)
                source.request_stop();
        };
        QCOMPARE(pruned(*gradual, training, interrupted).error().code, ErrorCode::Cancelled);
        QVERIFY(std::filesystem::exists(training.resumeFolder / "state.json"));
        RunContext resumed{.seed = 9};
        int goesOn = 0;
        resumed.onLog = [&](LogLevel, const std::string& text) { goesOn += text.find("Training goes on after epoch") == 0; };
        const auto found = pruned(*gradual, training, resumed);
        QVERIFY2(found, found ? "" : found.error().message().c_str());
        QCOMPARE(goesOn, 1);
        QCOMPARE(found->weights, expected->weights);
        QCOMPARE(found->masks, expected->masks);
        QCOMPARE(sparsities(found->history), sparsities(expected->history));
    }

    /// Who cannot wait gets the sparsity asked for all the same.
    void finishesAtTheFullSparsity()
    {
        RunControl control;
        RunContext context{.seed = 3};
        context.control = &control;
        context.onMetric = [&](const MetricPoint& point) {
            if (point.series == "sparsity") // the first epoch of three that prune is over
                control.finish();
        };
        const auto made = pruned(options(0.8), quick(), context);
        QVERIFY2(made, made ? "" : made.error().message().c_str());
        QCOMPARE(made->history.epochs.size(), std::size_t{2});
        QCOMPARE(made->history.bestEpoch, 2);
        const auto schedule = GradualPruning::create(m_dense, options(0.8));
        QCOMPARE(schedule->sparsity(made->masks), schedule->sparsity(atOnce({.sparsity = 0.8})));
    }

    void refuses_data()
    {
        QTest::addColumn<GradualOptions>("gradual");
        QTest::addColumn<QString>("named");
        GradualOptions gradual = options(0.8);
        gradual.epochs = 0;
        QTest::newRow("no epochs") << gradual << "'pruning_epochs' is 0";
        gradual = options(0.8);
        gradual.updatesPerEpoch = 0;
        QTest::newRow("no updates") << gradual << "'mask_updates' is 0";
        QTest::newRow("less than is pruned") << options(0.4) << "'sparsity' is 0.4, and 0.5 of the weights are pruned already";
        QTest::newRow("method") << options(0.8, "random") << "random";
        QTest::newRow("sparsity") << options(1.5) << "1.5";
    }
    void refuses()
    {
        QFETCH(GradualOptions, gradual);
        QFETCH(QString, named);
        const auto half = prune(m_dense, {.sparsity = 0.5});
        const auto schedule = GradualPruning::create(*half, gradual);
        QVERIFY(!schedule);
        QVERIFY2(QString::fromStdString(schedule.error().message()).contains(named), schedule.error().message().c_str());
        QVERIFY(!schedule.error().remedy.empty());
    }

    void refusesToEndWhileWeightsGo()
    {
        RunContext context;
        TrainOptions training = quick();
        training.epochs = epochs / 2;
        const auto made = pruned(options(0.8), training, context);
        QVERIFY(!made);
        QVERIFY2(QString::fromStdString(made.error().detail).contains("'epochs' is 3"), made.error().message().c_str());
        QVERIFY(!made.error().remedy.empty());
    }

    /// A quarter of the weights: half the dropout; as many unknown words.
    void fewWeightsNeedLittleDropout()
    {
        ModelSpec spec = m_task.model;
        spec.parameters["dropout"] = 0.5;
        spec.parameters["word_dropout"] = 0.1;
        const ModelSpec thin = withDropoutFor(0.25, spec);
        QCOMPARE(thin.parameters.at("dropout").get<double>(), 0.25);
        QCOMPARE(thin.parameters.at("word_dropout").get<double>(), 0.1);
        QVERIFY(checkModelSpec(thin));
    }

    /// A model that is pruned already goes on from there.
    void beginsWhereTheModelIs()
    {
        const auto half = prune(m_dense, {.sparsity = 0.5});
        const auto schedule = GradualPruning::create(*half, options(0.9));
        QVERIFY(schedule);
        Weights memory;
        RunContext context;
        const auto next = schedule->masksAt({0.5, half->weights, half->masks}, memory, context);
        QVERIFY(onlyMore(half->masks, next->masks));
        QVERIFY(std::abs(schedule->sparsity(next->masks) - 0.85) < 0.002);
        QVERIFY(GradualPruning::create(*half, options(0.5)));
    }
};

QTEST_GUILESS_MAIN(tst_GradualPruning)
#include "tst_GradualPruning.moc"
