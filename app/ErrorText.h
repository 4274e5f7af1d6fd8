// SPDX-License-Identifier: GPL-3.0-or-later
// ErrorText: an engine's Error as people read it: a translated headline by its code, the English detail and remedy under it.
#pragma once

#include "engine/core/Result.h"

#include <QString>

namespace espalier {

/// "A file or message is damaged", in the current language.
QString errorHeadline(ErrorCode code);
/// Detail and remedy, a line each, with what was being done in front.
QString errorDetail(const Error& error);
/// Headline and detail together.
QString errorText(const Error& error);

/// The source texts of the headlines, for the test that every code has one in every language (context "errors").
const char* errorHeadlineSource(ErrorCode code);

} // namespace espalier
