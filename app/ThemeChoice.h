// SPDX-License-Identifier: GPL-3.0-or-later
// The theme as it is kept in the settings and named on the command line.
#pragma once

#include "widgets/style/Theme.h"

#include <QString>

namespace espalier {

/// "light", "dark"; anything else is the system's.
inline ThemeKind themeFromSetting(const QString& setting)
{
    return setting == QLatin1String("light") ? ThemeKind::Light : setting == QLatin1String("dark") ? ThemeKind::Dark : ThemeKind::System;
}

} // namespace espalier
