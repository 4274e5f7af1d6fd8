// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/LayerReport.h"
#include "engine/compression/Pattern.h"
#include "engine/compression/Pruning.h"
#include "engine/exporting/PackageWriter.h"
#include "tests/compression/MadeUpMeasurements.h"
#include "engine/reports/SparsityEstimate.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QTest>

using namespace espalier;

class tst_SparsityProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatTheMasksKeep_data();
    void keepsWhatTheMasksKeep();
    void keepsWhatEveryPatternKeeps_data();
    void keepsWhatEveryPatternKeeps();
    void estimatesThePackage_data();
    void estimatesThePackage();
    void estimatesEveryModel_data();
    void estimatesEveryModel();
    void layersOfTheirOwnAreEstimatedAlike_data();
    void layersOfTheirOwnAreEstimatedAlike();
    void densePackageIsExact();
    void startsFromAPrunedCheckpoint();
    void stopsWhenAsked();
    void refuses();
};

namespace {

std::vector<std::string> sentences()
{
    return {"word2 word3 word4", "word5", "word6 word7 word8 word9", "something unknown"};
}

std::vector<std::int64_t> keptCounts(const std::vector<LayerSparsity>& layers)
{
    std::vector<std::int64_t> counts;
    for (const auto& layer : layers)
        counts.push_back(layer.kept);
    return counts;
}

} // namespace

void tst_SparsityProfile::keepsWhatTheMasksKeep_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("embeddings");
    for (const char* method : {"layerwise", "global"})
        for (const char* embeddings : {"own", "none", "pooled"})
            QTest::addRow("%s, %s", method, embeddings) << method << embeddings;
}

void tst_SparsityProfile::keepsWhatTheMasksKeep()
{
    QFETCH(QString, method);
    QFETCH(QString, embeddings);
    const Checkpoint checkpoint = test::randomCheckpoint({});
    PruneOptions options{.method = method.toStdString(), .embeddings = embeddings.toStdString(), .allowEmptied = true};
    RunContext context;
    const auto profile = sparsityProfile(checkpoint, options, "int8", context);
    QVERIFY(profile.ok());
    QCOMPARE(profile->steps.size(), std::size_t{200});
    QCOMPARE(profile->layers.size(), std::size_t{5});
    QCOMPARE(profile->layers[0].prunable, embeddings != "none");
    for (std::size_t step = 0; step < 200; ++step) {
        options.sparsity = static_cast<double>(step) / 200;
        const auto outcome = computeMasks(checkpoint, options);
        QVERIFY(outcome.ok());
        QCOMPARE(profile->steps[step].kept, keptCounts(outcome->layers));
    }
}

void tst_SparsityProfile::keepsWhatEveryPatternKeeps_data()
{
    QTest::addColumn<QString>("score");
    QTest::addColumn<QString>("pattern");
    for (const auto& score : scorerCatalog().members())
        for (const auto& pattern : patternCatalog().members())
            if (pattern.dimensions <= 2) // the least of this model's tensors
                QTest::addRow("%s, %s", score.id.c_str(), pattern.id.c_str()) << score.id.c_str() << pattern.id.c_str();
}

void tst_SparsityProfile::keepsWhatEveryPatternKeeps()
{
    QFETCH(QString, score);
    QFETCH(QString, pattern);
    const auto half = prune(test::randomCheckpoint({}), {.sparsity = 0.3});
    QVERIFY(half.ok());
    PruneOptions options{.method = "global", .score = score.toStdString(), .pattern = pattern.toStdString(),
                         .layerSparsities = {{"output.weight", 0.4}}, .exclude = {"convolutions.1.weight"}, .allowEmptied = true};
    options.measured = test::madeUpFor(**scorerCatalog().get(options.score), test::randomCheckpoint({}, 8).weights); // no less random than gradients
    RunContext context;
    const auto profile = sparsityProfile(*half, options, "int8", context);
    QVERIFY2(profile.ok(), profile.ok() ? "" : profile.error().message().c_str());
    for (std::size_t step = 0; step < 200; ++step) {
        options.sparsity = static_cast<double>(step) / 200;
        const auto outcome = computeMasks(*half, options);
        QVERIFY(outcome.ok());
        QCOMPARE(profile->steps[step].kept, keptCounts(outcome->layers));
    }
}

void tst_SparsityProfile::estimatesThePackage_data()
{
    QTest::addColumn<QString>("precision");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("score");
    QTest::addColumn<QString>("pattern");
    for (const char* precision : {"fp32", "int8", "int8_groups:64", "int4", "int8+int4"}) {
        for (const char* method : {"layerwise", "global"})
            QTest::addRow("%s, %s", precision, method) << precision << method << "magnitude" << "free";
        QTest::addRow("%s, at random", precision) << precision << "layerwise" << "random" << "free";
        QTest::addRow("%s, in blocks", precision) << precision << "layerwise" << "magnitude" << "block_1x4";
        QTest::addRow("%s, rows", precision) << precision << "global" << "magnitude" << "rows_l2";
    }
}

void tst_SparsityProfile::estimatesThePackage()
{
    QFETCH(QString, precision);
    QFETCH(QString, method);
    QFETCH(QString, score);
    QFETCH(QString, pattern);
    const Checkpoint checkpoint = test::randomCheckpoint({.words = 2000, .embedding = 64, .filters = 32, .classes = 10});
    PruneOptions options{.method = method.toStdString(), .score = score.toStdString(), .pattern = pattern.toStdString(),
                         .allowEmptied = true};
    RunContext context;
    const auto profile = sparsityProfile(checkpoint, options, precision.toStdString(), context, sentences());
    QVERIFY(profile.ok());
    for (const int step : {0, 10, 25, 50, 80, 95, 99}) {
        options.sparsity = step / 100.0;
        const auto pruned = prune(checkpoint, options);
        QVERIFY(pruned.ok());
        const auto package = encodePackage(*pruned, sentences(), {.precision = precision.toStdString()}, context);
        QVERIFY2(package.ok(), package.ok() ? "" : package.error().message().c_str());
        const auto actual = static_cast<double>(package->bytes.size());
        const auto estimate = static_cast<double>(profile->steps[static_cast<std::size_t>(stepOfSparsity(step / 100.0))].estimatedBytes);
        QVERIFY2(std::fabs(estimate - actual) <= 128 + 0.005 * actual, qPrintable(QString("%1 %: %2 for %3").arg(step).arg(estimate).arg(actual)));
    }
}

void tst_SparsityProfile::estimatesEveryModel_data()
{
    QTest::addColumn<QString>("architecture");
    for (const Architecture& architecture : architectures().members())
        QTest::addRow("%s", architecture.id.c_str()) << QString::fromStdString(architecture.id);
}

/// Also of the tensors alone: beside a header with a vocabulary their error would not be seen.
void tst_SparsityProfile::estimatesEveryModel()
{
    QFETCH(QString, architecture);
    const Checkpoint checkpoint = test::randomCheckpointOf(architecture.toStdString(), Task::SingleLabel);
    RunContext context;
    const auto profile = sparsityProfile(checkpoint, {}, "int8", context, sentences());
    QVERIFY2(profile.ok(), profile.ok() ? "" : profile.error().message().c_str());
    for (const int step : {0, 20, 50, 80, 90, 95, 99}) {
        const auto pruned = prune(checkpoint, {.sparsity = step / 100.0, .allowEmptied = true}); // toys have layers of a few weights
        QVERIFY(pruned.ok());
        const auto package = encodePackage(*pruned, sentences(), {}, context);
        QVERIFY(package.ok());
        const auto actual = static_cast<double>(package->bytes.size());
        const auto estimate = static_cast<double>(profile->steps[static_cast<std::size_t>(stepOfSparsity(step / 100.0))].estimatedBytes);
        double tensors = 0;
        for (const PackagedTensor& tensor : package->report.tensors)
            tensors += static_cast<double>(tensor.bytes);
        std::vector<LayerSparsity> layers = profile->layers;
        addPackagedBytes(layers, package->report);
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const std::int64_t predicted = profile->steps[static_cast<std::size_t>(stepOfSparsity(step / 100.0))].bytes[i];
            QVERIFY2(std::abs(predicted - layers[i].bytes) <= 64 + layers[i].bytes / 33, layers[i].name.c_str());
        }
        // Tensors begin at multiples of 64, so that an error of one byte, also of the header, can move the next by 64.
        const double allowed = 64 + 0.03 * tensors + 64 * static_cast<double>(package->report.tensors.size()) / 2;
        QVERIFY2(std::fabs(estimate - actual) <= allowed, qPrintable(QString("%1 %: %2 for %3").arg(step).arg(estimate).arg(actual)));
    }
}

void tst_SparsityProfile::layersOfTheirOwnAreEstimatedAlike_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("embeddings");
    QTest::addColumn<QString>("pattern");
    for (const char* method : {"layerwise", "global"})
        for (const char* embeddings : {"own", "none", "pooled"})
            for (const char* pattern : {"free", "balanced_64", "block_1x4"})
                QTest::addRow("%s, %s, %s", method, embeddings, pattern) << method << embeddings << pattern;
}

/// The arithmetic on the profile that a hand on a bar sees, against the profile that the engine makes with the same layers.
void tst_SparsityProfile::layersOfTheirOwnAreEstimatedAlike()
{
    QFETCH(QString, method);
    QFETCH(QString, embeddings);
    QFETCH(QString, pattern);
    const Checkpoint checkpoint = test::randomCheckpoint({.words = 2000, .embedding = 64, .filters = 32, .classes = 10});
    PruneOptions options{.method = method.toStdString(), .embeddings = embeddings.toStdString(), .pattern = pattern.toStdString(), .allowEmptied = true};
    RunContext context;
    const auto plain = sparsityProfile(checkpoint, options, "int8", context, sentences());
    for (const LayerChoices& choices : {LayerChoices{{{"embedding.weight", 0.725}}, {}}, LayerChoices{{{"convolutions.0.weight", 0.35}}, {"output.weight"}},
                                        LayerChoices{{{"convolutions.1.weight", 0}, {"embedding.weight", 0.9}}, {}}}) {
        options.layerSparsities = choices.sparsities;
        options.exclude = choices.excluded;
        const auto exact = sparsityProfile(checkpoint, options, "int8", context, sentences());
        QVERIFY2(plain && exact, exact ? "" : exact.error().message().c_str());
        for (const int step : {0, 41, 100, 150, 180, 199}) {
            const SparsityEstimate estimate = estimateSparsity(*plain, step, choices);
            const auto& truth = exact->steps[static_cast<std::size_t>(step)];
            for (std::size_t i = 0; i < estimate.layers.size(); ++i) {
                const LayerSparsity& layer = estimate.layers[i];
                QCOMPARE(layer.prunable, exact->layers[i].prunable);
                const std::int64_t allowed = 2 + layer.weights / (pattern == "balanced_64" ? 64 : 150); // balanced: one of each run of 64, all at once
                QVERIFY2(std::abs(layer.kept - truth.kept[i]) <= allowed,
                         qPrintable(QString("%1 at step %2: %3 for %4").arg(layer.name.c_str()).arg(step).arg(layer.kept).arg(truth.kept[i])));
            }
            QVERIFY(estimate.leastBytes <= estimate.packageBytes && estimate.packageBytes <= estimate.mostBytes);
            const auto exactly = static_cast<double>(truth.estimatedBytes);
            QVERIFY2(exactly > 0.99 * static_cast<double>(estimate.leastBytes) && exactly < 1.01 * static_cast<double>(estimate.mostBytes),
                     qPrintable(QString("step %1: %2 to %3 for %4").arg(step).arg(estimate.leastBytes).arg(estimate.mostBytes).arg(exactly)));
            if (pattern == "free")
                QVERIFY2(std::fabs(static_cast<double>(estimate.packageBytes) - exactly) <= 64 + 0.005 * exactly, qPrintable(QString("%1 for %2").arg(estimate.packageBytes).arg(exactly)));
        }
    }
}

void tst_SparsityProfile::densePackageIsExact()
{
    const auto pruned = prune(test::randomCheckpoint({}), {"layerwise", 0.6, "own"});
    QVERIFY(pruned.ok());
    RunContext context;
    const auto profile = sparsityProfile(*pruned, {}, "int8", context, sentences());
    const auto dense = encodePackage(*pruned, sentences(), {.precision = "fp32", .sparse = false}, context);
    QVERIFY(profile.ok() && dense.ok());
    QCOMPARE(profile->denseFp32Bytes, static_cast<std::int64_t>(dense->bytes.size()));
}

void tst_SparsityProfile::startsFromAPrunedCheckpoint()
{
    const auto pruned = prune(test::randomCheckpoint({}), {"layerwise", 0.6, "own"});
    QVERIFY(pruned.ok());
    RunContext context;
    const auto profile = sparsityProfile(*pruned, {}, "fp32", context);
    QVERIFY(profile.ok());
    QCOMPARE(profile->steps[0].kept, profile->steps[120].kept);
    QVERIFY(profile->steps[121].kept < profile->steps[120].kept);
    QCOMPARE(profile->steps[0].estimatedBytes, profile->steps[120].estimatedBytes);
    QCOMPARE(profile->layers[0].kept, profile->layers[0].weights);
}

void tst_SparsityProfile::stopsWhenAsked()
{
    const auto stop = std::make_unique<std::stop_source>(); // on the stack GCC 12 takes it for uninitialised
    RunContext context;
    context.stop = stop->get_token();
    context.onProgress = [&](const Progress&) { stop->request_stop(); };
    const auto profile = sparsityProfile(test::randomCheckpoint({}), {}, "int8", context);
    QVERIFY(!profile.ok());
    QCOMPARE(profile.error().code, ErrorCode::Cancelled);
}

void tst_SparsityProfile::refuses()
{
    RunContext context;
    const auto profile = sparsityProfile(test::randomCheckpoint({}), {}, "int3", context);
    QVERIFY(!profile.ok());
    QVERIFY(QString::fromStdString(profile.error().message()).contains("int3"));
}

QTEST_GUILESS_MAIN(tst_SparsityProfile)
#include "tst_SparsityProfile.moc"
