// SPDX-License-Identifier: GPL-3.0-or-later
// Every member of the catalogue, now and later, must keep these promises.
#include "engine/tokenizers/TokenizerCatalog.h"
#include "engine/tokenizers/training/TokenizerLearner.h"

#include <QtTest>

using namespace espalier;

namespace {

constexpr auto sample = "Turn on the 客厅 lights, please. It's 25°C \xff 👍🏽 Cafe\u0301 \u0130stanbul ﬁne";

/// A tokenizer of that kind, learnt from the sample. A list of words comes from files only.
Result<Tokenizer> learnt(const std::string& kind)
{
    if (kind == "wordlevel")
        return Tokenizer::fromJson(parseJson(R"({"kind":"wordlevel","max_length":128,"vocabulary":["<pad>","<unk>","Turn","on","the","lights"],"normalizer":null,
            "pre_tokenizer":{"type":"Whitespace"},"model":{"type":"WordLevel"},"added_tokens":[],"post_processor":null})", "test").value());
    ESPALIER_TRY(TokenizerLearner learner, TokenizerLearner::create({.kind = kind}, {.maxVocabulary = 400}));
    learner.add(sample);
    return learner.finish({});
}

} // namespace

class tst_TokenizerCatalog : public QObject {
    Q_OBJECT

    void rows()
    {
        QTest::addColumn<QString>("id");
        for (const auto& kind : tokenizerCatalog().members())
            QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
    }

private Q_SLOTS:
    void knowsWhatItLearnt_data() { rows(); }
    void knowsWhatItLearnt()
    {
        QFETCH(QString, id);
        const TokenizerKind* kind = tokenizerCatalog().find(id.toStdString());
        QVERIFY(!kind->label.empty() && !kind->help.empty());
        const auto tokenizer = learnt(kind->id);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message().c_str());
        QCOMPARE(tokenizer->spec().kind, kind->id);
        int unknown = 0;
        for (const Token& token : tokenizer->tokenize(sample))
            unknown += token.id == Tokenizer::unknownId ? 1 : 0;
        if (kind->id != "wordlevel")
            QCOMPARE(unknown, 1); // the byte that is not UTF-8
    }

    void idsAreInsideTheVocabularyAndOffsetsInsideTheText_data() { rows(); }
    void idsAreInsideTheVocabularyAndOffsetsInsideTheText()
    {
        QFETCH(QString, id);
        const auto tokenizer = learnt(id.toStdString());
        const std::string other = "Untold 龍 ½ \u0344 \xf0\x9f <pad> \U0001f468\u200d\U0001f469 \r\n x\u0323\u0302" + std::string(300, 'q');
        for (const std::string& text : {std::string(sample), other, std::string(), std::string(" \t ")}) {
            std::vector<std::int32_t> ids;
            tokenizer->encode(text, ids);
            const auto tokens = tokenizer->tokenize(text);
            QCOMPARE(ids.size(), std::max<std::size_t>(tokens.size(), 1));
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                QCOMPARE(ids[i], tokens[i].id);
                QVERIFY(tokens[i].id >= 0 && static_cast<std::size_t>(tokens[i].id) < tokenizer->vocabulary().size());
                QVERIFY(tokens[i].begin <= tokens[i].end && tokens[i].end <= text.size());
                QVERIFY(i == 0 || tokens[i - 1].begin <= tokens[i].begin);
            }
        }
    }

    void comesBackFromJson_data() { rows(); }
    void comesBackFromJson()
    {
        QFETCH(QString, id);
        const auto tokenizer = learnt(id.toStdString());
        const auto read = Tokenizer::fromJson(parseJson(dumpJson(tokenizer->toJson()), "test").value());
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().message().c_str());
        QCOMPARE(dumpJson(read->toJson()), dumpJson(tokenizer->toJson()));
        std::vector<std::int32_t> one;
        std::vector<std::int32_t> other;
        tokenizer->encode(sample, one);
        read->encode(sample, other);
        QCOMPARE(one, other);
    }

    void isCutAtTheGreatestLength_data() { rows(); }
    void isCutAtTheGreatestLength()
    {
        QFETCH(QString, id);
        Json json = learnt(id.toStdString())->toJson();
        json["max_length"] = 3;
        std::vector<std::int32_t> ids;
        Tokenizer::fromJson(json)->encode(sample, ids);
        QCOMPARE(ids.size(), std::size_t{3});
    }

    void unknownKindListsTheKnown()
    {
        const auto kind = tokenizerCatalog().get("sentence");
        QVERIFY(!kind.ok());
        QVERIFY(kind.error().message().find("word, character") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_TokenizerCatalog)
#include "tst_TokenizerCatalog.moc"
