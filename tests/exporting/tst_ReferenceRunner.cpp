// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/ReferenceRunner.h"

#include "engine/exporting/Answers.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <QTest>

using namespace espalier;

class tst_ReferenceRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void computesByHand();
    void padsShortSentences();
    void linearTakesEveryRow();
    void agreesWithTheModel();
    void namesWhatDoesNotFit();
};

namespace {

/// Two tokens of two numbers; one filter over two tokens; one over three.
edge::Program program()
{
    return {{{"embedding", {"ids"}, "e", {{"weight", "words"}}},
             {"conv1d_max", {"e"}, "two", {{"weight", "w2"}, {"bias", "b"}}, {{"activation", "relu"}}},
             {"conv1d_max", {"e"}, "three", {{"weight", "w3"}, {"bias", "b"}}, {{"activation", "none"}}},
             {"concat", {"two", "three"}, "features"},
             {"linear", {"features"}, "logits", {{"weight", "head"}, {"bias", "headBias"}}, {{"activation", "none"}}},
             {"softmax", {"logits"}, "answer"}}};
}

Weights tensors()
{
    return {{"words", {{4, 2}, {9, 9, 1, 2, 3, 4, -5, 6}}},
            {"w2", {{1, 2, 2}, {1, 10, 100, 1000}}}, // [filter][number][place]
            {"w3", {{1, 2, 3}, {-1, -1, -1, 0, 0, 0}}},
            {"b", {{1}, {0.5f}}},
            {"head", {{2, 2}, {0.001f, 0, 0, 1}}},
            {"headBias", {{2}, {0, 1}}}};
}

Result<ReferenceValues> runReference(const edge::Program& toRun, const Weights& weights, std::span<const std::int32_t> ids)
{
    ReferenceValues values;
    for (const auto& op : toRun.ops) {
        ESPALIER_TRY(values[op.output], runReferenceOp(op, weights, values, {ids}));
    }
    return values;
}

} // namespace

void tst_ReferenceRunner::computesByHand()
{
    const std::vector<std::int32_t> ids{1, 2, 0, 1};
    const auto values = runReference(program(), tensors(), ids);
    QVERIFY(values.ok());
    QCOMPARE(values->at("e").values, (std::vector<float>{1, 2, 3, 4, 0, 0, 1, 2})); // id 0 is a zero row
    // Places: 1*1+10*3+100*2+1000*4 = 4231; 1*3+100*4 = 403; 10*1+1000*2 = 2010.
    QCOMPARE(values->at("two").values, (std::vector<float>{4231.5f}));
    QCOMPARE(values->at("three").values, (std::vector<float>{-3.5f})); // the larger of -(1+3+0) and -(3+0+1), plus 0.5
    QCOMPARE(values->at("features").values, (std::vector<float>{4231.5f, -3.5f}));
    QCOMPARE(values->at("logits").values, (std::vector<float>{4.2315f, -2.5f}));
    const auto& answer = values->at("answer").values;
    QVERIFY(std::fabs(answer[0] - 1 / (1 + std::exp(-6.7315f))) < 1e-6f);
    QVERIFY(std::fabs(answer[0] + answer[1] - 1) < 1e-6f);
}

void tst_ReferenceRunner::padsShortSentences()
{
    const std::vector<std::int32_t> ids{3};
    const auto values = runReference(program(), tensors(), ids);
    QVERIFY(values.ok());
    QCOMPARE(values->at("two").values, (std::vector<float>{595.5f})); // 1*-5 + 100*6 + bias
    QCOMPARE(values->at("three").values, (std::vector<float>{5.5f}));
}

void tst_ReferenceRunner::linearTakesEveryRow()
{
    const edge::Program perToken{{{"embedding", {"ids"}, "e", {{"weight", "words"}}},
                                  {"linear", {"e"}, "out", {{"weight", "head"}, {"bias", "headBias"}}, {{"activation", "gelu"}}}}};
    const std::vector<std::int32_t> ids{1, 0};
    const auto values = runReference(perToken, tensors(), ids);
    QVERIFY(values.ok());
    QCOMPARE(values->at("out").rows, std::size_t{2});
    const std::vector<double> before{0.001, 3, 0, 1};
    for (std::size_t i = 0; i < before.size(); ++i)
        QVERIFY(std::fabs(static_cast<double>(values->at("out").values[i]) - before[i] * 0.5 * (1 + std::erf(before[i] / std::sqrt(2.0)))) < 1e-6);
}

void tst_ReferenceRunner::agreesWithTheModel()
{
    const Checkpoint checkpoint = test::randomCheckpoint({});
    const std::vector<std::string> sentences{"word2", "word3 word4", "word5 nobody word7 word8 word9 word10 word11", "", "word12 word13 word14"};
    RunContext context;
    const auto engine = engineAnswers(checkpoint, sentences, context);
    QVERIFY(engine.ok());
    const edge::Program lowered = (*modelCatalog().get("textcnn"))->lower(checkpoint.model);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        std::vector<std::int32_t> ids;
        checkpoint.tokenizer.encode(sentences[i], ids);
        const auto values = runReference(lowered, checkpoint.weights, ids);
        QVERIFY(values.ok());
        const auto& answer = values->at(lowered.ops.back().output).values;
        for (std::size_t k = 0; k < answer.size(); ++k)
            QVERIFY(std::fabs(answer[k] - engine->of(i)[k]) < 1e-5f);
    }
}

void tst_ReferenceRunner::namesWhatDoesNotFit()
{
    const std::vector<std::int32_t> ids{1, 2};
    Weights wrong = tensors();
    wrong["head"] = {{2, 3}, {1, 2, 3, 4, 5, 6}};
    const auto misfit = runReference(program(), wrong, ids);
    QVERIFY(!misfit.ok());
    QVERIFY(QString::fromStdString(misfit.error().detail).contains("'logits'"));
    wrong.erase("head");
    QVERIFY(!runReference(program(), wrong, ids).ok());
    QVERIFY(!runReference({{{"dream", {"ids"}, "x"}}}, tensors(), ids).ok());
    const std::vector<std::int32_t> unknown{99};
    QVERIFY(!runReference(program(), tensors(), unknown).ok());
}

QTEST_GUILESS_MAIN(tst_ReferenceRunner)
#include "tst_ReferenceRunner.moc"
