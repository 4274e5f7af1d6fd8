// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/Program.h"

#include <QtTest>

using namespace espalier;
using namespace espalier::edge;

class tst_Program : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrips()
    {
        Program program;
        program.ops.push_back({"embedding", {"ids"}, "e", {{"weight", "w"}}, {}});
        program.ops.push_back({"conv1d_max", {"e"}, "c", {{"weight", "cw"}, {"bias", "cb"}}, {{"activation", "relu"}}});
        const auto again = programFromJson(*parseJson(dumpJson(toJson(program)), "test"));
        QVERIFY(again.ok());
        QCOMPARE(dumpJson(toJson(*again)), dumpJson(toJson(program)));
        QCOMPARE(again->ops[1].tensors.at("bias"), std::string("cb"));
        QCOMPARE(again->ops[1].attributes.at("activation"), std::string("relu"));
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        QTest::newRow("no object") << "[]" << "program";
        QTest::newRow("no ops") << "{}" << "program.ops";
        QTest::newRow("empty") << R"({"ops":[]})" << "program.ops";
        QTest::newRow("op is a number") << R"({"ops":[1]})" << "program.ops[0]";
        QTest::newRow("no kind") << R"({"ops":[{"inputs":["ids"],"output":"a"}]})" << "program.ops[0].kind";
        QTest::newRow("undefined input") << R"({"ops":[{"kind":"x","inputs":["b"],"output":"a"}]})" << "'b'";
        QTest::newRow("itself") << R"({"ops":[{"kind":"x","inputs":["a"],"output":"a"}]})" << "'a'";
        QTest::newRow("no inputs") << R"({"ops":[{"kind":"x","inputs":[],"output":"a"}]})" << "program.ops[0].inputs";
        QTest::newRow("ids again") << R"({"ops":[{"kind":"x","inputs":["ids"],"output":"ids"}]})" << "program.ops[0].output";
        QTest::newRow("twice") << R"({"ops":[{"kind":"x","inputs":["ids"],"output":"a"},{"kind":"x","inputs":["a"],"output":"a"}]})" << "program.ops[1].output";
        QTest::newRow("tensor no text") << R"({"ops":[{"kind":"x","inputs":["ids"],"output":"a","tensors":{"weight":3}}]})" << "tensors.weight";
    }

    void namesWhatIsWrong()
    {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const auto program = programFromJson(*parseJson(json.toStdString(), "test"));
        QVERIFY(!program.ok());
        QVERIFY2(QString::fromStdString(program.error().message()).contains(named), program.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(tst_Program)
#include "tst_Program.moc"
