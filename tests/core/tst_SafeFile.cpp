// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"

#include <QDir>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace espalier;

namespace {

std::string contentOf(const std::filesystem::path& path)
{
    return readFile(path).value();
}

/// Names in the folder, hidden ones too: a temporary file left behind would show here.
QStringList namesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

/// Lets the operating system refuse every byte past @p bytes of a file, as a full disk would.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class tst_SafeFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("model.json").toStdString();
    }

    void writesAndReplaces()
    {
        const std::string bytes("with a \0 inside", 15);
        QVERIFY(writeFileSafely(m_path, "first").ok());
        QVERIFY(writeFileSafely(m_path, bytes).ok());
        QCOMPARE(contentOf(m_path), bytes);
        QCOMPARE(namesIn(m_folder->path()), QStringList{"model.json"});
    }

    void withoutCommitTheOldFileStays()
    {
        QVERIFY(writeFileSafely(m_path, "old").ok());
        {
            auto file = SafeFile::create(m_path);
            QVERIFY(file.ok() && file->write("new").ok());
            auto moved = std::move(*file);
        }
        QCOMPARE(contentOf(m_path), std::string("old"));
        QCOMPARE(namesIn(m_folder->path()), QStringList{"model.json"});
    }

    void aRefusedWriteKeepsTheOldFile()
    {
        QVERIFY(writeFileSafely(m_path, "old and complete").ok());
        {
            const FileSizeLimit limit(4096);
            const auto written = writeFileSafely(m_path, std::string(10000, 'x'));
            QVERIFY(!written.ok());
            QVERIFY(written.error().detail.find("model.json") != std::string::npos);
        }
        QCOMPARE(contentOf(m_path), std::string("old and complete"));
        QCOMPARE(namesIn(m_folder->path()), QStringList{"model.json"});
    }

    /// Whoever ignores a failed write must not get half a file by committing it.
    void commitAfterARefusedWriteFails()
    {
        QVERIFY(writeFileSafely(m_path, "old and complete").ok());
        auto file = SafeFile::create(m_path);
        {
            const FileSizeLimit limit(4096);
            QVERIFY(!file->write(std::string(10000, 'x')).ok());
        }
        QVERIFY(!file->commit().ok());
        QCOMPARE(contentOf(m_path), std::string("old and complete"));
    }

    void aFullDiskKeepsTheOldFile()
    {
        if (::mount("tmpfs", m_folder->path().toLocal8Bit(), "tmpfs", 0, "size=64k") != 0)
            QSKIP("needs the right to mount a small disk (run as root)");
        const auto cleanUp = qScopeGuard([this] { ::umount2(m_folder->path().toLocal8Bit(), MNT_DETACH); });
        QVERIFY(writeFileSafely(m_path, std::string(30000, 'o')).ok());
        const auto written = writeFileSafely(m_path, std::string(60000, 'n'));
        QVERIFY(!written.ok());
        QVERIFY2(written.error().remedy.find("Free some space") != std::string::npos, written.error().message().c_str());
        QCOMPARE(contentOf(m_path), std::string(30000, 'o'));
        QCOMPARE(namesIn(m_folder->path()), QStringList{"model.json"});
    }

    void keepsPermissionsAndFollowsLinks()
    {
        const std::filesystem::path link = m_folder->filePath("link").toStdString();
        QVERIFY(writeFileSafely(m_path, "old").ok());
        std::filesystem::permissions(m_path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        std::filesystem::create_symlink("model.json", link);
        QVERIFY(writeFileSafely(link, "new").ok());
        QVERIFY(std::filesystem::is_symlink(link));
        QCOMPARE(contentOf(m_path), std::string("new"));
        struct stat info {};
        QCOMPARE(::stat(m_path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, mode_t{0600});
    }

    void aMissingFolderIsNamed()
    {
        const auto written = writeFileSafely("/nowhere/at/all/model.json", "x");
        QVERIFY(written.error().code == ErrorCode::NotFound);
        QVERIFY(written.error().detail.find("/nowhere/at/all/model.json") != std::string::npos);
    }

    void readingRefusesWhatIsNoFile()
    {
        const std::filesystem::path pipe = m_folder->filePath("pipe").toStdString();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(readFile(pipe).error().code == ErrorCode::InvalidArgument); // and does not wait for a writer
        QVERIFY(!readFile(m_folder->path().toStdString()).ok());
        QVERIFY(readFile(m_path).error().code == ErrorCode::NotFound);
        QVERIFY(writeFileSafely(m_path, "12345").ok());
        QVERIFY(!readFile(m_path, 4).ok());
        QCOMPARE(readFile(m_path, 5).value(), std::string("12345"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
};

QTEST_GUILESS_MAIN(tst_SafeFile)
#include "tst_SafeFile.moc"
