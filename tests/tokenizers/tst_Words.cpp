// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tokenizers/Words.h"

#include <QtTest>

using namespace espalier;

class tst_Words : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cuts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << "" << "";
        QTest::newRow("spaces") << "  play  jazz " << "play|jazz";
        QTest::newRow("inside a word") << "today's hits at 10:30" << "today's|hits|at|10:30";
        QTest::newRow("full stop") << "Fly to Oslo, then Rome." << "Fly|to|Oslo|,|then|Rome|.";
        QTest::newRow("quotes") << "\"Ready to Die\" (live)" << "\"|Ready|to|Die|\"|(|live|)";
        QTest::newRow("mark alone") << "a . b" << "a|.|b";
        QTest::newRow("Chinese") << "北京天气 hi" << "北|京|天|气|hi";
        QTest::newRow("mixed") << "查iPhone价" << "查|iPhone|价";
    }

    void cuts()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        for (const char* kind : {"word", "character"}) {
            const auto tokenizer = Tokenizer::create({.kind = kind}, {"<pad>", "<unk>", "play"});
            QVERIFY(tokenizer);
            const std::string bytes = text.toStdString();
            const auto tokens = tokenizer->tokenize(bytes);
            QStringList found;
            for (const Word& word : wordsOf(bytes, tokens)) {
                found << QString::fromStdString(bytes.substr(word.begin, word.end - word.begin));
                QCOMPARE(tokens[word.token].begin, word.begin);
            }
            QCOMPARE(found.join("|"), expected);
        }
    }
};

QTEST_GUILESS_MAIN(tst_Words)
#include "tst_Words.moc"
