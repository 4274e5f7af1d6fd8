// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/models/WordVectors.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace espalier;

class tst_WordVectors : public QObject {
    Q_OBJECT

private:
    std::filesystem::path written(const std::string& text)
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / "vectors.txt";
        if (!writeFileSafely(path, text))
            qFatal("the test's file cannot be written");
        return path;
    }
    QTemporaryDir m_folder;
    const std::vector<std::string> m_words{"<pad>", "<unk>", "rain", "sun", "new york"};

private Q_SLOTS:
    void readsBothFormats_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("GloVe") << "rain 1 2.5 -3e-1\nsnow 7 7 7\nnew york 4 5 6\n";
        QTest::newRow("fastText") << "3 3\nrain 1 2.5 -3e-1 \nsnow 7 7 7 \nnew york 4 5 6 \n";
        QTest::newRow("Windows") << "rain 1 2.5 -3e-1\r\nsnow 7 7 7\r\nnew york 4 5 6\r\nrain 9 9 9\r\n";
    }

    void readsBothFormats()
    {
        QFETCH(QString, text);
        RunContext context;
        QStringList log;
        context.onLog = [&](LogLevel, const std::string& line) { log << QString::fromStdString(line); };
        const auto vectors = loadWordVectors(written(text.toStdString()), m_words, 3, context);
        QVERIFY2(vectors, vectors ? "" : vectors.error().message().c_str());
        const auto& values = vectors->embedding.values;
        QCOMPARE(vectors->found, std::size_t{2});
        QCOMPARE(std::vector<float>(values.begin(), values.begin() + 3), (std::vector<float>{0, 0, 0}));
        QCOMPARE(std::vector<float>(values.begin() + 6, values.begin() + 9), (std::vector<float>{1, 2.5F, -0.3F}));
        QCOMPARE(std::vector<float>(values.begin() + 12, values.end()), (std::vector<float>{4, 5, 6}));
        for (int i = 9; i < 12; ++i)
            QVERIFY(values[static_cast<std::size_t>(i)] != 0 && std::fabs(values[static_cast<std::size_t>(i)]) < 30);
        QVERIFY2(log.join(' ').contains("2 of 3 words") && log.join(' ').contains("66.7 %"), qPrintable(log.join(' ')));
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("dimension") << "rain 1 2 3 4\n" << "have 4 numbers (line 1), the model's embeddings 3";
        QTest::newRow("too few") << "rain 1 2 3\nsun 1 2\n" << "line 2";
        QTest::newRow("no number") << "rain 1 2 3\nsnow 1 2 3\nsun 1 x 3\n" << "line 3";
        QTest::newRow("not finite") << "rain 1 2 3\nsnow 1 2 3\nsun 1 inf 3\n" << "line 3";
        QTest::newRow("no word known") << "snow 1 2 3\n" << "no vector for any word";
    }

    void namesWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        RunContext context;
        const auto vectors = loadWordVectors(written(text.toStdString()), m_words, 3, context);
        QVERIFY(!vectors);
        QVERIFY2(QString::fromStdString(vectors.error().message()).contains(named), vectors.error().message().c_str());
        QVERIFY(!loadWordVectors("/nowhere/vectors.txt", m_words, 3, context));
    }
};

QTEST_GUILESS_MAIN(tst_WordVectors)
#include "tst_WordVectors.moc"
