// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/GroupImportance.h"

#include "tests/compression/LabelledSentences.h"
#include "tests/compression/ShrinkCases.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace espalier;
using test::addCases;
using test::checkpointOf;
using test::groupsOf;
using test::halves;
using test::zero;

class tst_GroupImportance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void taylorIsTheSlopeOfTheLoss_data() { addCases(); }
    void taylorIsTheSlopeOfTheLoss();
    void magnitudeIsTheNormOfAGroup();
    void randomGoesByItsSeed();
    void anUnknownScoreIsRefused();
};

namespace {

/// The change of the loss where everything that reads @p group of @p set is multiplied by 1 + a step, over that step.
double slopeOf(const Checkpoint& checkpoint, const EncodedExamples& encoded, const GroupSet& set, std::int64_t group)
{
    const double step = 0.02;
    double loss[2];
    RunContext context;
    for (int side = 0; side < 2; ++side) {
        Checkpoint changed = checkpoint;
        for (const GroupSlice& slice : set.slices) {
            if (!slice.outgoing)
                continue;
            Tensor without = changed.weights.at(slice.tensor);
            zero(without, slice, group);
            auto& values = changed.weights.at(slice.tensor).values;
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] += (values[i] - without.values[i]) * static_cast<float>(side == 0 ? -step : step);
        }
        loss[side] = Classifier::create(changed)->predict(encoded, context)->meanLoss;
    }
    return std::fabs(loss[1] - loss[0]) / (2 * step);
}

} // namespace

/// Of one batch, against differences of the loss itself.
void tst_GroupImportance::taylorIsTheSlopeOfTheLoss()
{
    QFETCH(int, index);
    const Checkpoint checkpoint = checkpointOf(index);
    const ExampleTable examples = test::labelledSentences(checkpoint, 30);
    const auto smaller = shrunkModel(checkpoint.model, halves(checkpoint.model));
    QVERIFY(smaller);
    RunContext context;
    const auto table = scoreGroups(checkpoint, *smaller, {.score = "taylor"}, examples, context);
    QVERIFY2(table, table ? "" : table.error().message().c_str());
    const auto encoded = encodeKnownExamples(checkpoint, examples, "training");
    for (const GroupKind& kind : groupsOf(checkpoint.model).kinds) {
        QCOMPARE(table->contains(kind.parameter), !kind.inOrder);
        for (std::size_t s = 0; s < kind.sets.size() && !kind.inOrder; ++s) {
            const auto& scores = table->at(kind.parameter)[s];
            QCOMPARE(static_cast<std::int64_t>(scores.size()), kind.sets[s].count);
            const auto group = std::max_element(scores.begin(), scores.end()) - scores.begin();
            const double score = scores[static_cast<std::size_t>(group)];
            const double slope = slopeOf(checkpoint, *encoded, kind.sets[s], group);
            QVERIFY2(std::fabs(slope - score) < 0.05 * slope + 2e-3, qPrintable(QString("%1 of set %2: %3 for %4").arg(kind.parameter.c_str()).arg(s).arg(score).arg(slope)));
        }
    }
}

void tst_GroupImportance::magnitudeIsTheNormOfAGroup()
{
    const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
    const auto smaller = shrunkModel(checkpoint.model, {{"filters", {.count = 2}}});
    RunContext context;
    const auto table = scoreGroups(checkpoint, *smaller, {.score = "magnitude"}, {}, context);
    QVERIFY(table);
    const GroupSet set = groupsOf(checkpoint.model).kinds.front().sets[1];
    Checkpoint without = checkpoint;
    for (const GroupSlice& slice : set.slices)
        zero(without.weights.at(slice.tensor), slice, 3);
    double squares = 0;
    for (const auto& [name, tensor] : checkpoint.weights)
        for (std::size_t i = 0; i < tensor.values.size(); ++i)
            squares += std::pow(static_cast<double>(tensor.values[i] - without.weights.at(name).values[i]), 2);
    QVERIFY(std::fabs(table->at("filters")[1][3] - std::sqrt(squares)) < 1e-4);
}

void tst_GroupImportance::randomGoesByItsSeed()
{
    const Checkpoint checkpoint = test::randomCheckpointOf("bigru", Task::SingleLabel);
    const auto smaller = shrunkModel(checkpoint.model, {{"recurrent_size", {.count = 3}}});
    RunContext context;
    const auto scores = [&](std::uint64_t seed) { return scoreGroups(checkpoint, *smaller, {.score = "random", .seed = seed}, {}, context).value(); };
    QVERIFY(scores(1) == scores(1));
    QVERIFY(scores(1) != scores(2));
    const auto one = scores(1).at("recurrent_size");
    QVERIFY(one[0] != one[1]);
}

void tst_GroupImportance::anUnknownScoreIsRefused()
{
    const Checkpoint checkpoint = test::randomCheckpointOf("transformer", Task::SingleLabel);
    const auto smaller = shrunkModel(checkpoint.model, {{"heads", {.count = 1}}});
    RunContext context;
    const auto scores = scoreGroups(checkpoint, *smaller, {.score = "taste"}, {}, context);
    QVERIFY(!scores);
    QVERIFY(QString::fromStdString(scores.error().message()).contains("magnitude, taylor, random"));
}

QTEST_GUILESS_MAIN(tst_GroupImportance)
#include "tst_GroupImportance.moc"
