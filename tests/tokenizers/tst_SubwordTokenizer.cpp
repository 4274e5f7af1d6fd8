// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for subword tokenizers whatever their parts; that ids are right is tst_HuggingFaceParity's business.
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/text/TrackedText.h"

#include <QtTest>

#include <thread>

using namespace espalier;

namespace {

Json wordPiece()
{
    return parseJson(R"({"kind":"wordpiece","max_length":64,"vocabulary":["[PAD]","[UNK]","turn","on","the","light","##s","灯","caf","##e","[CLS]","[SEP]","<mask>"],
        "file_ids":[[0,0],[1,100],[2,1],[10,101]],"outside":[12],
        "normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"BertPreTokenizer"},
        "model":{"type":"WordPiece","continuing_subword_prefix":"##","max_input_chars_per_word":100},
        "added_tokens":[{"id":12,"content":"<mask>"}],"post_processor":{"before":[10],"after":[11]}})", "test").value();
}

Json bpe()
{
    return parseJson(R"({"kind":"bpe","max_length":64,"vocabulary":["<pad>","<unk>","a","b","ab","abab"],"outside":[0,1],"normalizer":null,"pre_tokenizer":null,
        "model":{"type":"BPE","unknown":true,"fuse_unk":false,"byte_fallback":false,"ignore_merges":false,"continuing_subword_prefix":"","end_of_word_suffix":"","merges":[2,3,4,4]},
        "added_tokens":[],"post_processor":null})", "test").value();
}

Json unigram()
{
    return parseJson(R"({"kind":"unigram","max_length":64,"vocabulary":["<pad>","<unk>","a","b","ab"],"outside":[0],"normalizer":null,"pre_tokenizer":null,
        "model":{"type":"Unigram","scores":[0,0,-1,-1,-1.5],"byte_fallback":false},"added_tokens":[],"post_processor":null})", "test").value();
}

std::vector<std::string> slices(const Tokenizer& tokenizer, const std::string& text)
{
    std::vector<std::string> parts;
    for (const Token& token : tokenizer.tokenize(text))
        parts.push_back(text.substr(token.begin, token.end - token.begin));
    return parts;
}

std::vector<std::int32_t> idsOf(const Tokenizer& tokenizer, std::string_view text)
{
    std::vector<std::int32_t> ids;
    tokenizer.encode(text, ids);
    return ids;
}

} // namespace

class tst_SubwordTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offsetsSliceTheOriginal()
    {
        const auto tokenizer = Tokenizer::fromJson(wordPiece());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        const std::string text = "TURN on  the灯 lights, CAFÉ<mask>";
        QCOMPARE(slices(*tokenizer, text), (std::vector<std::string>{"", "TURN", "on", "the", "灯", "light", "s", ",", "CAF", "É", "<mask>", ""}));
        QCOMPARE(idsOf(*tokenizer, text), (std::vector<std::int32_t>{10, 2, 3, 4, 7, 5, 6, 1, 8, 9, 12, 11}));
        const auto tokens = tokenizer->tokenize(text);
        QCOMPARE(tokens.back().begin, static_cast<std::uint32_t>(text.size()));
        QCOMPARE(tokenizer->fileIds()[11], 102);
    }

    void bytesThatAreNotUtf8AreUnknown()
    {
        const auto tokenizer = Tokenizer::fromJson(wordPiece());
        const std::string text = "turn\xff\xfe on\xe4\xb8";
        QCOMPARE(idsOf(*tokenizer, text), (std::vector<std::int32_t>{10, 2, 1, 3, 1, 11}));
        QCOMPARE(slices(*tokenizer, text)[2], std::string("\xff\xfe"));
    }

    void anEmptySentenceHasAToken()
    {
        QCOMPARE(idsOf(*Tokenizer::fromJson(wordPiece()), ""), (std::vector<std::int32_t>{10, 11}));
        QCOMPARE(idsOf(*Tokenizer::fromJson(bpe()), ""), std::vector<std::int32_t>{Tokenizer::unknownId});
    }

    void mergesInTheOrderLearnt()
    {
        const auto tokenizer = Tokenizer::fromJson(bpe());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        QCOMPARE(idsOf(*tokenizer, "ababab"), (std::vector<std::int32_t>{5, 4}));
        QCOMPARE(idsOf(*tokenizer, "aczb"), (std::vector<std::int32_t>{2, 1, 1, 3}));
    }

    void takesTheLikeliestDivision()
    {
        const auto tokenizer = Tokenizer::fromJson(unigram());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        QCOMPARE(idsOf(*tokenizer, "abba"), (std::vector<std::int32_t>{4, 3, 2}));
        QCOMPARE(slices(*tokenizer, "a灯火b"), (std::vector<std::string>{"a", "灯火", "b"})); // unknown neighbours are one
    }

    void roundTripsThroughJson()
    {
        for (const Json& json : {wordPiece(), bpe(), unigram()}) {
            const auto made = Tokenizer::fromJson(json);
            const auto read = Tokenizer::fromJson(parseJson(dumpJson(made->toJson()), "test").value());
            QVERIFY(read.ok());
            QCOMPARE(dumpJson(read->toJson()), dumpJson(made->toJson()));
            QVERIFY(std::equal(read->fileIds().begin(), read->fileIds().end(), made->fileIds().begin(), made->fileIds().end()));
        }
    }

    void aLongTextIsCutAtOnceAndInLinearTime()
    {
        // Each of these would be quadratic, or take all memory, in a careless model.
        auto json = bpe();
        json["max_length"] = 4096;
        const auto tokenizer = Tokenizer::fromJson(json);
        const std::string longOne(3 << 20, 'a');
        QCOMPARE(tokenizer->tokenize(longOne).size(), std::size_t{4096});
        auto other = unigram();
        other["max_length"] = 4096;
        QCOMPARE(Tokenizer::fromJson(other)->tokenize(longOne).size(), std::size_t{4096});
        QCOMPARE(Tokenizer::fromJson(wordPiece())->tokenize(longOne).size(), std::size_t{3});
    }

    void aTextCannotGrowWithoutEnd()
    {
        auto json = bpe();
        Json doubling{{"type", "Replace"}, {"pattern", {{"String", "a"}}}, {"content", "aa"}};
        json["normalizer"] = {{"type", "Sequence"}, {"normalizers", Json(60, doubling)}};
        const auto tokenizer = Tokenizer::fromJson(json);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        QVERIFY(tokenizer->tokenize("aaaa").size() <= 64);
    }

    void threadsShareATokenizer()
    {
        const auto tokenizer = Tokenizer::fromJson(wordPiece());
        const auto expected = idsOf(*tokenizer, "turn on the lights café 灯 unseen");
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 2000; ++i)
                    wrong += idsOf(*tokenizer, "turn on the lights café 灯 unseen") == expected ? 0 : 1;
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    void refusesHostileJson_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* pointer, const char* value) { QTest::newRow((std::string(pointer) + " " + value).c_str()) << QString(pointer) << QString(value); };
        row("/kind", "\"bpe\"");
        row("/max_length", "0");
        row("/max_length", "5000");
        row("/max_length", "2");
        row("/vocabulary", "[]");
        row("/vocabulary", R"(["a"])");
        row("/vocabulary/3", "\"turn\"");
        row("/vocabulary/3", "\"\"");
        row("/file_ids", "[[0,0],[99,1]]");
        row("/file_ids", "[[5,0],[1,1]]");
        row("/file_ids", "[[0,2147483647]]");
        row("/file_ids", "[[0]]");
        row("/file_ids", "7");
        row("/outside", "[-1]");
        row("/outside", "[13]");
        row("/normalizer", "[]");
        row("/normalizer", R"({"type":"Precompiled","precompiled_charsmap":"Zm9v"})");
        row("/normalizer", R"({"type":"Precompiled","precompiled_charsmap":"*"})");
        row("/pre_tokenizer", R"({"type":"Metaspace","replacement":"ab"})");
        row("/pre_tokenizer", R"({"type":"CharDelimiterSplit","delimiter":""})");
        row("/model", "null");
        row("/model", R"({"type":"Unigram","scores":[1,2],"byte_fallback":false})");
        row("/model/type", "\"Nothing\"");
        row("/model/max_input_chars_per_word", "-1");
        row("/added_tokens", "null");
        row("/added_tokens/0/id", "13");
        row("/added_tokens/0/content", "\"\"");
        row("/post_processor/before", "[13]");
        row("/post_processor/after", "[-1]");
    }

    void refusesHostileJson()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        Json json = wordPiece();
        json[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString(), "test").value();
        const auto tokenizer = Tokenizer::fromJson(json);
        QVERIFY(!tokenizer.ok());
        QVERIFY(!tokenizer.error().detail.empty());
    }

    void refusesMergesThatDoNotFit()
    {
        for (const char* merges : {"[2,9]", "[-1,2]", "[0,2]", "[3,3]"}) {
            Json json = bpe();
            json["model"]["merges"] = parseJson(merges, "test").value();
            const auto tokenizer = Tokenizer::fromJson(json);
            QVERIFY2(!tokenizer.ok() && tokenizer.error().detail.find("Merge 1") != std::string::npos, merges);
        }
    }
};

QTEST_GUILESS_MAIN(tst_SubwordTokenizer)
#include "tst_SubwordTokenizer.moc"
