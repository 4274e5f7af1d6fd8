// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch comes first: its headers must not meet Qt's macros.
#include "engine/models/TextModel.h"

#include "engine/models/ModelCatalog.h"

#include <QtTest>

using namespace espalier;

namespace {

ModelSpec smallSpec(const std::string& id)
{
    Parameters parameters{{"embedding_dim", 6}};
    if (id == "textcnn")
        parameters.merge(Parameters{{"filters", 5}, {"widths", "1,3,4"}});
    if (id == "ngram")
        parameters.merge(Parameters{{"ngram_order", 3}, {"ngram_buckets", 40}});
    if (id == "bilstm" || id == "bigru")
        parameters.merge(Parameters{{"recurrent_size", 5}, {"recurrent_layers", 2}});
    if (id == "transformer")
        parameters = {{"hidden_size", 12}, {"heads", 3}, {"ffn_size", 20}, {"max_positions", 9}};
    return *makeModelSpec(id, parameters, 30, 4);
}

std::shared_ptr<TextModel> make(const ModelSpec& spec)
{
    torch::manual_seed(3);
    auto model = (*modelCatalog().get(spec.architecture))->create(spec);
    model->eval();
    return model;
}

const TokenSequences sentences{{5}, {5, 6}, {7, 8, 9, 10, 11, 12, 13}, {1, 1, 1}, {29, 2, 3, 4}, {14, 15}};

torch::Tensor logits(TextModel& model, const std::vector<std::uint32_t>& indices)
{
    torch::NoGradGuard noGrad;
    const TextBatch batch = makeBatch(sentences, indices);
    return model.forward(batch.ids, batch.lengths);
}

} // namespace

class tst_TextModel : public QObject {
    Q_OBJECT

private:
    static void everyArchitecture()
    {
        QTest::addColumn<QString>("id");
        for (const auto& type : modelCatalog().members())
            QTest::newRow(type.id.c_str()) << QString::fromStdString(type.id);
    }

private Q_SLOTS:
    void parametersAreAsDeclared_data() { everyArchitecture(); }
    void parametersAreAsDeclared()
    {
        QFETCH(QString, id);
        const ModelSpec spec = smallSpec(id.toStdString());
        TensorShapes found;
        for (const auto& [name, tensor] : weightsOf(*make(spec)))
            found[name] = tensor.shape;
        QCOMPARE(found, (*modelCatalog().get(spec.architecture))->shapes(spec));
    }

    /// A sentence's answer must not depend on its company: neither on longer sentences nor on the padding they bring.
    void answersDoNotDependOnTheBatch_data() { everyArchitecture(); }
    void answersDoNotDependOnTheBatch()
    {
        QFETCH(QString, id);
        const auto model = make(smallSpec(id.toStdString()));
        const torch::Tensor together = logits(*model, {0, 1, 2, 3, 4, 5});
        for (std::uint32_t i = 0; i < sentences.size(); ++i) {
            const double difference = (logits(*model, {i})[0] - together[static_cast<std::int64_t>(i)]).abs().max().item<double>();
            QVERIFY2(difference < 1e-5, qPrintable(QString("sentence %1 differs by %2").arg(i).arg(difference)));
        }
    }

    /// The definition, spelt out: windows over the sentence, padded with zero rows only up to the width.
    void textCnnFollowsItsDefinition()
    {
        const auto model = make(smallSpec("textcnn"));
        const Weights weights = weightsOf(*model);
        const std::vector<int> widths{1, 3, 4};
        std::vector<std::int32_t> buffer;
        for (std::uint32_t s = 0; s < sentences.size(); ++s) {
            std::vector<double> features;
            for (std::size_t i = 0; i < widths.size(); ++i)
                for (int f = 0; f < 5; ++f)
                    features.push_back(filterAnswer(weights, sentences.read(s, buffer), "convolutions." + std::to_string(i), f, widths[i]));
            const torch::Tensor found = logits(*model, {s})[0];
            for (int c = 0; c < 4; ++c) {
                double expected = weights.at("output.bias").values[c];
                for (std::size_t k = 0; k < features.size(); ++k)
                    expected += features[k] * weights.at("output.weight").values[c * features.size() + k];
                QVERIFY(std::abs(found[c].item<double>() - expected) < 1e-5);
            }
        }
    }

    void weightsGoInAndOut()
    {
        const auto model = make(smallSpec("textcnn"));
        Weights weights = weightsOf(*model);
        for (auto& [name, tensor] : weights)
            for (float& value : tensor.values)
                value += 1;
        QVERIFY(setWeights(*model, weights));
        for (int i = 0; i < 6; ++i)
            weights["embedding.weight"].values[i] = 0; // the padding's row stays zero
        QCOMPARE(weightsOf(*model), weights);
    }

    void refusesWeightsThatDoNotFit()
    {
        const auto model = make(smallSpec("textcnn"));
        const Weights before = weightsOf(*model);
        QVERIFY(!setWeights(*model, {{"output.bias", {{4}, {1, 2, 3, 4}}}, {"unknown", {{1}, {1}}}}));
        QVERIFY(!setWeights(*model, {{"output.bias", {{3}, {1, 2, 3}}}}));
        QVERIFY(!setWeights(*model, {{"output.bias", {{4}, {1, 2, 3}}}}));
        QCOMPARE(weightsOf(*model), before);
    }

    void wordDropoutOnlyWhileTraining()
    {
        const auto spec = makeModelSpec("textcnn", {{"dropout", 0.0}, {"word_dropout", 0.5}}, 30, 4);
        const auto model = make(*spec);
        QVERIFY(torch::equal(logits(*model, {2, 4}), logits(*model, {2, 4})));
        model->train();
        QVERIFY(!torch::equal(logits(*model, {2, 4}), logits(*model, {2, 4})));
    }

private:
    static double filterAnswer(const Weights& weights, std::span<const std::int32_t> ids, const std::string& name, int filter, int width)
    {
        const auto& kernel = weights.at(name + ".weight").values; // [F x E x W]
        const auto& embedding = weights.at("embedding.weight").values;
        const int length = std::max(static_cast<int>(ids.size()), width);
        double best = 0; // ReLU
        for (int begin = 0; begin + width <= length; ++begin) {
            double sum = weights.at(name + ".bias").values[filter];
            for (int k = 0; k < width && begin + k < static_cast<int>(ids.size()); ++k)
                for (int e = 0; e < 6; ++e)
                    sum += embedding[ids[begin + k] * 6 + e] * kernel[(filter * 6 + e) * width + k];
            best = std::max(best, sum);
        }
        return best;
    }
};

QTEST_GUILESS_MAIN(tst_TextModel)
#include "tst_TextModel.moc"
