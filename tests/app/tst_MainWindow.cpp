// SPDX-License-Identifier: GPL-3.0-or-later
// The window without an engine, and with one that dies: what it offers, asks and keeps.
#include "app/Language.h"
#include "app/MainWindow.h"
#include "engine/graph/DefaultPipeline.h"
#include "app/RunController.h"
#include "app/Settings.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/style/Theme.h"

#include <QDialog>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace espalier;

class tst_MainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeKind::Light); }
    void init();
    void cleanup();
    void offersTheFirstSteps();
    void goesToThePlacesByKey();
    void buildsAPipelineForDroppedData();
    void refusesOtherDrops();
    void asksBeforeItLosesChanges();
    void pruningFromThePanelIsOneEdit();
    void speaksChineseAtOnce();
    void showsProblemsInsteadOfRunning();
    void offersToResumeAfterTheEnginesDeath();
    void namesItsParts();

private:
    template <typename T>
    T* find(const char* name) const { return m_window->findChild<T*>(QString::fromLatin1(name)); }
    QString write(const char* name, const QByteArray& content) const;
    void drop(const QString& path);
    void show(const QString& engine = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<MainWindow> m_window;
};

void tst_MainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QDir(m_folder->path()).mkpath(QStringLiteral("config"));
    QDir(m_folder->path()).mkpath(QStringLiteral("home"));
    qputenv("ESPALIER_CONFIG_DIR", m_folder->filePath(QStringLiteral("config")).toUtf8());
    qputenv("HOME", m_folder->filePath(QStringLiteral("home")).toUtf8());
    m_settings = std::make_unique<Settings>();
    m_language = std::make_unique<Language>();
    m_language->apply(QStringLiteral("en"));
    show();
}

void tst_MainWindow::cleanup()
{
    m_window.reset();
    m_language->apply(QStringLiteral("en"));
}

void tst_MainWindow::show(const QString& engine)
{
    m_window = std::make_unique<MainWindow>(m_settings.get(), m_language.get(), engine);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

QString tst_MainWindow::write(const char* name, const QByteArray& content) const
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return file.fileName();
}

void tst_MainWindow::drop(const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QCoreApplication::sendEvent(m_window.get(), &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event(QPointF(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
}

void tst_MainWindow::offersTheFirstSteps()
{
    for (const char* name : {"openSampleButton", "openDataButton", "openProjectButton", "newProjectButton"}) {
        auto* button = find<QPushButton>(name);
        QVERIFY2(button && button->isVisible() && !button->text().isEmpty(), name);
    }
    QVERIFY(!find<QToolButton>("runButton")->isEnabled());
    QTest::mouseClick(find<QPushButton>("openSampleButton"), Qt::LeftButton);
    QTRY_VERIFY(m_window->document()->isOpen());
    QVERIFY(m_window->document()->path().startsWith(m_folder->filePath(QStringLiteral("home/Espalier/smart-home"))));
    QVERIFY(find<QWidget>("canvas")->isVisible());
    QVERIFY(find<QToolButton>("runButton")->isEnabled());
}

void tst_MainWindow::goesToThePlacesByKey()
{
    const std::pair<Qt::Key, const char*> places[] = {{Qt::Key_2, "trainingPanel"}, {Qt::Key_3, "compressionPanel"}, {Qt::Key_4, "devicesPanel"}, {Qt::Key_1, "welcomePage"}};
    for (const auto& [key, name] : places) {
        QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
        QVERIFY2(find<QWidget>(name)->isVisible(), name);
    }
}

void tst_MainWindow::buildsAPipelineForDroppedData()
{
    drop(write("train.tsv", "text\tlabel\nhello\tgreet\nbye\tpart\n"));
    QTRY_VERIFY(find<QDialog>("importDialog"));
    QVERIFY(!m_window->document()->isOpen());
    QTest::keyClick(find<QDialog>("importDialog"), Qt::Key_Return); // no engine has looked at it: it is taken as it is
    QTRY_VERIFY(m_window->document()->isOpen());
    QCOMPARE(m_window->document()->model()->graph().nodes().size(), std::size_t(9));
    QVERIFY(m_window->isWindowModified());
    QTRY_VERIFY(m_window->document()->model()->problems().empty());
    m_window->document()->close();
}

void tst_MainWindow::refusesOtherDrops()
{
    drop(write("picture.png", "x"));
    QTest::keyClick(find<QDialog>("importDialog"), Qt::Key_Escape);
    QVERIFY(!m_window->document()->isOpen());
    drop(write("broken.espalier", "{"));
    QVERIFY(!m_window->document()->isOpen());
    QVERIFY(find<QWidget>("messageBar")->isVisible());
}

void tst_MainWindow::asksBeforeItLosesChanges()
{
    m_window->document()->openEmpty();
    m_window->document()->model()->addNode("train", {0, 0});
    m_window->close();
    auto* question = find<QMessageBox>("unsavedQuestion");
    QVERIFY(question && question->isVisible() && m_window->isVisible());
    QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
    QTRY_VERIFY(!find<QMessageBox>("unsavedQuestion"));
    QVERIFY(m_window->isVisible());
    QCOMPARE(m_window->document()->model()->graph().nodes().size(), std::size_t(1));
    m_window->close();
    QTest::mouseClick(find<QMessageBox>("unsavedQuestion")->button(QMessageBox::Discard), Qt::LeftButton);
    QTRY_VERIFY(!m_window->isVisible());
}

/// The panel's proposal sets the recovery too; plain pruning leaves it as it is.
void tst_MainWindow::pruningFromThePanelIsOneEdit()
{
    m_window->document()->openEmpty();
    PipelineModel* model = m_window->document()->model();
    const QString train = QString::fromStdString(model->addNode("train", {0, 0}));
    auto* panel = find<CompressionPanel>("compressionPanel");
    const auto given = [&](const char* parameter) {
        for (const auto& [id, node] : model->graph().nodes())
            if (node.type == "prune" && node.parameters.contains(parameter))
                return node.parameters.at(parameter);
        return Json();
    };
    Q_EMIT panel->gradualRequested({.node = train}, 0.9);
    QVERIFY(given("recovery") == "gradual");
    QVERIFY(given("sparsity") == 0.9);
    model->undoStack()->undo();
    QCOMPARE(model->graph().nodes().size(), std::size_t(1));
    Q_EMIT panel->applyRequested({.node = train}, 0.7);
    QVERIFY(given("sparsity") == 0.7);
    QVERIFY(given("recovery").is_null());
    m_window->document()->close();
}

void tst_MainWindow::speaksChineseAtOnce()
{
    QCOMPARE(find<QToolButton>("trainingPlaceButton")->text(), QStringLiteral("Training"));
    m_language->apply(QStringLiteral("zh_CN"));
    QTRY_COMPARE(find<QToolButton>("trainingPlaceButton")->text(), QStringLiteral("训练"));
    QCOMPARE(find<QPushButton>("openSampleButton")->text(), QStringLiteral("打开示例"));
    // No button, label or tab in sight may have stayed behind.
    for (const auto* button : m_window->findChildren<QPushButton*>())
        QVERIFY2(button->text().isEmpty() || button->text().contains(QRegularExpression(QStringLiteral("[\\x{4e00}-\\x{9fff}]"))), qPrintable(button->objectName() + " " + button->text()));
    m_language->apply(QStringLiteral("en"));
    QTRY_COMPARE(find<QToolButton>("trainingPlaceButton")->text(), QStringLiteral("Training"));
}

void tst_MainWindow::showsProblemsInsteadOfRunning()
{
    m_window->document()->openEmpty();
    m_window->document()->model()->addNode("train", {0, 0});
    QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
    QVERIFY(!m_window->runController()->isRunning());
    QVERIFY(find<QTabWidget>("drawer")->isVisible());
    QVERIFY(find<QWidget>("problems")->isVisible());
    m_window->document()->close();
}

void tst_MainWindow::offersToResumeAfterTheEnginesDeath()
{
    const QString engine = write("engine.sh", "#!/bin/sh\nread line; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"version\":\"9\"}}'\n"
                                              "while read line; do case \"$line\" in *'\"method\":\"run\"'*) kill -9 $$;; esac; done\n");
    QFile(engine).setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    show(engine);
    const QString sentences = write("train.tsv", "text\tlabel\nhello\tgreet\nbye\tpart\n");
    Graph pipeline = defaultPipeline(sentences.toStdString(), m_folder->path().toStdString()).graph;
    QVERIFY(pipeline.setParameter("dataset", "train", sentences.toStdString()));
    m_window->document()->openEmpty();
    m_window->document()->model()->setGraph(pipeline);
    const Graph before = m_window->document()->model()->graph();
    m_window->engine()->start();
    QTRY_COMPARE(m_window->engine()->state(), EngineClient::State::Ready);
    QTest::mouseClick(find<QToolButton>("runButton"), Qt::LeftButton);
    QTRY_VERIFY(find<QPushButton>("resumeButton"));
    QVERIFY(m_window->isVisible() && m_window->document()->model()->graph() == before);
    QCOMPARE(m_window->engine()->state(), EngineClient::State::Crashed);
    QTest::mouseClick(find<QPushButton>("resumeButton"), Qt::LeftButton);
    QVERIFY(m_window->runController()->isRunning());
    QTRY_VERIFY(!m_window->runController()->isRunning());
    m_window->document()->close();
}

void tst_MainWindow::namesItsParts()
{
    for (const char* name : {"runButton", "stopButton", "sparsitySlider", "deployButton", "palette", "canvas", "inspector", "tryItInput", "receiptView",
                             "statusLine", "statusText", "deviceList", "testButton", "rollbackButton", "problems", "logView", "outline", "engineState"})
        QVERIFY2(find<QWidget>(name), name);
}

QTEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
