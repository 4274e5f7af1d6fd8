// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Fingerprint.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

class tst_Fingerprint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matchesTheStandardsVectors()
    {
        QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
        QCOMPARE(sha256(std::string(1000000, 'a')), std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    /// A device checks files with this very program. Lengths around the block's border are where padding goes wrong.
    void agreesWithSha256sum()
    {
        QTemporaryDir folder;
        for (const int length : {0, 1, 55, 56, 57, 63, 64, 65, 127, 128, 65535, 65536, 65537, 200001}) {
            QByteArray bytes(length, '\0');
            for (int i = 0; i < length; ++i)
                bytes[i] = static_cast<char>(i * 31 + i / 251);
            const QString path = folder.filePath(QString("f%1").arg(length));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == length);
            file.close();
            QProcess judge;
            judge.start("sha256sum", {path});
            QVERIFY(judge.waitForFinished());
            const std::string expected = judge.readAllStandardOutput().left(64).toStdString();
            QCOMPARE(sha256OfFile(path.toStdString()).value(), expected);
            QCOMPARE(sha256({bytes.constData(), static_cast<std::size_t>(length)}), expected);
        }
    }

    void chunksDoNotMatter()
    {
        const std::string text(300, 'x');
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += 7)
            hash.update(std::string_view(text).substr(at, 7));
        QCOMPARE(hash.hexDigest(), sha256(text));
    }

    void unreadableFilesAreErrors()
    {
        QVERIFY(sha256OfFile("/nowhere/at/all").error().code == ErrorCode::NotFound);
        QVERIFY(!sha256OfFile("/").ok());
    }

    /// "ab" + "c" and "a" + "bc" are different parts, and so are a name and a value that look alike when glued.
    void partsCannotRunTogether()
    {
        const auto of = [](std::string_view name, std::string_view value) { return Fingerprint().add(name, value).hex(); };
        QVERIFY(of("ab", "c") != of("a", "bc"));
        QVERIFY(of("a", "1:b=1:c") != Fingerprint().add("a", "1").add("b", "c").hex());
        QVERIFY(Fingerprint().add("a", "1").add("b", "2").hex() != Fingerprint().add("b", "2").add("a", "1").hex());
        QCOMPARE(of("seed", "1"), of("seed", "1"));
    }
};

QTEST_GUILESS_MAIN(tst_Fingerprint)
#include "tst_Fingerprint.moc"
