// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tokenizers/Tokenizer.h"

#include <QtTest>

using namespace espalier;
using Vocabulary = std::vector<std::string>;

class tst_VocabularyBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frequentFirstTiesInByteOrder()
    {
        auto builder = VocabularyBuilder::create({});
        for (const char* sentence : {"light lamp zoo", "light lamp", "light ant 灯", "\xff light"})
            builder->add(sentence);
        QCOMPARE(builder->build(1, 0), (Vocabulary{"<pad>", "<unk>", "light", "lamp", "ant", "zoo", "灯"}));
        QCOMPARE(builder->build(2, 0), (Vocabulary{"<pad>", "<unk>", "light", "lamp"}));
        QCOMPARE(builder->build(1, 3), (Vocabulary{"<pad>", "<unk>", "light"}));
        QCOMPARE(builder->build(1, 1), (Vocabulary{"<pad>", "<unk>"}));
    }

    void countsBeyondTheGreatestLength()
    {
        TokenizerSpec spec;
        spec.maxLength = 1;
        auto builder = VocabularyBuilder::create(spec);
        builder->add("a b");
        QCOMPARE(builder->build(1, 0), (Vocabulary{"<pad>", "<unk>", "a", "b"}));
    }

    void refusesAnUnknownKind()
    {
        TokenizerSpec spec;
        spec.kind = "nothing";
        QVERIFY(!VocabularyBuilder::create(spec).ok());
    }
};

QTEST_GUILESS_MAIN(tst_VocabularyBuilder)
#include "tst_VocabularyBuilder.moc"
