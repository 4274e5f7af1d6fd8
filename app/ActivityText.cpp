// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ActivityText.h"

#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace espalier {
namespace {

struct Form {
    const char* pattern;
    const char* text;
};

constexpr Form forms[] = {
    {"^Training epoch (\\d+) of (\\d+)$", QT_TRANSLATE_NOOP("activity", "Training epoch %1 of %2")},
    {"^Fine-tuning epoch (\\d+) of (\\d+)$", QT_TRANSLATE_NOOP("activity", "Fine-tuning epoch %1 of %2")},
    {"^Reading (.+)$", QT_TRANSLATE_NOOP("activity", "Reading %1")},
};

} // namespace

QString activityText(const std::string& english)
{
    const QString source = QString::fromStdString(english);
    for (const Form& form : forms) {
        const auto match = QRegularExpression(QString::fromLatin1(form.pattern)).match(source);
        if (!match.hasMatch())
            continue;
        QString text = QCoreApplication::translate("activity", form.text);
        for (int i = 1; i <= match.lastCapturedIndex(); ++i)
            text = text.arg(match.captured(i));
        return text;
    }
    return catalogText(english);
}

QString amountText(std::int64_t done, std::int64_t total, const std::string& unit)
{
    if (total <= 0)
        return {};
    if (unit == "bytes")
        return QCoreApplication::translate("activity", "%1 of %2").arg(formatBytes(done), formatBytes(total));
    return QCoreApplication::translate("activity", "%1 of %2 %3").arg(formatCount(done), formatCount(total), catalogText(unit));
}

} // namespace espalier
