// SPDX-License-Identifier: GPL-3.0-or-later
// PruneEdit: the slider's choice as one undoable edit of the pipeline.
#pragma once

#include "engine/core/ParameterSpec.h"

#include <QString>

#include <string>

namespace espalier {

class PipelineModel;

struct PruneEdit {
    std::string node; ///< the Prune node; empty: it could not be added
    bool added = false;
};

/// Gives the Prune node behind @p source, which exists, these @p values. Where there is none it is put between @p source and what takes its checkpoint:
/// that is what pruning is for. Packages compare with the checkpoint before. @p title: of the edit.
PruneEdit setPruning(PipelineModel& model, const std::string& source, const Parameters& values, const QString& title);

} // namespace espalier
