// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Transport.h"

#include <algorithm>
#include <charconv>

namespace espalier {
namespace {

std::string firstLines(const std::string& text)
{
    constexpr std::size_t longest = 600;
    std::string shown = text.size() > longest ? text.substr(0, longest) + "..." : text;
    while (!shown.empty() && (shown.back() == '\n' || shown.back() == ' '))
        shown.pop_back();
    return shown;
}

std::string remedyFor(const std::string& errors)
{
    const auto says = [&](std::string_view words) { return errors.find(words) != std::string::npos; };
    if (says("No space left on device"))
        return "Make room on the device, or choose a root folder on another file system.";
    if (says("Disk quota exceeded") || says("File too large"))
        return "The account's limit on the device is reached; make room or raise it.";
    if (says("Permission denied") || says("Read-only file system"))
        return "Choose a root folder that the account may write to and run programs from.";
    if (says("not found"))
        return "The device lacks a tool; test the device to see which.";
    return "Test the device; then try again.";
}

/// Bytes of @p remote on the device, 0 when it does not exist or is longer than it should become.
Result<std::uint64_t> resumePoint(Transport& transport, const std::string& remote, std::uint64_t expectedSize, const RunContext& context)
{
    const Command size{"if [ -f \"$1\" ]; then wc -c < \"$1\"; else echo 0; fi", {remote}};
    ESPALIER_TRY(const std::string answer, transport.runChecked(size, "Looking at what was uploaded", context));
    const std::size_t begin = std::min(answer.find_first_not_of(' '), answer.size());
    std::uint64_t bytes = 0;
    const auto parsed = std::from_chars(answer.data() + begin, answer.data() + answer.size(), bytes);
    if (parsed.ec != std::errc())
        return Error{ErrorCode::Remote, "The device answered '" + firstLines(answer) + "' where a file size was expected.", "Test the device.", {}};
    return bytes > expectedSize ? 0 : bytes;
}

} // namespace

Result<CommandResult> Transport::run(const Command& command, const RunContext& context)
{
    return execute(command, nullptr, context);
}

Result<CommandResult> Transport::run(const Command& command, const std::string& input, const RunContext& context)
{
    TextSource source(input);
    return execute(command, &source, context);
}

Result<std::string> Transport::runChecked(const Command& command, const std::string& purpose, const RunContext& context)
{
    auto result = execute(command, nullptr, context);
    if (!result)
        return result.error().within(purpose);
    if (!result->succeeded())
        return remoteError(purpose, *result);
    return std::move(result->output);
}

Result<UploadResult> Transport::upload(const std::filesystem::path& local, const std::string& remote, std::uint64_t expectedSize,
                                       const std::string& activity, const RunContext& context)
{
    ESPALIER_TRY(const std::uint64_t offset, resumePoint(*this, remote, expectedSize, context));
    const auto total = static_cast<std::int64_t>(expectedSize);
    const auto report = [&](std::uint64_t position) { context.progress({activity, static_cast<std::int64_t>(position), total, "bytes"}); };
    report(offset);
    if (offset == expectedSize && expectedSize > 0)
        return UploadResult{0, offset};
    ESPALIER_TRY(FileSource source, FileSource::open(local, offset, expectedSize, report));
    const Command append{offset == 0 ? "cat > \"$1\"" : "cat >> \"$1\"", {remote}};
    auto result = execute(append, &source, context);
    if (!result)
        return result.error().within(activity);
    if (!result->succeeded())
        return remoteError(activity, *result);
    return UploadResult{expectedSize - offset, offset};
}

Error remoteError(const std::string& purpose, const CommandResult& result)
{
    std::string said = firstLines(result.errors.empty() ? result.output : result.errors);
    if (said.empty())
        said = "the command ended with status " + std::to_string(result.exitStatus);
    return {ErrorCode::Remote, purpose + " failed on the device: " + said, remedyFor(result.errors), {}};
}

} // namespace espalier
