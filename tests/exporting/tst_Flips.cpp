// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/Flips.h"

#include "engine/core/SafeFile.h"
#include "engine/evaluation/Classifier.h"
#include "engine/evaluation/Slices.h"
#include "engine/exporting/Answers.h"
#include "engine/exporting/PackageWriter.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>

using namespace espalier;

class tst_Flips : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void thePackageOfTheReferenceFlipsNothing();
    void flipsAreCountedByClassAndLength();
    void theWorstComeFirstAndNoMoreThanFit();
    void aPinnedSentenceThatFlipsIsNamed();
    void labelsNeedNoReference();
    void withoutLabelAndReferenceThereIsNothingToCompare();
    void anotherModelIsNoReference();
    void aRejectedAnswerBreaksAPinnedSentence();
    void wholeAnswersAreCompared_data();
    void wholeAnswersAreCompared();
    void readsPinnedFiles();
    void refusesPinnedFiles_data();
    void refusesPinnedFiles();

private:
    FlipReport flips(const Checkpoint& packaged, const FlipRequest& request, double rejectBelow = 0);
    std::filesystem::path write(const QString& name, const QByteArray& bytes);

    QTemporaryDir m_folder;
    RunContext m_context;
    std::optional<Checkpoint> m_dense;
    std::optional<Checkpoint> m_swapped; ///< the dense one, with the answers light and music exchanged
    std::vector<Example> m_examples = test::toyExamples(300, 3);
};

namespace {

void swapRows(Tensor& tensor, std::size_t a, std::size_t b)
{
    const auto width = static_cast<std::ptrdiff_t>(tensor.values.size()) / tensor.shape[0];
    const auto row = [&](std::size_t index) { return tensor.values.begin() + static_cast<std::ptrdiff_t>(index) * width; };
    std::swap_ranges(row(a), row(a) + width, row(b));
}

std::vector<std::size_t> answer(const Checkpoint& checkpoint, const std::string& text)
{
    RunContext context;
    return engineAnswers(checkpoint, {text}, context)->decision(0);
}

} // namespace

void tst_Flips::initTestCase()
{
    auto trained = test::trainedCheckpoint();
    QVERIFY2(trained.ok(), trained.ok() ? "" : trained.error().message().c_str());
    m_dense = std::move(*trained);
    m_swapped = m_dense;
    const auto light = static_cast<std::size_t>(m_dense->labels.indexOf("light"));
    const auto music = static_cast<std::size_t>(m_dense->labels.indexOf("music"));
    swapRows(m_swapped->weights.at("output.weight"), light, music);
    swapRows(m_swapped->weights.at("output.bias"), light, music);
}

FlipReport tst_Flips::flips(const Checkpoint& packaged, const FlipRequest& request, double rejectBelow)
{
    const auto package = encodePackage(packaged, {}, {.precision = "fp32", .rejectBelow = rejectBelow}, m_context);
    if (!package)
        qFatal("%s", package.error().message().c_str());
    auto report = findFlips(packaged, package->bytes, request, m_context);
    if (!report)
        qFatal("%s", report.error().message().c_str());
    return std::move(*report);
}

std::filesystem::path tst_Flips::write(const QString& name, const QByteArray& bytes)
{
    const std::filesystem::path path = m_folder.filePath(name).toStdString();
    if (!writeFileSafely(path, bytes.toStdString()))
        qFatal("cannot write");
    return path;
}

void tst_Flips::thePackageOfTheReferenceFlipsNothing()
{
    const FlipReport report = flips(*m_dense, {.reference = &*m_dense, .split = "validation", .examples = m_examples, .pinned = {{m_examples.front().text}}});
    QCOMPARE(report.split, std::string("validation"));
    QCOMPARE(report.examples, 300);
    QCOMPARE(report.flips, 0);
    QCOMPARE(report.pinned, 1);
    QCOMPARE(report.pinnedFlips, 0);
    QVERIFY(report.sentences.empty() && report.pinnedSentences.empty());
    QVERIFY(!report.slices.empty());
}

void tst_Flips::flipsAreCountedByClassAndLength()
{
    const FlipReport report = flips(*m_swapped, {.reference = &*m_dense, .split = "test", .examples = m_examples});
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> classes; // sentences and flips, counted here
    std::int64_t total = 0, broken = 0, mended = 0;
    for (const Example& example : m_examples) {
        const auto before = answer(*m_dense, example.text), after = answer(*m_swapped, example.text);
        const auto truth = static_cast<std::size_t>(m_dense->labels.indexOf(example.label()));
        ++classes[example.label()].first;
        classes[example.label()].second += before != after;
        total += before != after;
        broken += before != after && before.front() == truth;
        mended += before != after && after.front() == truth;
    }
    QVERIFY(total > 100 && broken > 100);
    QCOMPARE(report.flips, total);
    QCOMPARE(report.broken, broken);
    QCOMPARE(report.mended, mended);
    std::int64_t byLength = 0, lengths = 0, lastOfClass = total;
    for (const FlipSlice& slice : report.slices) {
        if (slice.kind == "class") {
            QCOMPARE(std::pair(slice.examples, slice.flips), classes.at(slice.label));
            for (const FlippedSentence& flip : report.sentences)
                QCOMPARE(slice.holds(flip), flip.truth == slice.label);
            QVERIFY(slice.flips <= lastOfClass); // most flips first
            lastOfClass = slice.flips;
            classes.erase(slice.label);
            continue;
        }
        QVERIFY(slice.low <= slice.high);
        const auto within = std::count_if(m_examples.begin(), m_examples.end(), [&](const Example& example) {
            return characterCount(example.text) >= slice.low && characterCount(example.text) <= slice.high;
        });
        QCOMPARE(slice.examples, static_cast<std::int64_t>(within));
        QCOMPARE(slice.flips, std::count_if(report.sentences.begin(), report.sentences.end(), [&](const FlippedSentence& flip) { return slice.holds(flip); }));
        byLength += slice.flips;
        ++lengths;
    }
    QVERIFY(classes.empty());
    QCOMPARE(lengths, 4);
    QCOMPARE(byLength, total);
}

void tst_Flips::theWorstComeFirstAndNoMoreThanFit()
{
    const auto many = test::toyExamples(1200, 4);
    const FlipReport all = flips(*m_swapped, {.reference = &*m_dense, .examples = many});
    QVERIFY(all.flips > static_cast<std::int64_t>(maxFlipsKept));
    QCOMPARE(all.sentences.size(), maxFlipsKept);
    for (std::size_t i = 1; i < all.sentences.size(); ++i)
        QVERIFY(all.sentences[i - 1].loss() >= all.sentences[i].loss());
    const FlippedSentence& worst = all.sentences.front();
    QVERIFY(*worst.before > 0.9 && worst.after < 0.1);
    QVERIFY(!worst.pinned);
    QVERIFY(worst.expected != worst.got);
    const FlipReport marked = flips(*m_swapped, {.reference = &*m_dense, .examples = many, .pinned = {{worst.text}}});
    QVERIFY(marked.sentences.front().pinned);
}

void tst_Flips::aPinnedSentenceThatFlipsIsNamed()
{
    const FlipReport report = flips(*m_swapped, {.reference = &*m_dense, .pinned = {{"set the lamp now"}, {"rain today please"}}});
    QCOMPARE(report.examples, 0);
    QCOMPARE(report.pinned, 2);
    QCOMPARE(report.pinnedFlips, 1);
    const FlippedSentence& flip = report.pinnedSentences.at(0);
    QCOMPARE(flip.expected, std::string("light"));
    QCOMPARE(flip.got, std::string("music"));
    QVERIFY(flip.pinned);
    const Error error = pinnedFlipError(report);
    for (const char* said : {"1 of 2", "'set the lamp now'", "'light'", "'music'"})
        QVERIFY2(error.detail.find(said) != std::string::npos, error.detail.c_str());
    QVERIFY(error.remedy.find("on_flip") != std::string::npos);
}

void tst_Flips::labelsNeedNoReference()
{
    const auto light = static_cast<std::size_t>(m_dense->labels.indexOf("light"));
    const auto clock = static_cast<std::size_t>(m_dense->labels.indexOf("clock"));
    const FlipReport report = flips(*m_dense, {.pinned = {{"set the lamp now", {{light}}}, {"please the bulb", {{clock}}}}});
    QVERIFY(report.split.empty());
    QCOMPARE(report.pinnedFlips, 1);
    const FlippedSentence& flip = report.pinnedSentences.at(0);
    QCOMPARE(flip.text, std::string("please the bulb"));
    QVERIFY(!flip.before.has_value());
    QVERIFY(flip.after < 0.1);
    // A label stands above what the reference answers.
    QCOMPARE(flips(*m_dense, {.reference = &*m_dense, .pinned = {{"please the bulb", {{clock}}}}}).pinnedFlips, 1);
}

void tst_Flips::withoutLabelAndReferenceThereIsNothingToCompare()
{
    const auto checked = checkFlipRequest({.pinned = {{"set the lamp now", {{0}}}, {"please the bulb"}}}, *m_dense);
    QVERIFY(!checked);
    QVERIFY2(checked.error().detail.find("'please the bulb'") != std::string::npos, checked.error().detail.c_str());
    QVERIFY(checked.error().remedy.find("Reference") != std::string::npos);
}

void tst_Flips::anotherModelIsNoReference()
{
    const Checkpoint other = test::randomCheckpoint({});
    const auto checked = checkFlipRequest({.reference = &other}, *m_dense);
    QVERIFY(!checked && checked.error().code == ErrorCode::InvalidArgument);
    QVERIFY(checkFlipRequest({.reference = &*m_swapped}, *m_dense));
}

void tst_Flips::aRejectedAnswerBreaksAPinnedSentence()
{
    const FlipRequest request{.reference = &*m_dense, .examples = m_examples, .pinned = {{"please the a"}}};
    QCOMPARE(flips(*m_dense, request).pinnedFlips, 0);
    const FlipReport report = flips(*m_dense, request, 1.0); // nothing is as sure as that
    QCOMPARE(report.pinnedFlips, 1);
    QCOMPARE(report.pinnedSentences.front().got, std::string("out of scope"));
    QCOMPARE(report.flips, 0); // compression changed nothing
}

void tst_Flips::wholeAnswersAreCompared_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("task");
    QTest::newRow("several labels") << "textcnn" << static_cast<int>(Task::MultiLabel);
    QTest::newRow("tags") << "bilstm" << static_cast<int>(Task::TokenTags);
}

void tst_Flips::wholeAnswersAreCompared()
{
    QFETCH(QString, architecture);
    QFETCH(int, task);
    const Checkpoint dense = test::randomCheckpointOf(architecture.toStdString(), static_cast<Task>(task));
    Checkpoint packaged = dense;
    for (const char* name : {"output.weight", "output.bias"})
        swapRows(packaged.weights.at(name), 0, 1);
    const auto sentences = test::randomSentences(80);
    std::vector<Example> examples;
    std::int64_t changed = 0;
    FlipRequest request{.reference = &dense, .split = "test"};
    for (const std::string& sentence : sentences) {
        if (sentence.empty())
            continue;
        Example example = unlabelled(sentence, dense.model.task, dense.tokenizer, dense.labels);
        example.labels.assign(dense.model.task == Task::TokenTags ? example.words.size() : 1, dense.labels.labels().front());
        examples.push_back(std::move(example));
        request.pinned.push_back({sentence, answer(dense, sentence)});
        changed += answer(dense, sentence) != answer(packaged, sentence);
    }
    request.examples = examples;
    QVERIFY(changed > 5);
    QCOMPARE(flips(dense, request).pinnedFlips, 0);
    const FlipReport report = flips(packaged, request);
    QCOMPARE(report.flips, changed);
    QCOMPARE(report.pinnedFlips, changed); // with labels of their own
    for (const FlippedSentence& flip : report.sentences) {
        QVERIFY(flip.loss() > 0);
        QVERIFY(flip.expected != flip.got);
    }
    for (const FlipSlice& slice : report.slices)
        if (slice.kind == "class")
            QCOMPARE(slice.label, std::string(dense.model.task == Task::TokenTags ? "x" : "alpha")); // a type of entity, not its tags
}

void tst_Flips::readsPinnedFiles()
{
    const auto lines = readPinnedSentences(write("pinned.txt", "set the lamp\r\n\nplease a song\n"), *m_dense, m_context);
    QVERIFY(lines);
    QCOMPARE(lines->size(), std::size_t{2});
    QCOMPARE(lines->at(0).text, std::string("set the lamp"));
    QVERIFY(!lines->at(0).expected);
    const auto table = readPinnedSentences(write("pinned.tsv", "the lamp\tlight\nthe song\tmusic\n"), *m_dense, m_context);
    QVERIFY2(table, table ? "" : table.error().message().c_str());
    QCOMPARE(table->size(), std::size_t{2});
    QCOMPARE(table->at(1).text, std::string("the song"));
    QCOMPARE(*table->at(1).expected, std::vector{static_cast<std::size_t>(m_dense->labels.indexOf("music"))});
    const Checkpoint several = test::randomCheckpointOf("textcnn", Task::MultiLabel);
    const auto labels = readPinnedSentences(write("several.tsv", "text\tlabels\nword2 word3\tgamma, alpha\n"), several, m_context);
    QVERIFY2(labels, labels ? "" : labels.error().message().c_str());
    QCOMPARE(*labels->at(0).expected, (std::vector<std::size_t>{0, 3}));
    const Checkpoint tagger = test::randomCheckpointOf("bilstm", Task::TokenTags);
    const auto tags = readPinnedSentences(write("tags.conll", "word2 B-x\nword3 I-x\nword4 O\n\nword5 O\n"), tagger, m_context);
    QVERIFY2(tags, tags ? "" : tags.error().message().c_str());
    QCOMPARE(*tags->at(0).expected, (std::vector<std::size_t>{0, 2, 3}));
}

void tst_Flips::refusesPinnedFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty text") << "empty.txt" << QByteArray("\n\n") << "empty.txt";
    QTest::newRow("empty table") << "empty.tsv" << QByteArray() << "empty.tsv";
    QTest::newRow("tab in a text") << "tab.txt" << QByteArray("the lamp\nthe song\tmusic\n") << "the song";
    QTest::newRow("unknown label") << "unknown.tsv" << QByteArray("the lamp\tlight\nthe song\tmusik\n") << "'musik'";
    QTest::newRow("no label") << "none.tsv" << QByteArray("text\tlabel\nthe lamp\tlight\nthe song\t\n") << "line 3";
}

void tst_Flips::refusesPinnedFiles()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto pinned = readPinnedSentences(write(name, bytes), *m_dense, m_context);
    QVERIFY(!pinned);
    QVERIFY2(QString::fromStdString(pinned.error().message()).contains(says), pinned.error().message().c_str());
    QVERIFY(!pinned.error().remedy.empty());
    QVERIFY(!readPinnedSentences(m_folder.filePath("gone.txt").toStdString(), *m_dense, m_context));
}

QTEST_GUILESS_MAIN(tst_Flips)
#include "tst_Flips.moc"
