// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ReceiptStore.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"

namespace espalier {
namespace {

/// A device may be called anything: its name is in the file, not in the file's name.
std::filesystem::path receiptFile(const std::filesystem::path& configFolder, const std::string& device)
{
    return configFolder / "receipts" / (sha256(device).substr(0, 16) + ".json");
}

} // namespace

Result<void> storeReceipt(const std::filesystem::path& configFolder, const Receipt& receipt)
{
    const auto file = receiptFile(configFolder, receipt.device);
    std::error_code failure;
    std::filesystem::create_directories(file.parent_path(), failure);
    if (failure)
        return ioError("create the folder", file.parent_path().string(), failure.value());
    return writeFileSafely(file, dumpJsonPretty(toJson(receipt)));
}

Result<Receipt> storedReceipt(const std::filesystem::path& configFolder, const std::string& device)
{
    ESPALIER_TRY(const Json json, readJsonFile(receiptFile(configFolder, device)));
    return receiptFromJson(json);
}

} // namespace espalier
