// SPDX-License-Identifier: Apache-2.0
#include "engine/core/Result.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace espalier {
namespace {

struct CodeName {
    ErrorCode code;
    std::string_view name;
};

constexpr std::array codeNames{
    CodeName{ErrorCode::InvalidArgument, "invalid_argument"},
    CodeName{ErrorCode::NotFound, "not_found"},
    CodeName{ErrorCode::InvalidFormat, "invalid_format"},
    CodeName{ErrorCode::Io, "io"},
    CodeName{ErrorCode::Cancelled, "cancelled"},
    CodeName{ErrorCode::Unsupported, "unsupported"},
    CodeName{ErrorCode::Network, "network"},
    CodeName{ErrorCode::HostKeyUnknown, "host_key_unknown"},
    CodeName{ErrorCode::HostKeyChanged, "host_key_changed"},
    CodeName{ErrorCode::Authentication, "authentication"},
    CodeName{ErrorCode::Remote, "remote"},
    CodeName{ErrorCode::ParityMismatch, "parity_mismatch"},
    CodeName{ErrorCode::Internal, "internal"},
};

} // namespace

std::string_view errorCodeName(ErrorCode code)
{
    for (const auto& entry : codeNames)
        if (entry.code == code)
            return entry.name;
    return "internal";
}

ErrorCode errorCodeFromName(std::string_view name)
{
    for (const auto& entry : codeNames)
        if (entry.name == name)
            return entry.code;
    return ErrorCode::Internal;
}

std::string Error::message() const
{
    std::string text;
    for (auto it = context.rbegin(); it != context.rend(); ++it)
        text += *it + ": ";
    text += detail;
    if (!remedy.empty())
        text += " " + remedy;
    return text;
}

Error Error::within(std::string activity) const
{
    Error outer = *this;
    outer.context.push_back(std::move(activity));
    return outer;
}

Error cancelledError()
{
    return {ErrorCode::Cancelled, "Cancelled.", {}, {}};
}

Error ioError(std::string_view action, std::string_view path, int errnoValue)
{
    Error error{errnoValue == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                "Cannot " + std::string(action) + " '" + std::string(path) + "': " + std::strerror(errnoValue) + ".",
                {},
                {}};
    if (errnoValue == ENOSPC)
        error.remedy = "Free some space on that disk and try again; the file that was there before is unchanged.";
    else if (errnoValue == EACCES || errnoValue == EPERM)
        error.remedy = "Check the permissions of the file and its folder.";
    else if (errnoValue == ENOENT)
        error.remedy = "Check that the path is right and that the file still exists.";
    return error;
}

} // namespace espalier
