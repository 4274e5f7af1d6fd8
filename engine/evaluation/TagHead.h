// SPDX-License-Identifier: GPL-3.0-or-later
// The head of models that tag words: each word is spoken for by its first token; with a conditional random field the tags are chosen together.
// Includes LibTorch.
#pragma once

#include "engine/evaluation/TaskHead.h"

namespace espalier {

const TaskHead& tagHead();

} // namespace espalier
