// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/SelfTests.h"

#include <algorithm>
#include <set>

namespace espalier {

std::vector<std::string> chooseSelfTests(const std::vector<std::string>& sentences, int count, std::size_t classes)
{
    constexpr std::size_t fewest = 4;
    const std::size_t room = std::max(fewest, maxSelfTestProbabilities / std::max<std::size_t>(classes, 1));
    const std::size_t wanted = std::min({static_cast<std::size_t>(std::max(count, 0)), room, sentences.size()});
    std::vector<std::string> chosen;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < wanted; ++i) {
        const std::string& sentence = sentences[i * sentences.size() / wanted];
        if (seen.insert(sentence).second)
            chosen.push_back(sentence);
    }
    return chosen;
}

void setSelfTests(edge::PackageHeader& header, const std::vector<std::string>& sentences, const Answers& answers)
{
    const double tolerance = header.precision == "fp32" ? fp32Tolerance : quantizedTolerance;
    header.selfTests.clear();
    std::size_t clear = 0;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const auto probabilities = answers.of(i);
        header.selfTests.push_back({sentences[i], answers.text(i, header.labels), {probabilities.begin(), probabilities.end()}});
        clear += answers.margin(i) > 2 * tolerance;
    }
    header.selfTestTolerance = tolerance;
    header.selfTestAgreement = sentences.empty() ? 1 : static_cast<double>(clear) / static_cast<double>(sentences.size());
}

} // namespace espalier
