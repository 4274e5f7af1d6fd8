// SPDX-License-Identifier: GPL-3.0-or-later
// MainLayout: the widgets of the main window and how they lie: the bar at the left, messages, the places, the drawer, the status line.
#pragma once

class QMainWindow;
class QStackedWidget;
class QWidget;

namespace espalier {

class Actions;
class CompressionPanel;
class DevicesPlace;
class Drawer;
class MessageBar;
class ModeBar;
class PipelineModel;
class PipelinePage;
class RecipeView;
class Settings;
class StatusLine;
class SweepView;
class TrainingPlace;
class WelcomePage;

/// All owned by the window.
struct MainLayout {
    MainLayout(QMainWindow* window, PipelineModel* model, Settings* settings);

    ModeBar* modeBar;
    MessageBar* messages;
    StatusLine* status;
    PipelinePage* pipeline;
    TrainingPlace* training;
    CompressionPanel* compression;
    RecipeView* recipe; ///< a tab of it
    SweepView* sweep;   ///< another
    DevicesPlace* devices;
    WelcomePage* welcome;
    QStackedWidget* pages; ///< the places in the order of Place, then the welcome page
    Drawer* drawer;
    Actions* actions;

private:
    /// Names by which tests, and tools for the disabled, find the parts.
    void nameParts();
};

} // namespace espalier
