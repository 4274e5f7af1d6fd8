// SPDX-License-Identifier: GPL-3.0-or-later
// Actions: the window's commands and its menus. Texts follow the language; what the commands do is connected by the window.
#pragma once

#include <QObject>

class QAction;
class QKeySequence;
class QActionGroup;
class QMenu;
class QMenuBar;

namespace espalier {

class CanvasActions;
class ModeBar;
class Settings;

class Actions : public QObject {
    Q_OBJECT

public:
    struct Parts {
        QMenuBar* menuBar;
        CanvasActions* canvas; ///< edit commands, greyed out by the selection
        ModeBar* modeBar;      ///< its place actions
        Settings* settings;    ///< language and theme as they are
    };
    explicit Actions(const Parts& parts, QObject* parent = nullptr);

    QAction* newProject;
    QAction* newFromData;
    QAction* openSample;
    QAction* open;
    QAction* save;
    QAction* saveAs;
    QAction* storage;
    QAction* closeProject;
    QAction* quit;
    QAction* run;
    QAction* stop;
    QAction* restartEngine;
    QAction* importSettings;
    QAction* problems;
    QAction* log;
    QAction* data;
    QAction* about;

    /// Which commands make sense now.
    void setState(bool projectOpen, bool running);
    void setRecent(const QStringList& paths);
    void retranslate();

Q_SIGNALS:
    void recentRequested(const QString& path);
    void clearRecentRequested();
    void languageRequested(const QString& language);
    void themeRequested(const QString& theme);

private:
    QAction* add(const char* iconName, const QKeySequence& keys, const char* objectName);
    void buildMenus();
    void buildChoices();

    Parts m_parts;
    QMenu* m_file = nullptr;
    QMenu* m_recent = nullptr;
    QMenu* m_edit = nullptr;
    QMenu* m_view = nullptr;
    QMenu* m_theme = nullptr;
    QMenu* m_language = nullptr;
    QMenu* m_run = nullptr;
    QMenu* m_help = nullptr;
    QActionGroup* m_themes = nullptr;
    QActionGroup* m_languages = nullptr;
    QStringList m_recentPaths;
};

} // namespace espalier
