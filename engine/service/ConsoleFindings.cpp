// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes found out, for the terminal: sentences to be looked at.
#include "engine/reports/FlipReport.h"
#include "engine/reports/LeakReport.h"
#include "engine/service/Console.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace espalier {
namespace {

constexpr std::size_t rowsPrinted = 5;

std::string joined(const std::vector<std::string>& labels)
{
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

/// What Check found: a line a part, and the first rows, so that they can be looked up.
void printLeaks(const LeakReport& report)
{
    for (const PartLeaks& part : report.parts) {
        std::printf("%-12s %lld of %lld %s sentences stand in train (%lld byte for byte, %lld with other labels)\n", "", static_cast<long long>(part.normalized),
                    static_cast<long long>(part.rows), part.part.c_str(), static_cast<long long>(part.exact), static_cast<long long>(part.disagreeing));
        for (std::size_t i = 0; i < std::min(rowsPrinted, part.first.size()); ++i) {
            const Leak& leak = part.first[i];
            std::printf("%-12s   row %lld = train row %lld: %s [%s]%s\n", "", static_cast<long long>(leak.row), static_cast<long long>(leak.trainRow), leak.text.c_str(),
                        joined(leak.labels).c_str(), leak.agrees ? "" : (", in train [" + joined(leak.trainLabels) + "]").c_str());
        }
    }
    if (report.removed > 0)
        std::printf("%-12s %lld training rows were taken out\n", "", static_cast<long long>(report.removed));
}

void printFlipped(const std::vector<FlippedSentence>& sentences)
{
    for (std::size_t i = 0; i < std::min(rowsPrinted, sentences.size()); ++i) {
        const FlippedSentence& flip = sentences[i];
        std::printf("%-12s   %s [%s], not [%s]%s\n", "", flip.text.c_str(), flip.got.c_str(), flip.expected.c_str(), flip.pinned ? ", pinned" : "");
    }
}

/// What compression changed: the numbers, and the sentences that lost most.
void printFlips(const FlipReport& report, const std::filesystem::path& folder)
{
    if (!report.split.empty()) {
        std::printf("%-12s %lld of %lld %s sentences flip (%.2f %%): %lld were right before, %lld are now\n", "", static_cast<long long>(report.flips),
                    static_cast<long long>(report.examples), report.split.c_str(), 100 * report.share(), static_cast<long long>(report.broken),
                    static_cast<long long>(report.mended));
        printFlipped(report.sentences);
    }
    if (report.pinned > 0) {
        std::printf("%-12s %lld of %lld pinned sentences flip\n", "", static_cast<long long>(report.pinnedFlips), static_cast<long long>(report.pinned));
        printFlipped(report.pinnedSentences);
    }
    std::printf("%-12s %s\n", "", (folder / flipsFile).c_str());
}

} // namespace

void console::printFindings(const Json& summary, const std::filesystem::path& folder)
{
    if (summary.contains("leaks"))
        if (const auto leaks = leakReportFromJson(summary.at("leaks")))
            printLeaks(*leaks);
    if (summary.contains("flips"))
        if (const auto flips = flipReportFromJson(summary.at("flips")))
            printFlips(*flips, folder);
}

} // namespace espalier
