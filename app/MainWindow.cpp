// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MainWindow.h"

#include "app/Actions.h"
#include "app/Language.h"
#include "app/ProjectFlow.h"
#include "app/Settings.h"
#include "app/ThemeChoice.h"
#include "app/WelcomePage.h"
#include "app/Workbench.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/pipeline/PipelinePage.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace espalier {

MainWindow::MainWindow(Settings* settings, Language* language, const QString& engineProgram)
    : m_settings(settings), m_language(language), m_engine(engineProgram), m_document(settings), m_layout(this, m_document.model(), settings),
      m_workbench(std::make_unique<Workbench>(Workbench::Parts{this, &m_layout, &m_document, &m_engine}))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    resize(1280, 800);
    connectFileActions();
    connectViewActions();
    connect(&m_document, &ProjectDocument::changed, this, &MainWindow::updateState);
    connect(runController(), &RunController::started, this, &MainWindow::updateState);
    connect(runController(), &RunController::finished, this, &MainWindow::updateState);
    restoreGeometry(settings->windowState(QStringLiteral("geometry")));
    m_layout.pipeline->splitter().restoreState(settings->windowState(QStringLiteral("pipeline")));
    updateState();
}

MainWindow::~MainWindow()
{
    // The places show the document's pipeline: they go before it, and the controllers before them.
    m_workbench.reset();
    delete takeCentralWidget();
}

RunController* MainWindow::runController() { return m_workbench->runController(); }

void MainWindow::connectFileActions()
{
    const Actions* actions = m_layout.actions;
    ProjectFlow* projects = m_workbench->projects();
    connect(actions->newProject, &QAction::triggered, projects, &ProjectFlow::newEmpty);
    connect(actions->newFromData, &QAction::triggered, projects, &ProjectFlow::chooseData);
    connect(actions->openSample, &QAction::triggered, projects, &ProjectFlow::openSample);
    connect(actions->open, &QAction::triggered, projects, &ProjectFlow::chooseProject);
    connect(actions->save, &QAction::triggered, projects, &ProjectFlow::save);
    connect(actions->saveAs, &QAction::triggered, projects, &ProjectFlow::saveAs);
    connect(actions->closeProject, &QAction::triggered, projects, &ProjectFlow::closeProject);
    connect(actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(actions, &Actions::recentRequested, projects, &ProjectFlow::openProject);
    connect(actions, &Actions::clearRecentRequested, this, [this] {
        m_settings->clearRecentProjects();
        updateState();
    });
    const WelcomePage* welcome = m_layout.welcome;
    connect(welcome, &WelcomePage::sampleRequested, projects, &ProjectFlow::openSample);
    connect(welcome, &WelcomePage::dataRequested, projects, &ProjectFlow::chooseData);
    connect(welcome, &WelcomePage::projectRequested, projects, &ProjectFlow::chooseProject);
    connect(welcome, &WelcomePage::emptyRequested, projects, &ProjectFlow::newEmpty);
    connect(welcome, &WelcomePage::recentRequested, projects, &ProjectFlow::openProject);
}

void MainWindow::connectViewActions()
{
    connect(m_layout.modeBar, &ModeBar::placeRequested, this, &MainWindow::showPlace);
    connect(m_workbench.get(), &Workbench::placeWanted, this, &MainWindow::showPlace);
    connect(m_layout.actions, &Actions::themeRequested, this, [this](const QString& theme) {
        m_settings->setTheme(theme);
        applyTheme(themeFromSetting(theme));
    });
    connect(m_layout.actions, &Actions::languageRequested, this, [this](const QString& language) {
        m_settings->setLanguage(language);
        m_language->apply(language);
    });
    connect(m_layout.actions->about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::startUp() { m_workbench->startUp(); }

void MainWindow::openPath(const QString& path) { m_workbench->projects()->openDropped(path); }

void MainWindow::showPlace(Place place)
{
    m_place = place;
    m_layout.modeBar->setPlace(place);
    const bool welcome = place == Place::Pipeline && !m_document.isOpen();
    m_layout.pages->setCurrentWidget(welcome ? m_layout.welcome : m_layout.pages->widget(static_cast<int>(place)));
}

void MainWindow::updateState()
{
    m_layout.actions->setState(m_document.isOpen(), runController()->isRunning());
    m_layout.actions->setRecent(m_settings->recentProjects());
    m_layout.welcome->setRecent(m_settings->recentProjects());
    updateTitle();
    showPlace(m_place);
}

void MainWindow::updateTitle()
{
    setWindowTitle(m_document.isOpen() ? m_document.name() + QStringLiteral("[*] - Espalier") : QStringLiteral("Espalier"));
    setWindowModified(m_document.isModified());
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Espalier"), QStringLiteral("Espalier ") + QCoreApplication::applicationVersion(), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("A workbench in which one engineer trains, prunes and ships language models to small devices.") + QStringLiteral("\n\n")
                            + tr("Licence: GPL-3.0-or-later. Made with Qt %1, QCustomPlot and libssh; LibTorch in the engine.").arg(QString::fromLatin1(qVersion())));
    box->open();
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange && m_workbench) {
        m_layout.actions->retranslate();
        m_workbench->retranslate();
        updateTitle();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::askToStopAndClose()
{
    auto* question = new QMessageBox(QMessageBox::Question, tr("A run is under way"), tr("Stop the run and close?"), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("It goes on from its last epoch when you run again."));
    QPushButton* stop = question->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    connect(stop, &QPushButton::clicked, this, [this] {
        m_closing = true;
        close();
    });
    question->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    event->ignore();
    if (runController()->isRunning() && !m_closing)
        return askToStopAndClose();
    if (m_document.isModified())
        return m_workbench->projects()->whenSafe([this] {
            m_closing = true;
            m_document.close();
            close();
        });
    m_settings->setWindowState(QStringLiteral("geometry"), saveGeometry());
    m_settings->setWindowState(QStringLiteral("pipeline"), m_layout.pipeline->splitter().saveState());
    m_document.close();
    m_engine.stop();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!runController()->isRunning() && !ProjectFlow::droppable(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    openPath(ProjectFlow::droppable(event->mimeData()));
}

} // namespace espalier
