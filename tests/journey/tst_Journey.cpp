// SPDX-License-Identifier: GPL-3.0-or-later
// From an empty canvas to a compressed model answering on a device, by mouse and keys in the real window.
#include "app/RunController.h"
#include "tests/journey/OpenWindow.h"
#include "tests/support/SshServer.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/FlipsView.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/plots/CurvePlot.h"
#include "widgets/plots/CurveSeries.h"
#include "widgets/training/TrainingPanel.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTableView>
#include <QTableWidget>

#include <csignal>

using namespace espalier;
using test::WindowDriver;

namespace {
constexpr int patience = 240000; // milliseconds; only something that hangs needs them
}

class tst_Journey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fromAnEmptyCanvasToADevice();
    void aKilledEngineLeavesTheWindowAndTheWork();
    void aDroppedFileBecomesAPipeline();
    void theDataCanBeLookedAtAndSearched();
    void importSettingsAreOneUndoableEdit();

private:
    void buildPipeline();
    void runAndWatchTheCurves();
    void moveTheSlider();
    void deployTo(const test::SshServer& server, const QString& root);
    void openToyProject();
    [[nodiscard]] TrainingPanel* training() const { return m_window->findChild<TrainingPanel*>(); }

    std::unique_ptr<test::OpenWindow> m_open;
    MainWindow* m_window = nullptr; ///< of m_open, like its hands
    WindowDriver* m_hands = nullptr;
};

void tst_Journey::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("espalier-journey"));
}

void tst_Journey::init()
{
    m_open = std::make_unique<test::OpenWindow>();
    m_window = &m_open->window();
    m_hands = &m_open->hands();
}

void tst_Journey::cleanup()
{
    m_open.reset();
}

void tst_Journey::fromAnEmptyCanvasToADevice()
{
    if (const QString reason = test::SshServer::missing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    test::SshServer server;
    QVERIFY2(server.start(), qPrintable(server.error()));

    m_hands->keys("Ctrl+N");
    buildPipeline();
    if (QTest::currentTestFailed())
        return;
    runAndWatchTheCurves();
    if (QTest::currentTestFailed())
        return;
    moveTheSlider();
    if (QTest::currentTestFailed())
        return;
    deployTo(server, m_open->path("device"));
}

void tst_Journey::buildPipeline()
{
    QTRY_VERIFY(m_hands->canvas().isVisible());
    const std::array types{"dataset", "split", "tokenizer", "model", "train", "prune", "evaluate", "package"};
    for (std::size_t i = 0; i < types.size(); ++i) {
        const QPointF place(static_cast<double>(i % 3) * 216, static_cast<double>(i / 3) * 160);
        QCOMPARE(m_hands->dragFromPalette(types[i], place), std::string(types[i]));
    }
    m_hands->canvas().fitAll();
    const std::array<std::array<const char*, 4>, 12> wires{{{"dataset", "dataset", "split", "dataset"},
                                                            {"split", "splits", "tokenizer", "splits"},
                                                            {"tokenizer", "tokenizer", "model", "tokenizer"},
                                                            {"split", "splits", "train", "splits"},
                                                            {"model", "model", "train", "model"},
                                                            {"train", "checkpoint", "prune", "checkpoint"},
                                                            {"split", "splits", "prune", "splits"},
                                                            {"prune", "checkpoint", "evaluate", "checkpoint"},
                                                            {"split", "splits", "evaluate", "splits"},
                                                            {"prune", "checkpoint", "package", "checkpoint"},
                                                            {"split", "splits", "package", "splits"},
                                                            {"train", "checkpoint", "package", "reference"}}};
    for (const auto& [from, output, to, input] : wires) {
        m_hands->dragWire(from, output, to, input);
        QVERIFY2(m_hands->canvas().model().graph().edgeInto(to, input), to);
    }
    // Undo and redo reach everything that was done so far.
    const Graph built = m_hands->canvas().model().graph();
    m_hands->keys("Ctrl+Z");
    QCOMPARE(m_hands->canvas().model().graph().edges().size(), wires.size() - 1);
    m_hands->keys("Ctrl+Shift+Z");
    QVERIFY(m_hands->canvas().model().graph() == built);

    m_hands->setParameter("dataset", "train", m_open->path("train.tsv"));
    m_hands->setParameter("dataset", "validation", m_open->path("val.tsv"));
    m_hands->setParameter("dataset", "test", m_open->path("test.tsv"));
    m_hands->setParameter("train", "epochs", "6");
    m_hands->setParameter("train", "batch_size", "16");
    m_hands->setParameter("prune", "epochs", "2");
    const Graph& graph = m_hands->canvas().model().graph();
    QCOMPARE(graph.node("dataset")->parameters.at("train").get<std::string>(), m_open->path("train.tsv").toStdString());
    QCOMPARE(graph.node("train")->parameters.at("epochs").get<int>(), 6);
}

void tst_Journey::runAndWatchTheCurves()
{
    test::Heartbeat heartbeat;
    heartbeat.begin();
    QSignalSpy finished(m_window->runController(), &RunController::finished);
    m_hands->keys("Ctrl+R");
    m_hands->keys("Ctrl+2");
    QTRY_VERIFY_WITH_TIMEOUT(!training()->lossPlot()->series("validation_loss")->points().empty(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    const Error error = finished.front().at(1).value<Error>();
    QVERIFY2(finished.front().at(0).value<RunEnd>() == RunEnd::Done, error.message().c_str());
    qInfo("longest wait of the window's thread: %lld ms", heartbeat.longestMilliseconds());

    QTRY_VERIFY_WITH_TIMEOUT(training()->bestEpoch() > 0, patience);
    QVERIFY(training()->lossPlot()->mark().has_value());
    QVERIFY(!training()->lossPlot()->series("train_loss")->points().empty());
}

void tst_Journey::moveTheSlider()
{
    m_hands->keys("Ctrl+3");
    auto* const panel = m_hands->find<CompressionPanel>("compressionPanel");
    auto* const slider = m_hands->find<QSlider>("sparsitySlider");
    QTRY_VERIFY_WITH_TIMEOUT(slider->isVisible() && slider->isEnabled(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!panel->chart()->points().empty(), patience); // the dense model
    slider->setFocus();
    const auto before = panel->sparsity();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(slider, Qt::Key_PageUp);
    QVERIFY(panel->sparsity() > before);
    QVERIFY(panel->chart()->prediction().prediction().has_value()); // the size follows the hand
    const double wanted = panel->sparsity();
    const auto measured = [&] {
        const auto& points = panel->chart()->points();
        return std::any_of(points.begin(), points.end(), [&](const ChartPoint& point) { return std::abs(point.point().sparsity - wanted) < 1e-6; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(measured(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!panel->flips()->isEmpty(), patience); // what the package's answers came to
    QVERIFY(panel->flips()->slices()->rowCount() >= 4); // three classes, and lengths
}

void tst_Journey::deployTo(const test::SshServer& server, const QString& root)
{
    m_open->addDevice(server, root);
    m_hands->click("deployButton");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QWidget*>("hostKeyDialog"), patience);
    const auto* const fingerprint = m_window->findChild<QLabel*>("hostKeyFingerprint");
    QVERIFY(fingerprint && fingerprint->text().contains(server.hostFingerprint()));
    m_hands->click("acceptHostKeyButton");

    auto* const receipt = m_hands->find<QTableWidget>("receiptTable");
    QTRY_VERIFY_WITH_TIMEOUT(receipt->isVisible() && receipt->rowCount() > 5, patience);
    QVERIFY(QFileInfo::exists(root + "/current/espalier-edge"));

    m_hands->type(m_hands->find<QLineEdit>("tryItInput"), "it is dark in the cellar");
    QTRY_VERIFY_WITH_TIMEOUT(m_hands->find<QWidget>("deviceAnswer")->findChild<QLabel*>("answerLabel")->text() == "light", patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_hands->find<QWidget>("engineAnswer")->findChild<QLabel*>("answerLabel")->text() == "light", patience);
}

void tst_Journey::openToyProject()
{
    m_window->openPath(m_open->path("toy.espalier"));
    QTRY_COMPARE(m_hands->canvas().model().graph().nodes().size(), std::size_t{9});
}

void tst_Journey::aKilledEngineLeavesTheWindowAndTheWork()
{
    openToyProject();
    QVERIFY(m_hands->canvas().model().setParameter("train", "epochs", 60));
    QVERIFY(m_hands->canvas().model().setParameter("train", "patience", 0));
    const Graph before = m_hands->canvas().model().graph();
    QSignalSpy finished(m_window->runController(), &RunController::finished);
    QSignalSpy logged(m_window->runController(), &RunController::logged);
    m_hands->keys("Ctrl+2");
    m_hands->keys("Ctrl+R");
    const auto epochsSeen = [&] { return training()->accuracyPlot()->series("validation_accuracy")->points().size(); };
    QTRY_VERIFY_WITH_TIMEOUT(epochsSeen() >= 2, patience);
    ::kill(static_cast<pid_t>(m_window->engine()->processId()), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY(finished.front().at(0).value<RunEnd>() == RunEnd::Interrupted);
    QVERIFY(m_window->isVisible());
    QVERIFY(m_hands->canvas().model().graph() == before);

    m_hands->click("resumeButton");
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, patience);
    const Error error = finished.back().at(1).value<Error>();
    QVERIFY2(finished.back().at(0).value<RunEnd>() == RunEnd::Done, error.message().c_str());
    const bool continued = std::any_of(logged.begin(), logged.end(), [](const auto& entry) { return entry.at(2).toString().contains("goes on after epoch"); });
    QVERIFY(continued);
}

void tst_Journey::aDroppedFileBecomesAPipeline()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_open->path("train.tsv"))});
    const QPoint middle = m_window->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window, &drop);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QDialog*>("importDialog"), patience);
    QTest::keyClick(m_window->findChild<QDialog*>("importDialog"), Qt::Key_Return); // nothing else is needed
    const auto& graph = m_hands->canvas().model().graph();
    QTRY_COMPARE_WITH_TIMEOUT(graph.nodes().size(), std::size_t{9}, patience);
    const Parameters& dataset = graph.node("dataset")->parameters;
    QVERIFY(dataset.contains("validation")); // val.tsv beside it was found
    QCOMPARE(dataset.at("text_column"), Json("text")); // and so was how the files are written
}

void tst_Journey::theDataCanBeLookedAtAndSearched()
{
    openToyProject();
    m_hands->keys("Alt+3");
    auto* const rows = m_hands->find<QTableView>("rowsTable");
    auto* const count = m_hands->find<QLabel>("rowsCount");
    QTRY_VERIFY_WITH_TIMEOUT(rows->isVisible() && rows->model()->rowCount() == 96, patience);
    QTest::keyClicks(m_hands->find<QLineEdit>("rowsSearch"), "JAZZ");
    QTRY_COMPARE_WITH_TIMEOUT(count->text(), QStringLiteral("8 of 96 rows"), patience);
    QVERIFY(rows->model()->index(0, 1).data().toString().contains("jazz"));
}

void tst_Journey::importSettingsAreOneUndoableEdit()
{
    openToyProject();
    m_hands->clickNode("dataset");
    const Graph before = m_hands->canvas().model().graph();
    m_hands->click("importSettingsActionButton");
    const auto* const tables = m_hands->find<QTableView>("previewTable");
    QTRY_VERIFY_WITH_TIMEOUT(tables->isVisible() && tables->model()->rowCount() == 96, patience);
    m_hands->click("importButton");
    const auto& now = m_hands->canvas().model().graph();
    QTRY_VERIFY_WITH_TIMEOUT(now.node("dataset")->parameters.contains("label_column"), patience);
    QCOMPARE(now.node("dataset")->parameters.at("label_column"), Json("label"));
    m_window->activateWindow(); // a desktop gives the focus back when a dialog closes
    QTRY_VERIFY(m_window->isActiveWindow());
    m_hands->keys("Ctrl+Z");
    QTRY_COMPARE(now.node("dataset")->parameters, before.node("dataset")->parameters);
    QVERIFY(now == before);
}

QTEST_MAIN(tst_Journey)
#include "tst_Journey.moc"
