// SPDX-License-Identifier: GPL-3.0-or-later
// A shrunk model computes what the dense one computes where the groups that went are zero; for every architecture that publishes groups.
#include "engine/compression/Pruning.h"
#include "engine/evaluation/Classifier.h"
#include "tests/compression/ShrinkCases.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace espalier;
using test::addCases;
using test::checkpointOf;
using test::groupsOf;
using test::halves;
using test::zero;

class tst_Shrinking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void computesWhatZeroedGroupsLeave_data();
    void computesWhatZeroedGroupsLeave();
    void upperLayersOfAnEncoderLeaveTheOthersAsTheyWere_data();
    void upperLayersOfAnEncoderLeaveTheOthersAsTheyWere();
    void upperRecurrentLayersGoWhole();
    void countsAreWhatArithmeticSays();
    void masksAreCarriedThrough_data();
    void masksAreCarriedThrough();
    void longSentencesAreCutWherePositionsEnd();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void refusesScoresThatAreNoNumbers();
};

namespace {

GroupScoreTable randomScores(const ModelSpec& model)
{
    GroupScoreTable table;
    Random random(17);
    for (const GroupKind& kind : groupsOf(model).kinds)
        for (const GroupSet& set : kind.sets) {
            auto& scores = table[kind.parameter].emplace_back(static_cast<std::size_t>(set.count));
            std::generate(scores.begin(), scores.end(), [&] { return random.uniform(); });
        }
    return table;
}

/// @p checkpoint with all weights at zero of the groups that do not stay in @p smaller.
Checkpoint zeroed(Checkpoint checkpoint, const ModelSpec& smaller, const GroupScoreTable& scores)
{
    for (const GroupKind& kind : groupsOf(checkpoint.model).kinds) {
        const auto kept = smaller.parameters.at(kind.parameter).get<std::int64_t>();
        for (std::size_t s = 0; s < kind.sets.size() && kept < kind.sets[s].count; ++s) {
            const auto& own = scores.at(kind.parameter)[s];
            auto sorted = own;
            std::sort(sorted.begin(), sorted.end(), std::greater<>());
            for (std::int64_t group = 0; group < kind.sets[s].count; ++group)
                if (own[static_cast<std::size_t>(group)] < sorted[static_cast<std::size_t>(kept - 1)])
                    for (const GroupSlice& slice : kind.sets[s].slices)
                        zero(checkpoint.weights.at(slice.tensor), slice, group);
        }
    }
    return checkpoint;
}

std::vector<float> answers(const Checkpoint& checkpoint, const std::vector<std::string>& sentences = test::randomSentences(40))
{
    std::vector<Example> examples;
    for (const std::string& text : sentences)
        examples.push_back(unlabelled(text, checkpoint.model.task, checkpoint.tokenizer, checkpoint.labels));
    RunContext context;
    const auto encoded = encodeExamples(examples, checkpoint.tokenizer, checkpoint.labels, {}, checkpoint.model.task);
    auto classifier = Classifier::create(checkpoint);
    if (!encoded || !classifier)
        throw std::runtime_error(encoded ? classifier.error().message() : encoded.error().message());
    return classifier->predict(*encoded, context)->probabilities;
}

void compareAnswers(const std::vector<float>& found, const std::vector<float>& expected)
{
    QCOMPARE(found.size(), expected.size());
    float spread = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        QVERIFY2(std::fabs(found[i] - expected[i]) < 2e-4F, qPrintable(QString("%1: %2 in place of %3").arg(i).arg(found[i]).arg(expected[i])));
        spread = std::max(spread, std::fabs(expected[i] - expected[0]));
    }
    QVERIFY(spread > 0.1F); // answers that are all alike would prove nothing
}

std::int64_t weightsIn(const Checkpoint& checkpoint)
{
    std::int64_t count = 0;
    for (const auto& [name, tensor] : checkpoint.weights)
        count += static_cast<std::int64_t>(tensor.values.size());
    return count;
}

/// Both, or the error as a failure of the test.
Checkpoint shrunk(const Checkpoint& checkpoint, const KeptAmounts& keep, const GroupScoreTable& scores)
{
    const auto smaller = shrunkModel(checkpoint.model, keep);
    if (!smaller)
        throw std::runtime_error(smaller.error().message());
    auto made = shrink(checkpoint, *smaller, scores);
    if (!made)
        throw std::runtime_error(made.error().message());
    return *made;
}

void checkShapes(const Checkpoint& checkpoint)
{
    const TensorShapes shapes = (*modelCatalog().get(checkpoint.model.architecture))->shapes(checkpoint.model);
    QCOMPARE(checkpoint.weights.size(), shapes.size());
    for (const auto& [name, shape] : shapes) {
        QVERIFY2(checkpoint.weights.contains(name), name.c_str());
        QCOMPARE(checkpoint.weights.at(name).shape, shape);
        QCOMPARE(static_cast<std::int64_t>(checkpoint.weights.at(name).values.size()), std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()));
    }
}

} // namespace

void tst_Shrinking::computesWhatZeroedGroupsLeave_data()
{
    addCases();
}

void tst_Shrinking::computesWhatZeroedGroupsLeave()
{
    QFETCH(int, index);
    const Checkpoint dense = checkpointOf(index);
    const GroupScoreTable scores = randomScores(dense.model);
    const Checkpoint made = shrunk(dense, halves(dense.model), scores);
    checkShapes(made);
    QVERIFY(weightsIn(made) < weightsIn(dense));
    compareAnswers(answers(made), answers(zeroed(dense, made.model, scores)));
}

void tst_Shrinking::upperLayersOfAnEncoderLeaveTheOthersAsTheyWere_data()
{
    QTest::addColumn<QString>("norm");
    QTest::newRow("pre") << "pre";
    QTest::newRow("post") << "post";
}

/// A layer whose parts add nothing is as good as gone. With post-norm its norms still act; those of norms alone change nothing.
void tst_Shrinking::upperLayersOfAnEncoderLeaveTheOthersAsTheyWere()
{
    QFETCH(QString, norm);
    Checkpoint dense = test::randomCheckpointOf("transformer", Task::SingleLabel, {{"layers", 4}, {"norm", norm.toStdString()}});
    for (auto& [name, tensor] : dense.weights)
        if (norm == "post" && name.find("LayerNorm") != std::string::npos)
            std::fill(tensor.values.begin(), tensor.values.end(), name.ends_with("weight") ? 1.0F : 0.0F);
    Checkpoint idle = dense;
    for (const char* layer : {"2", "3"})
        for (const char* part : {"attention.output.dense.", "output.dense."})
            for (const char* role : {"weight", "bias"}) {
                auto& values = idle.weights.at(std::string("encoder.layer.") + layer + "." + part + role).values;
                std::fill(values.begin(), values.end(), 0.0F);
            }
    const Checkpoint made = shrunk(dense, {{"layers", {.count = 2}}}, {});
    checkShapes(made);
    QCOMPARE(made.model.parameters.at("layers").get<int>(), 2);
    compareAnswers(answers(made), answers(idle));
}

void tst_Shrinking::upperRecurrentLayersGoWhole()
{
    const Checkpoint dense = test::randomCheckpointOf("bilstm", Task::TokenTags, {{"recurrent_layers", 3}});
    const Checkpoint made = shrunk(dense, {{"recurrent_layers", {.count = 1}}}, {});
    checkShapes(made);
    for (const auto& [name, tensor] : made.weights)
        QVERIFY2(tensor == dense.weights.at(name), name.c_str());
    QVERIFY(!answers(made).empty());
}

/// Half the heads and feed-forward columns of four layers of 256.
void tst_Shrinking::countsAreWhatArithmeticSays()
{
    const Checkpoint dense = test::randomCheckpointOf("transformer", Task::SingleLabel,
                                                      {{"layers", 4}, {"hidden_size", 256}, {"heads", 8}, {"ffn_size", 1024}, {"max_positions", 64}});
    const Checkpoint made = shrunk(dense, {{"heads", {.share = 0.5}}, {"ffn_size", {.count = 512}}, {"max_positions", {.count = 48}}}, randomScores(dense.model));
    const std::int64_t head = 32 * (3 * (256 + 1) + 256); // queries, keys and values with their biases; columns of the output
    const std::int64_t column = 256 + 1 + 256;
    QCOMPARE(weightsIn(dense) - weightsIn(made), 4 * (4 * head + 512 * column) + 16 * 256);
    QCOMPARE(made.model.parameters.at("head_size").get<int>(), 32);
    const auto again = modelSpecFromJson(toJson(made.model));
    QVERIFY(again);
    QCOMPARE(toJson(*again), toJson(made.model));
}

void tst_Shrinking::masksAreCarriedThrough_data()
{
    addCases();
}

/// A mask stays with its weights; and what was shrunk can be pruned further.
void tst_Shrinking::masksAreCarriedThrough()
{
    QFETCH(int, index);
    const auto pruned = prune(checkpointOf(index), {.sparsity = 0.5});
    QVERIFY(pruned);
    const Checkpoint made = shrunk(*pruned, halves(pruned->model), randomScores(pruned->model));
    QCOMPARE(made.masks.size(), pruned->masks.size());
    for (const auto& [name, mask] : made.masks) {
        const auto& values = made.weights.at(name).values;
        QCOMPARE(mask.size(), values.size());
        for (std::size_t i = 0; i < mask.size(); ++i)
            QVERIFY2((mask[i] == 0) == (values[i] == 0) || name == "embedding.weight", name.c_str()); // random weights are never zero; the padding's row is
    }
    const auto further = prune(made, {.sparsity = 0.9});
    QVERIFY2(further, further ? "" : further.error().message().c_str());
    QVERIFY(further->sparsity() > 0.85);
}

void tst_Shrinking::longSentencesAreCutWherePositionsEnd()
{
    const Checkpoint dense = test::randomCheckpointOf("transformer", Task::SingleLabel);
    const Checkpoint made = shrunk(dense, {{"max_positions", {.count = 5}}}, {});
    checkShapes(made);
    QCOMPARE(made.tokenizer.spec().maxLength, 5);
    QCOMPARE(made.tokenizer.vocabulary(), dense.tokenizer.vocabulary());
    const std::string five = "word3 word9 word11 word4 word20";
    compareAnswers(answers(made, {five + " word7 word8", "word5 word6"}), answers(dense, {five, "word5 word6"}));
    QVERIFY(checkTextLength(made.model, made.tokenizer.spec().maxLength));
}

void tst_Shrinking::refusesWhatCannotBe_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("said");
    QTest::newRow("more heads than there are") << "transformer" << "heads" << 1.0 << 4 << "'heads' is 4, and the model has 3.|from 1 to 3";
    QTest::newRow("no head left") << "transformer" << "heads" << 1.0 << 0 << "'heads' is 0, which leaves none|from 1 to 3";
    QTest::newRow("too small a share") << "transformer" << "heads" << 0.1 << -1 << "'heads' is 10.0%, which leaves none of 3|from 1 to 3";
    QTest::newRow("a share above one") << "transformer" << "ffn_size" << 1.5 << -1 << "'ffn_size' is 150.0%";
    QTest::newRow("more layers than there are") << "bilstm" << "recurrent_layers" << 1.0 << 3 << "'recurrent_layers' is 3, and the model has 2.";
    QTest::newRow("filters of a Transformer") << "transformer" << "filters" << 0.5 << -1 << "'filters'|Transformer|heads, ffn_size, max_positions, layers";
    QTest::newRow("heads of a TextCNN") << "textcnn" << "heads" << 0.5 << -1 << "'heads'|TextCNN|filters";
    QTest::newRow("a model without groups") << "ngram" << "heads" << 0.5 << -1 << "'heads'|Prune";
    QTest::newRow("nothing goes") << "transformer" << "heads" << 1.0 << -1 << "Nothing|heads, ffn_size";
}

void tst_Shrinking::refusesWhatCannotBe()
{
    QFETCH(QString, architecture);
    QFETCH(QString, parameter);
    QFETCH(double, share);
    QFETCH(int, count);
    QFETCH(QString, said);
    const ModelSpec model = test::randomCheckpointOf(architecture.toStdString(), Task::SingleLabel).model;
    KeptAmount amount{.share = share};
    if (count >= 0)
        amount.count = count;
    const auto smaller = shrunkModel(model, {{parameter.toStdString(), amount}});
    QVERIFY(!smaller);
    const QString message = QString::fromStdString(smaller.error().message());
    for (const QString& part : said.split('|'))
        QVERIFY2(message.contains(part), qPrintable(message));
}

void tst_Shrinking::refusesScoresThatAreNoNumbers()
{
    const Checkpoint dense = test::randomCheckpointOf("transformer", Task::SingleLabel);
    const auto smaller = shrunkModel(dense.model, {{"heads", {.count = 1}}});
    auto scores = randomScores(dense.model);
    scores.at("heads")[1][2] = std::nan("");
    QVERIFY(!shrink(dense, *smaller, scores));
    QVERIFY(!shrink(dense, *smaller, {}));
}

QTEST_GUILESS_MAIN(tst_Shrinking)
#include "tst_Shrinking.moc"
