// SPDX-License-Identifier: GPL-3.0-or-later
// What a user builds into a product: header, archive and example, copied into an empty folder, compiled with a C compiler and run, for Arm under qemu.
#include "tests/edge/TaskPackages.h"

#include <QtTest>

using namespace espalier;
using namespace espalier::edge;

namespace {

struct Ran {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

Ran ran(const QString& folder, QStringList command, const QByteArray& input = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    const QString program = command.takeFirst();
    process.start(program.startsWith("./") ? folder + program.mid(1) : program, command);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(240000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), "did not end by itself: " + process.readAllStandardError()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void write(const QString& path, const std::string& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size()));
}

const QStringList libraries{"-lstdc++", "-lm", "-lpthread"};

} // namespace

class tst_EdgeSdk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theExampleAnswersLikeTheSession_data() { targets(); }
    void theExampleAnswersLikeTheSession()
    {
        const QTemporaryDir folder;
        if (const QString missing = prepare(folder.path()); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QByteArray input = "bad \xff\xc3 bytes\n\nlast without end " + QByteArray("nul\0inside\n", 11);
        for (std::uint64_t i = 0; i < 25; ++i)
            input += QByteArray::fromStdString(test::randomSentence(i)) + '\n';
        for (const Task task : {Task::SingleLabel, Task::MultiLabel, Task::TokenTags}) {
            const std::string package = test::taskPackage(task).build();
            write(folder.filePath("model.espkg"), package);
            auto session = Session::fromBytes(package);
            const Ran piped = example(folder.path(), {"model.espkg"}, input);
            QVERIFY2(piped.status == 0, piped.err);
            compare(piped.out, *session, input.chopped(1).split('\n'));
            const Ran given = example(folder.path(), {"model.espkg", "w2 w3", "w9"});
            QVERIFY2(given.status == 0, given.err);
            compare(given.out, *session, {"w2 w3", "w9"});
        }
    }

    void theExampleSaysWhatIsWrong_data() { targets(); }
    void theExampleSaysWhatIsWrong()
    {
        const QTemporaryDir folder;
        if (const QString missing = prepare(folder.path()); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        auto builder = test::taskPackage(Task::SingleLabel);
        write(folder.filePath("cut.espkg"), builder.build().substr(0, builder.build().size() - 100));
        write(folder.filePath("text.espkg"), "no package at all, but a text");
        builder.header.selfTests[3].label += "?";
        write(folder.filePath("wrong.espkg"), builder.build());
        const auto fails = [&](const QStringList& arguments, int status, const QByteArray& named) {
            const Ran answer = example(folder.path(), arguments);
            QVERIFY2(answer.status == status && answer.out.isEmpty() && answer.err.contains(named), named + " not in: " + answer.err);
        };
        fails({}, 2, "Usage");
        fails({"none.espkg"}, 1, "Cannot open 'none.espkg'");
        fails({"cut.espkg"}, 1, "cut short");
        fails({"text.espkg"}, 1, "text.espkg");
        fails({"wrong.espkg"}, 1, QByteArray::fromStdString(builder.header.selfTests[3].text));
    }

    /// At each allocation in turn, with all that follow: a status, and a session that goes on.
    void runsOutOfMemory_data() { targets(); }
    void runsOutOfMemory()
    {
        const QTemporaryDir folder;
        if (const QString missing = prepare(folder.path()); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        const Ran built = ran(folder.path(), QStringList{triplet() + "-g++", "-std=c++17", "-O1", "-I.", "-o", "refused", ESPALIER_SOURCE_DIR "/tests/edge/sdk/OutOfMemory.cpp", "libespalier_edge.a"} +
                                                 libraries + QStringList("-static"));
        QVERIFY2(built.status == 0, built.err);
        for (const Task task : {Task::SingleLabel, Task::MultiLabel, Task::TokenTags}) {
            write(folder.filePath("model.espkg"), test::taskPackage(task).build());
            const Ran refused = ran(folder.path(), runner() + QStringList{"./refused", "model.espkg", QString::fromStdString(test::randomSentence(4))});
            QVERIFY2(refused.status == 0 && refused.out.endsWith("still right\n"), refused.out + refused.err);
            QVERIFY2(refused.out.startsWith("open ") && refused.out.mid(5, refused.out.indexOf('\n') - 5).toInt() > 100, refused.out);
        }
    }

    /// The shortest command of the README, for this computer.
    void linksWithSharedLibraries_data() { targets(); }
    void linksWithSharedLibraries()
    {
        const QTemporaryDir folder;
        if (const QString missing = prepare(folder.path()); !missing.isEmpty() || !runner().isEmpty())
            QSKIP(qPrintable(missing.isEmpty() ? "There may be no shared libraries for that processor here" : missing));
        const Ran built = ran(folder.path(), QStringList{triplet() + "-gcc", "-o", "classify", "classify.c", "libespalier_edge.a"} + libraries);
        QVERIFY2(built.status == 0, built.err);
        write(folder.filePath("model.espkg"), test::taskPackage(Task::TokenTags).build());
        QCOMPARE(example(folder.path(), {"model.espkg", "w2"}).status, 0);
    }

    /// So that a product may link other versions of what is inside.
    void theArchiveHasNoNamesButTheHeaders_data() { targets(); }
    void theArchiveHasNoNamesButTheHeaders()
    {
        const QTemporaryDir folder;
        if (const QString missing = prepare(folder.path()); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QStringList names;
        for (const QByteArray& line : ran(folder.path(), {triplet() + "-nm", "-g", "--defined-only", "libespalier_edge.a"}).out.split('\n'))
            if (const auto columns = line.split(' '); columns.size() == 3)
                names << columns[2];
        names.sort();
        const QStringList expected{"classify", "close", "describe", "last_error", "open_file", "open_memory", "self_test", "version"};
        QCOMPARE(names.join(' '), "espalier_edge_" + expected.join(" espalier_edge_"));
    }

    void becomesASharedLibrary_data() { targets(); }
    void becomesASharedLibrary()
    {
        const QTemporaryDir folder;
        if (const QString missing = prepare(folder.path()); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        const Ran shared = ran(folder.path(), QStringList{triplet() + "-gcc", "-shared", "-o", "libproduct.so", "-Wl,-z,defs", "-Wl,--whole-archive", "libespalier_edge.a", "-Wl,--no-whole-archive"} + libraries);
        QVERIFY2(shared.status == 0, shared.err);
        if (!runner().isEmpty())
            return; // there may be no shared libraries of that processor to run it with
        const Ran built = ran(folder.path(), {triplet() + "-gcc", "-o", "classify", "classify.c", "libproduct.so", "-Wl,-rpath,$ORIGIN"});
        QVERIFY2(built.status == 0, built.err);
        write(folder.filePath("model.espkg"), test::taskPackage(Task::SingleLabel).build());
        QCOMPARE(example(folder.path(), {"model.espkg", "w2"}).status, 0);
    }

private:
    static void targets()
    {
        QTest::addColumn<QString>("arch");
        QTest::addColumn<QString>("triplet");
        QTest::addColumn<QString>("runner");
        QTest::newRow("x86_64") << "x86_64" << "x86_64-linux-gnu" << (QSysInfo::buildCpuArchitecture() == "x86_64" ? QString() : "qemu-x86_64-static");
        QTest::newRow("aarch64") << "aarch64" << "aarch64-linux-gnu" << "qemu-aarch64-static";
        QTest::newRow("armhf") << "armhf" << "arm-linux-gnueabihf" << "qemu-arm-static";
    }

    static QString column(const char* name) { return *static_cast<QString*>(QTest::qData(name, qMetaTypeId<QString>())); }
    static QString triplet() { return column("triplet"); }
    static QStringList runner() { return column("runner").isEmpty() ? QStringList() : QStringList(column("runner")); }

    /// Builds the example in @p folder, from nothing but the three files; or says what is missing here.
    static QString prepare(const QString& folder)
    {
        const QString sdk = ESPALIER_SOURCE_DIR "/build/edge-" + column("arch") + "/sdk/";
        for (const char* file : {"espalier_edge.h", "libespalier_edge.a", "classify.c"})
            if (!QFile::copy(sdk + file, folder + "/" + file))
                return "There is no " + sdk + file + ": build it with cmake --build --preset edge-" + column("arch");
        for (const QString& program : QStringList{triplet() + "-gcc", triplet() + "-g++"} + runner())
            if (QStandardPaths::findExecutable(program).isEmpty())
                return program + " is not installed";
        const Ran built = ran(folder, QStringList{triplet() + "-gcc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2", "-o", "classify", "classify.c", "libespalier_edge.a"} + libraries + QStringList("-static"));
        if (built.status != 0)
            qFatal("The example does not build: %s", built.err.constData());
        return {};
    }

    static Ran example(const QString& folder, const QStringList& arguments, const QByteArray& input = {})
    {
        return ran(folder, runner() + QStringList("./classify") + arguments, input);
    }

    /// Labels and tags as text, probabilities in six decimals.
    static void compare(const QByteArray& out, Session& session, const QList<QByteArray>& sentences)
    {
        QList<QByteArray> lines = out.chopped(1).split('\n');
        for (const QByteArray& sentence : sentences) {
            const auto answer = session.classify({sentence.constData(), static_cast<std::size_t>(sentence.size())});
            const bool tags = session.task() == Task::TokenTags;
            QByteArray text;
            for (std::size_t row = 0; row < (tags ? answer.words.size() : 1); ++row) {
                QVERIFY(!lines.isEmpty());
                const auto columns = lines.takeFirst().split('\t');
                text += (row > 0 ? " " : "") + columns[tags ? 1 : 0];
                for (qsizetype i = tags ? 2 : 1; i < columns.size(); ++i) {
                    const auto place = tags ? row * 4 + bestOf(answer.probabilities.subspan(row * 4, 4)) : static_cast<std::size_t>(i - 1);
                    QVERIFY2(std::fabs(columns[i].split('=').last().toDouble() - double{answer.probabilities[place]}) < 2e-6, columns[i]);
                }
                QCOMPARE(columns.size(), tags ? 3 : 5);
            }
            QCOMPARE(QString(text), QString::fromStdString(session.answerText(answer)));
            if (tags && !lines.isEmpty())
                QCOMPARE(lines.takeFirst(), QByteArray());
        }
        QVERIFY(lines.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_EdgeSdk)
#include "tst_EdgeSdk.moc"
