// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/Flips.h"

#include "engine/edge/PackageReader.h"
#include "engine/evaluation/Slices.h"
#include "engine/exporting/Answers.h"
#include "engine/exporting/FlipSlices.h"

#include <algorithm>
#include <set>

namespace espalier {
namespace {

using Decision = std::vector<std::size_t>;

/// How probable each part of @p decision is: its class; of every label, that it is given or left out; the tag of each word.
std::vector<double> probabilitiesOf(const Answers& answers, std::size_t sentence, const Decision& decision)
{
    const auto rows = answers.of(sentence);
    std::vector<double> probabilities;
    if (answers.task == Task::MultiLabel) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool given = std::binary_search(decision.begin(), decision.end(), i);
            probabilities.push_back(static_cast<double>(given ? rows[i] : 1 - rows[i]));
        }
        return probabilities;
    }
    for (std::size_t i = 0; i < decision.size() && (i + 1) * answers.classes <= rows.size(); ++i)
        probabilities.push_back(static_cast<double>(rows[i * answers.classes + decision[i]]));
    return probabilities;
}

void keepWorst(std::vector<FlippedSentence>& sentences)
{
    std::stable_sort(sentences.begin(), sentences.end(), [](const auto& a, const auto& b) { return a.loss() > b.loss(); });
    if (sentences.size() > maxFlipsKept)
        sentences.resize(maxFlipsKept);
}

/// Both sides' answers: to the examples first, then to the pinned sentences.
class FlipSearch {
public:
    FlipSearch(const Checkpoint& packaged, const FlipRequest& request) : m_map(packaged.labels), m_labels(m_map.labels()), m_request(request)
    {
        const std::size_t size = request.reference ? request.examples.size() : 0;
        const std::size_t count = std::min(maxFlipExamples, size);
        for (std::size_t i = 0; i < count; ++i)
            m_examples.push_back(request.examples[i * size / count]);
        for (const PinnedSentence& sentence : request.pinned)
            m_pinnedTexts.insert(sentence.text);
    }

    Result<FlipReport> run(const std::string& packageBytes, RunContext& context)
    {
        std::vector<std::string> sentences;
        for (const Example& example : m_examples) {
            ESPALIER_TRY(Decision truth, truthOf(example, m_request.reference->model.task));
            m_truth.push_back(std::move(truth));
            sentences.push_back(example.text);
        }
        for (const PinnedSentence& sentence : m_request.pinned)
            sentences.push_back(sentence.text);
        ESPALIER_TRY(const auto package, edge::PackageReader::fromBytes(packageBytes));
        m_rejectBelow = package.header().rejectBelow;
        if (m_request.reference) {
            ESPALIER_TRY(m_before, engineAnswers(*m_request.reference, sentences, context));
        }
        ESPALIER_TRY(m_after, edgeAnswers(packageBytes, sentences, context));
        if (m_request.reference)
            comparePart();
        comparePinned();
        return std::move(m_report);
    }

private:
    /// Its own labels, in the form of an answer.
    [[nodiscard]] Result<Decision> truthOf(const Example& example, Task task) const
    {
        Decision decision;
        for (const std::string& label : example.labels) {
            const std::int64_t index = m_map.indexOf(label);
            if (index < 0)
                return Error{ErrorCode::InvalidArgument, "The model does not know the label '" + label + "' of the " + m_request.split + " part.",
                             "Use the data that it was trained with.", {}};
            decision.push_back(static_cast<std::size_t>(index));
        }
        if (task == Task::MultiLabel)
            std::sort(decision.begin(), decision.end());
        return decision;
    }

    void comparePart()
    {
        m_report.split = m_request.split;
        m_report.examples = static_cast<std::int64_t>(m_examples.size());
        FlipSlices slices(m_examples, m_after.task);
        for (std::size_t i = 0; i < m_examples.size(); ++i) {
            const Decision expected = m_before.decision(i);
            const bool flips = expected != m_after.decision(i);
            slices.add(m_examples[i], flips);
            if (flips)
                addFlip(i, expected);
        }
        m_report.flips = static_cast<std::int64_t>(m_report.sentences.size());
        m_report.slices = slices.take();
        keepWorst(m_report.sentences);
    }

    void addFlip(std::size_t i, const Decision& expected)
    {
        m_report.broken += expected == m_truth[i];
        m_report.mended += m_after.decision(i) == m_truth[i];
        FlippedSentence flip = flipped(m_examples[i].text, i, expected);
        flip.truth = m_after.text(m_truth[i], m_labels);
        flip.got = m_after.text(i, m_labels);
        flip.classes = sliceClasses(m_examples[i], m_after.task);
        flip.characters = characterCount(m_examples[i].text);
        m_report.sentences.push_back(std::move(flip));
    }

    void comparePinned()
    {
        m_report.pinned = static_cast<std::int64_t>(m_request.pinned.size());
        for (std::size_t k = 0; k < m_request.pinned.size(); ++k) {
            const PinnedSentence& sentence = m_request.pinned[k];
            const std::size_t i = m_examples.size() + k;
            const Decision expected = sentence.expected ? *sentence.expected : m_before.decision(i);
            if (expected == m_after.decision(i) && !rejected(i))
                continue;
            FlippedSentence flip = flipped(sentence.text, i, expected);
            flip.got = rejected(i) ? "out of scope" : m_after.text(i, m_labels);
            m_report.pinnedSentences.push_back(std::move(flip));
        }
        m_report.pinnedFlips = static_cast<std::int64_t>(m_report.pinnedSentences.size());
        keepWorst(m_report.pinnedSentences);
    }

    /// As a device decides it: by the greatest probability.
    [[nodiscard]] bool rejected(std::size_t sentence) const
    {
        const auto rows = m_after.of(sentence);
        return m_after.task == Task::SingleLabel && static_cast<double>(*std::max_element(rows.begin(), rows.end())) < m_rejectBelow;
    }

    [[nodiscard]] FlippedSentence flipped(const std::string& text, std::size_t i, const Decision& expected) const
    {
        FlippedSentence flip{.text = text, .truth = {}, .expected = m_after.text(expected, m_labels), .got = {}, .pinned = m_pinnedTexts.contains(text)};
        const auto after = probabilitiesOf(m_after, i, expected);
        const auto before = m_request.reference ? probabilitiesOf(m_before, i, expected) : std::vector<double>(after.size(), 1.0);
        double lost = -2;
        for (std::size_t part = 0; part < std::min(before.size(), after.size()); ++part) {
            if (before[part] - after[part] <= lost)
                continue;
            lost = before[part] - after[part];
            flip.after = after[part];
            if (m_request.reference)
                flip.before = before[part];
        }
        return flip;
    }

    const LabelMap& m_map;
    const std::vector<std::string>& m_labels;
    const FlipRequest& m_request;
    std::vector<Example> m_examples;
    std::vector<Decision> m_truth; ///< of the examples
    std::set<std::string> m_pinnedTexts;
    double m_rejectBelow = 0;
    Answers m_before;
    Answers m_after;
    FlipReport m_report;
};

std::string flipText(const FlippedSentence& flip)
{
    return "'" + flip.text + "' must be answered with '" + flip.expected + "' and is with '" + flip.got + "'";
}

} // namespace

Result<void> checkFlipRequest(const FlipRequest& request, const Checkpoint& packaged)
{
    if (const Checkpoint* reference = request.reference) {
        if (reference->model.task != packaged.model.task || reference->labels != packaged.labels)
            return Error{ErrorCode::InvalidArgument, "The reference has another task or other labels than the checkpoint.",
                         "Connect the checkpoint that was pruned, or one trained with the same data.", {}};
        return {};
    }
    for (const PinnedSentence& sentence : request.pinned)
        if (!sentence.expected)
            return Error{ErrorCode::InvalidArgument, "The pinned sentence '" + sentence.text + "' has no label, and there is no reference to say what must be answered.",
                         "Connect the checkpoint before pruning to the input Reference, or give a file with labels.", {}};
    return {};
}

Result<FlipReport> findFlips(const Checkpoint& packaged, const std::string& packageBytes, const FlipRequest& request, RunContext& context)
{
    ESPALIER_CHECK(checkFlipRequest(request, packaged));
    return FlipSearch(packaged, request).run(packageBytes, context);
}

Error pinnedFlipError(const FlipReport& report)
{
    constexpr std::size_t named = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(named, report.pinnedSentences.size()); ++i)
        text += (i == 0 ? ": " : "; ") + flipText(report.pinnedSentences[i]);
    if (report.pinnedSentences.size() > named)
        text += "; and others";
    return {ErrorCode::ParityMismatch,
            std::to_string(report.pinnedFlips) + " of " + std::to_string(report.pinned) + (report.pinned == 1 ? " pinned sentence flips" : " pinned sentences flip") + text + ".",
            "Prune less, train on for longer or package in fp32; or let flips pass with on_flip = warn.", {}};
}

} // namespace espalier
