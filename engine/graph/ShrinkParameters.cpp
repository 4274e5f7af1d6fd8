// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/ShrinkParameters.h"

#include "engine/core/ParameterBuilders.h"

namespace espalier {

using namespace parameters;

const std::vector<ParameterSpec>& keptParameters()
{
    static const std::vector<ParameterSpec> specs{
        text("heads", "Heads", "Heads that each attention layer keeps: a number, a share such as 50%, or all.", "all"),
        text("ffn_size", "Feed-forward size", "Columns that each layer's feed-forward part keeps: a number, a share such as 50%, or all.", "all"),
        text("filters", "Filters", "Filters that a TextCNN keeps of each width: a number, a share such as 50%, or all.", "all"),
        text("recurrent_size", "State size", "Units that each direction of a recurrent layer keeps: a number, a share such as 50%, or all.", "all"),
        text("layers", "Layers", "Layers of a Transformer that stay, from the first on: a number, a share such as 50%, or all.", "all"),
        text("recurrent_layers", "Recurrent layers", "Layers of a recurrent model that stay, from the first on: a number, a share such as 50%, or all.", "all"),
        text("max_positions", "Positions",
             "Tokens of a sentence that the model can read afterwards; the rest is cut. A number, a share such as 50%, fit (as many as the longest training sentence has), or all.", "all")};
    return specs;
}

const std::vector<ParameterSpec>& shrinkParameters()
{
    static const std::vector<ParameterSpec> specs = [] {
        std::vector<ParameterSpec> all = keptParameters();
        all.push_back(choice("score", "Score",
                             "What makes a head, column, filter or unit important. Taylor is how much the loss changes without it, measured on training sentences. Magnitude is the norm of "
                             "its weights. Random is a baseline.",
                             {{"magnitude", "Magnitude"}, {"taylor", "Taylor"}, {"random", "Random"}}));
        all.push_back(shownWhen(integer("calibration_examples", "Calibration sentences",
                                        "Training sentences to measure on. What they do not use seems unimportant, so take many. 0: all.", 0, 0, 1e7, 100, "sentences"),
                                "score", {"taylor"}));
        all.push_back(shownWhen(integer("random_seed", "Random seed", "The same seed takes out the same parts.", 1, 0, 1e9), "score", {"random", "taylor"}));
        return all;
    }();
    return specs;
}

} // namespace espalier
