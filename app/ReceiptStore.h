// SPDX-License-Identifier: GPL-3.0-or-later
// ReceiptStore: the last receipt of every device, in the configuration folder, so that it is still there tomorrow.
#pragma once

#include "engine/reports/Receipt.h"

#include <filesystem>
#include <string>

namespace espalier {

Result<void> storeReceipt(const std::filesystem::path& configFolder, const Receipt& receipt);
/// NotFound when nothing was deployed to @p device from here.
Result<Receipt> storedReceipt(const std::filesystem::path& configFolder, const std::string& device);

} // namespace espalier
