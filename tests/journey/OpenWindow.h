// SPDX-License-Identifier: GPL-3.0-or-later
// OpenWindow: the main window with a home folder, settings, devices and a toy project of its own, ready for a user's hands. For tests only.
#pragma once

#include "app/Language.h"
#include "app/Settings.h"
#include "tests/journey/WindowDriver.h"

#include <QTemporaryDir>

namespace espalier {
class MainWindow;
}
namespace espalier::test {

class SshServer;

class OpenWindow {
public:
    /// Shows the window, in English, with ESPALIER_ENGINE_PATH as its engine; no agent's keys are offered to anyone.
    OpenWindow();

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] WindowDriver& hands() { return *m_hands; }

    /// Adds @p server through the form, as the device "gateway" whose releases go to @p root.
    void addDevice(const SshServer& server, const QString& root);

private:
    void prepareHome();

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowDriver> m_hands;
};

} // namespace espalier::test
