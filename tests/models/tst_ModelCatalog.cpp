// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ModelCatalog.h"

#include <QtTest>

#include <set>

using namespace espalier;

class tst_ModelCatalog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("task");
        for (const Architecture& architecture : architectures().members())
            for (const Task task : architecture.tasks)
                QTest::newRow((architecture.id + " " + std::string(taskName(task))).c_str()) << QString::fromStdString(architecture.id) << static_cast<int>(task);
    }

    /// What holds for every member of the catalogue.
    void every()
    {
        QFETCH(QString, id);
        QFETCH(int, task);
        const ModelType* type = *modelCatalog().get(id.toStdString());
        const auto spec = makeModelSpec(type->id, {}, 100, 5, static_cast<Task>(task));
        QVERIFY(spec);
        const TensorShapes shapes = type->shapes(*spec);
        for (const auto& prunable : type->prunable(*spec)) {
            QVERIFY(shapes.contains(prunable.name));
            QVERIFY((std::set<std::string>{"embedding", "convolution", "recurrent", "linear"}).contains(prunable.group));
        }
        std::set<std::string> used;
        std::set<std::string> values{"ids"};
        for (const auto& op : type->lower(*spec).ops) {
            for (const auto& input : op.inputs)
                QVERIFY2(values.contains(input), input.c_str());
            QVERIFY2(values.insert(op.output).second, "a value is assigned once");
            for (const auto& [role, tensor] : op.tensors)
                used.insert(tensor);
        }
        for (const auto& [name, shape] : shapes)
            QVERIFY2(used.contains(name), "every tensor has a place in the program");
        QCOMPARE(used.size(), shapes.size());
    }

    /// A module for each architecture that is described, and a description for each module.
    void agreesWithTheArchitectures()
    {
        QCOMPARE(modelCatalog().members().size(), architectures().members().size());
        for (const auto& type : modelCatalog().members())
            QVERIFY2(architectures().find(type.id), type.id.c_str());
    }

    void specSurvivesJson()
    {
        const auto spec = makeModelSpec("textcnn", {{"widths", "2, 5"}, {"filters", 7}}, 100, 5);
        QVERIFY(spec);
        const auto again = modelSpecFromJson(toJson(*spec));
        QVERIFY(again);
        QCOMPARE(toJson(*again), toJson(*spec));
        QCOMPARE((*modelCatalog().get("textcnn"))->shapes(*again).at("convolutions.1.weight"), (std::vector<std::int64_t>{7, 128, 5}));
    }

    void refusesBadSpecs()
    {
        QVERIFY(!makeModelSpec("bert", {}, 100, 5));
        QVERIFY(!makeModelSpec("textcnn", {{"depth", 3}}, 100, 5));
        const auto tags = makeModelSpec("textcnn", {}, 100, 5, Task::TokenTags);
        QVERIFY(!tags);
        QVERIFY2(QString::fromStdString(tags.error().message()).contains("BiLSTM"), tags.error().message().c_str());
        QVERIFY(!makeModelSpec("textcnn", {}, 1, 5));
        QVERIFY(!makeModelSpec("textcnn", {}, 100, 1));
        QVERIFY(!makeModelSpec("textcnn", {{"embedding_dim", 4096}}, 10'000'000, 5));
        for (const char* widths : {"", "a", "0", "17", "2,,3", "2,2", "2,3,", ",2", "1,2,3,4,5,6,7,8,9", "2 3", "-1", "99999999999999999999"}) {
            const auto spec = makeModelSpec("textcnn", {{"widths", widths}}, 100, 5);
            QVERIFY2(!spec, widths);
            QVERIFY2(QString::fromStdString(spec.error().message()).contains("widths"), spec.error().message().c_str());
        }
    }
};

QTEST_GUILESS_MAIN(tst_ModelCatalog)
#include "tst_ModelCatalog.moc"
