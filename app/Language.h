// SPDX-License-Identifier: GPL-3.0-or-later
// Language: the window's language, switched while it runs. Installing a translator sends LanguageChange to every widget.
#pragma once

#include <QString>
#include <QTranslator>

namespace espalier {

class Language {
public:
    Language() = default;
    ~Language();
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

    /// @p setting: "system", "en" or "zh_CN". Anything else is the system's.
    void apply(const QString& setting);
    /// "en" or "zh_CN": what @p setting means on this system.
    static QString resolved(const QString& setting);

private:
    QTranslator m_own;
    QTranslator m_qt; ///< texts of Qt's own dialogs
    bool m_installed = false;
};

} // namespace espalier
