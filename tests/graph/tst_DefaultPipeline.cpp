// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/DefaultPipeline.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/Validator.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <set>

using namespace espalier;

class tst_DefaultPipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = std::filesystem::path(m_temporary->path().toStdString()) / "intents";
        QVERIFY(QDir().mkpath(QString::fromStdString(m_folder.string())));
    }

    void isReadyToRunAsItIs()
    {
        make({"sentences.csv"});
        const Project project = defaultPipeline(m_folder / "sentences.csv", m_folder);
        QVERIFY(validate(project.graph, m_folder).empty());
        QCOMPARE(project.name, std::string("sentences"));
        QCOMPARE(project.graph.nodes().size(), std::size_t{9}); // from the file to the device; what prepares data is the user's choice
        QCOMPARE(parameter(project, "train"), std::string("sentences.csv"));
        QVERIFY(!project.graph.node("dataset")->parameters.contains("test"));
    }

    void takesThePartsBesideIt_data()
    {
        QTest::addColumn<QString>("dropped");
        QTest::addColumn<QString>("validation");
        for (const char* name : {"val", "valid", "validation", "validate", "dev"}) {
            QTest::addRow("train and %s", name) << "train.tsv" << QString("%1.tsv").arg(name);
            QTest::addRow("%s itself", name) << QString("%1.tsv").arg(name) << QString("%1.tsv").arg(name);
        }
        QTest::newRow("test dropped") << "test.tsv" << "val.tsv";
    }

    void takesThePartsBesideIt()
    {
        QFETCH(QString, dropped);
        QFETCH(QString, validation);
        make({"train.tsv", "test.tsv", "other.tsv", validation.toUtf8().constData()});
        const Project project = defaultPipeline(m_folder / dropped.toStdString(), m_folder);
        QCOMPARE(project.name, std::string("intents"));
        QCOMPARE(parameter(project, "train"), std::string("train.tsv"));
        QCOMPARE(parameter(project, "validation"), validation.toStdString());
        QCOMPARE(parameter(project, "test"), std::string("test.tsv"));
    }

    void otherFilesStandAlone()
    {
        make({"train.tsv", "val.tsv", "other.tsv", "test.csv"});
        QCOMPARE(parameter(defaultPipeline(m_folder / "other.tsv", m_folder), "train"), std::string("other.tsv"));
        QVERIFY(!defaultPipeline(m_folder / "other.tsv", m_folder).graph.node("dataset")->parameters.contains("validation"));
        QCOMPARE(parameter(defaultPipeline(m_folder / "test.csv", m_folder), "train"), std::string("test.csv")); // no train.csv
        QVERIFY(!defaultPipeline(m_folder / "train.tsv", m_folder).graph.node("dataset")->parameters.contains("test")); // test.csv has another ending
    }

    void pathsAreRelativeOnlyBelowTheProject()
    {
        make({"sentences.csv"});
        const auto file = m_folder / "sentences.csv";
        QCOMPARE(parameter(defaultPipeline(file, m_folder.parent_path()), "train"), std::string("intents/sentences.csv"));
        QCOMPARE(parameter(defaultPipeline(file, "/somewhere/else"), "train"), file.string());
    }

    void suitsTheTaskOfTheDataset()
    {
        make({"slots.conll"});
        const Parameters dataset{{"train", "slots.conll"}, {"format", "conll"}, {"task", "token_tags"}};
        const Project project = defaultPipeline(m_folder / "slots.conll", m_folder, dataset);
        QVERIFY(validate(project.graph, m_folder).empty());
        QVERIFY(project.graph.node("dataset")->parameters == dataset);
        QCOMPARE(project.graph.node("model")->parameters.at("architecture").get<std::string>(), std::string("bilstm")); // TextCNN cannot tag words
        QCOMPARE(project.graph.node("tokenizer")->parameters.at("lowercase").get<bool>(), false);
    }

    void noTwoNodesLieOnEachOther()
    {
        const Project project = defaultPipeline(m_folder / "a.csv", m_folder);
        std::set<std::pair<double, double>> places;
        for (const auto& [id, node] : project.graph.nodes())
            places.emplace(node.x, node.y);
        QCOMPARE(places.size(), project.graph.nodes().size());
    }

private:
    void make(std::initializer_list<const char*> names)
    {
        for (const char* name : names)
            QVERIFY(QFile(QString::fromStdString((m_folder / name).string())).open(QIODevice::WriteOnly));
    }
    static std::string parameter(const Project& project, const char* name) { return project.graph.node("dataset")->parameters.at(name).get<std::string>(); }

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::filesystem::path m_folder;
};

QTEST_GUILESS_MAIN(tst_DefaultPipeline)
#include "tst_DefaultPipeline.moc"
