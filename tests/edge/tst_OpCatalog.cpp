// SPDX-License-Identifier: GPL-3.0-or-later
// Each op against its definition written down naively, with every set of kernels.
#include "engine/edge/ops/OpCatalog.h"

#include "tests/edge/OpPrograms.h"

using namespace espalier;
using namespace espalier::edge;
using namespace espalier::test;

class tst_OpCatalog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsTheOpsOfTheFormat()
    {
        QStringList ids;
        for (const auto& kind : opCatalog().members())
            ids << QString::fromStdString(kind.id);
        QCOMPARE(ids.join(' '), QString("embedding ngram_mean conv1d_max lstm gru max_pool mean_pool attention_pool first_row add_positions add layer_norm self_attention "
                                         "concat linear softmax sigmoid tag_softmax crf"));
    }

    void embeddingAndConvolution_data()
    {
        QTest::addColumn<QString>("activation");
        for (const char* activation : {"relu", "none"})
            QTest::newRow(activation) << activation;
    }

    void embeddingAndConvolution()
    {
        QFETCH(QString, activation);
        const auto embedding = randomValues(10 * columns, 1);
        const auto weight = randomValues(filters * columns * width, 2);
        const auto bias = randomValues(filters, 3);
        auto builder = withEmbedding(embedding);
        addConv(builder, "c", weight, bias, activation.toStdString());
        setLabels(builder, filters);
        for (const std::size_t tokens : {1, 2, 3, 4, 5, 9, 31, 32}) {
            const auto ids = someIds(tokens);
            compare(builder, ids, test::naiveConvMax(test::naiveEmbedding(embedding, columns, ids), weight, bias, width, activation == "relu"), 1e-4);
        }
    }

    /// With numbers that int8 holds exactly there is no quantisation error left: only the arithmetic is tested.
    void int8Convolution()
    {
        const auto embedding = exactValues(10, columns, 4);
        const auto weight = exactValues(filters, columns * width, 5);
        const auto bias = randomValues(filters, 6);
        for (const char* encoding : {"i8", "i8_sparse"}) {
            auto builder = withEmbedding(embedding, encoding);
            addConv(builder, "c", weight, bias, "none", encoding);
            setLabels(builder, filters);
            for (const std::size_t tokens : {1, 3, 4, 7, 32}) {
                const auto ids = someIds(tokens);
                compare(builder, ids, test::naiveConvMax(test::naiveEmbedding(embedding, columns, ids), weight, bias, width, false), 1e-3);
            }
        }
    }

    void ngramMean()
    {
        const auto embedding = exactValues(10, columns, 31);
        const auto ngrams = exactValues(7, columns, 32);
        for (const char* encoding : {"f32", "i8_sparse"})
            for (const std::size_t order : {1, 2, 4}) {
                test::PackageBuilder builder = withEmbedding(embedding, encoding);
                builder.addTensor("n", {7, std::int64_t{columns}}, ngrams, encoding);
                Op op{"ngram_mean", {"ids"}, "mean", {{"weight", "embedding"}}, {{"order", std::to_string(order)}}};
                if (order > 1)
                    op.tensors["ngrams"] = "n";
                builder.header.program.ops = {op};
                setLabels(builder, columns);
                for (const std::size_t tokens : {1, 2, 3, 9, 32})
                    compare(builder, someIds(tokens), test::naiveNgramMean(embedding, ngrams, columns, someIds(tokens), order), 1e-4);
            }
    }

    void ngramMeanRefusesWhatDoesNotFit()
    {
        const auto embedding = randomValues(10 * columns, 33);
        for (const char* order : {"0", "9", "", "2 ", "12"}) {
            test::PackageBuilder builder = withEmbedding(embedding);
            builder.header.program.ops = {{"ngram_mean", {"ids"}, "mean", {{"weight", "embedding"}, {"ngrams", "embedding"}}, {{"order", order}}}};
            setLabels(builder, columns);
            QVERIFY2(!Session::fromBytes(builder.build()), order);
        }
        test::PackageBuilder builder = withEmbedding(embedding);
        builder.addTensor("n", {7, std::int64_t{columns} + 1}, randomValues(7 * (columns + 1), 34));
        builder.header.program.ops = {{"ngram_mean", {"ids"}, "mean", {{"weight", "embedding"}, {"ngrams", "n"}}, {{"order", "2"}}}};
        setLabels(builder, columns);
        QVERIFY(!Session::fromBytes(builder.build()));
    }

    void concatLinearSoftmax()
    {
        const auto embedding = randomValues(10 * columns, 7);
        auto builder = withEmbedding(embedding);
        const auto w1 = randomValues(filters * columns * width, 8);
        const auto w2 = randomValues(filters * columns * width, 9);
        const auto bias = randomValues(filters, 10);
        addConv(builder, "c1", w1, bias, "relu");
        addConv(builder, "c2", w2, bias, "relu");
        const auto linear = randomValues(5 * 2 * filters, 11);
        const auto linearBias = randomValues(5, 12);
        builder.addTensor("l", {5, 2 * std::int64_t{filters}}, linear);
        builder.addTensor("lb", {5}, linearBias);
        auto& ops = builder.header.program.ops;
        ops.push_back({"concat", {"c2", "c1"}, "all", {}, {}});
        ops.push_back({"linear", {"all"}, "out", {{"weight", "l"}, {"bias", "lb"}}, {{"activation", "relu"}}});
        ops.push_back({"softmax", {"out"}, "p", {}, {}});
        setLabels(builder, 5);
        const auto ids = someIds(11);
        const auto rows = test::naiveEmbedding(embedding, columns, ids);
        Row features = test::naiveConvMax(rows, w2, bias, width, true);
        const Row second = test::naiveConvMax(rows, w1, bias, width, true);
        features.insert(features.end(), second.begin(), second.end());
        compare(builder, ids, test::naiveSoftmax(test::naiveLinear(features, linear, linearBias, true)), 1e-4);
    }

    void linearOfEveryToken_data()
    {
        QTest::addColumn<QString>("activation");
        for (const char* activation : {"none", "relu", "gelu", "tanh"})
            QTest::newRow(activation) << activation;
    }

    void linearOfEveryToken()
    {
        QFETCH(QString, activation);
        const auto embedding = exactValues(10, columns, 21);
        const auto weight = exactValues(filters, columns, 22);
        const auto bias = randomValues(filters, 23);
        for (const char* encoding : {"f32", "i8", "i8_sparse"}) {
            auto builder = withEmbedding(embedding, encoding);
            builder.addTensor("l", {std::int64_t{filters}, std::int64_t{columns}}, weight, encoding);
            builder.addTensor("lb", {std::int64_t{filters}}, bias);
            builder.header.program.ops.push_back({"linear", {"e"}, "out", {{"weight", "l"}, {"bias", "lb"}}, {{"activation", activation.toStdString()}}});
            addAnswer(builder, "out", filters);
            for (const std::size_t tokens : {1, 2, 17, 32}) {
                const auto ids = someIds(tokens);
                test::Rows expected;
                for (const Row& row : test::naiveEmbedding(embedding, columns, ids))
                    expected.push_back(test::naiveActivation(test::naiveLinear(row, weight, bias, false), activation.toStdString()));
                compareValue(builder, "out", ids, expected, 1e-4);
            }
        }
    }

    void positionsAndNorm()
    {
        const auto embedding = randomValues(10 * columns, 31);
        const auto position = randomValues(32 * columns, 32);
        const auto segment = randomValues(2 * columns, 33);
        const auto weight = randomValues(columns, 34);
        const auto bias = randomValues(columns, 35);
        auto builder = withEmbedding(embedding);
        builder.addTensor("position", {32, std::int64_t{columns}}, position);
        builder.addTensor("segment", {2, std::int64_t{columns}}, segment);
        builder.addTensor("weight", {std::int64_t{columns}}, weight);
        builder.addTensor("bias", {std::int64_t{columns}}, bias);
        auto& ops = builder.header.program.ops;
        ops.push_back({"add_positions", {"e"}, "placed", {{"position", "position"}, {"segment", "segment"}}, {}});
        ops.push_back({"layer_norm", {"placed"}, "one", {{"weight", "weight"}, {"bias", "bias"}}, {{"epsilon", "1e-12"}}});
        ops.push_back({"layer_norm", {"placed", "e"}, "two", {{"weight", "weight"}, {"bias", "bias"}}, {{"epsilon", "0.5"}}});
        ops.push_back({"add", {"one", "two"}, "sum", {}, {}});
        ops.push_back({"first_row", {"sum"}, "answer", {}, {}});
        setLabels(builder, columns);
        for (const std::size_t tokens : {1, 2, 9, 32}) {
            const auto ids = someIds(tokens);
            const auto rows = test::naiveEmbedding(embedding, columns, ids);
            test::Rows placed = rows;
            test::Rows sum;
            for (std::size_t t = 0; t < tokens; ++t) {
                for (std::size_t c = 0; c < columns; ++c)
                    placed[t][c] += double{position[t * columns + c]} + double{segment[c]};
                sum.push_back(test::naiveAdd(test::naiveLayerNorm(placed[t], weight, bias, 1e-12),
                                             test::naiveLayerNorm(test::naiveAdd(placed[t], rows[t]), weight, bias, 0.5)));
            }
            compareValue(builder, "placed", ids, placed, 1e-6);
            compareValue(builder, "sum", ids, sum, 1e-5);
            compare(builder, ids, sum[0], 1e-5);
        }
    }

    /// Rows that fill no registers, one, or some and a rest.
    void normOfWideRows()
    {
        const auto embedding = randomValues(10 * columns, 36);
        for (const std::size_t wide : {1, 3, 15, 31, 32, 33, 63, 100}) {
            auto builder = withEmbedding(embedding);
            const auto widen = randomValues(wide * columns, 37);
            const auto weight = randomValues(wide, 38);
            const auto bias = randomValues(wide, 39);
            builder.addTensor("widen", {static_cast<std::int64_t>(wide), std::int64_t{columns}}, widen);
            builder.addTensor("weight", {static_cast<std::int64_t>(wide)}, weight);
            builder.addTensor("bias", {static_cast<std::int64_t>(wide)}, bias);
            builder.header.program.ops.push_back({"linear", {"e"}, "wide", {{"weight", "widen"}, {"bias", "bias"}}, {}});
            builder.header.program.ops.push_back({"layer_norm", {"wide"}, "norm", {{"weight", "weight"}, {"bias", "bias"}}, {{"epsilon", "0.01"}}});
            addAnswer(builder, "norm", wide);
            const auto ids = someIds(5);
            test::Rows expected;
            for (const Row& row : test::naiveEmbedding(embedding, columns, ids))
                expected.push_back(test::naiveLayerNorm(test::naiveLinear(row, widen, bias, false), weight, bias, 0.01));
            compareValue(builder, "norm", ids, expected, 1e-5);
        }
    }

    void selfAttentionMixesTokens_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 3, 4, 16, 20, 33})
            QTest::addRow("heads of %d", size) << size;
    }

    void selfAttentionMixesTokens()
    {
        QFETCH(int, size);
        constexpr std::size_t heads = 3;
        const std::size_t hidden = static_cast<std::size_t>(size) * heads;
        const auto embedding = randomValues(10 * columns, 41);
        auto builder = withEmbedding(embedding);
        std::vector<std::vector<float>> weights;
        const std::vector<float> bias = randomValues(hidden, 42);
        builder.addTensor("bias", {static_cast<std::int64_t>(hidden)}, bias);
        auto& ops = builder.header.program.ops;
        for (const std::string name : {"q", "k", "v"}) {
            weights.push_back(randomValues(hidden * columns, 43 + weights.size()));
            builder.addTensor(name + "w", {static_cast<std::int64_t>(hidden), std::int64_t{columns}}, weights.back());
            ops.push_back({"linear", {"e"}, name, {{"weight", name + "w"}, {"bias", "bias"}}, {}});
        }
        ops.push_back({"self_attention", {"q", "k", "v"}, "mixed", {}, {{"heads", std::to_string(heads)}}});
        addAnswer(builder, "mixed", hidden);
        for (const std::size_t tokens : {1, 2, 5, 7, 8, 9, 15, 16, 17, 32}) {
            const auto ids = someIds(tokens);
            std::vector<test::Rows> qkv(3);
            for (const Row& row : test::naiveEmbedding(embedding, columns, ids))
                for (std::size_t i = 0; i < 3; ++i)
                    qkv[i].push_back(test::naiveLinear(row, weights[i], bias, false));
            compareValue(builder, "mixed", ids, test::naiveAttention(qkv[0], qkv[1], qkv[2], heads), 1e-5);
        }
    }

    void encoderOpsRefuseWhatDoesNotFit_data()
    {
        QTest::addColumn<QString>("attribute");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        for (const char* heads : {"", "0", "-1", "5", "3x", "99999999999999999999"})
            QTest::addRow("heads '%s'", heads) << "heads" << heads << "'heads'";
        for (const char* epsilon : {"", "-1", "2", "nan", "0.1x"})
            QTest::addRow("epsilon '%s'", epsilon) << "epsilon" << epsilon << "'epsilon'";
        QTest::newRow("few positions") << "positions" << "31" << "knows 31 positions";
    }

    void encoderOpsRefuseWhatDoesNotFit()
    {
        QFETCH(QString, attribute);
        QFETCH(QString, value);
        QFETCH(QString, named);
        auto builder = withEmbedding(randomValues(10 * columns, 51));
        auto& ops = builder.header.program.ops;
        builder.addTensor("vector", {std::int64_t{columns}}, randomValues(columns, 52));
        builder.addTensor("table", {31, std::int64_t{columns}}, randomValues(31 * columns, 53));
        if (attribute == "heads")
            ops.push_back({"self_attention", {"e", "e", "e"}, "x", {}, {{"heads", value.toStdString()}}});
        else if (attribute == "epsilon")
            ops.push_back({"layer_norm", {"e"}, "x", {{"weight", "vector"}, {"bias", "vector"}}, {{"epsilon", value.toStdString()}}});
        else
            ops.push_back({"add_positions", {"e"}, "x", {{"position", "table"}, {"segment", "table"}}, {}});
        addAnswer(builder, "x", columns);
        const auto session = Session::fromBytes(builder.build());
        QVERIFY(!session.ok());
        QVERIFY2(QString::fromStdString(session.error().message()).contains(named), session.error().message().c_str());
    }

    void int8LinearIsWithinItsBound()
    {
        const auto embedding = randomValues(10 * columns, 13);
        auto builder = withEmbedding(embedding);
        const auto weight = randomValues(filters * columns * width, 14);
        const std::vector<float> bias(filters, 0);
        addConv(builder, "c", weight, bias, "none");
        const auto linear = randomValues(6 * filters, 15);
        const std::vector<float> linearBias(6, 0.25F);
        builder.addTensor("l", {6, std::int64_t{filters}}, linear, "i8");
        builder.addTensor("lb", {6}, linearBias);
        builder.header.program.ops.push_back({"linear", {"c"}, "out", {{"weight", "l"}, {"bias", "lb"}}, {}});
        setLabels(builder, 6);
        const auto ids = someIds(9);
        const Row features = test::naiveConvMax(test::naiveEmbedding(embedding, columns, ids), weight, bias, width, false);
        double magnitude = 0;
        for (const double x : features)
            magnitude = std::max(magnitude, std::fabs(x));
        // Half a step of each factor, over all products.
        const double bound = double(filters) * (magnitude / 254 + magnitude / 254 + 1e-4);
        compare(builder, ids, test::naiveLinear(features, linear, linearBias, false), bound);
    }
};

QTEST_GUILESS_MAIN(tst_OpCatalog)
#include "tst_OpCatalog.moc"
