// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tokenizers/Tokenizer.h"

#include <QtTest>

#include <string>
#include <vector>

using namespace espalier;

namespace {

/// The pieces that @p spec cuts @p text into, by way of a vocabulary that holds them all.
std::vector<std::string> pieces(const TokenizerSpec& spec, std::string_view text)
{
    auto builder = VocabularyBuilder::create(spec);
    builder->add(text);
    const auto tokenizer = Tokenizer::create(spec, builder->build(1, 0));
    std::vector<std::string> result;
    for (const Token& token : tokenizer->tokenize(text))
        result.push_back(tokenizer->vocabulary()[static_cast<std::size_t>(token.id)]);
    return result;
}

std::vector<std::string> slices(const TokenizerSpec& spec, const std::string& text)
{
    const auto tokenizer = Tokenizer::create(spec, {"<pad>", "<unk>"});
    std::vector<std::string> result;
    for (const Token& token : tokenizer->tokenize(text))
        result.push_back(text.substr(token.begin, token.end - token.begin));
    return result;
}

QString joined(const std::vector<std::string>& parts)
{
    QStringList list;
    for (const auto& part : parts)
        list << QString::fromStdString(part);
    return list.join('|');
}

TokenizerSpec characterSpec()
{
    TokenizerSpec spec;
    spec.kind = "character";
    return spec;
}

} // namespace

class tst_Tokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("english") << "Turn ON the lights, please!" << "turn|on|the|lights|,|please|!";
        QTest::newRow("apostrophe") << "don't 'quote' it's' rock''n'" << "don't|'|quote|'|it's|'|rock|'|'|n|'";
        QTest::newRow("typographic apostrophe") << QString::fromUtf8("don\u2019t") << "don't";
        QTest::newRow("digits and symbols") << "20.5% a_b $3 x2" << "20|.|5|%|a|_|b|$|3|x2";
        QTest::newRow("white space") << " a\t\nb\r\n c\u00a0d\u3000e " << "a|b|c|d|e";
        QTest::newRow("chinese") << QString::fromUtf8("打开客厅的灯，25度") << QString::fromUtf8("打|开|客|厅|的|灯|,|25|度");
        QTest::newRow("chinese beyond the first plane") << QString::fromUtf8("𠀀𠀁a") << QString::fromUtf8("𠀀|𠀁|a");
        QTest::newRow("kana run") << QString::fromUtf8("電気をつけて") << QString::fromUtf8("電|気|をつけて");
        QTest::newRow("half-width kana") << QString::fromUtf8("ｶﾞｽ") << QString::fromUtf8("ガス");
        QTest::newRow("hangul run") << QString::fromUtf8("불을 켜줘") << QString::fromUtf8("불을|켜줘");
        QTest::newRow("decomposed") << QString::fromUtf8("Cafe\u0301 CAFÉ") << QString::fromUtf8("café|café");
        QTest::newRow("case folding") << QString::fromUtf8("STRASSE straße ΣΊΣΥΦΟΣ") << QString::fromUtf8("strasse|strasse|σίσυφοσ");
        QTest::newRow("full width") << QString::fromUtf8("ＡＢＣ１２") << "abc12";
        QTest::newRow("compatibility expansions") << QString::fromUtf8("5㎏ ﬁne ℡ …") << "5kg|fine|tel|.|.|.";
        QTest::newRow("arabic with marks") << QString::fromUtf8("مُحَمَّد") << QString::fromUtf8("مُحَمَّد");
        QTest::newRow("devanagari") << QString::fromUtf8("नमस्ते दुनिया") << QString::fromUtf8("नमस्ते|दुनिया");
        QTest::newRow("emoji") << QString::fromUtf8("ok👍🏽❤️") << QString::fromUtf8("ok|👍|🏽|❤");
        QTest::newRow("soft hyphen and zero width") << QString::fromUtf8("re\u00adset a\u200bb") << "reset|a|b";
        QTest::newRow("NUL separates") << QString("a") + QChar(0) + "b" << "a|b";
        QTest::newRow("empty") << "" << "";
    }

    void cutsWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(joined(pieces(TokenizerSpec{}, text.toStdString())), expected);
    }

    void cutsCharacters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("latin, space collapsed") << "  Hi \t you " << "h|i| |y|o|u";
        QTest::newRow("chinese") << QString::fromUtf8("开灯。") << QString::fromUtf8("开|灯|。");
        QTest::newRow("marks stay") << QString::fromUtf8("x\u0323\u0302y") << QString::fromUtf8("x\u0323\u0302|y");
        QTest::newRow("jamo compose") << QString::fromUtf8("\u1112\u1161\u11ab\u1100\u1173\u11af") << QString::fromUtf8("한|글");
        QTest::newRow("family emoji and flag") << QString::fromUtf8("👨‍👩‍👧🇩🇪a") << QString::fromUtf8("👨‍👩‍👧|🇩🇪|a");
        QTest::newRow("one character becomes two") << QString::fromUtf8("㎏") << "k|g";
        QTest::newRow("only space") << " \n " << "";
    }

    void cutsCharacters()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(joined(pieces(characterSpec(), text.toStdString())), expected);
    }

    void offsetsSliceTheOriginal()
    {
        const std::string text = "  Cafe\u0301 \u2019s ＡＢ，don\u2019t 灯 \xff\xfe👍🏽x";
        QCOMPARE(joined(slices({}, text.substr(0, text.find('\xff')))), QString::fromUtf8("Cafe\u0301|\u2019|s|ＡＢ|，|don\u2019t|灯"));
        const auto parts = slices({}, text);
        QCOMPARE(parts[7], std::string("\xff\xfe"));
        QCOMPARE(parts[8], std::string("👍"));
        QCOMPARE(parts[10], std::string("x"));
        QCOMPARE(joined(slices(characterSpec(), "A\u0301 \t가")), QString::fromUtf8("A\u0301| \t|가"));
        // Two words out of one character share its bytes.
        QCOMPARE(joined(slices({}, "a½b")), QString::fromUtf8("a½|½|½b"));
    }

    void normalizationIsAChoice()
    {
        TokenizerSpec spec;
        spec.lowercase = false;
        spec.normalization = "none";
        QCOMPARE(joined(pieces(spec, "Ａe\u0301")), QString::fromUtf8("Ａe\u0301"));
        spec.normalization = "nfc";
        QCOMPARE(joined(pieces(spec, "Ａe\u0301")), QString::fromUtf8("Ａé"));
        spec.lowercase = true;
        spec.normalization = "none";
        QCOMPARE(joined(pieces(spec, "ÀE\u0301")), QString::fromUtf8("àe\u0301"));
    }

    void encodesWithTheVocabulary()
    {
        TokenizerSpec spec;
        spec.maxLength = 4;
        const auto tokenizer = Tokenizer::create(spec, {"<pad>", "<unk>", "turn", "lights", "灯"});
        std::vector<std::int32_t> ids{9, 9};
        tokenizer->encode("Turn lights 灯 purple turn", ids);
        QCOMPARE(ids, (std::vector<std::int32_t>{2, 3, 4, 1}));
        tokenizer->encode("", ids);
        QCOMPARE(ids, std::vector<std::int32_t>{Tokenizer::unknownId});
        tokenizer->encode("<pad> turn", ids);
        QCOMPARE(ids, (std::vector<std::int32_t>{1, 1, 1, 2}));
    }

    void roundTripsThroughJson()
    {
        TokenizerSpec spec{"character", "nfc", false, 7};
        const auto made = Tokenizer::create(spec, {"<pad>", "<unk>", "灯", "a"});
        const auto read = Tokenizer::fromJson(*parseJson(dumpJson(made->toJson()), "test"));
        QVERIFY(read.ok());
        QCOMPARE(read->vocabulary(), made->vocabulary());
        QCOMPARE(dumpJson(read->toJson()), dumpJson(made->toJson()));
    }

    void refusesWhatCannotWork_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        const QString good = R"({"kind":"word","normalization":"nfkc","lowercase":true,"max_length":8,"vocabulary":["<pad>","<unk>","a"]})";
        const auto with = [&](const char* from, const char* to) { return QString(good).replace(from, to); };
        QTest::newRow("kind") << with("\"word\"", "\"sentence\"") << "'sentence'";
        QTest::newRow("normalization") << with("nfkc", "nfx") << "'nfx'";
        QTest::newRow("length 0") << with(":8", ":0") << "1 to 4096";
        QTest::newRow("length huge") << with(":8", ":99999999999") << "1 to 4096";
        QTest::newRow("length text") << with(":8", ":\"8\"") << "max_length";
        QTest::newRow("no unk") << with("<unk>", "unk") << "<unk>";
        QTest::newRow("twice") << with("\"a\"", "\"a\",\"a\"") << "'a' stands twice";
        QTest::newRow("empty entry") << with("\"a\"", "\"\"") << "entry 2";
        QTest::newRow("number entry") << with("\"a\"", "3") << "vocabulary";
    }

    void refusesWhatCannotWork()
    {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const auto read = Tokenizer::fromJson(*parseJson(json.toStdString(), "test"));
        QVERIFY(!read.ok());
        QVERIFY2(QString::fromStdString(read.error().message()).contains(named), read.error().message().c_str());
    }

    void survivesHostileText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("every byte") << [] {
            QByteArray bytes;
            for (int i = 0; i < 1024; ++i)
                bytes.append(static_cast<char>(i * 7));
            return bytes;
        }();
        QTest::newRow("NULs") << QByteArray(1 << 20, '\0');
        QTest::newRow("one letter") << QByteArray(1 << 20, 'a');
        QTest::newRow("apostrophes") << QByteArray(1 << 20, '\'');
        QTest::newRow("invalid") << QByteArray(1 << 20, '\xff');
        QTest::newRow("lone leads") << QByteArray(1 << 20, '\xe4');
        QTest::newRow("marks of alternating class") << QByteArray("\u0301\u0323").repeated(1 << 18);
        QTest::newRow("letter under marks") << "a" + QByteArray("\u0301").repeated(1 << 19);
        QTest::newRow("joiners") << QByteArray("\u200d").repeated(1 << 18);
        QTest::newRow("largest expansion") << QByteArray("\ufdfa").repeated(1 << 18);
        QTest::newRow("flags") << QByteArray("🇩").repeated(1 << 18);
        QTest::newRow("surrogate, overlong, beyond") << QByteArray("\xed\xa0\x80\xc0\x80\xf4\x90\x80\x80\xf8");
        QTest::newRow("cut code point") << QByteArray("a\xf0\x9f\x91");
    }

    void survivesHostileText()
    {
        QFETCH(QByteArray, text);
        for (const char* kind : {"word", "character"}) {
            TokenizerSpec spec;
            spec.kind = kind;
            spec.maxLength = Tokenizer::maxLengthLimit;
            auto builder = VocabularyBuilder::create(spec);
            builder->add({text.constData(), static_cast<std::size_t>(text.size())});
            const auto tokenizer = Tokenizer::create(spec, builder->build(1, 1000));
            const auto tokens = tokenizer->tokenize({text.constData(), static_cast<std::size_t>(text.size())});
            QVERIFY(tokens.size() <= static_cast<std::size_t>(Tokenizer::maxLengthLimit));
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                QVERIFY(tokens[i].begin < tokens[i].end && tokens[i].end <= static_cast<std::uint32_t>(text.size()));
                QVERIFY(i == 0 || tokens[i - 1].begin <= tokens[i].begin);
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_Tokenizer)
#include "tst_Tokenizer.moc"
