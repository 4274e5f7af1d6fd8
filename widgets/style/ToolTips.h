// SPDX-License-Identifier: GPL-3.0-or-later
// How long tool tips read: Qt breaks the lines of rich text only, a plain one of two sentences runs over the screen's edge.
#pragma once

#include <QString>

namespace espalier {

/// @p plain as a tool tip whose lines are broken; its own line breaks stay.
inline QString wrappedTip(const QString& plain)
{
    return QStringLiteral("<qt>%1</qt>").arg(plain.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

} // namespace espalier
