# SPDX-License-Identifier: GPL-3.0-or-later
# espalier_learning: models, training, compression, evaluation and exporting, the only library that knows LibTorch. What it reads from files
# is in libraries of their own, espalier_data and espalier_weights, and so is espalier_entropy_encoder, which tools without LibTorch build too.
# Sources that include LibTorch's headers stand apart, since they need them precompiled (12 s a file without) and as system headers.

# Test executables in other folders link this library, so LibTorch's targets must be visible there too.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
find_package(Torch REQUIRED)
unset(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL)

add_library(espalier_learning_torch OBJECT
    compression/CalibrationRun.cpp
    compression/FisherMeasurement.cpp
    compression/InputNorms.cpp
    compression/LossGradients.cpp
    compression/Distillation.cpp
    compression/SoftLabels.cpp
    compression/Student.cpp
    evaluation/Classifier.cpp
    evaluation/TagHead.cpp
    evaluation/TaskHead.cpp
    models/ComposedOps.cpp
    models/Crf.cpp
    models/InputRecorder.cpp
    models/ModelParts.cpp
    models/NgramLinear.cpp
    models/PackedOps.cpp
    models/Recurrent.cpp
    models/TextCnn.cpp
    models/TextModel.cpp
    models/Transformer.cpp
    models/TransformerModel.cpp
    training/BlasSpeed.cpp
    training/ComputeDevice.cpp
    training/Learner.cpp
    training/MovementMeter.cpp
    training/Optimiser.cpp
    training/RateFinder.cpp
    training/RoundedWeights.cpp
    training/TrainingLoop.cpp
)
espalier_defaults(espalier_learning_torch)
# GCC 13 and 14 see copies beyond a std::vector<bool> where they inline LibTorch's Function::apply.
set_source_files_properties(models/ComposedOps.cpp models/PackedOps.cpp PROPERTIES COMPILE_OPTIONS
    "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>>:-Wno-array-bounds;-Wno-stringop-overflow>")
target_link_libraries(espalier_learning_torch PUBLIC espalier_core espalier_tokenizers espalier_edge espalier_reports espalier_data espalier_weights torch)
target_precompile_headers(espalier_learning_torch PRIVATE <torch/torch.h>)

espalier_library(espalier_learning
    $<TARGET_OBJECTS:espalier_learning_torch>
    evaluation/AccuracyInterval.cpp
    evaluation/Bootstrap.cpp
    evaluation/Calibration.cpp
    evaluation/Encoding.cpp
    evaluation/FullEvaluation.cpp
    evaluation/OutOfScope.cpp
    evaluation/PredictionTable.cpp
    evaluation/Slices.cpp
    evaluation/TaskScores.cpp
    models/ModelCatalog.cpp
    models/PackedAttention.cpp
    models/PackedKernels.cpp
    models/Quantization.cpp
    models/QuantizationScheme.cpp
    models/TokenSequences.cpp
    models/WordVectors.cpp
    training/AdamW.cpp
    training/Checkpoint.cpp
    training/Preparation.cpp
    training/RateSchedule.cpp
    training/ResumeState.cpp
    training/Sgd.cpp
    training/TokenRows.cpp
    training/Trainer.cpp
    training/UpdateRule.cpp
    LINK espalier_core espalier_tokenizers espalier_edge espalier_reports espalier_data espalier_weights espalier_entropy_encoder
    PRIVATE_LINK torch)
# LibTorch's own downloads export a std::filesystem of another version (pytorch#133437), which crashed remove_all(): the compiler's must be met first.
# A compiler that has it as an archive only would leave it out there, since nothing has asked for it yet: hence the undefined name.
target_link_options(espalier_learning INTERFACE "LINKER:-u,_ZNSt10filesystem10remove_allERKNS_7__cxx114pathE"
    "LINKER:--push-state,--no-as-needed,-lstdc++,--pop-state")

# --- compression and exporting: torch-free sources -------------------------------------------------------------------
target_sources(espalier_learning PRIVATE
    compression/Allocation.cpp
    compression/ComparisonUnits.cpp
    compression/FisherBlocks.cpp
    compression/GroupImportance.cpp
    compression/GroupScores.cpp
    compression/GradualPruning.cpp
    compression/LayerReport.cpp
    compression/PatternCatalog.cpp
    compression/Patterns.cpp
    compression/PruneScope.cpp
    compression/Pruning.cpp
    compression/Ranking.cpp
    compression/RunPattern.cpp
    compression/ScorerCatalog.cpp
    compression/Scorers.cpp
    compression/Shrinking.cpp
    compression/SparseDropout.cpp
    compression/SparsityProfile.cpp
    compression/StepSizes.cpp
    compression/SymmetricMatrix.cpp
    compression/VocabularyCutter.cpp
    exporting/ActivationCalibration.cpp
    exporting/Answers.cpp
    exporting/Encodings.cpp
    exporting/FlipSlices.cpp
    exporting/Flips.cpp
    exporting/OpCheck.cpp
    exporting/PackageBuilder.cpp
    exporting/PackageOrder.cpp
    exporting/PackageSize.cpp
    exporting/PackageWriter.cpp
    exporting/PackagedWeights.cpp
    exporting/Parity.cpp
    exporting/PinnedSentences.cpp
    exporting/ReferenceEncoder.cpp
    exporting/ReferencePooling.cpp
    exporting/ReferenceRecurrent.cpp
    exporting/ReferenceRunner.cpp
    exporting/ReferenceTags.cpp
    exporting/SelfTests.cpp
    exporting/StoredSize.cpp)
set_source_files_properties(exporting/PackageBuilder.cpp PROPERTIES COMPILE_DEFINITIONS "ESPALIER_VERSION=\"${PROJECT_VERSION}\"")
# Ranking and rounding millions of weights while a hand rests on the slider: optimised in every build.
set_source_files_properties(compression/ComparisonUnits.cpp compression/GroupScores.cpp compression/Patterns.cpp compression/Ranking.cpp compression/RunPattern.cpp compression/Scorers.cpp
    compression/StepSizes.cpp exporting/Encodings.cpp exporting/ReferenceRunner.cpp exporting/StoredSize.cpp
    PROPERTIES COMPILE_OPTIONS -O2)
# Small matrices by the ten thousand: sums over them may be taken in any order.
set_source_files_properties(compression/FisherBlocks.cpp compression/SymmetricMatrix.cpp PROPERTIES COMPILE_OPTIONS "-O3;-fno-math-errno;-fassociative-math;-fno-signed-zeros;-fno-trapping-math")
# --- end of compression and exporting --------------------------------------------------------------------------------

# The optimiser's inner loop is plain C++ over a million weights a step: unoptimised it would take longer than the network.
# So are the encoder's inner loops, which have no use for errno and traps.
set_source_files_properties(models/PackedAttention.cpp models/PackedKernels.cpp PROPERTIES COMPILE_OPTIONS "-O3;-fno-math-errno;-fno-trapping-math;-ffp-contract=fast")
set_source_files_properties(models/Quantization.cpp training/AdamW.cpp training/Sgd.cpp PROPERTIES COMPILE_OPTIONS -O3)
