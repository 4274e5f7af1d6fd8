// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: the frame: menus, the four places, what is dropped, and the questions before closing. What happens inside is the
// Workbench's business.
#pragma once

#include "app/EngineClient.h"
#include "app/MainLayout.h"
#include "app/ModeBar.h"
#include "app/ProjectDocument.h"

#include <QMainWindow>

#include <memory>

namespace espalier {

class Language;
class RunController;
class Settings;
class Workbench;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// @p settings and @p language must outlive the window.
    MainWindow(Settings* settings, Language* language, const QString& engineProgram);
    ~MainWindow() override;

    /// What may cost time, after the first paint.
    void startUp();
    /// A project, or a file or folder of data.
    void openPath(const QString& path);
    void showPlace(Place place);

    [[nodiscard]] EngineClient* engine() { return &m_engine; }
    [[nodiscard]] ProjectDocument* document() { return &m_document; }
    [[nodiscard]] RunController* runController();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void connectFileActions();
    void connectViewActions();
    void updateState();
    void updateTitle();
    void showAbout();
    void askToStopAndClose();

    Settings* m_settings;
    Language* m_language;
    EngineClient m_engine;
    ProjectDocument m_document;
    MainLayout m_layout;
    std::unique_ptr<Workbench> m_workbench;
    Place m_place = Place::Pipeline;
    bool m_closing = false; ///< the user has answered: do not ask again
};

} // namespace espalier
