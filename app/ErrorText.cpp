// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ErrorText.h"

#include <QCoreApplication>

namespace espalier {

const char* errorHeadlineSource(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return QT_TRANSLATE_NOOP("errors", "A value cannot be used");
    case ErrorCode::NotFound: return QT_TRANSLATE_NOOP("errors", "Something is not there");
    case ErrorCode::InvalidFormat: return QT_TRANSLATE_NOOP("errors", "A file or message cannot be read");
    case ErrorCode::Io: return QT_TRANSLATE_NOOP("errors", "A file could not be read or written");
    case ErrorCode::Cancelled: return QT_TRANSLATE_NOOP("errors", "Cancelled");
    case ErrorCode::Unsupported: return QT_TRANSLATE_NOOP("errors", "This is not supported here");
    case ErrorCode::Network: return QT_TRANSLATE_NOOP("errors", "The connection failed");
    case ErrorCode::HostKeyUnknown: return QT_TRANSLATE_NOOP("errors", "The device's host key is not known yet");
    case ErrorCode::HostKeyChanged: return QT_TRANSLATE_NOOP("errors", "The device's host key has changed");
    case ErrorCode::Authentication: return QT_TRANSLATE_NOOP("errors", "The device refused the sign-in");
    case ErrorCode::Remote: return QT_TRANSLATE_NOOP("errors", "A step failed on the device");
    case ErrorCode::ParityMismatch: return QT_TRANSLATE_NOOP("errors", "The package does not answer as it should");
    case ErrorCode::Internal: return QT_TRANSLATE_NOOP("errors", "Something went wrong inside Espalier");
    }
    return QT_TRANSLATE_NOOP("errors", "Something went wrong inside Espalier");
}

QString errorHeadline(ErrorCode code) { return QCoreApplication::translate("errors", errorHeadlineSource(code)); }

QString errorDetail(const Error& error)
{
    QString text;
    for (auto it = error.context.rbegin(); it != error.context.rend(); ++it)
        text += QString::fromStdString(*it) + QStringLiteral(": ");
    text += QString::fromStdString(error.detail);
    if (!error.remedy.empty())
        text += QLatin1Char('\n') + QString::fromStdString(error.remedy);
    return text;
}

QString errorText(const Error& error) { return errorHeadline(error.code) + QLatin1Char('\n') + errorDetail(error); }

} // namespace espalier
