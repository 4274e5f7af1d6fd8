// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/CatalogText.h"

#include <QCoreApplication>

namespace espalier {

QString catalogText(const std::string& english)
{
    return english.empty() ? QString() : QCoreApplication::translate("catalog", english.c_str());
}

} // namespace espalier
