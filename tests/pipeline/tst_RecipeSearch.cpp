// SPDX-License-Identifier: GPL-3.0-or-later
// Budgets in, a recipe out that a run of its nodes confirms.
#include "engine/graph/RecipeSteps.h"
#include "engine/pipeline/CompressionLab.h"
#include "engine/pipeline/PruneSteps.h"
#include "engine/pipeline/RecipeMove.h"
#include "engine/pipeline/RecipeRecords.h"
#include "engine/pipeline/RecipeSearch.h"
#include "engine/pipeline/RecipeTrial.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

using namespace espalier;

class tst_RecipeSearch : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aRunElsewhereGivesWhatWasPromised();
    void trainsWhereOneShotLosesTooMuch();
    void whatIsTooLargeIsNotRun();
    void whatIsHardlyTooLargeIsPrunedHardlyMore();
    void cutsTheVocabularyFirstWhereThatKeepsMore();
    void shrinksWhereTimeIsShort();
    void theSmallestThatKeepsTheAccuracy();
    void aCancelledSearchKeepsWhatItFound();
    void theProjectsOwnPackageIsWhatIsPromised();
    void aBrokenPromiseToPinnedSentencesRulesOut();
    void noiseComesFromTheSentencesThatDiffer();
    void badRequestsNameTheField();

private:
    Result<RecipeReport> search(const Json& request, const RecipeEvents& events = {});
    /// A package size that pruning of about half the weights reaches.
    double middleSize();
};

void tst_RecipeSearch::init()
{
    begin();
    run("train");
    QCOMPARE(stateOf("train"), NodeState::Done);
}

Result<RecipeReport> tst_RecipeSearch::search(const Json& request, const RecipeEvents& events)
{
    ESPALIER_TRY(const RecipeRequest asked, recipeRequestFromJson(request));
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context{.stop = m_stop.get_token()};
    return searchRecipe(pipeline, "train", asked, events, context);
}

double tst_RecipeSearch::middleSize()
{
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto profile = CompressionLab::open(pipeline, "train", context)->profile({.method = "global", .score = "lamp"}, "int8", context);
    return 0.5 * static_cast<double>(profile->steps.front().estimatedBytes + profile->steps.back().estimatedBytes);
}

void tst_RecipeSearch::aRunElsewhereGivesWhatWasPromised()
{
    const double size = middleSize();
    int arrived = 0;
    const auto report = search({{"max_bytes", size}, {"max_points_lost", 60}, {"trainings", 0}}, {.onCandidate = [&](const RecipeReport&) { ++arrived; }});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QVERIFY(report->complete && report->recommended > 0);
    const RecipeCandidate& one = report->candidates[static_cast<std::size_t>(report->recommended)];
    QVERIFY(one.confirmed && one.meetsAll());
    QVERIFY(arrived >= static_cast<int>(report->candidates.size()));
    QVERIFY(static_cast<double>(one.point.packageBytes) <= size);

    QTemporaryDir elsewhere;
    Project project = test::writeToyProject(elsewhere.path().toStdString());
    const auto applied = applyRecipe(project.graph, "train", one.steps);
    QVERIFY(applied);
    Workspace workspace;
    Pipeline pipeline(workspace, project.graph, elsewhere.path().toStdString());
    const RunOutcome outcome = runPipeline(pipeline, applied->package, {}, {});
    QVERIFY(!outcome.firstError() && !outcome.nodes.at(applied->last).cached);
    RunContext context;
    QCOMPARE(std::get<PackageArtefact>(**pipeline.value(applied->package, context)).report.bytes, one.point.packageBytes);
    QCOMPARE(std::get<CheckpointArtefact>(**pipeline.value(applied->last, context)).point->accuracy, one.point.accuracy);
    const auto kept = keptRecipes(m_folder->path().toStdString(), report->fingerprint);
    QCOMPARE(kept.size(), std::size_t{1});
    QVERIFY(toJson(kept.front()) == toJson(*report));
}

void tst_RecipeSearch::trainsWhereOneShotLosesTooMuch()
{
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto profile = CompressionLab::open(pipeline, "train", context)->profile({.method = "global", .score = "lamp"}, "int8", context);
    const double size = static_cast<double>(profile->steps[profile->steps.size() * 49 / 50].estimatedBytes);
    const auto report = search({{"max_bytes", size}, {"max_points_lost", 0}, {"trainings", 2}});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const auto trained = std::count_if(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.trained; });
    QVERIFY2(trained >= 1 && trained <= 2, dumpJsonPretty(toJson(*report)).c_str());
    for (const RecipeCandidate& one : report->candidates)
        if (one.trained && one.state == RecipeCandidate::State::Measured)
            QVERIFY(one.confirmed && one.point.fineTuned && one.point.packageBytes > 0);
    for (const RecipeCandidate& one : report->candidates)
        QVERIFY(one.state != RecipeCandidate::State::Measured || one.point.accuracy == report->dense.accuracy || one.noise > 0);
}

void tst_RecipeSearch::whatIsTooLargeIsNotRun()
{
    const auto report = search({{"max_bytes", 100}, {"trainings", 3}});
    QVERIFY(report && report->complete);
    QVERIFY(report->why == RecipeReport::Why::Nearest);
    QCOMPARE(report->impossible, std::vector<std::string>{"max_bytes"});
    QVERIFY(std::none_of(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.trained; }));
    const auto predicted = std::count_if(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.state == RecipeCandidate::State::Predicted; });
    QVERIFY(predicted > 3);
    for (const RecipeCandidate& one : report->candidates)
        QVERIFY(one.point.packageBytes > 100);
}

/// The profile promised a little less than came of it: it is trusted as much too much the next time, and no more.
void tst_RecipeSearch::whatIsHardlyTooLargeIsPrunedHardlyMore()
{
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    auto ground = RecipeGround::open(pipeline, "train", {}, context);
    QVERIFY(ground);
    const auto profile = ground->lab.profile({.method = "global", .score = "lamp"}, "checkpoint", context);
    QVERIFY(profile);
    const std::size_t half = profile->steps.size() / 2;
    const double limit = static_cast<double>(profile->steps[half].estimatedBytes);
    RecipeReport report;
    report.precision = "checkpoint";
    report.budgets = {{"max_bytes", limit}};
    report.dense.packageBytes = profile->steps.front().estimatedBytes;
    RecipeCandidate tried;
    const RecipeStep first = pruneStep({{"score", "lamp"}, {"method", "global"}, {"embeddings", "own"}, {"recovery", "none"}, {"sparsity", sparsityOfStep(static_cast<int>(half))}});
    tried.steps = {first, {"package", {{"precision", "checkpoint"}}}};
    tried.state = RecipeCandidate::State::Measured;
    tried.point.packageBytes = static_cast<std::int64_t>(limit * 1.02);
    tried.checks = checkBudgets(tried, report.budgets, report.dense);
    report.candidates = {tried};

    RecipeState state{report, &*ground, &*ground, 0, context};
    const auto proposals = moves::pruneOneShot(state);
    QVERIFY(proposals);
    std::vector<double> next;
    for (const RecipeProposal& proposal : *proposals) {
        const Parameters choice = choiceOf(proposal.steps.front());
        if (choice.at("score") == "lamp" && choice.at("method") == "global" && choice.at("embeddings") == "own")
            next.push_back(choice.at("sparsity"));
    }
    QCOMPARE(next.size(), std::size_t{1});
    const auto step = static_cast<std::size_t>(std::lround(next.front() * static_cast<double>(profile->steps.size())));
    const auto expected = [&](std::size_t at) { return 1.02 * static_cast<double>(profile->steps[at].estimatedBytes); };
    QVERIFY2(expected(step) <= limit, qPrintable(QString::number(next.front())));
    QVERIFY2(expected(step - 1) > limit, qPrintable(QString::number(next.front())));
}

/// Words that hardly occur cost bytes in every row that is left of them, and no accuracy.
void tst_RecipeSearch::cutsTheVocabularyFirstWhereThatKeepsMore()
{
    QFile train(m_folder->filePath("train.tsv"));
    QVERIFY(train.open(QIODevice::Append));
    for (int i = 0; i < 40; ++i)
        train.write(qPrintable(QStringLiteral("turn on the lamp rare%1\tlight\n").arg(i)));
    train.close();
    run("train");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto dense = CompressionLab::open(pipeline, "train", context)->measure({.sparsity = 0}, "checkpoint", context);
    const auto report = search({{"max_bytes", 0.5 * static_cast<double>(dense->packageBytes)}, {"max_points_lost", 0}, {"trainings", 0}});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const auto cut = std::find_if(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.steps.front().type == "vocabulary"; });
    QVERIFY2(cut != report->candidates.end(), dumpJsonPretty(toJson(*report)).c_str());
    QVERIFY(cut->state == RecipeCandidate::State::Measured && cut->confirmed && !cut->trained);
    QCOMPARE(cut->steps.size(), std::size_t{2}); // and the package: nothing is pruned
    QVERIFY(cut->point.packageBytes < dense->packageBytes);
    const RecipeCandidate& one = report->candidates[static_cast<std::size_t>(report->recommended)];
    QVERIFY(one.confirmed);
    if (!report->candidates.back().meetsAllClearly())
        QVERIFY(std::any_of(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& c) { return c.steps.front().type == "vocabulary" && c.steps[1].type == "prune"; }));
    const auto applied = applyRecipe(m_project.graph, "train", cut->steps);
    QVERIFY(applied);
    QCOMPARE(m_project.graph.node(applied->last)->type, std::string("vocabulary"));
}

void tst_RecipeSearch::shrinksWhereTimeIsShort()
{
    const auto report = search({{"max_milliseconds", 1e-6}, {"trainings", 1}});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const auto shrunk = std::find_if(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.steps.front().type == "shrink"; });
    QVERIFY2(shrunk != report->candidates.end(), dumpJsonPretty(toJson(*report)).c_str());
    QVERIFY(shrunk->trained && shrunk->confirmed);
    QCOMPARE(shrunk->steps.front().parameters.at("filters"), Json("50%"));
    const auto trainings = std::count_if(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.trained && one.steps.size() == 2; });
    QCOMPARE(trainings, 1); // no more than were granted
}

void tst_RecipeSearch::theSmallestThatKeepsTheAccuracy()
{
    const auto report = search({{"max_points_lost", 2.5}, {"trainings", 1}});
    QVERIFY(report && report->complete && report->recommended > 0);
    QVERIFY(report->why == RecipeReport::Why::Smallest);
    const RecipeCandidate& one = report->candidates[static_cast<std::size_t>(report->recommended)];
    QVERIFY(one.confirmed && one.meetsAll() && one.pointsLost(report->dense) <= 2.5);
    for (const RecipeCandidate& other : report->candidates)
        QVERIFY(other.state != RecipeCandidate::State::Measured || !other.meetsAll() || other.point.packageBytes >= one.point.packageBytes);
}

void tst_RecipeSearch::aCancelledSearchKeepsWhatItFound()
{
    const auto stopped = search({{"max_points_lost", 0}, {"trainings", 2}}, {.onCandidate = [&](const RecipeReport& report) {
        if (report.candidates.size() == 3)
            m_stop.request_stop();
    }});
    QVERIFY(stopped && !stopped->complete);
    QCOMPARE(stopped->candidates.size(), std::size_t{3});
    QVERIFY(stopped->recommended >= 0);
    QCOMPARE(keptRecipes(m_folder->path().toStdString(), stopped->fingerprint).size(), std::size_t{1});
}

void tst_RecipeSearch::theProjectsOwnPackageIsWhatIsPromised()
{
    QVERIFY(m_project.graph.setParameter("package", "self_tests", 30)); // more of the file than the lab knows of
    const double size = middleSize();
    const auto report = search({{"max_bytes", size}, {"trainings", 0}});
    QVERIFY(report && report->recommended >= 0);
    const RecipeCandidate& one = report->candidates[static_cast<std::size_t>(report->recommended)];
    QVERIFY(one.confirmed && static_cast<double>(one.point.packageBytes) <= size);
    const auto applied = applyRecipe(m_project.graph, "train", one.steps);
    run(applied->package);
    QVERIFY(cached(applied->package)); // the search ran the very same nodes
}

void tst_RecipeSearch::aBrokenPromiseToPinnedSentencesRulesOut()
{
    QFile pinned(m_folder->filePath("pinned.tsv"));
    QVERIFY(pinned.open(QIODevice::WriteOnly));
    pinned.write("text\tlabel\nplay a song in the hall\theat\n"); // which no model of this data answers
    pinned.close();
    QVERIFY(m_project.graph.setParameter("package", "pinned", "pinned.tsv"));
    const auto report = search({{"max_bytes", middleSize()}, {"trainings", 0}});
    QVERIFY(report);
    const auto failed = std::find_if(report->candidates.begin(), report->candidates.end(), [](const RecipeCandidate& one) { return one.state == RecipeCandidate::State::Failed; });
    QVERIFY(failed != report->candidates.end());
    QVERIFY2(failed->reason.find("play a song in the hall") != std::string::npos, failed->reason.c_str());
}

void tst_RecipeSearch::noiseComesFromTheSentencesThatDiffer()
{
    SparsityPoint dense;
    dense.accuracy = 0.9;
    dense.examples = 100;
    std::vector<bool> before(100, true);
    std::vector<bool> after = before;
    QCOMPARE(noiseOfLoss(before, after, dense, dense), 0.0);
    for (int i = 0; i < 4; ++i)
        after[static_cast<std::size_t>(i)] = false;
    // 1.96 standard errors of 4 differences in 100, by hand: 196 * sqrt(4 - 16 / 100) / 100
    QVERIFY(std::abs(noiseOfLoss(before, after, dense, dense) - 3.8408) < 1e-3);
    QVERIFY(std::abs(noiseOfLoss({}, {}, dense, dense) - 8.3155) < 1e-3); // 196 * sqrt(2 * 0.09 / 100)
}

void tst_RecipeSearch::badRequestsNameTheField()
{
    for (const auto& [request, says] : std::map<std::string, std::string>{{R"({"max_bytes": 9, "precision": "int7"})", "'precision'"},
                                                                          {R"({"max_bytes": 9, "trainings": -1})", "'trainings'"},
                                                                          {R"({"trainings": 3})", "No budget"}}) {
        const auto bad = recipeRequestFromJson(*parseJson(request, "request"));
        QVERIFY(!bad);
        QVERIFY2(bad.error().message().find(says) != std::string::npos, bad.error().message().c_str());
    }
}

QTEST_GUILESS_MAIN(tst_RecipeSearch)
#include "tst_RecipeSearch.moc"
