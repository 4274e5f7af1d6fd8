// SPDX-License-Identifier: GPL-3.0-or-later
// Every member of the catalogue, now and later, must keep these promises.
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/TokenizerCatalog.h"

#include <QtTest>

using namespace espalier;

class tst_TokenizerCatalog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKind_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto& kind : tokenizerCatalog().members())
            if (!kind.subword)
                QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
    }

    void everyKind()
    {
        QFETCH(QString, id);
        const TokenizerKind* kind = tokenizerCatalog().find(id.toStdString());
        QVERIFY(!kind->label.empty() && !kind->help.empty());
        TokenizerSpec spec;
        spec.kind = kind->id;
        const std::string text = "Turn on the 客厅 lights, please. It's 25°C \xff 👍";
        auto builder = VocabularyBuilder::create(spec);
        builder->add(text);
        const auto tokenizer = Tokenizer::create(spec, builder->build(1, 0));
        QVERIFY(tokenizer.ok());
        int unknown = 0;
        std::vector<std::int32_t> ids;
        tokenizer->encode(text, ids);
        const auto tokens = tokenizer->tokenize(text);
        QCOMPARE(ids.size(), tokens.size());
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            QCOMPARE(ids[i], tokens[i].id);
            unknown += tokens[i].id == Tokenizer::unknownId ? 1 : 0;
        }
        QCOMPARE(unknown, 1); // the byte that is not UTF-8
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
