// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Adapters.h"

namespace espalier {

const Catalog<NodeAdapter>& adapterCatalog()
{
    using Keeping = NodeAdapter::Keeping;
    static const Catalog<NodeAdapter> catalog("node adapter", {
                                                                  {"dataset", Keeping::Recomputed, adapters::runDataset},
                                                                  {"clean", Keeping::Recomputed, adapters::runClean},
                                                                  {"deduplicate", Keeping::Recomputed, adapters::runDeduplicate},
                                                                  {"filter", Keeping::Recomputed, adapters::runFilter},
                                                                  {"split", Keeping::Recomputed, adapters::runSplit},
                                                                  {"check", Keeping::Recomputed, adapters::runCheck},
                                                                  {"balance", Keeping::Recomputed, adapters::runBalance},
                                                                  {"tokenizer", Keeping::Recomputed, adapters::runTokenizer},
                                                                  {"model", Keeping::Recomputed, adapters::runModel},
                                                                  {"train", Keeping::Stored, adapters::runTrain},
                                                                  {"prune", Keeping::Stored, adapters::runPrune},
                                                                  {"shrink", Keeping::Stored, adapters::runShrink},
                                                                  {"distill", Keeping::Stored, adapters::runDistil},
                                                                  {"vocabulary", Keeping::Stored, adapters::runCutVocabulary},
                                                                  {"quantize", Keeping::Stored, adapters::runQuantize},
                                                                  {"evaluate", Keeping::Stored, adapters::runEvaluate},
                                                                  {"package", Keeping::Stored, adapters::runPackage},
                                                                  {"deploy", Keeping::AlwaysRun, adapters::runDeploy},
                                                              });
    return catalog;
}

} // namespace espalier
