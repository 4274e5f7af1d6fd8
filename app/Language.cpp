// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace espalier {

Language::~Language() = default;

QString Language::resolved(const QString& setting)
{
    if (setting == QLatin1String("en") || setting == QLatin1String("zh_CN"))
        return setting;
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

void Language::apply(const QString& setting)
{
    const QString language = resolved(setting);
    if (m_installed) {
        QCoreApplication::removeTranslator(&m_own);
        QCoreApplication::removeTranslator(&m_qt);
    }
    m_installed = false;
    QLocale::setDefault(QLocale(language));
    if (language == QLatin1String("en"))
        return;
    if (m_qt.load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/i18n/espalier_") + language))
        QCoreApplication::installTranslator(&m_own);
    m_installed = true;
}

} // namespace espalier
