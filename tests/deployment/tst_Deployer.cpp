// SPDX-License-Identifier: GPL-3.0-or-later
// Pushes over SSH to a real server: what a device answers, and what it keeps answering when a push goes wrong.
#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/deployment/LocalTransport.h"
#include "engine/deployment/Releases.h"
#include "engine/deployment/ReleaseLayout.h"
#include "engine/deployment/TransportCatalog.h"
#include "engine/edge/AnswerJson.h"
#include "tests/deployment/DeviceBench.h"
#include "tests/edge/TaskPackages.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

using namespace espalier;
using namespace espalier::test;
namespace fs = std::filesystem;

class tst_Deployer : public QObject {
    Q_OBJECT

    static constexpr std::uint64_t oldSeed = 1;
    static constexpr std::uint64_t newSeed = 2;

    DeviceBench m_bench;
    SshServer m_server;
    RunContext m_context;
    fs::path m_root;

    std::unique_ptr<Transport> open()
    {
        auto transport = openTransport(device(), {}, DeviceBench::trusting(), m_context);
        if (!transport)
            qWarning("%s", messageOf(transport).constData());
        return transport ? std::move(*transport) : nullptr;
    }
    [[nodiscard]] Device device() const { return m_server.device("loopback", m_bench.root()); }
    /// Pushes without SSH, to begin from a known state.
    Result<Receipt> prepare(std::uint64_t seed)
    {
        LocalTransport local;
        return deploy(local, m_bench.localDevice(), m_bench.request(seed), m_context);
    }
    std::vector<std::string> answers()
    {
        const auto transport = open();
        const auto list = transport ? classifyOnDevice(*transport, device(), m_bench.sentences(), m_context) : Result<std::vector<DeviceAnswer>>(Error{});
        std::vector<std::string> labels;
        for (const DeviceAnswer& answer : list ? *list : std::vector<DeviceAnswer>{})
            labels.push_back(answer.label);
        return labels;
    }
    /// Every step of a push in its own words, with and without an evaluation.
    static RunContext watching(const std::string& activity, const std::function<void()>& act)
    {
        RunContext context;
        context.onProgress = [=](const Progress& progress) {
            if (progress.activity == activity && progress.unit.empty())
                act();
        };
        return context;
    }
    [[nodiscard]] QString testSet() const
    {
        const QString path = m_bench.path("test.tsv");
        std::string text;
        const auto labels = m_bench.labels(newSeed);
        for (std::size_t i = 0; i < labels.size(); ++i)
            text += m_bench.sentences()[i] + "\t" + (i == 0 ? (labels[0] == "alpha" ? "beta" : "alpha") : labels[i]) + "\n";
        return writeFileSafely(path.toStdString(), text) ? path : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = SshServer::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        if (const QString missing = m_bench.runtimeMissing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY2(m_server.start(), qPrintable(m_server.error()));
        QVERIFY2(m_bench.labels(oldSeed) != m_bench.labels(newSeed), "the two packages must be told apart");
    }
    void init()
    {
        m_root = m_bench.root().toStdString();
        fs::remove_all(m_root);
    }

    void pushRunRollback()
    {
        const auto transport = open();
        QVERIFY(transport);
        QVERIFY(listReleases(*transport, device(), m_context)->empty());
        QCOMPARE(currentRelease(*transport, device(), m_context).error().code, ErrorCode::NotFound);

        const auto first = deploy(*transport, device(), m_bench.request(oldSeed), m_context);
        QVERIFY2(first.ok(), messageOf(first));
        QVERIFY(isReleaseHash(first->release));
        QVERIFY(first->previousRelease.empty());
        QCOMPARE(first->device, std::string("loopback"));
        QCOMPARE(first->packageSha256, *sha256OfFile(m_bench.package(oldSeed).toStdString()));
        QVERIFY(first->selfTestPassed);
        QVERIFY(first->uploadedBytes > first->packageBytes);
        QVERIFY(first->latency.sentences > 0);
        QVERIFY(first->latency.peakMemoryBytes > 0);
        QVERIFY2(first->runtimeVersion.rfind("espalier-edge ", 0) == 0, first->runtimeVersion.c_str());
        QVERIFY(!first->evaluation);
        QVERIFY(first->profile.usable());
        QCOMPARE(answers(), m_bench.labels(oldSeed));
        QVERIFY(fs::exists(m_root / "current/model.espkg.plan")); // measured before the release was activated

        const auto second = deploy(*transport, device(), m_bench.request(newSeed), m_context);
        QVERIFY2(second.ok(), messageOf(second));
        QCOMPARE(second->previousRelease, first->release);
        QCOMPARE(answers(), m_bench.labels(newSeed));
        const auto list = listReleases(*transport, device(), m_context);
        QCOMPARE(list->size(), std::size_t{2});
        QVERIFY((*list)[0].current && (*list)[0].hash == second->release);
        QVERIFY((*list)[1].previous && (*list)[1].hash == first->release);

        const auto back = rollback(*transport, device(), m_context);
        QVERIFY2(back.ok(), messageOf(back));
        QCOMPARE(back->hash, first->release);
        QCOMPARE(answers(), m_bench.labels(oldSeed));
        QCOMPARE(rollback(*transport, device(), m_context)->hash, second->release);
        QVERIFY2(!fs::is_symlink(m_root / "lock"), "the lock was left behind");
    }

    void answersCarryAllScores()
    {
        QVERIFY(prepare(oldSeed).ok());
        const auto transport = open();
        const auto list = classifyOnDevice(*transport, device(), {"w2 w3\nw4", "", "w5"}, m_context);
        QVERIFY2(list.ok(), messageOf(list));
        QCOMPARE(list->size(), std::size_t{3});
        for (const DeviceAnswer& answer : *list) {
            QCOMPARE(answer.scores.size(), std::size_t{4});
            QCOMPARE(answer.scores.front().first, answer.label);
            double sum = 0;
            for (const auto& [label, score] : answer.scores)
                sum += score;
            QVERIFY(std::abs(sum - 1) < 1e-4);
        }
        QCOMPARE((*list)[0].text, std::string("w2 w3\nw4"));
    }

    void currentIsThereAtEveryMoment()
    {
        QVERIFY(prepare(oldSeed).ok());
        std::atomic<bool> done{false};
        std::atomic<int> missing{0};
        std::thread reader([&] {
            while (!done)
                if (!std::ifstream(m_root / "current" / "release.json"))
                    ++missing;
        });
        LocalTransport local;
        bool fine = prepare(newSeed).ok();
        for (int i = 0; i < 20 && fine; ++i)
            fine = rollback(local, m_bench.localDevice(), m_context).ok();
        done = true;
        reader.join();
        QVERIFY(fine);
        QCOMPARE(missing.load(), 0);
    }

    void aReleaseThatIsThereIsNotSentAgain()
    {
        const auto first = prepare(oldSeed);
        QVERIFY2(first.ok(), messageOf(first));
        const auto transport = open();
        const auto again = deploy(*transport, device(), m_bench.request(oldSeed), m_context);
        QVERIFY2(again.ok(), messageOf(again));
        QCOMPARE(again->release, first->release);
        QCOMPARE(again->uploadedBytes, std::int64_t{0});
        QVERIFY(again->previousRelease.empty());
    }

    void aDamagedReleaseIsRepaired()
    {
        const auto first = prepare(oldSeed);
        QVERIFY(first.ok());
        fs::resize_file(m_root / "current" / "model.espkg", 100);
        const auto transport = open();
        const auto again = deploy(*transport, device(), m_bench.request(oldSeed), m_context);
        QVERIFY2(again.ok(), messageOf(again));
        QVERIFY(again->uploadedBytes > 0);
        QCOMPARE(answers(), m_bench.labels(oldSeed));
    }

    void aWrongBeginningIsSentAgain()
    {
        const auto probe = prepare(oldSeed);
        QVERIFY(probe.ok());
        fs::remove_all(m_root);
        const fs::path part = ReleaseLayout(m_root.string()).part(probe->release);
        fs::create_directories(part);
        std::ofstream(part / "espalier-edge") << "this is not how it begins";
        const auto transport = open();
        const auto receipt = deploy(*transport, device(), m_bench.request(oldSeed), m_context);
        QVERIFY2(receipt.ok(), messageOf(receipt));
        QCOMPARE(answers(), m_bench.labels(oldSeed));
        QVERIFY(!fs::exists(part));
    }

    void theTestSetIsEvaluatedThere()
    {
        const auto transport = open();
        DeployRequest request = m_bench.request(newSeed);
        request.testSet = testSet().toStdString();
        const auto receipt = deploy(*transport, device(), request, m_context);
        QVERIFY2(receipt.ok(), messageOf(receipt));
        QVERIFY(receipt->evaluation.has_value());
        const auto count = static_cast<std::int64_t>(m_bench.sentences().size());
        QCOMPARE(receipt->evaluation->sentences, count);
        // One label in the file is wrong on purpose.
        QVERIFY(std::abs(receipt->evaluation->score - static_cast<double>(count - 1) / static_cast<double>(count)) < 1e-9);
        QVERIFY(receipt->evaluation->latency.p95Milliseconds >= receipt->evaluation->latency.p50Milliseconds);
        QVERIFY(!fs::exists(m_root / "work"));
        const auto kept = receiptFromJson(toJson(*receipt));
        QVERIFY2(kept.ok(), messageOf(kept));
    }

    void otherTasksAreEvaluatedAndAskedThere_data()
    {
        QTest::addColumn<int>("task");
        QTest::newRow("several labels") << int(Task::MultiLabel);
        QTest::newRow("tags") << int(Task::TokenTags);
    }

    /// What the device answers is what the session here does, so that all of it is right.
    void otherTasksAreEvaluatedAndAskedThere()
    {
        QFETCH(int, task);
        const std::string bytes = test::taskPackage(Task(task)).build();
        auto session = edge::Session::fromBytes(bytes);
        QVERIFY(session.ok());
        std::string lines;
        for (const std::string& sentence : m_bench.sentences())
            lines += dumpJson(edge::answerJson(*session, sentence, {.text = true})) + "\n";
        DeployRequest request = m_bench.request(newSeed);
        request.package = m_bench.path("task.espkg").toStdString();
        request.testSet = m_bench.path("test.jsonl").toStdString();
        QVERIFY(writeFileSafely(request.package, bytes).ok() && writeFileSafely(request.testSet, lines).ok());
        const auto transport = open();
        const auto receipt = deploy(*transport, device(), request, m_context);
        QVERIFY2(receipt.ok(), messageOf(receipt));
        QVERIFY(receipt->evaluation.has_value());
        QCOMPARE(receipt->evaluation->scoreName, std::string(scoreName(Task(task))));
        QCOMPARE(receipt->evaluation->score, 1.0);
        QCOMPARE(receiptFromJson(toJson(*receipt))->evaluation->score, 1.0);
        const auto answers = classifyOnDevice(*transport, device(), m_bench.sentences(), m_context);
        QVERIFY2(answers.ok(), messageOf(answers));
        for (std::size_t i = 0; i < answers->size(); ++i) {
            const auto expected = session->classify(m_bench.sentences()[i]);
            const DeviceAnswer& answer = (*answers)[i];
            if (Task(task) == Task::TokenTags)
                QCOMPARE(answer.label, session->answerText(expected));
            else
                QCOMPARE(answer.scores.size(), session->labels().size());
            QVERIFY(answer.score > 0 && answer.score <= 1);
        }
    }

    void onlyTwoReleasesStay()
    {
        for (const std::uint64_t seed : {1u, 2u, 3u})
            QVERIFY(prepare(seed).ok());
        const auto transport = open();
        const auto list = listReleases(*transport, device(), m_context);
        QCOMPARE(list->size(), std::size_t{2});
        QCOMPARE(std::distance(fs::directory_iterator(m_root / "releases"), fs::directory_iterator{}), std::ptrdiff_t{2});
    }

    void aFailedHealthCheckGoesBackAndIsRemembered()
    {
        const auto before = prepare(oldSeed);
        const auto transport = open();
        const RunContext damaging = watching("Checking the active release", [&] {
            std::fstream file(m_root / "current" / "model.espkg", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(-64, std::ios::end);
            file.write("damaged storage, as it happens with worn memory cards, 64 bytes", 64);
        });
        const auto failed = deploy(*transport, device(), m_bench.request(newSeed), damaging);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, ErrorCode::Remote);
        QVERIFY2(failed.error().detail.find(before->release) != std::string::npos, messageOf(failed));
        QCOMPARE(currentRelease(*transport, device(), m_context)->hash, before->release);
        QCOMPARE(answers(), m_bench.labels(oldSeed));

        const auto again = deploy(*transport, device(), m_bench.request(newSeed), m_context);
        QVERIFY(!again.ok());
        QVERIFY2(again.error().detail.find("failed on 'loopback' before") != std::string::npos, messageOf(again));
        DeployRequest retry = m_bench.request(newSeed);
        retry.retryFailed = true;
        const auto repaired = deploy(*transport, device(), retry, m_context);
        QVERIFY2(repaired.ok(), messageOf(repaired));
        QVERIFY2(deploy(*transport, device(), m_bench.request(newSeed), m_context).ok(), "a success clears the note");
    }

    void aFailedSelfTestChangesNothing()
    {
        const auto before = prepare(oldSeed);
        DeployRequest request = m_bench.request(newSeed);
        request.package = m_bench.dishonestPackage().toStdString();
        const auto transport = open();
        const auto failed = deploy(*transport, device(), request, m_context);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, ErrorCode::Remote);
        QCOMPARE(currentRelease(*transport, device(), m_context)->hash, before->release);
        QCOMPARE(answers(), m_bench.labels(oldSeed));
    }

    void cancelDuringTheUpload()
    {
        const auto before = prepare(oldSeed);
        const auto transport = open();
        std::stop_source source;
        RunContext context;
        context.stop = source.get_token();
        context.onProgress = [&](const Progress& progress) {
            if (progress.unit == "bytes" && progress.done > 0)
                source.request_stop();
        };
        const auto cancelled = deploy(*transport, device(), m_bench.request(newSeed), context);
        QVERIFY(!cancelled.ok());
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QCOMPARE(currentRelease(*transport, device(), m_context)->hash, before->release);
        const auto again = deploy(*transport, device(), m_bench.request(newSeed), m_context);
        QVERIFY2(again.ok(), messageOf(again));
        QCOMPARE(answers(), m_bench.labels(newSeed));
    }

    void noRuntimeForTheDevice()
    {
        const auto transport = open();
        DeployRequest request = m_bench.request(oldSeed);
        qunsetenv("ESPALIER_RUNTIME_DIR");
        request.runtimeFolder = m_bench.path("nothing here").toStdString();
        QDir().mkpath(m_bench.path("nothing here"));
        QVERIFY(QFile::copy("/proc/self/exe", m_bench.path("nothing here/espalier-edge")));
        const auto refused = deploy(*transport, device(), request, m_context);
        DeviceBench::useTreesRuntime();
        if (refused.ok())
            QSKIP("An edge tree beside this one has the runtime.");
        QCOMPARE(refused.error().code, ErrorCode::InvalidFormat);
    }

    void whatIsNoPackageStaysHere()
    {
        const auto transport = open();
        DeployRequest request = m_bench.request(oldSeed);
        request.package = "/bin/sh";
        QCOMPARE(deploy(*transport, device(), request, m_context).error().code, ErrorCode::InvalidFormat);
        request.package = "/nowhere.espkg";
        QCOMPARE(deploy(*transport, device(), request, m_context).error().code, ErrorCode::NotFound);
        QVERIFY(!fs::exists(m_root / "current"));
    }

    void twoPushesAtOnce()
    {
        const auto one = open();
        const auto two = open();
        std::optional<Result<Receipt>> inner;
        const RunContext context = watching("Running the self-test on the device",
                                            [&] { inner = deploy(*two, device(), m_bench.request(newSeed), m_context); });
        const auto outer = deploy(*one, device(), m_bench.request(oldSeed), context);
        QVERIFY2(outer.ok(), messageOf(outer));
        QVERIFY(inner && !inner->ok());
        QVERIFY2(inner->error().detail.find("Another push") != std::string::npos, messageOf(*inner));
        QCOMPARE(answers(), m_bench.labels(oldSeed));
    }

    void rollbackWithoutAPreviousRelease()
    {
        QVERIFY(prepare(oldSeed).ok());
        const auto transport = open();
        QCOMPARE(rollback(*transport, device(), m_context).error().code, ErrorCode::NotFound);
        QCOMPARE(answers(), m_bench.labels(oldSeed));
    }
};

QTEST_GUILESS_MAIN(tst_Deployer)
#include "tst_Deployer.moc"
