// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Settings.h"

#include "engine/deployment/ConfigFolder.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace espalier {
namespace {

constexpr int maxRecent = 8;
const auto languageKey = QStringLiteral("language");
const auto themeKey = QStringLiteral("theme");
const auto recentKey = QStringLiteral("recent");
const auto journalKey = QStringLiteral("open_journal");

/// A path has characters that a key must not have.
QString keyOf(const char* what, const QString& folder)
{
    return QLatin1String(what) + QLatin1Char('/') + QString::fromLatin1(QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha1).toHex());
}

QString oneOf(const QString& value, const QStringList& known)
{
    return known.contains(value) ? value : known.first();
}

} // namespace

Settings::Settings() : m_settings(QString::fromStdString((configFolder() / "settings.ini").string()), QSettings::IniFormat) {}

QString Settings::language() const
{
    return oneOf(m_settings.value(languageKey).toString(), {QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("zh_CN")});
}

void Settings::setLanguage(const QString& language) { m_settings.setValue(languageKey, language); }

QString Settings::theme() const
{
    return oneOf(m_settings.value(themeKey).toString(), {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")});
}

void Settings::setTheme(const QString& theme) { m_settings.setValue(themeKey, theme); }

QStringList Settings::recentProjects() const
{
    QStringList paths;
    for (const QString& path : m_settings.value(recentKey).toStringList())
        if (QFileInfo::exists(path))
            paths << path;
    return paths;
}

void Settings::addRecentProject(const QString& path)
{
    QStringList paths = recentProjects();
    paths.removeAll(path);
    paths.prepend(path);
    m_settings.setValue(recentKey, QStringList(paths.mid(0, maxRecent)));
}

void Settings::clearRecentProjects() { m_settings.remove(recentKey); }

QByteArray Settings::windowState(const QString& part) const { return m_settings.value(QStringLiteral("window/") + part).toByteArray(); }

void Settings::setWindowState(const QString& part, const QByteArray& state) { m_settings.setValue(QStringLiteral("window/") + part, state); }

std::optional<double> Settings::accuracyFloor(const QString& folder) const
{
    const QVariant floor = m_settings.value(keyOf("accuracy_floor", folder));
    return floor.isValid() ? std::optional(floor.toDouble()) : std::nullopt;
}

QString Settings::measuringDevice(const QString& folder) const
{
    return m_settings.value(keyOf("measuring_device", folder)).toString();
}

void Settings::setMeasuringDevice(const QString& folder, const QString& device)
{
    if (device.isEmpty())
        m_settings.remove(keyOf("measuring_device", folder));
    else
        m_settings.setValue(keyOf("measuring_device", folder), device);
}

void Settings::setAccuracyFloor(const QString& folder, std::optional<double> accuracy)
{
    if (accuracy)
        m_settings.setValue(keyOf("accuracy_floor", folder), *accuracy);
    else
        m_settings.remove(keyOf("accuracy_floor", folder));
}

QString Settings::openJournal() const { return m_settings.value(journalKey).toString(); }

void Settings::setOpenJournal(const QString& path)
{
    if (path.isEmpty())
        m_settings.remove(journalKey);
    else
        m_settings.setValue(journalKey, path);
    m_settings.sync();
}

} // namespace espalier
