// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/MovementMeter.h"

#include "engine/models/ModelCatalog.h"
#include "engine/training/MaskSchedule.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QTest>

using namespace espalier;

namespace {

/// Some loss of some sentences.
void addGradients(TextModel& model, std::int64_t first)
{
    const torch::Tensor ids = torch::arange(first, first + 12, torch::kInt64).reshape({2, 6}).remainder(58) + 2;
    model.forward(ids, torch::tensor({6, 4}, torch::kInt64)).square().sum().backward();
}

std::vector<double> valuesOf(const torch::Tensor& tensor)
{
    const torch::Tensor values = tensor.to_dense().to(torch::kFloat64).contiguous();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

} // namespace

class tst_MovementMeter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsWhatSanhSums_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<bool>("sparse");
        QTest::newRow("linear, convolution, embedding") << "textcnn" << false;
        QTest::newRow("sparse rows of an embedding") << "textcnn" << true;
        QTest::newRow("recurrent") << "bilstm" << true;
    }
    /// -rate x w x dL/dw of every step, where a pruned weight has the value it fell with and the gradient it would have.
    void sumsWhatSanhSums()
    {
        QFETCH(QString, architecture);
        QFETCH(bool, sparse);
        const Checkpoint checkpoint = test::randomCheckpointOf(architecture.toStdString(), Task::SingleLabel);
        const ModelType& type = **modelCatalog().get(checkpoint.model.architecture);
        const auto model = type.create(checkpoint.model);
        model->eval();
        for (const auto& module : model->modules(false))
            if (auto* embedding = module->as<torch::nn::Embedding>())
                embedding->options.sparse(sparse);
        Weights weights = checkpoint.weights;
        Weights memory;
        std::vector<std::string> names;
        for (const auto& tensor : type.prunable(checkpoint.model)) {
            names.push_back(tensor.name);
            Tensor& fallen = memory[fallenName(tensor.name)] = weights.at(tensor.name);
            for (std::size_t i = 0; i < fallen.values.size(); ++i)
                (i % 3 == 0 ? weights.at(tensor.name) : fallen).values[i] = 0;
        }
        QVERIFY(setWeights(*model, weights));
        MovementMeter meter(*model, names);
        meter.load(memory);
        std::map<std::string, std::vector<double>> expected;
        const auto parameters = model->named_parameters();
        for (const double rate : {0.1, 0.03}) {
            for (torch::Tensor& parameter : model->parameters())
                parameter.mutable_grad().reset();
            addGradients(*model, rate < 0.05 ? 20 : 3);
            addGradients(*model, 9);
            meter.addStep(rate, 2);
            for (const std::string& name : names) {
                const auto gradient = valuesOf(parameters[name].grad());
                expected[name].resize(gradient.size());
                for (std::size_t i = 0; i < gradient.size(); ++i)
                    expected[name][i] -= rate * static_cast<double>(checkpoint.weights.at(name).values[i]) * gradient[i] / 2;
            }
        }
        meter.save(memory);
        for (const std::string& name : names)
            for (std::size_t i = 0; i < expected[name].size(); ++i)
                QVERIFY2(std::fabs(memory.at(movementName(name)).values[i] - expected[name][i]) < 1e-5 * (1 + std::fabs(expected[name][i])), name.c_str());
    }
};

QTEST_GUILESS_MAIN(tst_MovementMeter)
#include "tst_MovementMeter.moc"
