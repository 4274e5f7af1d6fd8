// SPDX-License-Identifier: GPL-3.0-or-later
// Settings: what the window remembers about its user between two starts. Kept in settings.ini in the configuration folder
// (ESPALIER_CONFIG_DIR moves it), never in a project.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <optional>

namespace espalier {

class Settings {
public:
    Settings();

    /// "system", "en" or "zh_CN".
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& language);
    /// "system", "light" or "dark".
    [[nodiscard]] QString theme() const;
    void setTheme(const QString& theme);

    /// Project files opened last, newest first; those that no longer exist are left out.
    [[nodiscard]] QStringList recentProjects() const;
    void addRecentProject(const QString& path);
    void clearRecentProjects();

    /// The least accuracy, 0 to 1, that is good enough in the project in @p folder; nothing: none was set.
    [[nodiscard]] std::optional<double> accuracyFloor(const QString& folder) const;
    void setAccuracyFloor(const QString& folder, std::optional<double> accuracy);

    /// The device that measures what packages cost in the project in @p folder; empty: this computer.
    [[nodiscard]] QString measuringDevice(const QString& folder) const;
    void setMeasuringDevice(const QString& folder, const QString& device);

    [[nodiscard]] QByteArray windowState(const QString& part) const;
    void setWindowState(const QString& part, const QByteArray& state);

    /// The journal of the project that is being edited; still there at the next start when the program ended badly.
    [[nodiscard]] QString openJournal() const;
    void setOpenJournal(const QString& path);

private:
    QSettings m_settings;
};

} // namespace espalier
