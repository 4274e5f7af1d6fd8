// SPDX-License-Identifier: GPL-3.0-or-later
// Our masks against those of torch.nn.utils.prune, for the same weights. Skipped where Python's torch is not installed.
#include "engine/compression/Pruning.h"

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
    std::string method;
    double amount;
    std::vector<std::string> tensors;
};

/// Shapes and sizes that meet every way of rounding, one tensor or several together.
std::vector<Case> generateCases(Weights& weights)
{
    Random random(20);
    std::vector<Case> cases;
    for (int i = 0; i < 60; ++i) {
        Case item{i % 2 ? "global" : "layerwise", i % 5 ? 0.999 * random.uniform() : 0.5, {}};
        const int tensors = i % 2 ? 1 + static_cast<int>(random.below(4)) : 1;
        for (int t = 0; t < tensors; ++t) {
            const std::int64_t odd = i % 5 == 0; // half of an odd number of weights must be rounded as Python does
            const auto rows = static_cast<std::int64_t>(1 + random.below(40)) | odd;
            const auto columns = static_cast<std::int64_t>(1 + random.below(60)) | odd;
            Tensor tensor{{rows, columns}, {}};
            for (std::int64_t n = 0; n < rows * columns; ++n)
                tensor.values.push_back(static_cast<float>(t + 1) * test::normal(random));
            item.tensors.push_back("case" + std::to_string(i) + "." + std::to_string(t));
            weights[item.tensors.back()] = std::move(tensor);
        }
        cases.push_back(std::move(item));
    }
    return cases;
}

std::string jobsText(const std::vector<Case>& cases)
{
    Json jobs = Json::array();
    for (const auto& item : cases)
        jobs.push_back({{"method", item.method}, {"amount", item.amount}, {"tensors", item.tensors}});
    return dumpJson(jobs);
}

std::string ourMasks(const Weights& weights, const Case& item)
{
    std::vector<PrunableTensor> tensors;
    for (const auto& name : item.tensors)
        tensors.push_back({name, "linear"});
    const auto outcome = computeMasks(weights, {}, tensors, {item.method, item.amount, "own"});
    std::string bytes;
    for (const auto& name : item.tensors)
        if (outcome)
            bytes.append(outcome->masks.at(name).begin(), outcome->masks.at(name).end());
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
        const std::string ours = ourMasks(weights, cases[i]);
        QVERIFY2(!ours.empty() && theirs->compare(at, ours.size(), ours) == 0,
                 qPrintable(QString("case %1: %2 of %3").arg(i).arg(cases[i].method.c_str()).arg(cases[i].amount)));
        at += ours.size();
    }
    QCOMPARE(at, theirs->size());
}

QTEST_GUILESS_MAIN(tst_TorchParity)
#include "tst_TorchParity.moc"
