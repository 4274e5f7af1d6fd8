// SPDX-License-Identifier: GPL-3.0-or-later
// The plan: measured once on a device, kept beside the package, and never trusted. Whatever it says, the answers stay the same bits.
#include "engine/core/SafeFile.h"
#include "engine/edge/PlanFile.h"
#include "engine/edge/Session.h"
#include "engine/edge/kernels/Calibration.h"
#include "engine/edge/ops/Step.h"
#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <filesystem>
#include <set>
#include <unistd.h>

using namespace espalier;
using namespace espalier::edge;
namespace fs = std::filesystem;

namespace {

/// Costs as a device might have them, no two alike.
Kernels numbered(Kernels kernels)
{
    float next = 1000;
    for (ProductCosts* costs : {&kernels.costs, &kernels.costsOfOneRow})
        for (LayoutCost* cost : {&costs->dense, &costs->gather[0], &costs->gather[1], &costs->pairs})
            *cost = {next += 7, next += 300};
    return kernels;
}

bool sameCosts(const Kernels& a, const Kernels& b) { return planText("", a) == planText("", b) && a.measuredHere == b.measuredHere; }

} // namespace

class tst_PlanFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_package = test::textCnnPackage({.encoding = "i8", .embedding = 64, .filters = 48, .sparsity = 0.9}).build();
        QVERIFY(writeFileSafely(path(), m_package).ok());
    }

    void measuresOnceAndReadsAfterwards()
    {
        const PackageReader reader = open();
        QCOMPARE(planKernels(reader, path(), Planning::Cached).file, std::string("absent"));
        QVERIFY(!fs::exists(plan()));
        const PlannedKernels first = planKernels(reader, path(), Planning::Needed);
        QCOMPARE(first.file, std::string("written"));
        QVERIFY(first.kernels.measuredHere && first.milliseconds > 0);
        QCOMPARE(bytesOf(plan()), planText(planHead(reader, chosenKernels()), first.kernels));
        for (const Planning planning : {Planning::Cached, Planning::Needed}) {
            const PlannedKernels second = planKernels(reader, path(), planning);
            QCOMPARE(second.file, std::string("read"));
            QCOMPARE(second.milliseconds, 0.0);
            QVERIFY(sameCosts(first.kernels, second.kernels));
        }
        QCOMPARE(planKernels(reader, path(), Planning::Anew).file, std::string("written"));
        QCOMPARE(std::distance(fs::directory_iterator(m_folder->path().toStdString()), {}), 2); // no temporary file stays
    }

    void measuresEveryLayoutThatTheProcessorHas()
    {
        for (const Kernels* kernels : availableKernels()) {
            const Kernels measured = calibrated(*kernels, 100000);
            QVERIFY(measured.measuredHere && measured.name == kernels->name);
            for (const ProductCosts* costs : {&measured.costs, &measured.costsOfOneRow}) {
                QVERIFY(costs->dense.place > 0);
                QCOMPARE(costs->pairs.place > 0, kernels->multiplyPairs != nullptr);
                for (std::size_t i = 0; i < costs->gather.size(); ++i)
                    QCOMPARE(costs->gather[i].place > 0, kernels->gatherShapes[i].outputs > 0);
            }
        }
    }

    void countsForTheSamePackageProcessorAndVersionOnly()
    {
        const PackageReader reader = open();
        const std::string head = planHead(reader, chosenKernels());
        const std::string text = planText(head, numbered(chosenKernels()));
        Kernels kernels = chosenKernels();
        QVERIFY(readPlan(text, head, kernels));
        QVERIFY(kernels.measuredHere);
        QCOMPARE(kernels.costsOfOneRow.pairs.place, numbered(chosenKernels()).costsOfOneRow.pairs.place);

        const std::string other = test::textCnnPackage({.encoding = "i8", .embedding = 64, .filters = 48, .sparsity = 0.9, .seed = 8}).build();
        const auto otherReader = PackageReader::fromBytes(other);
        QVERIFY(otherReader->identity() != reader.identity());
        Kernels anotherTable = chosenKernels();
        anotherTable.name = "another";
        for (const std::string& wrong : {planHead(*otherReader, chosenKernels()), planHead(reader, anotherTable), head + "x"})
            QVERIFY(!readPlan(text, wrong, kernels));
        QVERIFY(head.find("\nruntime 0.1.0\n") != std::string::npos);
        QVERIFY(head.find(std::string("\nprocessor ") + std::string(chosenKernels().name)) != std::string::npos);
    }

    void damageIsPassedOver()
    {
        const PackageReader reader = open();
        const std::string head = planHead(reader, chosenKernels());
        const std::string text = planText(head, numbered(chosenKernels()));
        for (std::size_t i = 0; i < text.size(); ++i) {
            QVERIFY(ignored(text.substr(0, i), head));
            for (int bit = 0; bit < 8; ++bit) {
                std::string flipped = text;
                flipped[i] = static_cast<char>(flipped[i] ^ 1 << bit);
                QVERIFY(ignored(flipped, head));
            }
        }
        QVERIFY(ignored(text + "\n", head));
        QVERIFY(ignored(head, head));
        QVERIFY(ignored(head + std::string(900, '9'), head));
    }

    /// As one that wants to do harm writes it: with the checksum right.
    void absurdCostsDoNoHarm()
    {
        const PackageReader reader = open();
        const std::string head = planHead(reader, chosenKernels());
        Kernels free = numbered(chosenKernels());
        free.costs.dense = {};
        QVERIFY(ignored(planText(head, free), head)); // a dense product that costs nothing is none
        const std::string package = test::textCnnPackage({.encoding = "i8", .embedding = 64, .filters = 48}).build();
        const auto full = PackageReader::fromBytes(package);
        for (const Kernels* table : availableKernels()) {
            Kernels greedy = numbered(*table);
            for (ProductCosts* costs : {&greedy.costs, &greedy.costsOfOneRow}) {
                costs->dense = {9e8F, 9e8F};
                costs->pairs = costs->gather[0] = costs->gather[1] = {0, 1};
            }
            const std::string tableHead = planHead(*full, *table);
            Kernels kernels = *table;
            QVERIFY(readPlan(planText(tableHead, greedy), tableHead, kernels));
            const auto session = Session::create(*full, kernels);
            const auto usual = Session::create(*full, *table);
            QVERIFY(session.ok());
            for (std::size_t i = 0; i < usual->plans().size(); ++i)
                QVERIFY(session->plans()[i].bytes < 3 * usual->plans()[i].bytes); // pairs would take four times the memory
        }
    }

    void whatIsNoFileOfOursStays()
    {
        const PackageReader reader = open();
        for (const char* bytes : {"", "something else\n"}) {
            QVERIFY(writeFileSafely(plan(), bytes).ok());
            QCOMPARE(planKernels(reader, path(), Planning::Cached).file, std::string("absent"));
            QCOMPARE(bytesOf(plan()), std::string(bytes)); // who only reads does not write
        }
        QVERIFY(writeFileSafely(plan(), std::string(1 << 20, 'x')).ok());
        QCOMPARE(planKernels(reader, path(), Planning::Needed).file, std::string("written"));
        fs::remove(plan());
        const std::string elsewhere = m_folder->filePath("elsewhere").toStdString();
        QVERIFY(writeFileSafely(elsewhere, "precious").ok());
        fs::create_symlink(elsewhere, plan());
        QCOMPARE(planKernels(reader, path(), Planning::Needed).file, std::string("unwritable"));
        QCOMPARE(bytesOf(elsewhere), std::string("precious"));
        fs::remove(plan());
        fs::create_directory(plan());
        QCOMPARE(planKernels(reader, path(), Planning::Needed).file, std::string("unwritable"));
    }

    void anUnwritableFolderIsNoError()
    {
        const PackageReader reader = open();
        // A folder that is not there is refused to every user, also to one who may write everywhere.
        const PlannedKernels planned = planKernels(reader, m_folder->filePath("nowhere/model.espkg").toStdString(), Planning::Needed);
        QCOMPARE(planned.file, std::string("unwritable"));
        QVERIFY(planned.kernels.measuredHere);
        if (::geteuid() == 0)
            return;
        fs::permissions(m_folder->path().toStdString(), fs::perms::owner_read | fs::perms::owner_exec);
        QCOMPARE(planKernels(reader, path(), Planning::Needed).file, std::string("unwritable"));
        fs::permissions(m_folder->path().toStdString(), fs::perms::owner_all);
    }

    void answersAreTheSameWithEveryPlan_data()
    {
        QTest::addColumn<int>("table");
        for (int i = 0; i < static_cast<int>(availableKernels().size()); ++i)
            QTest::newRow(std::string(availableKernels()[static_cast<std::size_t>(i)]->name).c_str()) << i;
    }

    void answersAreTheSameWithEveryPlan()
    {
        QFETCH(int, table);
        const Kernels& kernels = *availableKernels()[static_cast<std::size_t>(table)];
        std::set<std::string> layouts;
        auto expected = Session::fromBytes(m_package, scalarKernels());
        for (const int forced : {0, 1, 2, 3}) {
            auto session = Session::fromBytes(m_package, onlyWith(kernels, forced));
            QVERIFY(session.ok());
            layouts.insert(session->plans()[0].layout);
            for (std::uint64_t i = 0; i < 30; ++i) {
                const std::string text = test::randomSentence(i);
                const auto answer = session->classify(text);
                const auto should = expected->classify(text);
                QVERIFY(std::equal(answer.probabilities.begin(), answer.probabilities.end(), should.probabilities.begin(), should.probabilities.end()));
            }
        }
        std::size_t offered = 1; // each was really taken
        offered += kernels.multiplyPairs != nullptr ? 1 : 0;
        for (const GatherShape& shape : kernels.gatherShapes)
            offered += shape.outputs > 0 ? 1 : 0;
        QCOMPARE(layouts.size(), offered);
    }

private:
    [[nodiscard]] std::string path() const { return m_folder->filePath("model.espkg").toStdString(); }
    [[nodiscard]] std::string plan() const { return path() + ".plan"; }
    [[nodiscard]] PackageReader open() const
    {
        auto reader = PackageReader::open(path());
        return reader ? std::move(*reader) : *PackageReader::fromBytes(m_package);
    }
    static std::string bytesOf(const std::string& file)
    {
        const auto bytes = readFile(file);
        return bytes ? *bytes : std::string();
    }
    static bool ignored(const std::string& text, const std::string& head)
    {
        Kernels kernels = chosenKernels();
        return !readPlan(text, head, kernels) && sameCosts(kernels, chosenKernels());
    }
    /// Costs that leave no other choice: 0 dense, 1 and 2 gather, 3 pairs.
    static Kernels onlyWith(Kernels kernels, int layout)
    {
        for (ProductCosts* costs : {&kernels.costs, &kernels.costsOfOneRow}) {
            *costs = {};
            if (layout == 3)
                costs->pairs.place = 1e-6F;
            else if (layout > 0)
                costs->gather[static_cast<std::size_t>(layout - 1)].place = 1e-6F;
        }
        return kernels;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_package;
};

QTEST_GUILESS_MAIN(tst_PlanFile)
#include "tst_PlanFile.moc"
