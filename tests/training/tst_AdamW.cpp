// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch comes first: its headers must not meet Qt's macros.
#include <torch/torch.h>

#include "engine/training/AdamW.h"

#include <QtTest>

using namespace espalier;

class tst_AdamW : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithLibTorch()
    {
        torch::manual_seed(1);
        torch::Tensor theirs = torch::randn({500}).set_requires_grad(true);
        std::vector<float> ours(theirs.data_ptr<float>(), theirs.data_ptr<float>() + 500);
        std::vector<float> first(500);
        std::vector<float> second(500);
        torch::optim::AdamW optimiser({theirs}, torch::optim::AdamWOptions(0.01).weight_decay(0.1));
        for (int step = 1; step <= 50; ++step) {
            const torch::Tensor gradient = torch::randn({500});
            theirs.mutable_grad() = gradient * 0.5;
            optimiser.step();
            adamWStep({.learningRate = 0.01, .weightDecay = 0.1, .gradientScale = 0.5}, step,
                      {ours.data(), gradient.data_ptr<float>(), first.data(), second.data()}, 500);
        }
        const torch::Tensor difference = torch::from_blob(ours.data(), {500}) - theirs.detach();
        QVERIFY2(difference.abs().max().item<double>() < 1e-5, qPrintable(QString::number(difference.abs().max().item<double>())));
    }

    void maskedWeightsStayZero()
    {
        std::vector<float> weights{1, 2, 3};
        const std::vector<float> gradients{1, 1, 1};
        std::vector<float> first(3);
        std::vector<float> second(3);
        const std::vector<std::uint8_t> mask{1, 0, 1};
        adamWStep({}, 1, {weights.data(), gradients.data(), first.data(), second.data(), mask.data()}, 3);
        QCOMPARE(weights[1], 0.0F);
        QVERIFY(weights[0] < 1 && weights[2] < 3);
    }
};

QTEST_GUILESS_MAIN(tst_AdamW)
#include "tst_AdamW.moc"
