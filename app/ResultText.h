// SPDX-License-Identifier: GPL-3.0-or-later
// ResultText: a node's result (the protocol's summaries by artefact type) as the canvas and the inspector show it.
#pragma once

#include "engine/core/Json.h"
#include "widgets/pipeline/NodeStatus.h"

namespace espalier {

/// @p type: the artefact's port type. Fields that are missing are left out.
NodeResult resultText(const std::string& type, const Json& summary);

} // namespace espalier
