// SPDX-License-Identifier: GPL-3.0-or-later
// The formats' own functions, one file each; FormatCatalog.cpp lists them.
#pragma once

#include "engine/data/formats/DataFormat.h"

namespace espalier::formats {

DataFormat csv();
DataFormat tsv();
DataFormat jsonl();
DataFormat conll();
DataFormat fasttext();
DataFormat folder();

} // namespace espalier::formats
