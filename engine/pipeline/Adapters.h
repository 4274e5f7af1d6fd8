// SPDX-License-Identifier: GPL-3.0-or-later
// The adapters' run functions, by layer: DataAdapters.cpp, LearningAdapters.cpp, VocabularyAdapter.cpp, DeliveryAdapters.cpp.
#pragma once

#include "engine/pipeline/NodeAdapter.h"

namespace espalier::adapters {

Result<Artefact> runDataset(const StageInputs& inputs, RunContext& context);
Result<Artefact> runClean(const StageInputs& inputs, RunContext& context);
Result<Artefact> runDeduplicate(const StageInputs& inputs, RunContext& context);
Result<Artefact> runFilter(const StageInputs& inputs, RunContext& context);
Result<Artefact> runCheck(const StageInputs& inputs, RunContext& context);
Result<Artefact> runBalance(const StageInputs& inputs, RunContext& context);
Result<Artefact> runSplit(const StageInputs& inputs, RunContext& context);
Result<Artefact> runTokenizer(const StageInputs& inputs, RunContext& context);

Result<Artefact> runModel(const StageInputs& inputs, RunContext& context);
Result<Artefact> runTrain(const StageInputs& inputs, RunContext& context);
Result<Artefact> runPrune(const StageInputs& inputs, RunContext& context);
Result<Artefact> runQuantize(const StageInputs& inputs, RunContext& context);
Result<Artefact> runShrink(const StageInputs& inputs, RunContext& context);
Result<Artefact> runDistil(const StageInputs& inputs, RunContext& context);
Result<Artefact> runCutVocabulary(const StageInputs& inputs, RunContext& context);
Result<Artefact> runEvaluate(const StageInputs& inputs, RunContext& context);

Result<Artefact> runPackage(const StageInputs& inputs, RunContext& context);
Result<Artefact> runDeploy(const StageInputs& inputs, RunContext& context);

} // namespace espalier::adapters
