// SPDX-License-Identifier: GPL-3.0-or-later
// The real executable as a process: which commands measure the plan, which only use it, and what `info` says of it.
#include "engine/core/Json.h"
#include "engine/edge/kernels/Kernels.h"
#include "tests/support/PackageBuilder.h"

#include <QtTest>

using namespace espalier;
using namespace espalier::edge;

class tst_PlanCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        write("model.espkg", [] {
            auto builder = test::textCnnPackage({.encoding = "i8_sparse", .sparsity = 0.5});
            builder.header.selfTests.push_back({"w2", "alpha", {0.25F, 0.25F, 0.25F, 0.25F}});
            builder.header.selfTestTolerance = 1; // whatever it answers
            builder.header.selfTestAgreement = 0;
            return builder.build();
        }());
    }

    void showsThePlanOfEachMatrix()
    {
        const auto sparse = test::textCnnPackage({.encoding = "i8", .embedding = 64, .filters = 64, .sparsity = 0.9});
        write("sparse.espkg", sparse.build());
        const Json plan = run({"info", path("sparse.espkg"), "--plan"}).json()["plan"];
        QCOMPARE(plan.size(), std::size_t{4}); // three widths of filters and the linear layer
        const bool dense = chosenKernels().multiplyPairs == nullptr && chosenKernels().multiplyGather == nullptr;
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(std::abs(plan[i]["density"].get<double>() - 0.1) < 0.03);
            QCOMPARE(plan[i]["layout"] == "rows" || plan[i]["layout"] == "panels", dense);
            QVERIFY(plan[i]["bytes"].get<std::size_t>() > 0);
            QVERIFY(plan[i]["rows_at_once"].get<std::size_t>() > 0);
            QCOMPARE(plan[i]["source"].get<std::string>(), std::string("estimated"));
            QCOMPARE(plan[i]["cost_over_dense"].get<double>() < 1, !dense);
            QVERIFY(!plan[i].contains("microseconds_a_row"));
        }
    }

    void measuresItsPlanOnce_data()
    {
        QTest::addColumn<QStringList>("measuring");
        QTest::newRow("selftest") << QStringList{"selftest"};
        QTest::newRow("bench") << QStringList{"bench", "--seconds", "0.02"};
        QTest::newRow("info --calibrate") << QStringList{"info", "--calibrate"};
    }

    void measuresItsPlanOnce()
    {
        QFETCH(QStringList, measuring);
        const QString plan = path("model.espkg.plan");
        const auto info = [&](const QStringList& more = {}) { return run(QStringList{"info", path("model.espkg"), "--plan"} + more).json(); };
        QFile::remove(plan);
        QCOMPARE(run({"classify", path("model.espkg")}, "w2 w3\n").status, 0);
        write("test.tsv", "w2 w3\talpha\n");
        QCOMPARE(run({"evaluate", path("model.espkg"), "--input", path("test.tsv")}).status, 0);
        QCOMPARE(info()["plan_file"].get<std::string>(), std::string("absent"));
        QVERIFY(!QFile::exists(plan)); // none of these took the time
        measuring.insert(1, path("model.espkg"));
        QCOMPARE(run(measuring).status, 0);
        QVERIFY(QFile::exists(plan));
        const Json measured = info();
        QCOMPARE(measured["plan_file"].get<std::string>(), std::string("read"));
        for (const Json& matrix : measured["plan"]) {
            QCOMPARE(matrix["source"].get<std::string>(), std::string("measured on this device"));
            QVERIFY(matrix["microseconds_a_row"].get<double>() > 0);
            QVERIFY(matrix["cost_over_dense"].get<double>() <= 1);
        }
        QCOMPARE(info({"--calibrate"})["plan_file"].get<std::string>(), std::string("written"));
        QFile::remove(plan);
    }

private:
    struct Answer {
        int status = -1;
        QByteArray out;

        [[nodiscard]] Json json() const
        {
            const auto parsed = parseJson({out.constData(), static_cast<std::size_t>(out.size())}, "output");
            return parsed ? *parsed : Json();
        }
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const std::string& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
    }
    static Answer run(const QStringList& arguments, const QByteArray& input = {})
    {
        QProcess process;
        process.start(ESPALIER_EDGE_PROGRAM, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput()};
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(tst_PlanCommands)
#include "tst_PlanCommands.moc"
