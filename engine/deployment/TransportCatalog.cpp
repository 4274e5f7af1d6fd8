// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/TransportCatalog.h"

#include "engine/deployment/LocalTransport.h"
#include "engine/deployment/SshTransport.h"

namespace espalier {
namespace {

Result<std::unique_ptr<Transport>> openLocal(const Device&, const Credentials&, const DeploymentPrompts&, const RunContext&)
{
    return std::unique_ptr<Transport>(std::make_unique<LocalTransport>());
}

Result<std::unique_ptr<Transport>> openSsh(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts,
                                           const RunContext& context)
{
    ESPALIER_TRY(auto transport, SshTransport::open(device, credentials, prompts, context));
    return std::unique_ptr<Transport>(std::move(transport));
}

} // namespace

const Catalog<TransportKind>& transportCatalog()
{
    static const Catalog<TransportKind> catalog("kind of device", {
        {"local", "This computer", false, openLocal},
        {"ssh", "SSH", true, openSsh},
    });
    return catalog;
}

Result<std::unique_ptr<Transport>> openTransport(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts,
                                                 const RunContext& context)
{
    ESPALIER_CHECK(validateDevice(device));
    ESPALIER_TRY(const TransportKind* kind, transportCatalog().get(device.kind));
    auto opened = kind->open(device, credentials, prompts, context);
    if (!opened)
        return opened.error().within("connecting to " + device.name);
    return opened;
}

} // namespace espalier
