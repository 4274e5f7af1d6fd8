// SPDX-License-Identifier: GPL-3.0-or-later
// Ids and offsets must be those of Hugging Face's tokenizers, one by one: against answers that are kept here, and against the library
// itself where it is installed (judge/setup.sh), on tokenizers that it trains from the data sets.
#include "engine/tokenizers/loading/TokenizerFile.h"
#include "engine/tokenizers/training/TokenizerLearner.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace espalier;

namespace {

const QString fixtures = QStringLiteral(ESPALIER_SOURCE_DIR "/tests/tokenizers/fixtures/huggingface");

std::vector<Json> readLines(const QString& file)
{
    std::vector<Json> values;
    std::ifstream in(file.toStdString());
    for (std::string line; std::getline(in, line);)
        values.push_back(parseJson(line, file.toStdString()).value());
    return values;
}

/// The tokens as the judge writes them: ids of the file, and begin and end by turns, -1 for special tokens.
Json answer(const Tokenizer& tokenizer, const std::string& text)
{
    Json ids = Json::array();
    Json places = Json::array();
    for (const Token& token : tokenizer.tokenize(text)) {
        ids.push_back(tokenizer.fileIds()[static_cast<std::size_t>(token.id)]);
        places.push_back(token.begin);
        places.push_back(token.end);
    }
    return {ids, places};
}

/// What differs, or nothing. @p theirs stays as the judge wrote it; ours follows it where a special token stands.
QString difference(const Json& theirs, const Json& ours, const std::string& text)
{
    const QString shown = QString::fromStdString(dumpJson(text)).left(200);
    if (theirs[0] != ours[0])
        return shown + "\n ids  " + QString::fromStdString(dumpJson(theirs[0])) + "\n ours " + QString::fromStdString(dumpJson(ours[0]));
    for (std::size_t i = 0; i < theirs[1].size(); ++i) {
        const bool special = theirs[1][i] == -1;
        if (special ? ours[1][i] != ours[1][i ^ 1] : theirs[1][i] != ours[1][i])
            return shown + "\n offsets " + QString::fromStdString(dumpJson(theirs[1])) + "\n ours    " + QString::fromStdString(dumpJson(ours[1]));
    }
    return {};
}

/// Compares every text of @p folder for the tokenizer @p name, as loaded and as it comes back from our own JSON.
void compare(const QString& folder, const QString& name)
{
    const auto loaded = loadTokenizer((folder + "/" + name + ".json").toStdString(), {.maxLength = Tokenizer::maxLengthLimit});
    QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().message().c_str());
    const auto tokenizer = Tokenizer::fromJson(parseJson(dumpJson(loaded->toJson()), "ours").value());
    QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
    const auto texts = readLines(folder + "/texts.jsonl");
    const auto expected = readLines(folder + "/" + name + ".expected.jsonl");
    QCOMPARE(expected.size(), texts.size());
    std::vector<std::int32_t> ids;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto text = texts[i].get<std::string>();
        if (expected[i][0].size() > static_cast<std::size_t>(Tokenizer::maxLengthLimit))
            continue;
        const QString problem = difference(expected[i], answer(*tokenizer, text), text);
        QVERIFY2(problem.isEmpty(), qPrintable(name + ": " + problem));
        tokenizer->encode(text, ids);
        QCOMPARE(ids.size(), std::max<std::size_t>(expected[i][0].size(), 1));
    }
}

/// Learning from the same sentences must give the vocabulary that the library learnt, in the same order.
void compareLearnt(const QString& theirs, const QString& table)
{
    auto learner = TokenizerLearner::create({.kind = "bpe"}, {.maxVocabulary = 4000});
    std::ifstream in(table.toStdString());
    std::string line;
    std::getline(in, line); // the names of the columns
    while (std::getline(in, line))
        learner->add(line.substr(0, line.find('\t')));
    const auto ours = learner->finish({});
    QVERIFY2(ours.ok(), ours.ok() ? "" : ours.error().message().c_str());
    QCOMPARE(ours->vocabulary(), loadTokenizer(theirs.toStdString())->vocabulary());
}

QStringList namesIn(const QString& folder)
{
    QStringList names;
    for (const QString& file : QDir(folder).entryList({"*.expected.jsonl"}, QDir::Files, QDir::Name))
        names << file.chopped(15);
    return names;
}

QString dataFolder()
{
    return qEnvironmentVariable("ESPALIER_DATA", QStringLiteral(ESPALIER_SOURCE_DIR "/../shared/data"));
}

} // namespace

class tst_HuggingFaceParity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptAnswers_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : namesIn(fixtures))
            QTest::newRow(qPrintable(name)) << name;
        QVERIFY(namesIn(fixtures).size() >= 18);
    }

    void keptAnswers()
    {
        QFETCH(QString, name);
        compare(fixtures, name);
    }

    void theLibraryItself()
    {
        const QString python = QStringLiteral(ESPALIER_BINARY_DIR "/judges/huggingface/bin/python");
        if (!QFile::exists(python))
            QSKIP("Hugging Face's tokenizers are not installed. To compare with them: tests/tokenizers/judge/setup.sh BUILD_FOLDER");
        if (!QFile::exists(dataFolder() + "/clinc150/train.tsv") || !QFile::exists(dataFolder() + "/thucnews-titles/train.tsv"))
            QSKIP("The data sets clinc150 and thucnews-titles are absent; set ESPALIER_DATA to the folder that holds them.");
        QTemporaryDir folder;
        QProcess judge;
        judge.setProcessChannelMode(QProcess::MergedChannels);
        judge.start(python, {QStringLiteral(ESPALIER_SOURCE_DIR "/tests/tokenizers/judge/judge.py"), folder.path(), dataFolder()});
        QVERIFY(judge.waitForFinished(600'000));
        QVERIFY2(judge.exitCode() == 0, judge.readAll().constData());
        const QStringList names = namesIn(folder.path());
        QVERIFY(names.size() >= 17); // one more where sentencepiece is installed too
        for (const QString& name : names) {
            compare(folder.path(), name);
            if (QTest::currentTestFailed())
                return;
        }
        compareLearnt(folder.filePath("learnt.json"), dataFolder() + "/clinc150/train.tsv");
    }
};

QTEST_GUILESS_MAIN(tst_HuggingFaceParity)
#include "tst_HuggingFaceParity.moc"
