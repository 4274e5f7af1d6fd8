// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageWriter.h"

#include "engine/compression/Pruning.h"
#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/edge/PackageReader.h"
#include "engine/edge/SelfTestRunner.h"
#include "engine/edge/Session.h"
#include "engine/evaluation/Classifier.h"
#include "engine/exporting/PackageOrder.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <optional>

using namespace espalier;

class tst_PackageWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void edgeAnswersAsTheEngine_data();
    void edgeAnswersAsTheEngine();
    void holdsWhatItSays();
    void selfTestsPassOnEveryKernel_data();
    void selfTestsPassOnEveryKernel();
    void fewSelfTestsForManyClasses();
    void tokensStandInOrder();
    void sameInputSameBytes();
    void sparseInt8IsMuchSmaller();
    void corruptTensorIsNamed_data();
    void corruptTensorIsNamed();
    void lossyInt8IsExplained();
    void fourBitsAreComparedWithThemselves();
    void writesOnlyWhatAgrees();
    void writesTheFile();
    void refuses();
    void stopsWhenAsked();

private:
    std::optional<Checkpoint> m_trained;
    std::vector<std::string> m_sentences = test::texts(test::toyExamples(300, 3));
};

void tst_PackageWriter::initTestCase()
{
    auto trained = test::trainedCheckpoint();
    QVERIFY2(trained.ok(), trained.ok() ? "" : trained.error().message().c_str());
    m_trained = std::move(*trained);
    const double accuracy = m_trained->history.epochs[static_cast<std::size_t>(m_trained->history.bestEpoch) - 1].validationAccuracy;
    QVERIFY2(accuracy > 0.95, qPrintable(QString::number(accuracy)));
}

void tst_PackageWriter::edgeAnswersAsTheEngine_data()
{
    QTest::addColumn<QString>("precision");
    QTest::addColumn<double>("sparsity");
    QTest::addColumn<double>("share");
    QTest::newRow("fp32") << "fp32" << 0.0 << 1.0;
    QTest::newRow("fp32, sparse") << "fp32" << 0.6 << 1.0;
    QTest::newRow("int8") << "int8" << 0.0 << 0.99;
    QTest::newRow("int8, sparse") << "int8" << 0.6 << 0.99;
}

void tst_PackageWriter::edgeAnswersAsTheEngine()
{
    QFETCH(QString, precision);
    QFETCH(double, sparsity);
    QFETCH(double, share);
    const auto checkpoint = prune(*m_trained, {"layerwise", sparsity, "own"});
    QVERIFY(checkpoint.ok());
    RunContext context;
    const auto package = encodePackage(*checkpoint, m_sentences, {.precision = precision.toStdString()}, context);
    QVERIFY2(package.ok(), package.ok() ? "" : package.error().message().c_str());
    const auto parity = checkParity(*checkpoint, package->bytes, m_sentences, context);
    QVERIFY2(parity.ok(), parity.ok() ? "" : parity.error().message().c_str());
    QCOMPARE(parity->sentences, 300);
    QVERIFY(static_cast<double>(parity->labelsEqual) >= share * 300);

    // The same, without the code under test in between.
    auto session = edge::Session::fromBytes(package->bytes);
    auto classifier = Classifier::create(*checkpoint);
    QVERIFY(session.ok() && classifier.ok());
    const auto predictions = classifier->predict(*encodeExamples(test::toyExamples(300, 3), checkpoint->tokenizer, checkpoint->labels), context);
    QVERIFY(predictions.ok());
    std::int64_t equal = 0;
    for (std::size_t i = 0; i < m_sentences.size(); ++i)
        equal += static_cast<std::int64_t>(session->classify(m_sentences[i]).label) == predictions->classes[i];
    QCOMPARE(equal, parity->labelsEqual);
}

void tst_PackageWriter::holdsWhatItSays()
{
    RunContext context;
    const auto pruned = prune(*m_trained, {"layerwise", 0.7, "own"});
    QVERIFY(pruned.ok());
    const auto package = encodePackage(*pruned, m_sentences, {.precision = "int8", .provenance = {{"project", "toy"}}}, context);
    QVERIFY(package.ok());
    QCOMPARE(package->report.sha256, sha256(package->bytes));
    QCOMPARE(package->report.bytes, static_cast<std::int64_t>(package->bytes.size()));
    const auto reader = edge::PackageReader::fromBytes(package->bytes);
    QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
    const edge::PackageHeader& header = reader->header();
    QCOMPARE(header.labels, m_trained->labels.labels());
    QCOMPARE(header.precision, std::string("int8"));
    QCOMPARE(header.provenance.at("project").get<std::string>(), std::string("toy"));
    QVERIFY(header.provenance.contains("espalier_version"));
    QVERIFY(std::fabs(header.provenance.at("sparsity").get<double>() - 0.7) < 0.02);
    QCOMPARE(header.tensors.size(), m_trained->weights.size());
    QCOMPARE(header.selfTests.size(), std::size_t{32});
    for (const auto& tensor : package->report.tensors) {
        const bool bias = tensor.shape.size() == 1;
        QVERIFY2(bias == (tensor.encoding == "f32"), (tensor.name + " " + tensor.encoding).c_str());
        QVERIFY(bias || tensor.sparsity > 0.69);
    }
}

void tst_PackageWriter::selfTestsPassOnEveryKernel_data()
{
    QTest::addColumn<QString>("precision");
    QTest::newRow("fp32") << "fp32";
    QTest::newRow("int8") << "int8";
}

void tst_PackageWriter::selfTestsPassOnEveryKernel()
{
    QFETCH(QString, precision);
    RunContext context;
    const auto package = encodePackage(*m_trained, m_sentences, {.precision = precision.toStdString(), .selfTests = 100}, context);
    QVERIFY(package.ok());
    const auto reader = edge::PackageReader::fromBytes(package->bytes);
    QVERIFY(reader.ok());
    for (const edge::Kernels* kernels : edge::availableKernels()) {
        auto session = edge::Session::create(*reader, *kernels);
        QVERIFY(session.ok());
        const auto outcome = edge::runSelfTest(*session, reader->header());
        QVERIFY2(outcome.passed, outcome.firstDisagreement.c_str());
        QVERIFY(outcome.sentences > 50);
    }
}

/// By their bytes, which packs a vocabulary best; what the ids were in the checkpoint does not matter.
void tst_PackageWriter::tokensStandInOrder()
{
    RunContext context;
    const auto& before = m_trained->tokenizer.vocabulary();
    QVERIFY(!std::is_sorted(before.begin() + 2, before.end()));
    const auto package = encodePackage(*m_trained, m_sentences, {.precision = "fp32"}, context);
    QVERIFY(package.ok());
    const auto reader = edge::PackageReader::fromBytes(package->bytes);
    QVERIFY(reader.ok());
    const auto session = edge::Session::create(*reader);
    const auto table = reader->tensor("embedding.weight");
    QVERIFY(session.ok() && table.ok());
    const auto& now = session->tokenizer().vocabulary();
    QVERIFY(std::is_sorted(now.begin() + 2, now.end()));
    const Tensor& weights = m_trained->weights.at("embedding.weight");
    for (std::size_t id = 0; id < before.size(); ++id) {
        const auto place = static_cast<std::size_t>(std::find(now.begin(), now.end(), before[id]) - now.begin());
        QVERIFY(place < now.size());
        QCOMPARE(table->values[place * 24], weights.values[id * 24]);
    }
    QVERIFY(checkParity(*m_trained, package->bytes, m_sentences, context).ok());
    // Buckets of n-grams are computed from ids, which must stay.
    const Checkpoint ngrams = test::randomCheckpointOf("ngram", Task::SingleLabel);
    QCOMPARE(inPackageOrder(ngrams).tokenizer.vocabulary(), ngrams.tokenizer.vocabulary());
}

void tst_PackageWriter::fewSelfTestsForManyClasses()
{
    RunContext context;
    const Checkpoint many = test::randomCheckpoint({.classes = 200});
    std::vector<std::string> sentences;
    for (int i = 2; i < 60; ++i)
        sentences.push_back("word" + std::to_string(i));
    const auto package = encodePackage(many, sentences, {.precision = "int8"}, context);
    QVERIFY(package.ok());
    const auto reader = edge::PackageReader::fromBytes(package->bytes);
    QVERIFY(reader.ok());
    QCOMPARE(reader->header().selfTests.size(), std::size_t{10});
    const auto none = encodePackage(many, sentences, {.precision = "int8", .selfTests = 0}, context);
    QVERIFY(none.ok());
    QVERIFY2(package->bytes.size() - none->bytes.size() < 25000, "self-tests must stay a small part of the package");
}

void tst_PackageWriter::sameInputSameBytes()
{
    RunContext context;
    for (const char* precision : {"fp32", "int8"}) {
        const auto one = encodePackage(*m_trained, m_sentences, {.precision = precision}, context);
        const auto two = encodePackage(*m_trained, m_sentences, {.precision = precision}, context);
        QVERIFY(one.ok() && two.ok());
        QVERIFY(one->bytes == two->bytes);
    }
}

void tst_PackageWriter::sparseInt8IsMuchSmaller()
{
    RunContext context;
    const Checkpoint dense = test::randomCheckpoint({.words = 6000, .embedding = 128, .filters = 128, .classes = 150});
    const auto pruned = prune(dense, {"layerwise", 0.8, "own"});
    QVERIFY(pruned.ok());
    std::vector<std::string> sentences;
    for (int i = 2; i < 200; ++i)
        sentences.push_back("word" + std::to_string(i) + " word" + std::to_string(3 * i) + " word" + std::to_string(7 * i));
    const auto large = encodePackage(dense, sentences, {.precision = "fp32", .sparse = false}, context);
    QElapsedTimer timer;
    timer.start();
    const auto small = encodePackage(*pruned, sentences, {.precision = "int8"}, context);
    qInfo("encoding took %lld ms", timer.elapsed());
    QVERIFY(large.ok() && small.ok());
    const double times = static_cast<double>(large->bytes.size()) / static_cast<double>(small->bytes.size());
    qInfo("%zu bytes became %zu: %.2f times smaller", large->bytes.size(), small->bytes.size(), times);
    QVERIFY(times >= 8);
}

void tst_PackageWriter::corruptTensorIsNamed_data()
{
    QTest::addColumn<QString>("precision");
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<QString>("op");
    for (const char* precision : {"fp32", "int8"}) {
        QTest::addRow("%s embedding", precision) << precision << "embedding.weight" << "'embedding' that makes 'embedded'";
        QTest::addRow("%s convolution", precision) << precision << "convolutions.1.weight" << "'conv1d_max' that makes 'features.1'";
        QTest::addRow("%s bias", precision) << precision << "output.bias" << "'linear' that makes 'logits'";
        QTest::addRow("%s output", precision) << precision << "output.weight" << "'linear' that makes 'logits'";
    }
}

void tst_PackageWriter::corruptTensorIsNamed()
{
    QFETCH(QString, precision);
    QFETCH(QString, tensor);
    QFETCH(QString, op);
    Checkpoint wrong = *m_trained;
    auto& values = wrong.weights.at(tensor.toStdString()).values;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = i % 2 ? -values[i] : 20 * values[i] + 1;
    RunContext context;
    const auto package = encodePackage(wrong, m_sentences, {.precision = precision.toStdString()}, context);
    QVERIFY(package.ok());
    const auto parity = checkParity(*m_trained, package->bytes, m_sentences, context);
    QVERIFY(!parity.ok());
    QCOMPARE(parity.error().code, ErrorCode::ParityMismatch);
    const QString text = QString::fromStdString(parity.error().message());
    QVERIFY2(text.contains("The first op that differs is " + op), qPrintable(text));
    QVERIFY2(text.contains("the engine says '") && text.contains("the runtime '"), qPrintable(text));
    QVERIFY(op.contains("softmax") || text.contains(tensor));
}

void tst_PackageWriter::lossyInt8IsExplained()
{
    // One huge weight in each row leaves the others without a code: the runtime is right, and int8 is not enough.
    Checkpoint coarse = *m_trained;
    auto& output = coarse.weights.at("output.weight");
    const auto columns = static_cast<std::size_t>(output.shape[1]);
    for (std::size_t i = 0; i < output.values.size(); i += columns)
        output.values[i] = 1000;
    auto& filter = coarse.weights.at("convolutions.0.weight");
    std::fill_n(filter.values.begin(), static_cast<std::size_t>(filter.shape[1] * filter.shape[2]), 0.0f);
    coarse.weights.at("convolutions.0.bias").values[0] = 0;
    RunContext context;
    const auto package = encodePackage(coarse, m_sentences, {.precision = "int8"}, context);
    QVERIFY(package.ok());
    const auto parity = checkParity(coarse, package->bytes, m_sentences, context);
    QVERIFY(!parity.ok());
    QVERIFY2(QString::fromStdString(parity.error().message()).contains("so few bits"), parity.error().message().c_str());
    const auto precise = encodePackage(coarse, m_sentences, {.precision = "fp32"}, context);
    QVERIFY(precise.ok() && checkParity(coarse, precise->bytes, m_sentences, context).ok());
}

/// The runtime must do what the rounded weights do, however much rounding changed; and that is said.
void tst_PackageWriter::fourBitsAreComparedWithThemselves()
{
    std::vector<std::string> warnings;
    RunContext context;
    context.onLog = [&](LogLevel, const std::string& text) { warnings.push_back(text); };
    const auto whole = encodePackage(*m_trained, m_sentences, {.precision = "int8"}, context);
    QVERIFY(whole.ok());
    for (const char* precision : {"int4:8", "int4:64", "int8+int4", "int4+int8"}) {
        const auto package = encodePackage(*m_trained, m_sentences, {.precision = precision}, context);
        QVERIFY(package.ok());
        QVERIFY2(package->report.bytes < whole->report.bytes, precision);
        const auto parity = checkParity(*m_trained, package->bytes, m_sentences, context);
        QVERIFY2(parity.ok(), parity.ok() ? "" : parity.error().message().c_str());
    }
    QVERIFY(warnings.empty());
    Checkpoint coarse = *m_trained;
    auto& output = coarse.weights.at("output.weight");
    for (std::size_t i = 0; i < output.values.size(); i += 8)
        output.values[i] = 10; // leaves the others of its group without a code
    const auto package = encodePackage(coarse, m_sentences, {.precision = "int4:8"}, context);
    QVERIFY(package.ok());
    (void)checkParity(coarse, package->bytes, m_sentences, context);
    QCOMPARE(warnings.size(), std::size_t{1});
    QVERIFY2(warnings.front().find("Rounding the weights changes the answers to") == 0, warnings.front().c_str());
}

void tst_PackageWriter::writesOnlyWhatAgrees()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("model.espkg").toStdString();
    QVERIFY(writeFileSafely(path, "the old one").ok());
    Checkpoint broken = *m_trained;
    broken.weights.at("output.bias").values[0] = std::nanf("");
    RunContext context;
    QVERIFY(!exportPackage(broken, m_sentences, path, {}, context).ok());
    QCOMPARE(*readFile(path), std::string("the old one"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void tst_PackageWriter::writesTheFile()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("model.espkg").toStdString();
    RunContext context;
    const auto report = exportPackage(*m_trained, m_sentences, path, {}, context);
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().message().c_str());
    QCOMPARE(*sha256OfFile(path), report->sha256);
    QCOMPARE(report->parity.sentences, 300);
    QVERIFY(report->parity.maxAbsDifference < 0.1);
    QVERIFY(edge::PackageReader::open(path).ok());
}

void tst_PackageWriter::refuses()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("model.espkg").toStdString();
    RunContext context;
    QVERIFY(!encodePackage(*m_trained, m_sentences, {.precision = "int2"}, context).ok());
    QVERIFY(!encodePackage(*m_trained, m_sentences, {.provenance = Json::array()}, context).ok());
    const auto unchecked = exportPackage(*m_trained, {}, path, {}, context);
    QVERIFY(!unchecked.ok());
    QCOMPARE(unchecked.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!checkParity(*m_trained, "no package", m_sentences, context).ok());
    const auto other = encodePackage(test::randomCheckpoint({}), m_sentences, {}, context);
    QVERIFY(other.ok());
    QVERIFY(!checkParity(*m_trained, other->bytes, m_sentences, context).ok());
}

void tst_PackageWriter::stopsWhenAsked()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("model.espkg").toStdString();
    const auto stop = std::make_unique<std::stop_source>(); // on the stack GCC 12 takes it for uninitialised
    RunContext context;
    context.stop = stop->get_token();
    stop->request_stop();
    const auto report = exportPackage(*m_trained, m_sentences, path, {}, context);
    QVERIFY(!report.ok());
    QCOMPARE(report.error().code, ErrorCode::Cancelled);
    QVERIFY(!std::filesystem::exists(path));
}

QTEST_GUILESS_MAIN(tst_PackageWriter)
#include "tst_PackageWriter.moc"
