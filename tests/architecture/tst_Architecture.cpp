// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every source file of the project and fails when one breaks a rule of the design. The first half proves the rules
// on made-up files, so that a rule that lost its teeth is noticed too.
#include "tests/architecture/HouseRules.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace espalier::house;

namespace {

const QString root = QStringLiteral(ESPALIER_SOURCE_DIR);

SourceFile made(const char* path, const char* text)
{
    return {path, text};
}

QString listed(const std::vector<std::string>& findings)
{
    QStringList lines;
    for (const std::string& finding : findings)
        lines << QString::fromStdString(finding);
    return lines.join(QLatin1Char('\n'));
}

std::vector<SourceFile> sources(const QStringList& patterns)
{
    std::vector<SourceFile> files;
    for (const char* top : {"engine", "widgets", "app", "tests"}) {
        QDirIterator it(root + "/" + top, patterns, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly))
                files.push_back({file.fileName().mid(root.size() + 1).toStdString(), file.readAll().toStdString()});
        }
    }
    return files;
}

std::string licensed(const char* licence, const std::string& rest)
{
    return "// SPDX-License" + std::string("-Identifier: ") + licence + "\n" + rest;
}

} // namespace

class tst_Architecture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsLayers_data();
    void findsLayers();
    void reportsForbiddenIncludes_data();
    void reportsForbiddenIncludes();
    void acceptsAllowedIncludes();
    void theTableHasNoWayBack();
    void reportsBrokenHouseRules();
    void reportsACircle();

    void noFileIncludesAcrossAForbiddenArrow();
    void everyQuotedIncludeExists();
    void everyFileKeepsTheHouseRules();
    void buildFilesAreLicensed();
    void noIncludesGoInACircle();
};

void tst_Architecture::findsLayers_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("layer");
    QTest::newRow("engine") << "engine/core/Json.h" << "core";
    QTest::newRow("nested") << "engine/edge/ops/LinearOp.cpp" << "edge";
    QTest::newRow("widgets") << "widgets/plots/CurvePlot.h" << "widgets";
    QTest::newRow("app") << "app/MainWindow.h" << "app";
    QTest::newRow("file beside the layers") << "engine/loose.h" << "";
    QTest::newRow("unknown layer") << "engine/cloud/Upload.h" << "";
    QTest::newRow("not rooted") << "Json.h" << "";
}

void tst_Architecture::findsLayers()
{
    QFETCH(QString, path);
    QTEST(QString::fromStdString(layerOf(path.toStdString())), "layer");
}

void tst_Architecture::reportsForbiddenIncludes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* path, const char* text) { QTest::newRow(name) << path << text; };
    row("core looks up", "engine/core/Json.cpp", "#include \"engine/graph/Graph.h\"\n");
    row("the edge knows reports", "engine/edge/Session.cpp", "#include \"engine/reports/Receipt.h\"\n");
    row("data knows training", "engine/data/Dataset.cpp", "#include \"engine/training/Trainer.h\"\n");
    row("deployment knows the edge's session", "engine/deployment/Push.cpp", "#include \"engine/edge/Session.h\"\n");
    row("widgets know a device", "widgets/devices/DeviceList.cpp", "#include \"engine/deployment/Device.h\"\n");
    row("the app knows learning", "app/main.cpp", "  #  include \"engine/training/Trainer.h\"\n");
    row("the engine knows the app", "engine/service/Server.cpp", "#include \"app/Settings.h\"\n");
    row("the engine knows a test", "engine/core/Json.cpp", "#include \"tests/support/Toy.h\"\n");
    row("Qt in the engine", "engine/graph/Graph.cpp", "#include <QString>\n");
    row("Qt's module header in the engine", "engine/graph/Graph.cpp", "#include <QtCore/QString>\n");
    row("JSON past the facade", "engine/graph/Graph.cpp", "#include <nlohmann/json.hpp>\n");
    row("LibTorch in a reader", "engine/data/Reading.cpp", "#include <torch/torch.h>\n");
    row("LibTorch in the app", "app/main.cpp", "#include <torch/torch.h>\n");
    row("LibTorch in the pipeline", "engine/pipeline/Runner.cpp", "#include <ATen/Parallel.h>\n");
    row("libssh in the app", "app/main.cpp", "#include <libssh/libssh.h>\n");
    row("own header by its bare name", "engine/core/Json.cpp", "#include \"Json.h\"\n");
}

void tst_Architecture::reportsForbiddenIncludes()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    const auto findings = forbiddenIncludes({path.toStdString(), "// first line\n" + text.toStdString()});
    QCOMPARE(findings.size(), std::size_t{1});
    QVERIFY2(QString::fromStdString(findings[0]).startsWith(path + ":2: "), findings[0].c_str());
}

void tst_Architecture::acceptsAllowedIncludes()
{
    QCOMPARE(listed(forbiddenIncludes(made("engine/core/Json.h", "#include <nlohmann/json.hpp>\n#include <string>\n"))), QString());
    QCOMPARE(listed(forbiddenIncludes(made("engine/models/TextCnn.cpp", "#include <torch/torch.h>\n#include \"engine/edge/Program.h\"\n"))), QString());
    QCOMPARE(listed(forbiddenIncludes(made("engine/deployment/Push.cpp", "#include \"engine/edge/PackageFormat.h\"\n"))), QString());
    QCOMPARE(listed(forbiddenIncludes(made("widgets/plots/CurvePlot.h", "#include <QWidget>\n#include <qcustomplot.h>\n"))), QString());
    QCOMPARE(listed(forbiddenIncludes(made("tests/core/tst_Json.cpp", "#include <QTest>\n#include \"tst_Json.moc\"\n"))), QString());
    QCOMPARE(listed(forbiddenIncludes(made("engine/graph/Graph.cpp", "// #include <QString> would be wrong\n"))), QString());
}

/// Of two libraries at most one may know the other. Training and evaluation are one library and share the checkpoint.
void tst_Architecture::theTableHasNoWayBack()
{
    const std::set<std::string> together{"training", "evaluation"};
    for (const auto& [layer, allowed] : allowedLayers())
        for (const std::string& other : allowed)
            if (other != layer && !(together.contains(layer) && together.contains(other)))
                QVERIFY2(!allowedLayers().at(other).contains(layer), (layer + " and " + other).c_str());
}

void tst_Architecture::reportsBrokenHouseRules()
{
    const auto findings = [](const char* path, const std::string& text) { return listed(brokenHouseRules({path, text})); };
    QCOMPARE(findings("app/A.h", licensed("GPL-3.0-or-later", "#pragma once\n")), QString());
    QCOMPARE(findings("engine/core/A.h", licensed("Apache-2.0", "#pragma once\n")), QString());
    QVERIFY(findings("app/A.cpp", "int a;\n").contains("exactly one SPDX line"));
    QVERIFY(findings("app/A.cpp", licensed("Apache-2.0", "")).contains("must be GPL-3.0-or-later"));
    QVERIFY(findings("engine/edge/A.cpp", licensed("GPL-3.0-or-later", "")).contains("must be Apache-2.0"));
    QVERIFY(findings("app/A.h", licensed("GPL-3.0-or-later", "int a;\n")).contains("#pragma once"));
    QVERIFY(findings("app/A.cpp", licensed("GPL-3.0-or-later", std::string(400, '\n'))).contains("401 lines"));
    QVERIFY(findings("app/A.cpp", licensed("GPL-3.0-or-later", "#include <QSaveFile>\n")).contains("SafeFile"));
    QVERIFY(findings("engine/models/A.cpp", licensed("GPL-3.0-or-later", "#include <torch/torch.h>\nclass A {\n    Q_" "OBJECT\n};\n")).contains("moc"));
}

void tst_Architecture::reportsACircle()
{
    const std::vector<SourceFile> round{made("app/A.h", "#include \"app/B.h\"\n"), made("app/B.h", "#include \"app/C.h\"\n"), made("app/C.h", "#include \"app/B.h\"\n")};
    QCOMPARE(QString::fromStdString(includeCircle(round)), QString("app/B.h -> app/C.h -> app/B.h"));
    QCOMPARE(QString::fromStdString(includeCircle({round[0], round[1]})), QString());
}

void tst_Architecture::noFileIncludesAcrossAForbiddenArrow()
{
    const auto files = sources({"*.h", "*.cpp"});
    QVERIFY(files.size() > 50);
    std::vector<std::string> findings;
    for (const SourceFile& file : files) {
        if (layerOf(file.path).empty())
            findings.push_back(file.path + ": it belongs to no layer of the design.");
        else
            for (const std::string& finding : forbiddenIncludes(file))
                findings.push_back(finding);
    }
    QVERIFY2(findings.empty(), qPrintable("\n" + listed(findings)));
}

void tst_Architecture::everyQuotedIncludeExists()
{
    std::vector<std::string> findings;
    for (const SourceFile& file : sources({"*.h", "*.cpp"}))
        for (const Include& include : includesOf(file.text))
            if (!include.angled && !QString::fromStdString(include.target).endsWith(".moc") && !QFile::exists(root + "/" + QString::fromStdString(include.target)))
                findings.push_back(file.path + ":" + std::to_string(include.line) + ": there is no " + include.target + ".");
    QVERIFY2(findings.empty(), qPrintable("\n" + listed(findings)));
}

void tst_Architecture::everyFileKeepsTheHouseRules()
{
    std::vector<std::string> findings;
    for (const SourceFile& file : sources({"*.h", "*.cpp"}))
        for (const std::string& finding : brokenHouseRules(file))
            findings.push_back(finding);
    QVERIFY2(findings.empty(), qPrintable("\n" + listed(findings)));
}

void tst_Architecture::buildFilesAreLicensed()
{
    std::vector<std::string> findings;
    for (const SourceFile& file : sources({"CMakeLists.txt", "*.cmake"}))
        for (const std::string& finding : brokenHouseRules(file))
            findings.push_back(finding);
    QVERIFY2(findings.empty(), qPrintable("\n" + listed(findings)));
}

void tst_Architecture::noIncludesGoInACircle()
{
    const std::string circle = includeCircle(sources({"*.h", "*.cpp"}));
    QVERIFY2(circle.empty(), circle.c_str());
}

QTEST_GUILESS_MAIN(tst_Architecture)
#include "tst_Architecture.moc"
