// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine says it is doing, in the user's language. The engine speaks English; its sentences with figures or names in them
// are recognised by their form, the others by their text.
#pragma once

#include <QString>

#include <string>

namespace espalier {

/// "Training epoch 3 of 20" in the current language; the English where the sentence is not known.
QString activityText(const std::string& english);
/// A count of work in its unit: "1.2 MiB of 3.4 MiB", "640 of 1,900 batches". Empty when the total is unknown.
QString amountText(std::int64_t done, std::int64_t total, const std::string& unit);

} // namespace espalier
