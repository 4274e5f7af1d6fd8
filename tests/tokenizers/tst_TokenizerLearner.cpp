// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tokenizers/training/TokenizerLearner.h"

#include <QtTest>

#include <fstream>

using namespace espalier;

namespace {

constexpr const char* subwordKinds[] = {"wordpiece", "bpe", "unigram"};

Result<Tokenizer> learn(const std::string& kind, const std::vector<std::string>& sentences, const LearnerOptions& options, const RunContext& context = {})
{
    ESPALIER_TRY(TokenizerLearner learner, TokenizerLearner::create({.kind = kind}, options));
    for (const std::string& sentence : sentences)
        learner.add(sentence);
    return learner.finish(context);
}

std::vector<std::string> tokensOf(const Tokenizer& tokenizer, const std::string& text)
{
    std::vector<std::string> tokens;
    for (const Token& token : tokenizer.tokenize(text))
        tokens.push_back(tokenizer.vocabulary()[static_cast<std::size_t>(token.id)]);
    return tokens;
}

std::vector<std::string> column(const QString& file)
{
    const QString folder = qEnvironmentVariable("ESPALIER_DATA", QStringLiteral(ESPALIER_SOURCE_DIR "/../shared/data"));
    std::vector<std::string> texts;
    std::ifstream in((folder + "/" + file).toStdString());
    for (std::string line; std::getline(in, line);)
        texts.push_back(line.substr(0, line.find('\t')));
    return texts;
}

const std::vector<std::string> lowLowerLowest = {"low low low low low", "lower lower", "newest newest newest newest newest newest", "widest widest widest"};

} // namespace

class tst_TokenizerLearner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsTheMostFrequentPairs()
    {
        const auto bpe = learn("bpe", lowLowerLowest, {.maxVocabulary = 266});
        QVERIFY2(!bpe.ok(), "a vocabulary of 266 leaves too little room beside the bytes");
        const auto more = learn("bpe", lowLowerLowest, {.maxVocabulary = 300});
        QVERIFY2(more.ok(), more.ok() ? "" : more.error().message().c_str());
        // Nine times "es", nine times "st": the pair of the older symbols comes first, then what it leads to.
        QCOMPARE(more->vocabulary()[258], std::string("es"));
        QCOMPARE(more->vocabulary()[259], std::string("est"));
        QCOMPARE(tokensOf(*more, "lowest"), (std::vector<std::string>{"\u0120low", "est"}));
        const auto wordPiece = learn("wordpiece", lowLowerLowest, {.maxVocabulary = 300});
        QCOMPARE(tokensOf(*wordPiece, "Lowest widely"), (std::vector<std::string>{"low", "##est", "<unk>"}));
        const auto unigram = learn("unigram", lowLowerLowest, {.maxVocabulary = 300});
        QCOMPARE(tokensOf(*unigram, "newest").size(), std::size_t{1});
    }

    void leastFrequencyStopsJoining()
    {
        const auto tokenizer = learn("bpe", lowLowerLowest, {.minFrequency = 100, .maxVocabulary = 300});
        QCOMPARE(tokenizer->vocabulary().size(), std::size_t{258});
    }

    void theSameSentencesGiveTheSameTokenizer()
    {
        const std::vector<std::string> sentences{"turn on the lights", "turn off the lights in the kitchen", "打开客厅的灯", "关灯", "lights out, please!"};
        for (const char* kind : subwordKinds)
            QCOMPARE(dumpJson(learn(kind, sentences, {.maxVocabulary = 400})->toJson()), dumpJson(learn(kind, sentences, {.maxVocabulary = 400})->toJson()));
    }

    void staysWithinTheVocabulary()
    {
        std::vector<std::string> sentences;
        std::string every;
        for (int c = 0x4e00; c < 0x5200; ++c)
            every += QString(QChar(c)).toStdString();
        sentences.push_back(every);
        for (const char* kind : subwordKinds)
            QVERIFY(learn(kind, sentences, {.maxVocabulary = 500})->vocabulary().size() <= 500);
    }

    void stopsWhenCancelled()
    {
        std::stop_source source;
        source.request_stop();
        RunContext context;
        context.stop = source.get_token();
        for (const char* kind : subwordKinds) {
            const auto tokenizer = learn(kind, lowLowerLowest, {.maxVocabulary = 300}, context);
            QVERIFY(!tokenizer.ok());
            QVERIFY(tokenizer.error().code == ErrorCode::Cancelled);
        }
    }

    void refusesWhatCannotBeLearnt()
    {
        for (const char* kind : subwordKinds) {
            const auto nothing = learn(kind, {"", "  ", "\xff"}, {.maxVocabulary = 300});
            QVERIFY2(!nothing.ok() || std::string(kind) == "bpe", kind); // white space is something to a byte-level model
            QVERIFY(!learn(kind, lowLowerLowest, {}).ok());
        }
        QVERIFY(!learn("wordlevel", lowLowerLowest, {}).ok());
        QVERIFY(!learn("sentence", lowLowerLowest, {}).ok());
        QVERIFY(!TokenizerLearner::create({.kind = "bpe", .normalization = "nfx"}, {.maxVocabulary = 300}).ok());
    }

    void coversRealText_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<double>("mostTokensPerWord"); // Chinese: per character
        QTest::addColumn<double>("mostUnknown");
        for (const char* kind : subwordKinds)
            QTest::newRow(qPrintable(QString("clinc150 ") + kind)) << "clinc150" << kind << 1.25 << 0.001;
        for (const char* kind : subwordKinds)
            QTest::newRow(qPrintable(QString("thucnews-titles ") + kind)) << "thucnews-titles" << kind << 1.0 << 0.005;
    }

    void coversRealText()
    {
        QFETCH(QString, folder);
        QFETCH(QString, kind);
        QFETCH(double, mostTokensPerWord);
        QFETCH(double, mostUnknown);
        const auto train = column(folder + "/train.tsv");
        const auto test = column(folder + "/test.tsv");
        if (train.empty())
            QSKIP("The data sets are absent; set ESPALIER_DATA to the folder that holds them.");
        const auto tokenizer = learn(kind.toStdString(), train, {.maxVocabulary = 8000});
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        double words = 0;
        double tokens = 0;
        double unknown = 0;
        for (const std::string& text : test) {
            const QString shown = QString::fromStdString(text);
            words += static_cast<double>(folder == "clinc150" ? shown.split(' ').size() : shown.size());
            for (const Token& token : tokenizer->tokenize(text)) {
                tokens += 1;
                unknown += token.id == Tokenizer::unknownId ? 1 : 0;
            }
        }
        qInfo("%zu entries, %.3f tokens a %s, %.3f %% unknown", tokenizer->vocabulary().size(), tokens / words, folder == "clinc150" ? "word" : "character", 100 * unknown / tokens);
        QVERIFY(tokens / words <= mostTokensPerWord);
        QVERIFY(unknown / tokens <= mostUnknown);
    }
};

QTEST_GUILESS_MAIN(tst_TokenizerLearner)
#include "tst_TokenizerLearner.moc"
