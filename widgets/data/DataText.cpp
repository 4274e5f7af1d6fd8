// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DataText.h"

#include "widgets/style/Format.h"

#include <QCoreApplication>
#include <QStringList>

namespace espalier {
namespace {

QString formatText(const std::string& format)
{
    if (format == "csv")
        return QStringLiteral("CSV");
    if (format == "tsv")
        return QStringLiteral("TSV");
    if (format == "jsonl")
        return QStringLiteral("JSONL");
    if (format == "conll")
        return QStringLiteral("CoNLL");
    if (format == "fasttext")
        return QStringLiteral("fastText");
    if (format == "folder")
        return QCoreApplication::translate("DataText", "A folder a class");
    return QString::fromStdString(format);
}

QString encodingText(const std::string& encoding)
{
    if (encoding == "utf8")
        return QStringLiteral("UTF-8");
    return QString::fromStdString(encoding).toUpper();
}

} // namespace

QString partText(const std::string& part)
{
    if (part == "train")
        return QCoreApplication::translate("DataText", "Training");
    return part == "validation" ? QCoreApplication::translate("DataText", "Validation") : QCoreApplication::translate("DataText", "Test");
}

QString scriptText(const std::string& script)
{
    // Where lupdate finds them; of the engine's scriptNames().
    [[maybe_unused]] static const char* const names[] = {
        QT_TRANSLATE_NOOP("Script", "Latin"),  QT_TRANSLATE_NOOP("Script", "Han"),        QT_TRANSLATE_NOOP("Script", "Kana"),    QT_TRANSLATE_NOOP("Script", "Hangul"),
        QT_TRANSLATE_NOOP("Script", "Cyrillic"), QT_TRANSLATE_NOOP("Script", "Greek"),    QT_TRANSLATE_NOOP("Script", "Arabic"),  QT_TRANSLATE_NOOP("Script", "Hebrew"),
        QT_TRANSLATE_NOOP("Script", "Devanagari"), QT_TRANSLATE_NOOP("Script", "Bengali"), QT_TRANSLATE_NOOP("Script", "Tamil"),  QT_TRANSLATE_NOOP("Script", "Thai"),
        QT_TRANSLATE_NOOP("Script", "Lao"),    QT_TRANSLATE_NOOP("Script", "Khmer"),      QT_TRANSLATE_NOOP("Script", "Emoji"),   QT_TRANSLATE_NOOP("Script", "Other")};
    return QCoreApplication::translate("Script", script.c_str());
}

QString taskText(Task task)
{
    switch (task) {
    case Task::SingleLabel: return QCoreApplication::translate("DataText", "One class a text");
    case Task::MultiLabel: return QCoreApplication::translate("DataText", "Any number of classes a text");
    case Task::TokenTags: break;
    }
    return QCoreApplication::translate("DataText", "A tag a word");
}

QString fileFacts(const DataFileReport& report)
{
    QStringList facts{formatText(report.format)};
    if (report.compression != "none")
        facts << QString::fromStdString(report.compression);
    facts << encodingText(report.encoding) << taskText(report.task);
    if (report.rowCount >= 0)
        facts << QCoreApplication::translate("DataText", "%1 rows").arg(formatCount(report.rowCount));
    facts << formatBytes(report.bytes);
    if (report.confidence < 0.8)
        facts << QCoreApplication::translate("DataText", "not sure: please check");
    return facts.join(QStringLiteral("  ·  "));
}

} // namespace espalier
