// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProjectDocument.h"
#include "app/SampleCopy.h"
#include "app/Settings.h"
#include "engine/core/SafeFile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace espalier;

class tst_ProjectDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensWhatItSaved();
    void refusesAFileThatIsNoProject();
    void buildsAPipelineForData();
    void keepsNamingTheSameFilesInAnotherFolder();
    void writesItsJournalBesideAndNeverOver();
    void findsWhatACrashLeft();
    void saysWhoWroteAJournal();
    void copiesTheSampleOnce();
    void keepsAnotherFolderOfThatName();

private:
    QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char* name, const QByteArray& content)
    {
        QFile target(file(name));
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(content);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_ProjectDocument::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("ESPALIER_CONFIG_DIR", file("config").toUtf8());
    qputenv("HOME", file("home").toUtf8());
    QDir(m_folder->path()).mkpath(QStringLiteral("config"));
    QDir(m_folder->path()).mkpath(QStringLiteral("home"));
}

void tst_ProjectDocument::opensWhatItSaved()
{
    Settings settings;
    ProjectDocument document(&settings);
    document.openEmpty();
    QVERIFY(!document.isModified());
    QVERIFY(!document.save()); // it has no file yet
    document.model()->addNode("train", {0, 0});
    QVERIFY(document.isModified());
    QVERIFY(document.saveAs(file("mine.espalier")));
    QVERIFY(!document.isModified());
    QCOMPARE(settings.recentProjects(), QStringList({file("mine.espalier")}));

    ProjectDocument other(&settings);
    QVERIFY(other.open(file("mine.espalier")));
    QCOMPARE(other.name(), QStringLiteral("mine"));
    QVERIFY(other.model()->graph() == document.model()->graph());
}

void tst_ProjectDocument::refusesAFileThatIsNoProject()
{
    write("bad.espalier", "{\"name\":1}");
    Settings settings;
    ProjectDocument document(&settings);
    document.openEmpty();
    document.model()->addNode("train", {0, 0});
    QVERIFY(!document.open(file("bad.espalier")));
    QCOMPARE(document.model()->graph().nodes().size(), std::size_t(1)); // what was open is untouched
}

void tst_ProjectDocument::buildsAPipelineForData()
{
    write("train.tsv", "text\tlabel\nhello\tgreet\n");
    write("val.tsv", "text\tlabel\nhello\tgreet\n");
    Settings settings;
    ProjectDocument document(&settings);
    QVERIFY(document.openData(file("train.tsv")));
    QVERIFY(document.isModified()); // never saved: leaving must ask
    QCOMPARE(document.folder(), m_folder->path());
    const Node* dataset = document.model()->graph().node("dataset");
    QVERIFY(dataset);
    QCOMPARE(dataset->parameters.at("validation").get<std::string>(), std::string("val.tsv"));
    QVERIFY(!document.openData(file("absent.csv")));
}

void tst_ProjectDocument::keepsNamingTheSameFilesInAnotherFolder()
{
    write("train.tsv", "a\tb\n");
    Settings settings;
    ProjectDocument document(&settings);
    QVERIFY(document.openData(file("train.tsv")));
    QDir(m_folder->path()).mkpath(QStringLiteral("elsewhere"));
    QVERIFY(document.saveAs(file("elsewhere/p.espalier")));
    QCOMPARE(QString::fromStdString(document.model()->graph().node("dataset")->parameters.at("train").get<std::string>()), file("train.tsv"));
    QCOMPARE(document.folder(), file("elsewhere"));
}

void tst_ProjectDocument::writesItsJournalBesideAndNeverOver()
{
    Settings settings;
    ProjectDocument document(&settings);
    document.openEmpty();
    document.model()->addNode("train", {0, 0});
    QVERIFY(document.saveAs(file("p.espalier")));
    const auto saved = readFile(file("p.espalier").toStdString());
    document.model()->addNode("prune", {240, 0});
    document.writeJournal();
    const QString journal = Journal::pathFor(m_folder->path(), QStringLiteral("p"));
    QTRY_VERIFY(QFile::exists(journal));
    QCOMPARE(*readFile(file("p.espalier").toStdString()), *saved);
    QCOMPARE(settings.openJournal(), journal);
    QVERIFY(document.save());
    QTRY_VERIFY(!QFile::exists(journal));
    QVERIFY(settings.openJournal().isEmpty());
}

void tst_ProjectDocument::findsWhatACrashLeft()
{
    const QString journal = Journal::pathFor(m_folder->path(), QStringLiteral("p"));
    Settings settings;
    {
        ProjectDocument document(&settings);
        document.openEmpty();
        document.model()->addNode("train", {0, 0});
        QVERIFY(document.saveAs(file("p.espalier")));
        document.model()->addNode("prune", {240, 0});
        document.writeJournal();
    } // ends without close(), as a crash does
    QVERIFY(QFile::exists(journal));

    ProjectDocument again(&settings);
    QSignalSpy found(&again, &ProjectDocument::leftoverFound);
    QVERIFY(again.open(file("p.espalier")));
    QCOMPARE(found.count(), 1);
    QCOMPARE(again.model()->graph().nodes().size(), std::size_t(1));
    // An edit before the answer must not cost what was left behind.
    again.model()->addNode("evaluate", {0, 240});
    again.writeJournal();
    again.restoreLeftover();
    QCOMPARE(again.model()->graph().nodes().size(), std::size_t(2));
    QVERIFY(again.model()->graph().node("prune"));
    QVERIFY(again.isModified());
    QCOMPARE(again.path(), file("p.espalier"));
    again.close();
    QTRY_VERIFY(!QFile::exists(journal));
    QVERIFY(!QFile::exists(Journal::asidePath(journal)));
}

void tst_ProjectDocument::saysWhoWroteAJournal()
{
    const QString path = file("j");
    Journal journal;
    journal.moveTo(path);
    journal.write({});
    journal.flush();
    QVERIFY(Journal::read(path)); // this process itself may read its own
    QFile content(path);
    QVERIFY(content.open(QIODevice::ReadOnly));
    QVERIFY(content.readAll().contains(QByteArray::number(QCoreApplication::applicationPid())));
    QVERIFY(!Journal::read(file("absent")));
}

void tst_ProjectDocument::copiesTheSampleOnce()
{
    QDir(m_folder->path()).mkpath(QStringLiteral("sample"));
    for (const char* name : {"sample/train.tsv", "sample/val.tsv", "sample/test.tsv"})
        write(name, "a\tb\n");
    Settings settings;
    ProjectDocument document(&settings);
    QVERIFY(document.openSample(file("sample")));
    QCOMPARE(document.path(), file("home/Espalier/sample/sample.espalier"));
    QVERIFY(QFile::exists(file("home/Espalier/sample/test.tsv")));
    document.model()->addNode("prune", {0, 0});
    QVERIFY(document.save());
    const Graph edited = document.model()->graph();
    QVERIFY(document.openSample(file("sample")));
    QCOMPARE(document.path(), file("home/Espalier/sample/sample.espalier"));
    QVERIFY(document.model()->graph() == edited); // the user's own work, not a fresh copy
    QVERIFY(!document.openSample({}));
}

void tst_ProjectDocument::keepsAnotherFolderOfThatName()
{
    QDir(m_folder->path()).mkpath(QStringLiteral("sample"));
    QDir(m_folder->path()).mkpath(QStringLiteral("parent/sample"));
    write("sample/train.tsv", "a\tb\n");
    write("parent/sample/train.tsv", "mine\tx\n");
    const auto project = copySample(file("sample").toStdString(), file("parent").toStdString());
    QVERIFY(project);
    QCOMPARE(QString::fromStdString(project->string()), file("parent/sample-2/sample.espalier"));
    QCOMPARE(*readFile(file("parent/sample/train.tsv").toStdString()), std::string("mine\tx\n"));
}

QTEST_MAIN(tst_ProjectDocument)
#include "tst_ProjectDocument.moc"
