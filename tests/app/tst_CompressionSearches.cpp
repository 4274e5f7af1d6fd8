// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps and searches for a recipe, with the real engine behind the Compression place.
#include "app/CompressionController.h"
#include "app/MeasuringDevice.h"
#include "app/ProjectDocument.h"
#include "app/RecipeController.h"
#include "app/Settings.h"
#include "app/SweepController.h"
#include "tests/support/ToyProject.h"
#include "widgets/compression/CandidateTable.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/RecipeView.h"

#include <QFileInfo>
#include <QPushButton>
#include <QProcess>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

namespace {

const auto builtEngine = QStringLiteral(ESPALIER_BINARY_DIR "/engine/service/espalier-engine");
constexpr int patience = 120'000; // ms; the engine loads LibTorch

} // namespace

class tst_CompressionSearches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aSweepFillsChartAndTableAndIsThereTomorrow();
    void aRecipeIsFoundAndAppliedInOneStep();

private:
    /// The window's parts, on the project as a new window finds it.
    struct Window {
        explicit Window(const QString& file);
        ~Window();
        Settings settings;
        ProjectDocument document{&settings};
        EngineClient engine{builtEngine};
        ResultStore results{&document, &engine};
        CompressionPanel panel;
        SweepView* sweep = new SweepView;
        RecipeView* recipe = new RecipeView;
        MeasuringDevice device{{&document, &panel}};
        CompressionController compression{{&document, &engine, &results, &panel, &device}};
        SweepController sweeps{{&document, &engine, &results, &device, &compression, &panel, sweep}};
        RecipeController recipes{{&document, &engine, &results, &device, &compression, &panel, recipe}};
    };

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Window> m_window;
};

tst_CompressionSearches::Window::Window(const QString& file)
{
    panel.addPage(recipe);
    panel.addPage(sweep);
    engine.start();
    if (const auto opened = document.open(file); !opened)
        qFatal("%s", opened.error().message().c_str());
}

tst_CompressionSearches::Window::~Window()
{
    engine.stop();
}

void tst_CompressionSearches::initTestCase()
{
    QVERIFY2(QFileInfo::exists(builtEngine), "espalier-engine is not built");
}

void tst_CompressionSearches::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("ESPALIER_CONFIG_DIR", m_folder->path().toUtf8());
    test::writeToyProject(m_folder->path().toStdString());
    QProcess training;
    training.start(builtEngine, {"run", m_folder->filePath("toy.espalier"), "--to", "train"});
    QVERIFY(training.waitForFinished(patience) && training.exitCode() == 0);
    m_window = std::make_unique<Window>(m_folder->filePath("toy.espalier"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->panel.settings().node, QStringLiteral("train"), patience);
}

void tst_CompressionSearches::cleanup()
{
    m_window.reset();
}

void tst_CompressionSearches::aSweepFillsChartAndTableAndIsThereTomorrow()
{
    auto* start = m_window->sweep->findChild<QPushButton*>(QStringLiteral("startSweep"));
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
    start->click();
    QVERIFY(!start->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
    const QTableWidget* table = m_window->sweep->table();
    QCOMPARE(table->rowCount(), 1); // the choice beside the slider
    QVERIFY(table->columnCount() >= 10);
    const QString accuracy = table->item(0, 9)->text();

    m_window = std::make_unique<Window>(m_folder->filePath("toy.espalier"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sweep->table()->rowCount(), 1, patience);
    QCOMPARE(m_window->sweep->table()->item(0, 9)->text(), accuracy);
}

void tst_CompressionSearches::aRecipeIsFoundAndAppliedInOneStep()
{
    QSignalSpy applied(&m_window->recipes, &RecipeController::applied);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->recipe->findChild<QPushButton*>(QStringLiteral("startSearch"))->isEnabled(), patience);
    Q_EMIT m_window->recipe->searchRequested({{"max_points_lost", 5}}, 0);
    auto* apply = m_window->recipe->findChild<QPushButton*>(QStringLiteral("applyRecipe"));
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), patience);
    QVERIFY(m_window->recipe->table()->rowCount() > 3);
    const Graph before = m_window->document.model()->graph();
    const int steps = m_window->document.model()->undoStack()->count();
    apply->click();
    QCOMPARE(applied.size(), 1);
    const Node prune = *m_window->document.model()->graph().node("prune");
    QVERIFY(prune.parameters.at("recovery") == Json("none"));
    QVERIFY(!prune.parameters.contains("epochs")); // which this project's node had
    QCOMPARE(m_window->document.model()->undoStack()->count(), steps + 1);
    m_window->document.model()->undoStack()->undo();
    QVERIFY(m_window->document.model()->graph() == before);

    const QString said = m_window->recipe->recommendation();
    m_window = std::make_unique<Window>(m_folder->filePath("toy.espalier"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->recipe->recommendation(), said, patience);
}

QTEST_MAIN(tst_CompressionSearches)
#include "tst_CompressionSearches.moc"
