// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tokenizers/loading/TokenizerFile.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace espalier;

namespace {

const char* bertJson = R"({"version":"1.0","truncation":null,"padding":null,
 "added_tokens":[{"id":3,"content":"[CLS]","special":true,"normalized":false},{"id":4,"content":"[SEP]","special":true,"normalized":false},{"id":9,"content":"<new>","normalized":false}],
 "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
 "pre_tokenizer":{"type":"BertPreTokenizer"},
 "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],
   "pair":[],"special_tokens":{"[CLS]":{"id":"[CLS]","ids":[3],"tokens":["[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[4],"tokens":["[SEP]"]}}},
 "decoder":null,
 "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
   "vocab":{"hello":0,"##s":1,"[UNK]":2,"[CLS]":3,"[SEP]":4,"[PAD]":5,"light":6,"灯":7,",":8}}})";

std::vector<int> fileIdsOf(const Tokenizer& tokenizer, const std::string& text)
{
    std::vector<int> ids;
    for (const Token& token : tokenizer.tokenize(text))
        ids.push_back(tokenizer.fileIds()[static_cast<std::size_t>(token.id)]);
    return ids;
}

} // namespace

class tst_TokenizerFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path write(const char* name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size()); }();
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void putsPaddingAndUnknownFirst()
    {
        const auto tokenizer = loadTokenizer(write("tokenizer.json", bertJson));
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        QCOMPARE(tokenizer->spec().kind, std::string("wordpiece"));
        QCOMPARE(tokenizer->vocabulary()[Tokenizer::padId], std::string("[PAD]"));
        QCOMPARE(tokenizer->vocabulary()[Tokenizer::unknownId], std::string("[UNK]"));
        QCOMPARE(tokenizer->vocabulary()[2], std::string("hello"));
        QCOMPARE(tokenizer->vocabulary().size(), std::size_t{10});
        QCOMPARE(fileIdsOf(*tokenizer, "Héllo, lights 灯 <new> zebra"), (std::vector<int>{3, 0, 8, 6, 1, 7, 9, 2, 4}));
    }

    void truncationKeepsTheClosingToken()
    {
        const auto tokenizer = loadTokenizer(write("tokenizer.json", bertJson), {.maxLength = 4});
        QCOMPARE(fileIdsOf(*tokenizer, "hello lights hello"), (std::vector<int>{3, 0, 6, 4}));
        QByteArray limited(bertJson);
        limited.replace("\"truncation\":null", R"("truncation":{"direction":"Right","max_length":3,"strategy":"LongestFirst","stride":0})");
        const auto tighter = loadTokenizer(write("tokenizer.json", limited), {.maxLength = 64});
        QCOMPARE(fileIdsOf(*tighter, "hello lights hello"), (std::vector<int>{3, 0, 4}));
        const auto none = loadTokenizer(write("tokenizer.json", bertJson), {.maxLength = 2});
        QVERIFY(!none.ok());
        QVERIFY(none.error().message().find("no room") != std::string::npos);
    }

    void readsAListOfTokens()
    {
        const auto file = write("vocab.txt", "[PAD]\n[unused1]\nCafe\ncafe\n##s\n[UNK]\n[CLS]\n[SEP]\nCaf\xc3\xa9\n");
        const auto uncased = loadTokenizer(file, {.lowercase = true});
        QVERIFY2(uncased.ok(), uncased.ok() ? "" : uncased.error().message().c_str());
        QCOMPARE(fileIdsOf(*uncased, "Caf\xc3\xa9s zoo"), (std::vector<int>{6, 3, 4, 5, 7}));
        const auto cased = loadTokenizer(file, {.lowercase = false});
        QCOMPARE(fileIdsOf(*cased, "Caf\xc3\xa9s Cafe [SEP]"), (std::vector<int>{6, 8, 4, 2, 7, 7}));
    }

    void readsVocabularyAndMerges()
    {
        const auto vocabulary = write("vocab.json", R"({"h":0,"i":1,"hi":2,"Ġ":3,"Ġhi":4,"!":5})");
        const auto absent = loadTokenizer(vocabulary);
        QVERIFY(!absent.ok());
        QVERIFY(absent.error().message().find("merges.txt") != std::string::npos);
        write("merges.txt", "#version: 0.2\nh i\n\xc4\xa0 hi\n");
        QCOMPARE(companionsOf(vocabulary), std::vector<std::filesystem::path>{m_folder.filePath("merges.txt").toStdString()});
        const auto tokenizer = loadTokenizer(vocabulary);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        QCOMPARE(tokenizer->spec().kind, std::string("bpe"));
        QCOMPARE(fileIdsOf(*tokenizer, "hi hi!"), (std::vector<int>{2, 4, 5}));
        QCOMPARE(tokenizer->fileIds()[0], -1); // no padding in the file
        const auto elsewhere = loadTokenizer(vocabulary, {.merges = write("other.txt", "h i extra\n")});
        QVERIFY(!elsewhere.ok());
        QVERIFY(elsewhere.error().message().find("other.txt', line 1") != std::string::npos);
    }

    void refusesWhatItCannotFollow_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const char* from, const char* to, const char* named) { QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString(named); };
        row("normalizer", "\"BertNormalizer\"", "\"ByteMagic\"", "tokenizer.normalizer' asks for 'ByteMagic'");
        row("pre-tokenizer", "\"BertPreTokenizer\"", "\"UnicodeScripts\"", "tokenizer.pre_tokenizer' asks for 'UnicodeScripts'");
        row("model", "\"WordPiece\"", "\"Markov\"", "tokenizer.model.type' asks for 'Markov'");
        row("post-processor", "\"TemplateProcessing\"", "\"PairProcessing\"", "tokenizer.post_processor' asks for 'PairProcessing'");
        row("pair only", R"({"Sequence":{"id":"A","type_id":0}})", R"({"Sequence":{"id":"B","type_id":0}})", "single");
        row("regular expression", R"({"type":"BertPreTokenizer"})", R"({"type":"Split","pattern":{"Regex":"a+b"},"behavior":"Isolated","invert":false})", "the regular expression a+b");
        row("regular expression to replace", R"("normalizer":{"type":"BertNormalizer")", R"("normalizer":{"type":"Replace","pattern":{"Regex":"x"},"content":"y")", "a regular expression");
        row("left truncation", "\"truncation\":null", R"("truncation":{"direction":"Left","max_length":3})", "direction' asks for 'Left'");
        row("no unknown token", R"("unk_token":"[UNK]")", R"("unk_token":"<none>")", "'<none>', which is not in the vocabulary");
        row("id that is no number", "\"hello\":0", "\"hello\":\"0\"", "vocab.hello");
        row("negative id", "\"hello\":0", "\"hello\":-1", "'hello' has the id -1");
        row("special id beyond", R"("ids":[4])", R"("ids":[400])", "400");
        row("no model", "\"model\":{", "\"models\":{", "vocab.added_tokens"); // then it reads as a vocab.json
        row("not JSON", "\"version\"", "version", "is not valid JSON");
        row("random merges", R"("model":{"type":"WordPiece",)", R"("model":{"type":"BPE","dropout":0.1,"merges":[],)", "dropout");
        row("merge outside", R"("model":{"type":"WordPiece",)", R"("model":{"type":"BPE","merges":["he llo"],)", "'he'");
        row("merge result outside", R"("model":{"type":"WordPiece",)", R"("model":{"type":"BPE","merges":["hello light"],)", "'helloght'");
    }

    void refusesWhatItCannotFollow()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, named);
        QVERIFY(QByteArray(bertJson).contains(from));
        const auto tokenizer = loadTokenizer(write("broken.json", QByteArray(bertJson).replace(from, to)));
        QVERIFY(!tokenizer.ok());
        const QString message = QString::fromStdString(tokenizer.error().message());
        QVERIFY2(message.contains(named) && message.contains("broken.json"), qPrintable(message));
    }

    void refusesOtherFiles()
    {
        const auto notAList = loadTokenizer(write("words.txt", "one\ntwo\n"));
        QVERIFY(!notAList.ok());
        QVERIFY(notAList.error().message().find("words.txt' has no line [UNK]") != std::string::npos);
        const auto notText = loadTokenizer(write("vocab.txt", "[UNK]\n\xff\n"));
        QVERIFY(!notText.ok());
        QVERIFY(notText.error().message().find("not UTF-8 (byte 7)") != std::string::npos);
        QVERIFY(!loadTokenizer(m_folder.filePath("absent.json").toStdString()).ok());
    }
};

QTEST_GUILESS_MAIN(tst_TokenizerFile)
#include "tst_TokenizerFile.moc"
