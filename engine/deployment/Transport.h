// SPDX-License-Identifier: GPL-3.0-or-later
// Transport: an open way to one device. It runs POSIX shell scripts there and streams files to it; that is all a push needs.
// A kind of transport implements execute() and close(); the members are listed in TransportCatalog.cpp. Not for use by two
// threads at once. Cancellation is seen within 200 ms.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/deployment/ByteSource.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace espalier {

/// A script for /bin/sh on the device. Arguments reach it as "$1", "$2"... byte for byte, so nothing needs quoting.
struct Command {
    std::string script;
    std::vector<std::string> arguments = {};
    std::size_t maxOutputBytes = std::size_t{16} << 20; ///< more on stdout or stderr is an error
};

struct CommandResult {
    int exitStatus = 0; ///< 128 + n when the command died of signal n (255 when the signal is not known)
    std::string output; ///< stdout
    std::string errors; ///< stderr

    [[nodiscard]] bool succeeded() const { return exitStatus == 0; }
};

struct UploadResult {
    std::uint64_t sentBytes = 0;   ///< that travelled this time
    std::uint64_t resumedFrom = 0; ///< bytes that were on the device already
};

class Transport {
public:
    virtual ~Transport() = default;
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Runs @p command with @p input (may be null) on its stdin. A status other than 0 is a result, not an error;
    /// Network when the connection broke, Cancelled, Remote when there was too much output.
    virtual Result<CommandResult> execute(const Command& command, ByteSource* input, const RunContext& context) = 0;
    virtual void close() = 0;

    /// The same with text, or nothing, on stdin.
    Result<CommandResult> run(const Command& command, const RunContext& context);
    Result<CommandResult> run(const Command& command, const std::string& input, const RunContext& context);
    /// Runs it and makes a status other than 0 a Remote error: "@p purpose failed on the device: <stderr>". Returns stdout.
    Result<std::string> runChecked(const Command& command, const std::string& purpose, const RunContext& context);

    /// Streams @p local to @p remote (its folder must exist), going on where an earlier upload stopped. @p expectedSize is the
    /// size of the local file in bytes. Progress in bytes under @p activity. Does not verify the content: hash it there.
    Result<UploadResult> upload(const std::filesystem::path& local, const std::string& remote, std::uint64_t expectedSize,
                                const std::string& activity, const RunContext& context);
};

/// The error for a command that ended with another status than 0; recognises a full disk and missing rights.
Error remoteError(const std::string& purpose, const CommandResult& result);

} // namespace espalier
