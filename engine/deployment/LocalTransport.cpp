// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/LocalTransport.h"

#include "engine/deployment/ConfigFolder.h"
#include "engine/deployment/ShellText.h"
#include "engine/deployment/Subprocess.h"

namespace espalier {

Result<CommandResult> LocalTransport::execute(const Command& command, ByteSource* input, const RunContext& context)
{
    if (m_closed)
        return Error{ErrorCode::Network, "The connection to this computer was closed.", "Open it again.", {}};
    SubprocessRequest request;
    request.arguments = shellArguments(command);
    request.workingFolder = homeFolder().string();
    request.input = input;
    request.maxOutputBytes = command.maxOutputBytes;
    return runSubprocess(request, context);
}

} // namespace espalier
