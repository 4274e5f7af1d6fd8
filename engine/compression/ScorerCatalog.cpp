// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/FisherBlocks.h"
#include "engine/compression/Scorers.h"

namespace espalier {

const Catalog<Scorer>& scorerCatalog()
{
    static const Catalog<Scorer> catalog{"score",
                                         {
                                             {"magnitude", "Magnitude", scoreByMagnitude},
                                             {"lamp", "LAMP", scoreByLamp},
                                             {"taylor", "Taylor", scoreByTaylor, Measurement::Gradient},
                                             {"wanda", "Wanda", scoreByWanda, Measurement::InputNorms, true},
                                             {"obert", "oBERT", scoreByFisher, Measurement::Fisher, false, scoreGroupsByFisher, compensateByFisher},
                                             {"movement", "Movement", scoreByMovement, Measurement::Movement},
                                             {"random", "Random", scoreAtRandom},
                                         }};
    return catalog;
}

} // namespace espalier
