// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of tokenizer, cut: it stays valid, text divides as before where its tokens stay, and into letters where they go.
#include "engine/tokenizers/TokenSelection.h"

#include "engine/tokenizers/TokenizerCatalog.h"
#include "engine/tokenizers/training/TokenizerLearner.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;

namespace {

const std::vector<std::string>& sentences()
{
    static const std::vector<std::string> list = [] {
        std::vector<std::string> texts;
        for (int i = 0; i < 30; ++i)
            texts.insert(texts.end(), {"turn on the kitchen lights", "turning the lamp off", "请 打开 厨房 的 灯", "lights on"});
        texts.insert(texts.end(), {"an unusual cauldron bubbles", "the lamplighter turned up", "关 窗"});
        return texts;
    }();
    return list;
}

Tokenizer learnt(const std::string& kind)
{
    TokenizerSpec spec;
    spec.kind = kind;
    auto learner = TokenizerLearner::create(spec, {.minFrequency = 1, .maxVocabulary = kind == "word" || kind == "character" ? 0 : 420});
    for (const std::string& text : sentences())
        learner->add(text);
    RunContext context;
    auto tokenizer = learner->finish(context);
    if (!tokenizer)
        qFatal("%s", tokenizer.error().message().c_str());
    return std::move(*tokenizer);
}

std::vector<std::int64_t> countsOf(const Tokenizer& tokenizer)
{
    std::vector<std::int64_t> counts(tokenizer.vocabulary().size());
    std::vector<std::int32_t> ids;
    for (const std::string& text : sentences()) {
        tokenizer.encode(text, ids);
        for (const std::int32_t id : ids)
            ++counts[static_cast<std::size_t>(id)];
    }
    return counts;
}

std::vector<std::string> tokensOf(const Tokenizer& tokenizer, const std::string& text)
{
    std::vector<std::string> tokens;
    for (const Token& token : tokenizer.tokenize(text))
        tokens.push_back(tokenizer.vocabulary()[static_cast<std::size_t>(token.id)]);
    return tokens;
}

Result<Tokenizer> firstOf(const Tokenizer& tokenizer, const TokenRanking& ranking, std::size_t count)
{
    std::vector<std::int32_t> ids(ranking.ids.begin(), ranking.ids.begin() + static_cast<std::ptrdiff_t>(count));
    std::sort(ids.begin(), ids.end());
    return withTokensOnly(tokenizer, ids);
}

} // namespace

class tst_TokenSelection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPrefixIsATokenizer_data()
    {
        QTest::addColumn<QString>("kind");
        for (const TokenizerKind& kind : tokenizerCatalog().members())
            if (kind.id != "wordlevel") // is not learnt
                QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
    }

    void everyPrefixIsATokenizer()
    {
        QFETCH(QString, kind);
        const Tokenizer whole = learnt(kind.toStdString());
        const bool subword = (*tokenizerCatalog().get(kind.toStdString()))->subword;
        const TokenRanking ranking = rankTokens(whole, countsOf(whole));
        std::vector<std::int32_t> all = ranking.ids;
        std::sort(all.begin(), all.end());
        QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end() && all.size() == whole.vocabulary().size());
        QVERIFY(ranking.required >= 2 && ranking.required < ranking.ids.size());
        QVERIFY(std::is_sorted(ranking.worth.rbegin(), ranking.worth.rend()));
        for (std::size_t count = ranking.required; count <= ranking.ids.size(); count += 7) {
            const auto cut = firstOf(whole, ranking, count);
            QVERIFY2(cut.ok(), cut ? "" : cut.error().message().c_str());
            QCOMPARE(cut->vocabulary().size(), count);
            QCOMPARE(dumpJson(Tokenizer::fromJson(cut->toJson())->toJson()), dumpJson(cut->toJson()));
            for (const std::string& text : sentences()) {
                const auto before = tokensOf(whole, text);
                const auto now = tokensOf(*cut, text);
                const auto& kept = cut->vocabulary();
                const bool allKept = std::all_of(before.begin(), before.end(), [&](const std::string& token) { return std::find(kept.begin(), kept.end(), token) != kept.end(); });
                if (allKept && kind != "unigram") // whose likeliest division may use a token that another text lost
                    QCOMPARE(now, before);
                if (subword && (kind == "bpe" || text.front() >= 'a')) // an ideograph by itself is a word
                    QVERIFY2(std::find(now.begin(), now.end(), kept[Tokenizer::unknownId]) == now.end(), text.c_str());
                if (!subword)
                    QCOMPARE(now.size(), before.size());
            }
        }
        QCOMPARE(dumpJson(firstOf(whole, ranking, ranking.ids.size())->toJson()), dumpJson(whole.toJson()));
    }

    void rareWordsBecomeUnknown()
    {
        const Tokenizer whole = learnt("word");
        const TokenRanking ranking = rankTokens(whole, countsOf(whole));
        QCOMPARE(ranking.required, std::size_t{2});
        const auto kept = static_cast<std::size_t>(std::count_if(ranking.worth.begin(), ranking.worth.end(), [](auto worth) { return worth >= 2; }));
        const auto cut = firstOf(whole, ranking, kept);
        QCOMPARE(tokensOf(*cut, "the lamplighter turned on"), (std::vector<std::string>{"the", "<unk>", "<unk>", "on"}));
    }

    /// Special tokens, ids in the file and the post-processor go along.
    void specialTokensStay()
    {
        const Json json = *parseJson(R"({"kind": "wordpiece", "max_length": 16, "source": "vocab.txt", "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "vocabulary": ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "play", "##ing", "##s", "p", "##l", "##a", "##y", "##i", "##n", "##g", "zebra"],
            "file_ids": [[0, 100]], "outside": [], "model": {"type": "WordPiece", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100},
            "added_tokens": [{"id": 2, "content": "[CLS]"}, {"id": 3, "content": "[SEP]"}],
            "post_processor": {"before": [2], "after": [3], "trim_offsets": false, "add_prefix_space": false}})", "test");
        const auto whole = Tokenizer::fromJson(json);
        QVERIFY2(whole.ok(), whole ? "" : whole.error().message().c_str());
        std::vector<std::int64_t> counts(15);
        counts[4] = 9; // play
        counts[5] = 2; // ##ing
        const TokenRanking ranking = rankTokens(*whole, counts);
        const auto least = firstOf(*whole, ranking, ranking.required);
        QVERIFY(least.ok());
        QCOMPARE(tokensOf(*least, "playing"), (std::vector<std::string>{"[CLS]", "p", "##l", "##a", "##y", "##i", "##n", "##g", "[SEP]"}));
        const auto one = firstOf(*whole, ranking, ranking.required + 1);
        QCOMPARE(tokensOf(*one, "playing [SEP]"), (std::vector<std::string>{"[CLS]", "play", "##i", "##n", "##g", "[SEP]", "[SEP]"}));
        const auto& kept = one->vocabulary();
        const auto place = static_cast<std::size_t>(std::find(kept.begin(), kept.end(), "##a") - kept.begin());
        QCOMPARE(one->fileIds()[place], 109);
        QCOMPARE(one->source(), std::string("vocab.txt"));
        QVERIFY(std::find(kept.begin(), kept.end(), "##s") == kept.end()); // neither seen nor needed
    }
};

QTEST_GUILESS_MAIN(tst_TokenSelection)
#include "tst_TokenSelection.moc"
