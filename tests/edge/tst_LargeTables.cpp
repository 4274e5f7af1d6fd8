// SPDX-License-Identifier: GPL-3.0-or-later
// `classify` with a package whose embeddings it decodes as they are asked for: the real executable, and what happens to its file meanwhile.
#include "engine/edge/AnswerJson.h"
#include "engine/edge/Session.h"
#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <cstdio>
#include <memory>

using namespace espalier;
using namespace espalier::edge;

namespace {

/// A package whose embeddings take many blocks.
std::string largeTable() { return test::textCnnPackage({.encoding = "i8_rans", .embedding = 36000, .filters = 3, .widths = {2}}).build(); }

} // namespace

class tst_LargeTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_process.reset(); }

    /// Of a large table only what is asked for is decoded.
    void answersTheSameFromALargeTable()
    {
        const std::string package = largeTable();
        write("large.espkg", package);
        auto session = Session::fromBytes(package);
        QVERIFY(session.ok());
        start({"--all"});
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const std::string sentence = test::randomSentence(seed);
            QCOMPARE(answer(QByteArray::fromStdString(sentence)).trimmed().toStdString(), dumpJson(answerJson(*session, sentence, {.all = true})));
        }
    }

    void noticesThatItsPackageWasChanged_data()
    {
        QTest::addColumn<QString>("change");
        for (const char* change : {"renamed over", "written over", "written again", "cut"})
            QTest::newRow(change) << change;
    }
    void noticesThatItsPackageWasChanged()
    {
        QFETCH(QString, change);
        const std::string package = largeTable();
        write("large.espkg", package);
        start();
        QVERIFY(answer("w2").contains("label"));
        if (change == "renamed over") {
            write("other.espkg", std::string(package.size(), '\0'));
            QCOMPARE(::rename(path("other.espkg").toStdString().c_str(), path("large.espkg").toStdString().c_str()), 0);
            QVERIFY(answer("w30 w58").contains("label"));
            m_process->closeWriteChannel();
            QVERIFY(m_process->waitForFinished());
            QCOMPARE(m_process->exitCode(), 0);
            return;
        }
        if (change == "cut")
            QVERIFY(QFile::resize(path("large.espkg"), 1000));
        else
            write("large.espkg", change == "written again" ? package : std::string(package.size(), '\0')); // what it says meanwhile is nobody's to trust
        m_process->write("w30 w58\n");
        QVERIFY(m_process->waitForFinished());
        QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_process->exitCode(), 1);
        QCOMPARE(m_process->readAllStandardOutput(), QByteArray());
        QVERIFY(m_process->readAllStandardError().contains("large.espkg' cannot be read any more"));
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    /// Into the file that is there, as a careless copy does.
    void write(const QString& name, const std::string& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
    }
    void start(const QStringList& options = {})
    {
        m_process = std::make_unique<QProcess>();
        m_process->start(ESPALIER_EDGE_PROGRAM, QStringList{"classify", path("large.espkg")} + options);
    }
    QByteArray answer(const QByteArray& text)
    {
        m_process->write(text + "\n");
        while (!m_process->canReadLine() && m_process->waitForReadyRead(30000)) {
        }
        return m_process->readLine();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
};

QTEST_GUILESS_MAIN(tst_LargeTables)
#include "tst_LargeTables.moc"
