// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch comes first: its headers must not meet Qt's macros.
#include "engine/models/Transformer.h"

#include "engine/models/TextModel.h"

#include <QtTest>

using namespace espalier;

namespace {

ModelSpec specWith(Parameters parameters)
{
    parameters.merge(Parameters{{"hidden_size", 12}, {"heads", 3}, {"ffn_size", 20}, {"max_positions", 9}});
    return *makeModelSpec("transformer", parameters, 30, 4);
}

std::shared_ptr<TextModel> make(const ModelSpec& spec)
{
    torch::manual_seed(3);
    auto model = makeTransformer(spec);
    model->eval();
    return model;
}

torch::Tensor rows(const torch::Tensor& ids) { return torch::full({ids.size(0)}, ids.size(1), torch::kInt64); }

} // namespace

class tst_Transformer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The names of Hugging Face's BertModel and BertForSequenceClassification, without their prefix "bert.".
    void namesAreBerts()
    {
        QStringList expected{"embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight",
                             "embeddings.LayerNorm.weight", "embeddings.LayerNorm.bias", "pooler.dense.weight", "pooler.dense.bias", "classifier.weight",
                             "classifier.bias"};
        for (const char* layer : {"encoder.layer.0.", "encoder.layer.1."})
            for (const char* part : {"attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                                     "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"})
                for (const char* role : {".weight", ".bias"})
                    expected << QString(layer) + part + role;
        QStringList found;
        for (const auto& [name, tensor] : weightsOf(*make(specWith({{"encoder_pooling", "cls"}}))))
            found << QString::fromStdString(name);
        expected.sort();
        found.sort();
        QCOMPARE(found, expected);
    }

    void shapesAreBerts()
    {
        const TensorShapes shapes = transformer().shapes(specWith({}));
        using Shape = std::vector<std::int64_t>;
        QCOMPARE(shapes.at("embeddings.word_embeddings.weight"), (Shape{30, 12}));
        QCOMPARE(shapes.at("embeddings.position_embeddings.weight"), (Shape{9, 12}));
        QCOMPARE(shapes.at("embeddings.token_type_embeddings.weight"), (Shape{2, 12}));
        QCOMPARE(shapes.at("encoder.layer.1.intermediate.dense.weight"), (Shape{20, 12}));
        QCOMPARE(shapes.at("encoder.layer.1.output.dense.weight"), (Shape{12, 20}));
        QVERIFY(!shapes.contains("pooler.dense.weight"));
    }

    void startsSmall()
    {
        for (const auto& item : makeTransformer(*makeModelSpec("transformer", {}, 500, 4))->named_parameters()) {
            const double spread = item.value().detach().std().item<double>();
            const bool norm = item.key().find("LayerNorm") != std::string::npos;
            if (item.value().dim() == 2)
                QVERIFY2(std::fabs(spread - 0.02) < 0.003, item.key().c_str());
            else
                QVERIFY(item.value().eq(norm && item.key().ends_with("weight") ? 1 : 0).all().item<bool>());
        }
    }

    void headsMustDivide()
    {
        const auto spec = makeModelSpec("transformer", {{"hidden_size", 100}, {"heads", 3}}, 30, 4);
        QVERIFY(!spec);
        QVERIFY2(spec.error().message().find("'heads', 3, does not divide") != std::string::npos, spec.error().message().c_str());
        const auto own = makeModelSpec("transformer", {{"hidden_size", 100}, {"heads", 3}, {"head_size", 8}}, 30, 4);
        QVERIFY(own);
        QCOMPARE(transformer().shapes(*own).at("encoder.layer.0.attention.self.value.weight"), (std::vector<std::int64_t>{24, 100}));
        QCOMPARE(transformer().shapes(*own).at("encoder.layer.0.attention.output.dense.weight"), (std::vector<std::int64_t>{100, 24}));
    }

    /// Found before training, not at the first long sentence.
    void positionsMustReach()
    {
        const ModelSpec spec = specWith({});
        QVERIFY(checkTextLength(spec, 9));
        const auto checked = checkTextLength(spec, 10);
        QVERIFY(!checked);
        QVERIFY2(checked.error().message().find("at 10 tokens, but the model reads no more than 9") != std::string::npos, checked.error().message().c_str());
        QVERIFY(checkTextLength(*makeModelSpec("textcnn", {}, 30, 4), 4096));
    }

    void orderMatters()
    {
        const auto model = make(specWith({}));
        const torch::NoGradGuard noGrad;
        const torch::Tensor ids = torch::tensor({{5, 6, 7}}, torch::kInt64);
        QVERIFY(!torch::allclose(model->forward(ids, rows(ids)), model->forward(ids.flip(1), rows(ids)), 1e-5, 1e-7));
    }

    /// Post-norm, spelt out with LibTorch's own encoder layer, which computes the same from the same weights.
    void isWhatLibTorchComputes_data()
    {
        QTest::addColumn<bool>("post");
        QTest::newRow("post-norm") << true;
        QTest::newRow("pre-norm") << false;
    }

    void isWhatLibTorchComputes()
    {
        QFETCH(bool, post);
        const auto model = make(specWith({{"norm", post ? "post" : "pre"}, {"layers", 1}, {"encoder_pooling", "mean"}}));
        const torch::NoGradGuard noGrad;
        for (auto& parameter : model->parameters())
            parameter.normal_(0, 0.5);
        const auto p = model->named_parameters();
        const torch::Tensor ids = torch::tensor({{5, 6, 7, 29}, {2, 1, 3, 1}}, torch::kInt64);
        const auto norm = [&](const torch::Tensor& x, const std::string& name) {
            return torch::layer_norm(x, {12}, p[name + ".LayerNorm.weight"], p[name + ".LayerNorm.bias"], 1e-12);
        };
        const auto linear = [&](const torch::Tensor& x, const std::string& name) { return torch::linear(x, p[name + ".weight"], p[name + ".bias"]); };
        const torch::Tensor sum = torch::embedding(p["embeddings.word_embeddings.weight"], ids) +
                                  p["embeddings.position_embeddings.weight"].slice(0, 0, 4) + p["embeddings.token_type_embeddings.weight"][0];
        const std::string layer = "encoder.layer.0.";
        torch::Tensor input = norm(sum, "embeddings");
        torch::Tensor beside = post ? input : sum;
        torch::nn::MultiheadAttention attention(12, 3);
        attention->in_proj_weight.copy_(torch::cat({p[layer + "attention.self.query.weight"], p[layer + "attention.self.key.weight"], p[layer + "attention.self.value.weight"]}));
        attention->in_proj_bias.copy_(torch::cat({p[layer + "attention.self.query.bias"], p[layer + "attention.self.key.bias"], p[layer + "attention.self.value.bias"]}));
        attention->out_proj->weight.copy_(p[layer + "attention.output.dense.weight"]);
        attention->out_proj->bias.copy_(p[layer + "attention.output.dense.bias"]);
        const torch::Tensor turned = input.transpose(0, 1);
        const torch::Tensor between = beside + std::get<0>(attention->forward(turned, turned, turned)).transpose(0, 1);
        input = norm(between, layer + "attention.output");
        beside = post ? input : between;
        const torch::Tensor fed = linear(torch::gelu(linear(input, layer + "intermediate.dense")), layer + "output.dense");
        const torch::Tensor expected = linear(norm(beside + fed, layer + "output").mean(1), "classifier");
        const double difference = (model->forward(ids, rows(ids)) - expected).abs().max().item<double>();
        QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
    }

    void longTextsAreRefused()
    {
        const auto model = make(specWith({}));
        const torch::Tensor ids = torch::ones({1, 10}, torch::kInt64);
        QVERIFY_THROWS_EXCEPTION(c10::Error, model->forward(ids, rows(ids)));
    }

    /// Dropout follows LibTorch's seed, so training can be repeated.
    void dropoutFollowsTheSeed()
    {
        const auto model = make(specWith({{"word_dropout", 0.0}, {"hidden_dropout", 0.3}}));
        model->train();
        const torch::Tensor ids = torch::tensor({{5, 6, 7}}, torch::kInt64);
        const auto run = [&](std::uint64_t seed) {
            torch::manual_seed(seed);
            return model->forward(ids, rows(ids)).detach();
        };
        QVERIFY(torch::equal(run(1), run(1)));
        QVERIFY(!torch::equal(run(1), run(2)));
    }
};

QTEST_GUILESS_MAIN(tst_Transformer)
#include "tst_Transformer.moc"
