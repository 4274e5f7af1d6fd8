// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/SelfTestRunner.h"

#include <algorithm>
#include <cmath>

namespace espalier::edge {
namespace {

double largestDifference(std::span<const float> seen, const std::vector<float>& expected)
{
    if (seen.size() != expected.size()) // another number of words
        return 1;
    double largest = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double difference = std::fabs(static_cast<double>(seen[i]) - static_cast<double>(expected[i]));
        // Written so that a difference that is not a number counts as one.
        largest = difference <= largest ? largest : (std::isnan(difference) ? 1.0 : difference);
    }
    return largest;
}

std::string describe(const SelfTest& test, const std::string& label, double difference)
{
    return "'" + test.text + "' should be '" + test.label + "'; this machine answers '" + label + "', and a probability differs by "
           + std::to_string(difference);
}

} // namespace

SelfTestOutcome runSelfTest(Session& session, const PackageHeader& header)
{
    SelfTestOutcome outcome;
    bool withinTolerance = true;
    for (const SelfTest& test : header.selfTests) {
        const Classification answer = session.classify(test.text);
        const std::string label = session.answerText(answer);
        const double difference = largestDifference(answer.probabilities, test.probabilities);
        const bool close = difference <= header.selfTestTolerance;
        ++outcome.sentences;
        outcome.labelsEqual += label == test.label ? 1 : 0;
        outcome.maxAbsDifference = std::max(outcome.maxAbsDifference, difference);
        withinTolerance = withinTolerance && close;
        if ((label != test.label || !close) && outcome.firstDisagreement.empty())
            outcome.firstDisagreement = describe(test, label, difference);
    }
    const double needed = header.selfTestAgreement * static_cast<double>(outcome.sentences);
    outcome.passed = withinTolerance && static_cast<double>(outcome.labelsEqual) >= needed - 1e-9;
    return outcome;
}

} // namespace espalier::edge
