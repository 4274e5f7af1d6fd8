// SPDX-License-Identifier: GPL-3.0-or-later
// Our masks against those of torch.nn.utils.prune, for the same weights. Skipped where Python's torch is not installed.
#include "engine/compression/Pruning.h"

#include "engine/compression/Ranking.h"
#include "engine/core/SafeFile.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

class tst_TorchParity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void masksAreTorchs();
};

namespace {

struct Case {
    std::vector<std::string> tensors;
    std::vector<PruneOptions> prunings; ///< one after the other
    Json torch = Json::array();         ///< the same for Python
};

constexpr int caseCount = 60;

/// Half of an odd number of elements must be rounded as Python does, so every fifth case has odd sizes.
std::int64_t size(Random& random, std::uint64_t most, bool odd)
{
    return static_cast<std::int64_t>(1 + random.below(most)) | static_cast<std::int64_t>(odd);
}

Tensor randomTensor(std::vector<std::int64_t> shape, float scale, Random& random)
{
    Tensor tensor{std::move(shape), {}};
    std::int64_t count = 1;
    for (const auto dimension : tensor.shape)
        count *= dimension;
    for (std::int64_t n = 0; n < count; ++n)
        tensor.values.push_back(scale * test::normal(random));
    return tensor;
}

void addTensors(Case& item, int number, bool together, Random& random, Weights& weights)
{
    const int tensors = together ? 1 + static_cast<int>(random.below(4)) : 1;
    for (int t = 0; t < tensors; ++t) {
        const bool odd = number % 5 == 0;
        std::vector<std::int64_t> shape{size(random, 30, odd), size(random, 30, odd)};
        if (number % 3 != 2)
            shape.push_back(size(random, 5, odd));
        item.tensors.push_back("case" + std::to_string(number) + "." + std::to_string(t));
        weights[item.tensors.back()] = randomTensor(std::move(shape), static_cast<float>(t + 1), random);
    }
}

/// Negated, since torch prunes the largest draws and we the lowest scores.
void addDraws(const Case& item, std::uint64_t seed, Weights& weights)
{
    for (const auto& name : item.tensors) {
        Tensor draws = weights.at(name);
        draws.values = (*scorerCatalog().get("random"))->score({draws, nullptr, tensorSeed(seed, name)});
        for (float& draw : draws.values)
            draw = -draw;
        weights["draws." + std::to_string(item.prunings.size()) + "." + name] = std::move(draws);
    }
}

/// Elements, or slices, that are certain to be there.
std::size_t smallCount(const Case& item, const Weights& weights, int dimension)
{
    const auto& shape = weights.at(item.tensors.front()).shape;
    return static_cast<std::size_t>(dimension < 0 ? shape[0] : shape[static_cast<std::size_t>(dimension)]) / 3;
}

/// Kind 0: l1, 1: global, 2: random, from 3: ln of each norm along each dimension.
void addPruning(Case& item, int kind, Random& random, Weights& weights)
{
    static const std::array<std::string, 3> norms{"l1", "l2", "max"};
    static const std::array<std::string, 3> slices{"rows", "columns", "taps"};
    const auto dimensions = static_cast<int>(weights.at(item.tensors.front()).shape.size());
    const int norm = (kind - 3) / 3;
    const int dimension = kind < 3 ? -1 : (kind - 3) % 3 % dimensions;
    PruneOptions options{.ofRemaining = true, .allowEmptied = true};
    options.sparsity = random.below(4) == 0 ? 0.5 : random.uniform();
    if (random.below(4) == 0)
        options.count = smallCount(item, weights, dimension);
    Json torch{{"amount", options.count ? Json(*options.count) : Json(options.sparsity)}, {"kind", kind == 0 ? "l1" : kind == 1 ? "global" : kind == 2 ? "random" : "ln"}};
    if (kind == 1)
        options.method = "global";
    if (kind == 2) {
        options.score = "random";
        options.seed = random.next() >> 12;
        addDraws(item, options.seed, weights);
    }
    if (kind >= 3) {
        options.pattern = slices.at(static_cast<std::size_t>(dimension)) + "_" + norms.at(static_cast<std::size_t>(norm));
        torch["dim"] = dimension;
        torch["n"] = norm == 2 ? Json("inf") : Json(norm + 1);
    }
    item.prunings.push_back(options);
    item.torch.push_back(torch);
}

/// Every kind alone (each ln_structured of nine twice), then each followed by another.
std::vector<Case> generateCases(Weights& weights)
{
    Random random(20);
    std::vector<Case> cases;
    for (int i = 0; i < caseCount; ++i) {
        Case item;
        const int first = i % 12;
        const int second = i < 30 ? -1 : static_cast<int>(random.below(12));
        addTensors(item, i, first == 1 || second == 1, random, weights);
        addPruning(item, first, random, weights);
        if (second >= 0)
            addPruning(item, second, random, weights);
        cases.push_back(std::move(item));
    }
    return cases;
}

std::string jobsText(const std::vector<Case>& cases)
{
    Json jobs = Json::array();
    for (const auto& item : cases)
        jobs.push_back({{"tensors", item.tensors}, {"prunings", item.torch}});
    return dumpJson(jobs);
}

Result<std::string> ourMasks(Weights weights, const Case& item)
{
    std::vector<PrunableTensor> tensors;
    for (const auto& name : item.tensors)
        tensors.push_back({name, "linear"});
    Masks masks;
    for (const auto& options : item.prunings) {
        ESPALIER_TRY(PruneOutcome outcome, computeMasks(weights, masks, tensors, options));
        masks = std::move(outcome.masks);
        ESPALIER_CHECK(applyMasks(weights, masks));
    }
    std::string bytes;
    for (const auto& name : item.tensors)
        bytes.append(masks.at(name).begin(), masks.at(name).end());
    return bytes;
}

} // namespace

void tst_TorchParity::masksAreTorchs()
{
    const QString python = "/usr/bin/python3";
    if (QProcess::execute(python, {"-c", "import torch"}) != 0)
        QSKIP("Python's torch is not installed (Debian: python3-torch), so there is nothing to compare with.");
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(name); };
    Weights weights;
    const auto cases = generateCases(weights);
    QVERIFY(writeSafetensors(path("weights.safetensors").toStdString(), weights, {}).ok());
    QVERIFY(writeFileSafely(path("jobs.json").toStdString(), jobsText(cases)).ok());
    const QString script = ESPALIER_SOURCE_DIR "/tests/compression/fixtures/torch_masks.py";
    QCOMPARE(QProcess::execute(python, {script, path("weights.safetensors"), path("jobs.json"), path("masks")}), 0);

    const auto theirs = readFile(path("masks").toStdString());
    QVERIFY(theirs.ok());
    std::size_t at = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto ours = ourMasks(weights, cases[i]);
        QVERIFY2(ours.ok(), ours.ok() ? "" : ours.error().message().c_str());
        QVERIFY2(theirs->compare(at, ours->size(), *ours) == 0, qPrintable(QString("case %1: %2").arg(i).arg(dumpJson(cases[i].torch).c_str())));
        at += ours->size();
    }
    QCOMPARE(at, theirs->size());
}

QTEST_GUILESS_MAIN(tst_TorchParity)
#include "tst_TorchParity.moc"
