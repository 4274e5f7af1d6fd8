// SPDX-License-Identifier: GPL-3.0-or-later
// The real engine process, spoken to as the window does.
#include "tests/support/ToyProject.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace espalier;

namespace {
constexpr int patience = 120000; // milliseconds; only an engine that hangs needs them
}

class tst_Serve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void introducesItself();
    void malformedLinesAreAnsweredAndSurvived();
    void validateNamesNodeAndField();
    void runSendsStatesAndCurvesThenResults();
    void cancelStopsARun();
    void measuresASparsityAndPredicts();
    void sweepsInTheBackground();
    void findsARecipeWithinBudgets();
    void measuresEachLayer();
    void looksAtAFile();
    void showsWhatANodeHolds();
    void showsTokens();
    void endsWhenItsInputCloses();

private:
    void send(const Json& message) { m_engine->write(QByteArray::fromStdString(dumpJson(message) + "\n")); }
    Json request(const char* method, Json params = Json::object());
    Json replyTo(int id);
    Json project(const Json& extra = Json::object()) const;
    std::vector<Json> notifications(const char* method) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_engine;
    Project m_project;
    std::vector<Json> m_received;
    int m_id = 0;
};

void tst_Serve::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_project = test::writeToyProject(m_folder->path().toStdString());
    m_received.clear();
    qputenv("ESPALIER_RUNTIME_DIR", ESPALIER_BINARY_DIR "/engine/edge"); // of this tree
    m_engine = std::make_unique<QProcess>();
    m_engine->start(ESPALIER_ENGINE_PATH, {"serve"});
    QVERIFY(m_engine->waitForStarted());
}

void tst_Serve::cleanup()
{
    m_engine->closeWriteChannel();
    QVERIFY(m_engine->state() == QProcess::NotRunning || m_engine->waitForFinished(patience));
}

Json tst_Serve::replyTo(int id)
{
    for (;;) {
        while (m_engine->canReadLine()) {
            const auto message = parseJson(m_engine->readLine().trimmed().toStdString(), "reply");
            if (!message)
                return {};
            m_received.push_back(*message);
            if (message->contains("id") && message->at("id") == id)
                return *message;
        }
        if (!m_engine->waitForReadyRead(patience))
            return {};
    }
}

Json tst_Serve::request(const char* method, Json params)
{
    send({{"jsonrpc", "2.0"}, {"id", ++m_id}, {"method", method}, {"params", std::move(params)}});
    return replyTo(m_id);
}

Json tst_Serve::project(const Json& extra) const
{
    Json params{{"project", toJson(m_project)}, {"folder", m_folder->path().toStdString()}};
    params.update(extra);
    return params;
}

std::vector<Json> tst_Serve::notifications(const char* method) const
{
    std::vector<Json> found;
    for (const Json& message : m_received)
        if (message.value("method", "") == method)
            found.push_back(message.at("params"));
    return found;
}

void tst_Serve::introducesItself()
{
    const Json hello = request("initialize").at("result");
    QCOMPARE(hello.at("protocol").get<int>(), 1);
    QVERIFY(hello.at("blas").at("gflops").get<double>() > 0);
    QVERIFY(request("catalog").at("result").at("nodes").size() >= 9);
}

void tst_Serve::malformedLinesAreAnsweredAndSurvived()
{
    m_engine->write("this is not JSON\n\n[1,2]\n");
    QCOMPARE(request("no/such/method").at("error").at("code").get<int>(), -32601);
    QCOMPARE(m_received.at(0).at("error").at("code").get<int>(), -32700);
    QCOMPARE(m_received.at(1).at("error").at("code").get<int>(), -32600);
    QVERIFY(request("status", {{"folder", "relative"}, {"project", toJson(m_project)}}).contains("error"));
    QVERIFY(request("status", project()).contains("result"));
}

void tst_Serve::validateNamesNodeAndField()
{
    QVERIFY(m_project.graph.setParameter("dataset", "train", "nowhere.tsv"));
    const Json problems = request("validate", project()).at("result").at("problems");
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems[0].at("node").get<std::string>(), std::string("dataset"));
    QCOMPARE(problems[0].at("parameter").get<std::string>(), std::string("train"));
    const Json error = request("run", project()).at("error");
    QCOMPARE(error.at("data").at("problems").size(), std::size_t{1});
}

void tst_Serve::runSendsStatesAndCurvesThenResults()
{
    const Json reply = request("run", project({{"target", "package"}}));
    QVERIFY2(reply.contains("result"), dumpJson(reply).c_str());
    QCOMPARE(reply.at("result").at("nodes").at("train").at("state").get<std::string>(), std::string("done"));

    int validationPoints = 0;
    for (const Json& metric : notifications("run/metric"))
        for (const Json& point : metric.at("points"))
            validationPoints += point.at("series") == "validation_loss" ? 1 : 0;
    QVERIFY(validationPoints > 0);
    QVERIFY(!notifications("run/progress").empty());

    const Json train = request("results", project({{"node", "train"}})).at("result");
    QCOMPARE(train.at("type").get<std::string>(), std::string("checkpoint"));
    QVERIFY(train.at("summary").at("history").at("epochs").size() > 0);
    const Json package = request("results", project({{"node", "package"}})).at("result").at("summary");
    QVERIFY(QFile::exists(QString::fromStdString(package.at("path").get<std::string>())));
    QCOMPARE(request("status", project()).at("result").at("nodes").at("package").at("state").get<std::string>(), std::string("done"));
}

void tst_Serve::cancelStopsARun()
{
    QVERIFY(m_project.graph.setParameter("train", "epochs", 10000));
    QVERIFY(m_project.graph.setParameter("train", "patience", 0));
    send({{"jsonrpc", "2.0"}, {"id", 100}, {"method", "run"}, {"params", project()}});
    while (notifications("run/metric").empty()) {
        QVERIFY(m_engine->canReadLine() || m_engine->waitForReadyRead(patience));
        while (m_engine->canReadLine())
            m_received.push_back(*parseJson(m_engine->readLine().trimmed().toStdString(), "message"));
    }
    QVERIFY(request("run", project()).contains("error")); // one at a time
    QCOMPARE(request("cancel").at("result").at("cancelling").get<bool>(), true);
    const auto answered = std::find_if(m_received.begin(), m_received.end(), [](const Json& m) { return m.contains("id") && m.at("id") == 100; });
    const Json reply = answered == m_received.end() ? replyTo(100) : *answered;
    QCOMPARE(reply.at("error").at("data").at("code").get<std::string>(), std::string("cancelled"));
}

void tst_Serve::measuresASparsityAndPredicts()
{
    const Json lab{{"node", "train"}, {"method", "layerwise"}, {"embeddings", "own"}, {"precision", "int8"}};
    QCOMPARE(request("compression/profile", project(lab)).at("error").at("data").at("code").get<std::string>(), std::string("not_found"));
    QVERIFY(request("run", project({{"target", "train"}})).contains("result"));
    const Json profile = request("compression/profile", project(lab)).at("result");
    QCOMPARE(profile.at("steps").size(), std::size_t{200});
    Json at80 = lab;
    at80["sparsity"] = 0.8;
    const Json point = request("compression/evaluate", project(at80)).at("result");
    QCOMPARE(point.at("examples").get<int>(), 48);
    const double measured = point.at("package_bytes").get<double>();
    const double estimated = profile.at("steps").at(160).at("estimated_bytes").get<double>();
    QVERIFY2(std::abs(measured - estimated) < 0.05 * measured, qPrintable(QString("%1 against %2").arg(measured).arg(estimated)));
    QVERIFY(point.at("accuracy_low") <= point.at("accuracy") && point.at("accuracy") <= point.at("accuracy_high"));
    const Json cost = request("compression/cost", project(at80)).at("result");
    QVERIFY(cost.at("milliseconds").get<double>() > 0 && cost.at("memory_bytes").get<double>() > 100'000);
    const Json vocabulary = request("compression/vocabulary", project({{"node", "train"}})).at("result");
    QCOMPARE(vocabulary.at("curve").back().at("tokens").get<int>(), vocabulary.at("tokens").get<int>());
    QVERIFY(vocabulary.at("vanishing").size() == vocabulary.at("tokens").get<std::size_t>() - 2);
    // The hand has gone on: what an older position costs is no longer asked.
    const int first = m_id + 1;
    at80["sparsity"] = 0.61; // not on record
    for (const char* method : {"compression/evaluate", "compression/cost", "compression/evaluate"})
        send({{"jsonrpc", "2.0"}, {"id", ++m_id}, {"method", method}, {"params", project(at80)}});
    for (const int older : {first, first + 1})
        QCOMPARE(replyTo(older).at("error").at("data").at("code").get<std::string>(), std::string("cancelled"));
    QVERIFY(replyTo(m_id).contains("result"));
    const Json answer = request("predict", project({{"node", "train"}, {"text", "play a song in the cellar"}})).at("result");
    QCOMPARE(answer.at("label").get<std::string>(), std::string("music"));
    Json balanced = lab;
    balanced.update({{"sparsity", 0.5}, {"score", "lamp"}, {"pattern", "n_of_4"}, {"exclude", "embedding.weight"}, {"layer_sparsities", "output.weight=0.25"}});
    const Json layers = request("compression/evaluate", project(balanced)).at("result").at("layers");
    QCOMPARE(layers.front().at("kept").get<int>(), layers.front().at("weights").get<int>());
    QCOMPARE(4 * layers.back().at("kept").get<int>(), 3 * layers.back().at("weights").get<int>());
    balanced["score"] = "taylor";
    QVERIFY(request("compression/evaluate", project(balanced)).contains("result"));
    balanced["calibration_examples"] = 97;
    const std::string tooFew = request("compression/profile", project(balanced)).at("error").at("message").get<std::string>();
    QVERIFY2(tooFew.find("the training part has 96 sentences") != std::string::npos, tooFew.c_str());
    balanced["exclude"] = "embeding.weight";
    const std::string unknown = request("compression/evaluate", project(balanced)).at("error").at("message").get<std::string>();
    QVERIFY2(unknown.find("The closest is 'embedding.weight'") != std::string::npos, unknown.c_str());
    at80["sparsity"] = 4;
    QVERIFY(request("compression/evaluate", project(at80)).contains("error"));
}

void tst_Serve::sweepsInTheBackground()
{
    const Json sweep{{"node", "train"}, {"precision", "int8"}, {"score", {"magnitude", "lamp"}}, {"method", "layerwise"}, {"sparsity", {0.5, 0.8}}};
    QCOMPARE(request("compression/sweep", project(sweep)).at("error").at("data").at("code").get<std::string>(), std::string("not_found"));
    QVERIFY(request("run", project({{"target", "train"}})).contains("result"));
    const Json kept = project({{"node", "train"}});
    QCOMPARE(request("compression/measured", kept).at("result").at("points").size(), std::size_t{0});
    const Json at50 = project({{"node", "train"}, {"precision", "int8"}, {"sparsity", 0.5}});
    QVERIFY(request("compression/evaluate", at50).contains("result"));
    const Json report = request("compression/sweep", project(sweep)).at("result");
    QCOMPARE(report.at("points").size(), std::size_t{4});
    QCOMPARE(report.at("known").get<int>(), 1); // where the slider was
    QCOMPARE(notifications("compression/point").size(), std::size_t{4});
    QCOMPARE(notifications("compression/point").back().at("node").get<std::string>(), std::string("train"));
    QCOMPARE(notifications("compression/progress").back().at("done").get<int>(), 4);
    QCOMPARE(request("compression/measured", kept).at("result").at("points").size(), std::size_t{4});

    Json sparsities = Json::array();
    for (int i = 0; i < 2000; ++i)
        sparsities.push_back(i / 2500.0);
    Json longSweep = sweep;
    longSweep["sparsity"] = sparsities;
    const std::size_t before = notifications("compression/progress").size();
    send({{"jsonrpc", "2.0"}, {"id", 200}, {"method", "compression/sweep"}, {"params", project(longSweep)}});
    // Cancelled before its first point, a sweep has nothing to answer with.
    QTRY_VERIFY_WITH_TIMEOUT(request("catalog").contains("result") && notifications("compression/progress").size() > before, 120000);
    QVERIFY(request("compression/evaluate", at50).contains("result")); // beside it
    QVERIFY(request("compression/sweep", project(sweep)).at("error").at("message").get<std::string>().find("under way") != std::string::npos);
    QCOMPARE(request("compression/cancel").at("result").at("cancelling").get<bool>(), true);
    const auto answered = std::find_if(m_received.begin(), m_received.end(), [](const Json& m) { return m.contains("id") && m.at("id") == 200; });
    const Json stopped = (answered == m_received.end() ? replyTo(200) : *answered).at("result");
    QVERIFY(stopped.at("points").size() < stopped.at("asked").get<std::size_t>());
}

void tst_Serve::findsARecipeWithinBudgets()
{
    QVERIFY(request("run", project({{"target", "train"}})).contains("result"));
    const std::string none = request("compression/search", project({{"node", "train"}})).at("error").at("message").get<std::string>();
    QVERIFY2(none.find("max_points_lost") != std::string::npos, none.c_str());
    QCOMPARE(request("compression/searches", project({{"node", "train"}})).at("result").at("searches").size(), std::size_t{0});
    const Json report = request("compression/search", project({{"node", "train"}, {"max_points_lost", 5}, {"trainings", 0}})).at("result");
    const Json& recommended = report.at("candidates").at(report.at("recommended").get<std::size_t>());
    QCOMPARE(recommended.at("confirmed").get<bool>(), true);
    QVERIFY(notifications("compression/candidate").size() >= report.at("candidates").size());
    QVERIFY(notifications("compression/progress").back().at("done").get<std::size_t>() >= 3);
    const Json kept = request("compression/searches", project({{"node", "train"}})).at("result").at("searches");
    QCOMPARE(kept.size(), std::size_t{1});
    QVERIFY(kept.front() == report);
}

void tst_Serve::measuresEachLayer()
{
    const Json lamp{{"node", "train"}, {"score", "lamp"}};
    QVERIFY(request("compression/sensitivity", project(lamp)).at("result").at("report").is_null());
    QVERIFY(request("run", project({{"target", "train"}})).contains("result"));
    Json measuring = lamp;
    measuring["measure"] = true;
    const Json report = request("compression/sensitivity", project(measuring)).at("result").at("report");
    QCOMPARE(report.at("examples").get<int>(), 48);
    QCOMPARE(report.at("layers").at(0).at("points").size(), std::size_t{5});
    QVERIFY(!notifications("sensitivity/progress").empty());
    QCOMPARE(notifications("sensitivity/progress").front().at("node").get<std::string>(), std::string("train"));
    QVERIFY(request("compression/sensitivity", project(lamp)).at("result").at("report") == report); // kept
    measuring["score"] = "movement";
    QVERIFY(request("compression/sensitivity", project(measuring)).at("error").at("data").at("remedy").get<std::string>().find("gradual") != std::string::npos);
}

void tst_Serve::looksAtAFile()
{
    const std::string path = m_folder->filePath("train.tsv").toStdString();
    const Json report = request("data/inspect", {{"path", path}}).at("result");
    QCOMPARE(report.at("format").get<std::string>(), std::string("tsv"));
    QCOMPARE(report.at("parameters").at("label_column").get<std::string>(), std::string("label"));
    QCOMPARE(report.at("rows").size(), std::size_t{96});
    const Json forced = request("data/inspect", {{"path", path}, {"options", {{"header", "absent"}}}}).at("result");
    QCOMPARE(forced.at("rows").at(0).at("text").get<std::string>(), std::string("text"));
    const Json error = request("data/inspect", {{"path", path}, {"options", {{"header", "sometimes"}}}}).at("error");
    QVERIFY2(error.at("message").get<std::string>().find("sometimes") != std::string::npos, dumpJson(error).c_str());
    QVERIFY(request("data/inspect", {{"path", "train.tsv"}}).contains("error"));
}

void tst_Serve::showsWhatANodeHolds()
{
    const Json summary = request("data/summary", project({{"node", "split"}})).at("result");
    QCOMPARE(summary.at("classes").size(), std::size_t{3});
    QCOMPARE(summary.at("parts").at(0).at("rows").get<int>(), 96);
    const Json page = request("data/rows", project({{"node", "dataset"}, {"part", "train"}, {"search", "KITCHEN"}, {"label", "music"}, {"limit", 3}})).at("result");
    QCOMPARE(page.at("matches").get<int>(), 4);
    QCOMPARE(page.at("rows").size(), std::size_t{3});
    QVERIFY(request("data/rows", project({{"node", "dataset"}, {"part", "all"}})).contains("error"));
    QVERIFY(request("data/rows", project({{"node", "dataset"}, {"part", "test"}, {"limit", 1000}})).contains("error"));
    QVERIFY(request("data/summary", project({{"node", "tokenizer"}})).contains("error"));
}

void tst_Serve::showsTokens()
{
    const Json result = request("tokenize", project({{"node", "tokenizer"}, {"text", "play zzz, play"}})).at("result");
    QCOMPARE(result.at("kind").get<std::string>(), std::string("word"));
    QCOMPARE(result.at("source").get<std::string>(), std::string());
    QCOMPARE(result.at("tokens").size(), std::size_t{4});
    QCOMPARE(result.at("tokens")[0].at("token").get<std::string>(), std::string("play"));
    QCOMPARE(result.at("tokens")[1].at("id").get<int>(), 1); // unknown
    QCOMPARE(result.at("tokens")[3].at("begin").get<int>(), 10);
    QCOMPARE(result.at("tokens")[3].at("end").get<int>(), 14);
    QVERIFY(request("tokenize", project({{"node", "dataset"}, {"text", "play"}})).contains("error"));
    QVERIFY(request("tokenize", project({{"node", "nobody"}, {"text", "play"}})).contains("error"));
    QVERIFY(request("tokenize", project({{"node", "tokenizer"}})).contains("error"));
}

void tst_Serve::endsWhenItsInputCloses()
{
    QVERIFY(m_project.graph.setParameter("train", "epochs", 10000));
    send({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "run"}, {"params", project()}});
    QVERIFY(m_engine->waitForReadyRead(patience));
    m_engine->closeWriteChannel();
    QVERIFY(m_engine->waitForFinished(patience));
    QCOMPARE(m_engine->exitStatus(), QProcess::NormalExit);
}

QTEST_GUILESS_MAIN(tst_Serve)
#include "tst_Serve.moc"
