// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/graph/DefaultPipeline.h"
#include "engine/graph/ProjectFile.h"
#include "engine/graph/Validator.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace espalier;

namespace {

constexpr auto fromALaterVersion = R"({
  "colour": "green",
  "edges": [
    {"from": "dataset.dataset", "to": "split.dataset", "bend": [1, 2]},
    {"from": "split.splits", "to": "new.input"}
  ],
  "espalier_project": 1,
  "name": "Kitchen",
  "nodes": [
    {"id": "dataset", "type": "dataset", "x": 10, "y": 20.5, "title": "Mine", "note": "keep me", "parameters": {"train": "a.csv", "later": {"deep": [1]}}},
    {"id": "split", "type": "split", "x": 0, "y": 0},
    {"id": "new", "type": "invented_later", "x": 1, "y": 2, "parameters": {"p": null}}
  ]
})";

QString problem(const char* json)
{
    const auto project = projectFromJson(parseJson(json, "test").value(), "'a.espalier'");
    return project ? QString() : QString::fromStdString(project.error().message());
}

QStringList linesThatDiffer(const std::string& before, const std::string& after)
{
    const auto a = QString::fromStdString(before).split('\n');
    const auto b = QString::fromStdString(after).split('\n');
    QStringList changed;
    for (const QString& line : b)
        if (!a.contains(line))
            changed << line.trimmed();
    return changed;
}

} // namespace

class tst_ProjectFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItDoesNotKnow()
    {
        const Json json = parseJson(fromALaterVersion, "test").value();
        const auto project = projectFromJson(json, "test");
        QVERIFY2(project.ok(), project ? "" : project.error().message().c_str());
        QCOMPARE(project->name, std::string("Kitchen"));
        QCOMPARE(project->graph.node("dataset")->title, std::string("Mine"));
        const Json again = toJson(*project);
        QVERIFY(again.at("colour") == Json("green"));
        QVERIFY(again.at("edges") == json.at("edges"));
        for (const Json& written : again.at("nodes"))
            QVERIFY2(std::find(json.at("nodes").begin(), json.at("nodes").end(), written) != json.at("nodes").end(), dumpJson(written).c_str());
        QVERIFY(projectFromJson(again, "test").value() == *project);
    }

    void aRemovedWireTakesItsUnknownFieldsAlong()
    {
        auto project = projectFromJson(parseJson(fromALaterVersion, "test").value(), "test");
        QVERIFY(project->graph.disconnect({"dataset", "dataset", "split", "dataset"}).ok());
        QCOMPARE(toJson(*project).at("edges").size(), std::size_t{1});
    }

    void savesStableText()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("p.espalier").toStdString();
        Project project = defaultPipeline("/data/train.csv", "/data");
        QVERIFY(saveProject(path, project).ok());
        const std::string first = readFile(path).value();
        QVERIFY(saveProject(path, loadProject(path).value()).ok());
        QCOMPARE(readFile(path).value(), first);

        QVERIFY(project.graph.setParameter("prune", "sparsity", 0.5).ok());
        QVERIFY(saveProject(path, project).ok());
        QCOMPARE(linesThatDiffer(first, readFile(path).value()), QStringList{"\"sparsity\": 0.5"});
    }

    void errorsNameTheField_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("part");
        QTest::newRow("not a project") << "{}" << "'a.espalier' is not an Espalier project";
        QTest::newRow("not an object") << "[]" << "must be an object";
        QTest::newRow("newer") << R"({"espalier_project": 2, "nodes": [], "edges": []})" << "newer Espalier (project format 2). Update Espalier";
        QTest::newRow("no such format") << R"({"espalier_project": 0, "nodes": [], "edges": []})" << "is not an Espalier project";
        QTest::newRow("no nodes") << R"({"espalier_project": 1, "edges": []})" << "'a.espalier': The field 'project.nodes' is missing";
        QTest::newRow("node without id") << R"({"espalier_project": 1, "nodes": [{"type": "split"}], "edges": []})" << "'nodes[0].id' is missing";
        QTest::newRow("position") << R"({"espalier_project": 1, "nodes": [{"id": "a", "type": "split", "x": "left"}], "edges": []})" << "'nodes[0].x' must be a number";
        QTest::newRow("twice") << R"({"espalier_project": 1, "nodes": [{"id": "a", "type": "split"}, {"id": "a", "type": "split"}], "edges": []})" << "'a'";
        QTest::newRow("wire") << R"({"espalier_project": 1, "nodes": [], "edges": [{"from": "a", "to": "b.c"}]})" << "'edges[0].from' is 'a'; it must be written as node.port";
        QTest::newRow("wire to nowhere") << R"({"espalier_project": 1, "nodes": [], "edges": [{"from": "a.x", "to": "b.c"}]})" << "There is no node 'a'";
    }

    void errorsNameTheField()
    {
        QFETCH(QString, json);
        QFETCH(QString, part);
        const QString found = problem(json.toUtf8());
        QVERIFY2(found.contains(part), qPrintable(found));
    }

    void theSampleProjectIsReadyToRun()
    {
        const std::filesystem::path folder = ESPALIER_SOURCE_DIR "/resources/samples/smart-home";
        const auto project = loadProject(folder / "smart-home.espalier");
        QVERIFY2(project.ok(), project ? "" : project.error().message().c_str());
        for (const Problem& found : validate(project->graph, folder))
            QFAIL((found.node + ": " + found.message).c_str());
        QVERIFY(project->graph.node("deploy"));
    }
};

QTEST_GUILESS_MAIN(tst_ProjectFile)
#include "tst_ProjectFile.moc"
