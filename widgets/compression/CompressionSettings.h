// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionSettings: what the compression panel asks the engine about, besides the sparsity. Ids are those of the Prune and
// Package nodes' parameters, and of the protocol's compression/profile and compression/evaluate.
#pragma once

#include <QMetaType>
#include <QString>

namespace espalier {

struct CompressionSettings {
    QString node; ///< id of the node whose checkpoint is compressed; empty: none
    QString score = QStringLiteral("magnitude");
    QString method = QStringLiteral("layerwise");
    QString pattern = QStringLiteral("free");
    QString embeddings = QStringLiteral("own");
    QString layerSparsities = {}; ///< layers with a sparsity of their own, as the node's parameter has them: see LayerLists.h
    QString excluded = {};        ///< layers that stay dense, likewise
    QString precision = QStringLiteral("checkpoint"); ///< as Package has it

    /// The same without layers of their own: those of the dense model, where the sparsity is 0.
    [[nodiscard]] CompressionSettings withoutLayers() const
    {
        CompressionSettings plain = *this;
        plain.layerSparsities.clear();
        plain.excluded.clear();
        return plain;
    }
    bool operator==(const CompressionSettings&) const = default;
};

/// A node that has a checkpoint, for the list of sources.
struct CompressionSource {
    QString node;
    QString title;
    bool distilled = false; ///< a student that learnt from a teacher
};

} // namespace espalier

Q_DECLARE_METATYPE(espalier::CompressionSettings)
