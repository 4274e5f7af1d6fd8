// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Actions.h"

#include "app/ModeBar.h"
#include "app/Settings.h"
#include "widgets/pipeline/CanvasActions.h"
#include "widgets/style/Icons.h"

#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

namespace espalier {

Actions::Actions(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    newProject = add("new", QKeySequence::New, "newAction");
    newFromData = add("data", Qt::CTRL | Qt::SHIFT | Qt::Key_N, "newFromDataAction");
    openSample = add("", {}, "openSampleAction");
    open = add("open", QKeySequence::Open, "openAction");
    save = add("save", QKeySequence::Save, "saveAction");
    saveAs = add("", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), "saveAsAction");
    storage = add("data", {}, "storageAction");
    closeProject = add("", QKeySequence::Close, "closeAction");
    quit = add("", QKeySequence(Qt::CTRL | Qt::Key_Q), "quitAction");
    run = add("run", QKeySequence(Qt::CTRL | Qt::Key_R), "runAction");
    stop = add("stop", QKeySequence(Qt::CTRL | Qt::Key_Period), "stopAction");
    restartEngine = add("reset", {}, "restartEngineAction");
    importSettings = add("data", {}, "importSettingsAction");
    problems = add("warning", QKeySequence(Qt::ALT | Qt::Key_1), "problemsAction");
    log = add("log", QKeySequence(Qt::ALT | Qt::Key_2), "logAction");
    data = add("data", QKeySequence(Qt::ALT | Qt::Key_3), "dataAction");
    about = add("help", {}, "aboutAction");
    problems->setCheckable(true);
    log->setCheckable(true);
    data->setCheckable(true);
    buildMenus();
    buildChoices();
    retranslate();
    setState(false, false);
}

QAction* Actions::add(const char* iconName, const QKeySequence& keys, const char* objectName)
{
    auto* action = new QAction(this);
    if (*iconName)
        action->setIcon(icon(QString::fromLatin1(iconName)));
    action->setShortcut(keys);
    action->setObjectName(QString::fromLatin1(objectName));
    return action;
}

void Actions::buildMenus()
{
    QMenuBar* bar = m_parts.menuBar;
    CanvasActions* canvas = m_parts.canvas;
    m_file = bar->addMenu(QString());
    m_file->addActions({newProject, newFromData, openSample, open});
    m_recent = m_file->addMenu(QString());
    m_file->addSeparator();
    m_file->addActions({save, saveAs, storage, closeProject});
    m_file->addSeparator();
    m_file->addAction(quit);
    m_edit = bar->addMenu(QString());
    m_edit->addActions({canvas->undo, canvas->redo});
    m_edit->addSeparator();
    m_edit->addActions({canvas->cut, canvas->copy, canvas->paste, canvas->duplicate, canvas->remove});
    m_edit->addSeparator();
    m_edit->addActions({canvas->selectAll, canvas->rename, importSettings});
    m_view = bar->addMenu(QString());
    for (const Place place : {Place::Pipeline, Place::Training, Place::Compression, Place::Devices})
        m_view->addAction(m_parts.modeBar->placeAction(place));
    m_view->addSeparator();
    m_view->addActions({canvas->fit, canvas->zoomIn, canvas->zoomOut, canvas->zoomReset, canvas->tidyUp});
    m_view->addSeparator();
    m_view->addActions({problems, log, data});
    m_view->addSeparator();
    m_theme = m_view->addMenu(QString());
    m_language = m_view->addMenu(QString());
    m_run = bar->addMenu(QString());
    m_run->addActions({run, canvas->runToHere, stop});
    m_run->addSeparator();
    m_run->addAction(restartEngine);
    m_help = bar->addMenu(QString());
    m_help->addAction(about);
}

void Actions::buildChoices()
{
    const auto fill = [this](QMenu* menu, const QStringList& values, const QString& current) {
        auto* group = new QActionGroup(this);
        for (const QString& value : values) {
            QAction* action = menu->addAction(QString());
            action->setCheckable(true);
            action->setData(value);
            action->setChecked(value == current);
            group->addAction(action);
        }
        return group;
    };
    m_themes = fill(m_theme, {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}, m_parts.settings->theme());
    m_languages = fill(m_language, {QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("zh_CN")}, m_parts.settings->language());
    connect(m_themes, &QActionGroup::triggered, this, [this](QAction* action) { Q_EMIT themeRequested(action->data().toString()); });
    connect(m_languages, &QActionGroup::triggered, this, [this](QAction* action) { Q_EMIT languageRequested(action->data().toString()); });
}

void Actions::setState(bool projectOpen, bool running)
{
    save->setEnabled(projectOpen);
    saveAs->setEnabled(projectOpen);
    storage->setEnabled(projectOpen);
    closeProject->setEnabled(projectOpen && !running);
    importSettings->setEnabled(projectOpen);
    run->setEnabled(projectOpen && !running);
    stop->setEnabled(running);
    for (QAction* action : {newProject, newFromData, openSample, open})
        action->setEnabled(!running);
    m_recent->setEnabled(!running);
}

void Actions::setRecent(const QStringList& paths)
{
    m_recentPaths = paths;
    m_recent->clear();
    for (const QString& path : paths) {
        QAction* action = m_recent->addAction(QFileInfo(path).completeBaseName() + QStringLiteral("  (") + path + QLatin1Char(')'));
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT recentRequested(path); });
    }
    if (paths.isEmpty()) {
        m_recent->addAction(tr("None yet"))->setEnabled(false);
        return;
    }
    m_recent->addSeparator();
    connect(m_recent->addAction(tr("Clear this list")), &QAction::triggered, this, &Actions::clearRecentRequested);
}

void Actions::retranslate()
{
    const std::pair<QAction*, QString> actions[] = {
        {newProject, tr("&New pipeline")}, {newFromData, tr("New from &data...")}, {openSample, tr("Open the sam&ple")}, {open, tr("&Open...")},
        {save, tr("&Save")}, {saveAs, tr("Save &as...")}, {storage, tr("S&torage...")}, {closeProject, tr("&Close project")}, {quit, tr("&Quit")},
        {run, tr("&Run")}, {stop, tr("&Stop")}, {restartEngine, tr("Restart the &engine")},
        {importSettings, tr("&Import settings...")}, {problems, tr("&Problems")}, {log, tr("&Log")}, {data, tr("&Data")}, {about, tr("&About Espalier")}};
    for (const auto& [action, text] : actions)
        action->setText(text);
    run->setIconText(tr("Run")); // the bar's word, without the key that menus show
    stop->setIconText(tr("Stop"));
    data->setIconText(tr("Show data")); // on the button beside a node's parameters
    importSettings->setIconText(tr("Import settings..."));
    run->setToolTip(tr("Run the pipeline; what is up to date is not run again (%1)").arg(run->shortcut().toString(QKeySequence::NativeText)));
    stop->setToolTip(tr("Stop the run (%1)").arg(stop->shortcut().toString(QKeySequence::NativeText)));
    const std::pair<QMenu*, QString> menus[] = {{m_file, tr("&File")}, {m_recent, tr("&Recent")}, {m_edit, tr("&Edit")}, {m_view, tr("&View")},
                                                {m_theme, tr("&Theme")}, {m_language, tr("Lan&guage")}, {m_run, tr("&Run")}, {m_help, tr("&Help")}};
    for (const auto& [menu, text] : menus)
        menu->setTitle(text);
    const QString themes[] = {tr("As the system"), tr("Light"), tr("Dark")};
    // Every language in its own words, so that nobody gets lost.
    const QString languages[] = {tr("As the system"), QStringLiteral("English"), QStringLiteral("简体中文")};
    for (int i = 0; i < 3; ++i) {
        m_themes->actions().at(i)->setText(themes[i]);
        m_languages->actions().at(i)->setText(languages[i]);
    }
    setRecent(m_recentPaths);
}

} // namespace espalier
