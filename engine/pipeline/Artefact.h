// SPDX-License-Identifier: GPL-3.0-or-later
// Artefact: what a node made. One alternative a port type; immutable and shared once made.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/reports/BaselineScore.h"
#include "engine/reports/CompressionReport.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/reports/PackageReport.h"
#include "engine/reports/Receipt.h"
#include "engine/reports/VocabularyReport.h"
#include "engine/training/Checkpoint.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <variant>

namespace espalier {

/// An untrained model: its sizes, and the tokenizer its vocabulary size comes from. The number of classes is not known yet.
struct ModelArtefact {
    ModelSpec spec;
    Tokenizer tokenizer;
};

struct CheckpointArtefact {
    Checkpoint checkpoint;
    std::optional<SparsityPoint> point = {}; ///< measured after compressing
    std::optional<BaselineScore> baseline = {}; ///< of the same data, after Train
    std::shared_ptr<const VocabularyCut> vocabulary = {}; ///< after Cut vocabulary; else null
};

struct PackageArtefact {
    std::filesystem::path file; ///< the .espkg, in the artefact store
    PackageReport report;
};

using Artefact = std::variant<Dataset, Splits, Tokenizer, ModelArtefact, CheckpointArtefact, EvaluationReport, PackageArtefact, Receipt>;
using ArtefactPtr = std::shared_ptr<const Artefact>;

/// Id of the port type that carries it.
std::string_view artefactType(const Artefact& artefact);
/// What the window and the command line show of it: the `summary` of engine/service/PROTOCOL.md.
Json summarise(const Artefact& artefact);

} // namespace espalier
