// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a node: header with title and badges, port labels, summary, progress. No state of its own.
#pragma once

#include "engine/graph/Graph.h"
#include "widgets/pipeline/NodeStatus.h"

#include <QRectF>

class QPainter;

namespace espalier {

struct NodeLook {
    const Node* node = nullptr;
    QRectF rect = {};
    std::vector<PortSpec> inputs = {};
    std::vector<PortSpec> outputs = {};
    NodeStatus status = {};
    QString summary = {};
    bool selected = false;
    bool hasError = false;
    bool hasWarning = false;
};

void paintNode(QPainter* painter, const NodeLook& look);

} // namespace espalier
