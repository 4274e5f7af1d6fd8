// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/DefaultPipeline.h"
#include "engine/graph/Validator.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace espalier;

class tst_Validator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
        QVERIFY(QFile(m_temporary->filePath("train.csv")).open(QIODevice::WriteOnly));
        m_graph = defaultPipeline(m_folder / "train.csv", m_folder).graph;
    }

    void aCompletePipelineHasNoProblems()
    {
        QVERIFY(validate(m_graph, m_folder).empty());
        QVERIFY(!hasErrors({}));
    }

    void anEmptyPipelineSaysWhatToDo()
    {
        const auto problems = validate({}, m_folder);
        QCOMPARE(problems.size(), std::size_t{1});
        QVERIFY(!problems[0].remedy.empty() && hasErrors(problems));
    }

    void anInputWithoutAWireIsNamed()
    {
        QVERIFY(m_graph.disconnect({"model", "model", "train", "model"}).ok());
        QVERIFY(m_graph.disconnect({"split", "splits", "deploy", "splits"}).ok()); // optional there
        const auto problems = validate(m_graph, m_folder);
        QCOMPARE(problems.size(), std::size_t{1});
        QCOMPARE(problems[0].node + "." + problems[0].input, std::string("train.model"));
    }

    void filesMustExist()
    {
        QVERIFY(m_graph.setParameter("dataset", "test", "missing.csv").ok());
        QVERIFY(m_graph.setParameter("dataset", "validation", m_folder.string()).ok()); // may be a folder a class
        const auto problems = validate(m_graph, m_folder);
        QCOMPARE(problems.size(), std::size_t{1});
        QCOMPARE(problems[0].parameter, std::string("test"));
        QVERIFY(problems[0].message.find((m_folder / "missing.csv").string()) != std::string::npos);
    }

    void whatMustBeGivenIsMissed()
    {
        QVERIFY(m_graph.setParameter("dataset", "train", Json()).ok());
        const auto problems = validate(m_graph, m_folder);
        QCOMPARE(problems.size(), std::size_t{1});
        QVERIFY(problems[0].parameter == "train" && !problems[0].remedy.empty());
    }

    /// What a file edited by hand can hold and the window would not let through.
    void parametersOfTheFileAreChecked()
    {
        Graph graph;
        (void)graph.addNode({.id = "split", .type = "split", .parameters = {{"seed", Json("one")}, {"sede", Json(2)}}});
        const auto problems = validate(graph, m_folder);
        QCOMPARE(problems.size(), std::size_t{3}); // the input as well
        QCOMPARE(problems[1].parameter, std::string("sede"));
        QCOMPARE(problems[2].parameter, std::string("seed"));
    }

    void unknownTypesStopOnlyWhatNeedsThem()
    {
        (void)m_graph.addNode({.id = "later", .type = "invented_later"});
        QVERIFY((m_graph.connect({"train", "checkpoint", "later", "input"}).ok()));
        const auto problems = validate(m_graph, m_folder);
        QCOMPARE(problems.size(), std::size_t{1});
        QCOMPARE(problems[0].node, std::string("later"));
        QVERIFY(validate(m_graph, m_folder, "evaluate").empty());
    }

    void aTargetThatIsNotThereIsAProblem() { QVERIFY(hasErrors(validate(m_graph, m_folder, "nobody"))); }

    void problemsTravelAsJson()
    {
        const Problem problem{Problem::Severity::Warning, "split", "dataset", "seed", "message", "remedy"};
        QVERIFY(problemFromJson(toJson(problem)).value() == problem);
        QVERIFY(!problemFromJson(Json::object()).ok());
    }

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    std::filesystem::path m_folder;
    Graph m_graph;
};

QTEST_GUILESS_MAIN(tst_Validator)
#include "tst_Validator.moc"
