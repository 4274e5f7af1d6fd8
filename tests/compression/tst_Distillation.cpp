// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Distillation.h"

#include "engine/evaluation/TaskHead.h"
#include "engine/models/Crf.h"
#include "tests/exporting/ModelCheckpoints.h"
#include "tests/training/TaskData.h"

#include <QtTest>

using namespace espalier;

namespace {

/// A model of its own, from a checkpoint's weights.
std::shared_ptr<TextModel> moduleOf(const Checkpoint& checkpoint)
{
    auto model = (*modelCatalog().get(checkpoint.model.architecture))->create(checkpoint.model);
    if (!setWeights(*model, checkpoint.weights))
        throw std::runtime_error("the weights do not fit");
    model->eval();
    return model;
}

/// Sentences with whatever labels the task has; the checkpoint's tokenizer knows none of their words.
EncodedExamples examplesOf(const Checkpoint& checkpoint)
{
    std::vector<Example> rows;
    for (const char* text : {"word1 word2 word3", "word4", "word5 word6"})
        rows.push_back(unlabelled(text, checkpoint.model.task, checkpoint.tokenizer, checkpoint.labels));
    return *encodeExamples(ExampleTable(rows), checkpoint.tokenizer, checkpoint.labels, {}, checkpoint.model.task);
}

const std::vector<std::uint32_t> all{0, 1, 2};

/// KL(p || q) of two fields over all sequences of a sentence's tags, one by one.
double divergenceByHand(const CrfImpl::Scores& p, const CrfImpl::Scores& q, std::int64_t words)
{
    const std::int64_t tags = p.logits.size(2);
    const auto scoreOf = [&](const CrfImpl::Scores& field, std::int64_t sequence) {
        double score = 0;
        std::int64_t before = -1;
        for (std::int64_t word = 0; word < words; ++word, sequence /= tags) {
            const std::int64_t tag = sequence % tags;
            score += field.logits[0][word][tag].item<double>();
            score += before < 0 ? field.start[tag].item<double>() : field.transitions[before * tags + tag].item<double>();
            before = tag;
        }
        return score + field.end[before].item<double>();
    };
    const auto count = static_cast<std::int64_t>(std::llround(std::pow(tags, words)));
    torch::Tensor scores = torch::empty({2, count}, torch::kFloat64);
    for (std::int64_t s = 0; s < count; ++s) {
        scores[0][s] = scoreOf(p, s);
        scores[1][s] = scoreOf(q, s);
    }
    return softmaxDivergence(scores[0], scores[1]).item<double>();
}

} // namespace

class tst_Distillation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// p = (0.9, 0.1) against q = (0.5, 0.5): 0.9 ln 1.8 + 0.1 ln 0.2 = 0.368064; the gradient in the logits is q - p, divided by T.
    void matchesTheHandComputedCase()
    {
        const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
        const auto model = moduleOf(checkpoint);
        const EncodedExamples examples = examplesOf(checkpoint);
        constexpr double temperature = 2;
        const torch::Tensor teacher = torch::tensor({{0.9F, 0.1F}}).log() * temperature;
        const torch::Tensor student = torch::zeros({1, 2}).requires_grad_(true);
        const BatchLogits p{*model, teacher, examples, std::span(all).first(1)};
        const BatchLogits q{*model, student, examples, std::span(all).first(1)};
        const torch::Tensor divergence = TaskHead::of(Task::SingleLabel).divergence(q, p, temperature);
        QVERIFY(std::abs(divergence.item<double>() - 0.368064) < 1e-6);
        divergence.backward();
        QVERIFY(std::abs(student.grad()[0][0].item<double>() + 0.2) < 1e-6);
        QVERIFY(std::abs(student.grad()[0][1].item<double>() - 0.2) < 1e-6);
        // Two labels, yes with 0.9 where the student says 0.5, and both sure of the other: the same number.
        const BatchLogits yes{*model, torch::tensor({{std::log(9.0F), 3.0F}}), examples, std::span(all).first(1)};
        const BatchLogits unsure{*model, torch::tensor({{0.0F, 3.0F}}), examples, std::span(all).first(1)};
        QVERIFY(std::abs(TaskHead::of(Task::MultiLabel).divergence(unsure, yes, 1).item<double>() - 0.368064) < 1e-6);
    }

    /// alpha T^2 KL + (1 - alpha) task loss.
    void weighsTeacherAndLabels()
    {
        const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
        const auto student = moduleOf(checkpoint);
        const EncodedExamples examples = examplesOf(checkpoint);
        const TextBatch batch = makeBatch(examples.ids, all);
        const auto distillation = makeDistillation(checkpoint, {.weight = 0.25, .temperature = 3});
        QVERIFY(distillation);
        RunContext context;
        QVERIFY((*distillation)->begin(*student, context));
        const torch::Tensor own = student->forward(batch.ids, batch.lengths);
        const torch::Tensor logits = (own + torch::arange(4)).detach();
        const BatchLogits answers{*student, logits, examples, all};
        const double divergence = softmaxDivergence(own / 3, logits / 3).mean().item<double>();
        QVERIFY(divergence > 0.01);
        const double loss = (*distillation)->loss(torch::tensor(8.0F), answers, batch).item<double>();
        QVERIFY2(std::abs(loss - (0.25 * 9 * divergence + 0.75 * 8)) < 1e-5, qPrintable(QString::number(loss)));
    }

    void equalModelsAreNoDistanceApart_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("task");
        QTest::addColumn<bool>("crf");
        QTest::addColumn<double>("hidden");
        QTest::newRow("classes") << "textcnn" << int(Task::SingleLabel) << false << 0.0;
        QTest::newRow("labels") << "textcnn" << int(Task::MultiLabel) << false << 0.0;
        QTest::newRow("tags") << "bilstm" << int(Task::TokenTags) << false << 0.0;
        QTest::newRow("tags with CRF") << "bilstm" << int(Task::TokenTags) << true << 0.0;
        QTest::newRow("hidden states") << "transformer" << int(Task::SingleLabel) << false << 1.0;
    }
    /// With the teacher alone in the loss it is zero, and so is its gradient; from other weights both are not.
    void equalModelsAreNoDistanceApart()
    {
        QFETCH(QString, architecture);
        QFETCH(int, task);
        QFETCH(bool, crf);
        QFETCH(double, hidden);
        const Checkpoint teacher = test::randomCheckpointOf(architecture.toStdString(), static_cast<Task>(task), architecture == "bilstm" ? Parameters{{"crf", crf}} : Parameters{});
        const EncodedExamples examples = examplesOf(teacher);
        const TextBatch batch = makeBatch(examples.ids, all);
        const auto distillation = makeDistillation(teacher, {.weight = 1, .temperature = 2, .hiddenWeight = hidden});
        QVERIFY2(distillation, distillation ? "" : distillation.error().message().c_str());
        for (const bool equal : {true, false}) {
            Checkpoint other = teacher;
            if (!equal)
                for (auto& [name, tensor] : other.weights)
                    for (std::size_t i = name == "embedding.weight" ? 12 : 0; i < tensor.values.size(); i += 3)
                        tensor.values[i] += 0.3F;
            const auto student = moduleOf(other);
            RunContext context;
            QVERIFY((*distillation)->begin(*student, context));
            const BatchLogits answers{*student, student->forward(batch.ids, batch.lengths), examples, all};
            const torch::Tensor loss = (*distillation)->loss(torch::zeros({}), answers, batch);
            loss.backward();
            double largest = 0;
            for (const torch::Tensor& parameter : student->parameters())
                if (parameter.grad().defined())
                    largest = std::max(largest, parameter.grad().to_dense().abs().max().item<double>());
            QCOMPARE(std::abs(loss.item<double>()) < 1e-4, equal);
            QCOMPARE(largest < 1e-4, equal);
        }
    }

    /// Against the sum over all 4^3 sequences, and its gradient against differences.
    void sequencesOfTagsAreComparedAsAWhole()
    {
        torch::manual_seed(4);
        const auto field = [] { return CrfImpl::Scores{torch::randn({1, 3, 4}), torch::randn({16}), torch::randn({4}), torch::randn({4})}; };
        const CrfImpl::Scores p = field();
        CrfImpl::Scores q = field();
        const torch::Tensor length = torch::full({1}, 3, torch::kInt64);
        q.transitions.requires_grad_(true);
        const torch::Tensor found = CrfImpl::divergence(p, q, length, torch::ones({1}));
        const double expected = divergenceByHand(p, q, 3);
        QVERIFY2(std::abs(found.item<double>() - expected) < 1e-4, qPrintable(QString("%1 %2").arg(found.item<double>()).arg(expected)));
        found.backward();
        const double slope = q.transitions.grad()[5].item<double>();
        q.transitions = q.transitions.detach();
        q.transitions[5] += 0.01;
        const double above = divergenceByHand(p, q, 3);
        q.transitions[5] -= 0.02;
        QVERIFY(std::abs(slope - (above - divergenceByHand(p, q, 3)) / 0.02) < 1e-3);
        QCOMPARE(CrfImpl::divergence(p, q, length, torch::zeros({1})).item<double>(), 0.0);
    }

    void refuses_data()
    {
        QTest::addColumn<DistillationOptions>("options");
        QTest::addColumn<QString>("named");
        QTest::newRow("weight") << DistillationOptions{.weight = 1.5} << "'distillation_weight' is 1.5";
        QTest::newRow("temperature") << DistillationOptions{.temperature = 0} << "'temperature' is 0";
        QTest::newRow("hidden, negative") << DistillationOptions{.hiddenWeight = -1} << "'hidden_weight' is -1";
        QTest::newRow("no layers") << DistillationOptions{.hiddenWeight = 1} << "textcnn has no layers of hidden states";
    }
    void refuses()
    {
        QFETCH(DistillationOptions, options);
        QFETCH(QString, named);
        const auto made = makeDistillation(test::randomCheckpointOf("textcnn", Task::SingleLabel), options);
        QVERIFY(!made);
        QVERIFY2(QString::fromStdString(made.error().message()).contains(named), made.error().message().c_str());
        QVERIFY(!made.error().remedy.empty());
    }
};

QTEST_GUILESS_MAIN(tst_Distillation)
#include "tst_Distillation.moc"
