// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch comes first: its headers must not meet Qt's macros.
#include "engine/training/Optimiser.h"

#include <QtTest>

using namespace espalier;

namespace {

/// A table and a linear layer, with a loss that gives every weight that takes part a gradient.
class ToyModel final : public TextModel {
public:
    ToyModel()
    {
        torch::manual_seed(4);
        m_table = register_module("table", torch::nn::Embedding(torch::nn::EmbeddingOptions(10, 3).padding_idx(0)));
        m_output = register_module("output", torch::nn::Linear(3, 2));
    }
    torch::Tensor forward(torch::Tensor ids, const torch::Tensor&) override { return m_output->forward(m_table->forward(ids).mean(1)); }

private:
    torch::nn::Embedding m_table{nullptr};
    torch::nn::Linear m_output{nullptr};
};

void backward(TextModel& model, const std::vector<std::int64_t>& ids)
{
    const auto batch = torch::tensor(ids).reshape({1, -1});
    model.forward(batch, torch::tensor({static_cast<std::int64_t>(ids.size())})).square().sum().backward();
}

double difference(const std::vector<float>& a, const std::vector<float>& b)
{
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        worst = std::max(worst, std::abs(static_cast<double>(a[i]) - b[i]));
    return worst;
}

} // namespace

class tst_Optimiser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Without embeddings' rows apart, the steps are those of LibTorch's own optimisers.
    void denseStepsAreLibTorchs_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("adamw") << "adamw";
        QTest::newRow("sgd") << "sgd";
    }
    void denseStepsAreLibTorchs()
    {
        QFETCH(QString, kind);
        const TrainOptions options{.weightDecay = 0, .gradientClip = 0, .optimiser = kind.toStdString(), .embeddingDecay = 0, .sparseRows = false};
        auto ours = std::make_shared<ToyModel>();
        auto theirs = std::make_shared<ToyModel>();
        Optimiser optimiser(*ours, {}, options);
        std::unique_ptr<torch::optim::Optimizer> reference;
        if (kind == "sgd")
            reference = std::make_unique<torch::optim::SGD>(theirs->parameters(), torch::optim::SGDOptions(0.05).momentum(0.9).nesterov(true));
        else
            reference = std::make_unique<torch::optim::AdamW>(theirs->parameters(), torch::optim::AdamWOptions(0.05).weight_decay(0));
        for (int step = 0; step < 5; ++step) {
            optimiser.clearGradients();
            backward(*ours, {1, 2, 2, 5 + step % 2});
            optimiser.step({0.05, 0.9});
            reference->zero_grad();
            backward(*theirs, {1, 2, 2, 5 + step % 2});
            reference->step();
        }
        const Weights found = weightsOf(*ours);
        for (const auto& [name, expected] : weightsOf(*theirs))
            QVERIFY2(difference(found.at(name).values, expected.values) < 1e-5, name.c_str());
    }

    /// Rows that do not occur keep every bit, moments included; rows that occur twice move once by the sum.
    void stepsOnlyRowsThatOccur()
    {
        const TrainOptions options;
        auto model = std::make_shared<ToyModel>();
        Optimiser optimiser(*model, {}, options);
        const Weights before = weightsOf(*model);
        optimiser.clearGradients();
        backward(*model, {3, 7, 3, 0});
        optimiser.step({0.01, 0.9});
        const Weights after = weightsOf(*model);
        for (std::size_t row = 0; row < 10; ++row) {
            const bool moved = row == 3 || row == 7;
            for (std::size_t i = row * 3; i < row * 3 + 3; ++i)
                QCOMPARE(after.at("table.weight").values[i] != before.at("table.weight").values[i], moved);
        }
        TrainingState state;
        optimiser.save(state);
        QVERIFY(!state.firstMoments.contains("table.weight"));
        QCOMPARE(state.rowSteps.at("table.weight").values, (std::vector<float>{0, 0, 0, 1, 0, 0, 0, 1, 0, 0}));
    }

    /// With equal gradients at every step, a row's second moment is what AdamW's would be, however long it was away.
    void secondMomentsOfRowsAgeWhileTheyAreAway()
    {
        const TrainOptions options{.gradientClip = 0};
        auto model = std::make_shared<ToyModel>();
        Optimiser optimiser(*model, {}, options);
        const std::vector<std::vector<std::int64_t>> batches{{3}, {4}, {4}, {4}, {3}};
        double expected = 0;
        for (const auto& ids : batches) {
            optimiser.clearGradients();
            backward(*model, ids);
            const torch::Tensor gradient = model->named_parameters()["table.weight"].grad().to_dense()[3][0];
            expected = 0.999 * expected + 0.001 * gradient.item<double>() * gradient.item<double>();
            optimiser.step({0.01, 0.9});
        }
        TrainingState state;
        optimiser.save(state);
        QVERIFY(std::abs(state.secondMoments.at("table.weight").values[9] - expected) < 1e-9 + 1e-4 * expected);
    }

    void keepsMasksExactly()
    {
        Masks masks{{"table.weight", Mask(30, 1)}, {"output.weight", Mask(6, 1)}};
        for (auto& [name, mask] : masks)
            for (std::size_t i = 0; i < mask.size(); i += 2)
                mask[i] = 0;
        for (const char* kind : {"adamw", "sgd"}) {
            const TrainOptions options{.optimiser = kind};
            auto model = std::make_shared<ToyModel>();
            Weights weights = weightsOf(*model);
            QVERIFY(applyMasks(weights, masks));
            QVERIFY(setWeights(*model, weights));
            Optimiser optimiser(*model, masks, options);
            for (int step = 0; step < 3; ++step) {
                optimiser.clearGradients();
                backward(*model, {1, 2, 3});
                optimiser.step({0.05, 0.9});
            }
            const Weights found = weightsOf(*model);
            QVERIFY(found != weights);
            for (const auto& [name, mask] : masks)
                for (std::size_t i = 0; i < mask.size(); ++i)
                    QVERIFY(mask[i] == 1 || found.at(name).values[i] == 0.0F);
        }
    }

    /// Two batches before a step make the step of both together.
    void accumulates()
    {
        const TrainOptions options{.gradientClip = 0.1};
        auto two = std::make_shared<ToyModel>();
        auto one = std::make_shared<ToyModel>();
        Optimiser ofTwo(*two, {}, options);
        Optimiser ofOne(*one, {}, options);
        backward(*two, {1, 2});
        backward(*two, {1, 2});
        ofTwo.step({0.05, 0.9}, 2);
        backward(*one, {1, 2});
        ofOne.step({0.05, 0.9});
        const Weights found = weightsOf(*two);
        for (const auto& [name, expected] : weightsOf(*one))
            QVERIFY2(difference(found.at(name).values, expected.values) < 1e-6, name.c_str());
    }

    void goesOnFromItsState()
    {
        const TrainOptions options;
        auto model = std::make_shared<ToyModel>();
        Optimiser optimiser(*model, {}, options);
        const auto step = [](TextModel& of, Optimiser& by, std::int64_t id) {
            by.clearGradients();
            backward(of, {id, 2});
            by.step({0.05, 0.9});
        };
        step(*model, optimiser, 1);
        TrainingState state;
        optimiser.save(state);
        auto other = std::make_shared<ToyModel>();
        QVERIFY(setWeights(*other, weightsOf(*model)));
        Optimiser resumed(*other, {}, options);
        resumed.load(state);
        step(*model, optimiser, 5);
        step(*other, resumed, 5);
        QCOMPARE(weightsOf(*other), weightsOf(*model));
    }
};

QTEST_GUILESS_MAIN(tst_Optimiser)
#include "tst_Optimiser.moc"
