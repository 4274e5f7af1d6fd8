// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/PruningParameters.h"

#include "engine/core/ParameterBuilders.h"

namespace espalier {

using namespace parameters;

const std::vector<ParameterSpec>& pruningParameters()
{
    static const std::vector<ParameterSpec> specs{
        real("sparsity", "Sparsity", "Share of the weights that become zero.", 0.8, 0, 0.995, 0.005),
        choice("score", "Score", "What makes a weight important. LAMP weighs magnitudes so that layers of different scale compete fairly. Measured on training sentences: Taylor, how much "
               "the loss changes without the weight; Wanda, its magnitude times the size of its inputs, compared within each output; oBERT, how much the loss grows by second "
               "derivatives when the weights beside it make up for it, which they do. Movement: how far training moves it away from zero; with gradual recovery "
               "only. Random is a baseline.",
               {{"magnitude", "Magnitude"}, {"lamp", "LAMP"}, {"taylor", "Taylor"}, {"wanda", "Wanda"}, {"obert", "oBERT"}, {"movement", "Movement"}, {"random", "Random"}}),
        shownWhen(integer("calibration_examples", "Calibration sentences", "Training sentences to measure on. What they do not use seems unimportant, so take many. Gradual recovery measures again every epoch. 0: all.", 0, 0, 1e7, 100,
                          "sentences"),
                  "score", {"taylor", "wanda", "obert"}),
        shownWhen(integer("fisher_block", "Block", "Weights beside each other in a row whose second derivatives are known together. Takes about twice as many bytes for every weight of the model.",
                          48, 1, 1024, 4, "weights"),
                  "score", {"obert"}),
        shownWhen(integer("fisher_gradients", "Gradients", "The calibration sentences are cut into so many parts, each of which gives a gradient.", 1024, 1, 1e6, 64), "score",
                  {"obert"}),
        shownWhen(real("fisher_damping", "Damping", "Added to the second derivative of every weight. The larger it is, the more magnitude decides.", 1e-7, 1e-12, 1, 1e-7), "score",
                  {"obert"}),
        shownWhen(integer("random_seed", "Random seed", "The same seed prunes the same weights.", 1, 0, 1e9), "score", {"random", "taylor", "wanda", "obert"}),
        choice("method", "Method", "The same share of every layer, or one ranking over all layers.",
               {{"layerwise", "Layer by layer"}, {"global", "All layers together"}}),
        choice("pattern", "Pattern",
               "Which weights fall together. Balanced and N of M keep the same number of every run of 64 or M inputs of a row; a shorter run at a row's end keeps the "
               "same share. Blocks, rows and columns fall whole. Runs and blocks are for layers that multiply; tables of embeddings lose any weight.",
               {{"free", "Any weight"},
                {"balanced_64", "k of 64, balanced"},
                {"n_of_4", "N of 4"},
                {"n_of_16", "N of 16"},
                {"n_of_32", "N of 32"},
                {"block_1x4", "Blocks of 1 x 4"},
                {"block_4x4", "Blocks of 4 x 4"},
                {"rows_l1", "Rows, by L1"},
                {"rows_l2", "Rows, by L2"},
                {"rows_max", "Rows, by the largest"},
                {"columns_l1", "Columns, by L1"},
                {"columns_l2", "Columns, by L2"},
                {"columns_max", "Columns, by the largest"}}),
        choice("embeddings", "Embeddings", "Ranked among themselves, left dense, or ranked together with the other layers.",
               {{"own", "Own budget"}, {"none", "Keep dense"}, {"pooled", "With the other layers"}}),
        text("layer_sparsities", "Sparsity by layer", "Layers with a sparsity of their own, with commas between: output.weight=0.5, embedding.weight=0.9", ""),
        text("exclude", "Excluded layers", "Layers that are not pruned, by name, with commas between.", ""),
        boolean("allow_emptied", "Allow emptied layers", "Go on where a layer would lose its last weight. Otherwise that is an error, before anything is trained.", false)};
    return specs;
}

} // namespace espalier
