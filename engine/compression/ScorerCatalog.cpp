// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Scorers.h"

namespace espalier {

const Catalog<Scorer>& scorerCatalog()
{
    static const Catalog<Scorer> catalog{"score",
                                         {
                                             {"magnitude", "Magnitude", scoreByMagnitude},
                                             {"lamp", "LAMP", scoreByLamp},
                                             {"taylor", "Taylor", scoreByTaylor, true},
                                             {"random", "Random", scoreAtRandom},
                                         }};
    return catalog;
}

} // namespace espalier
