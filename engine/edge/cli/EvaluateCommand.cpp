// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/Latency.h"
#include "engine/edge/cli/LineReader.h"

#include <cstdint>
#include <unordered_map>

namespace espalier::edge {
namespace {

struct ClassCounts {
    std::int64_t actual = 0;
    std::int64_t predicted = 0;
    std::int64_t hits = 0;
};

/// Mean F1 over the classes that occur or were predicted, as the engine's evaluation defines it.
double macroF1(const std::vector<ClassCounts>& classes)
{
    double sum = 0;
    int seen = 0;
    for (const ClassCounts& c : classes) {
        if (c.actual + c.predicted == 0)
            continue;
        sum += 2 * static_cast<double>(c.hits) / static_cast<double>(c.actual + c.predicted);
        ++seen;
    }
    return seen > 0 ? sum / seen : 0;
}

class Evaluation {
public:
    explicit Evaluation(Session& session) : m_session(session), m_counts(session.labels().size())
    {
        for (std::size_t i = 0; i < session.labels().size(); ++i)
            m_labels.emplace(session.labels()[i], i);
    }

    /// @p place names the line in errors.
    Result<void> add(std::string_view line, const std::string& place)
    {
        const auto tab = line.rfind('\t');
        if (tab == std::string_view::npos)
            return Error{ErrorCode::InvalidFormat, place + " has no tab.", "Each line must be a text, a tab and its label.", {}};
        const auto truth = m_labels.find(line.substr(tab + 1));
        if (truth == m_labels.end())
            return Error{ErrorCode::InvalidFormat, place + " has the label '" + std::string(line.substr(tab + 1)) + "', which the package does not know.",
                         "espalier-edge info lists the package's labels.", {}};
        const Classification answer = m_meter.classify(m_session, line.substr(0, tab));
        ++m_counts[truth->second].actual;
        ++m_counts[answer.label].predicted;
        m_counts[answer.label].hits += answer.label == truth->second ? 1 : 0;
        m_hits += answer.label == truth->second ? 1 : 0;
        m_predictions.push_back(static_cast<std::uint32_t>(answer.label));
        return {};
    }

    [[nodiscard]] Json toJson(bool withPredictions) const
    {
        const double sentences = static_cast<double>(m_predictions.size());
        Json result{{"sentences", m_predictions.size()},
                    {"accuracy", m_predictions.empty() ? 0 : static_cast<double>(m_hits) / sentences},
                    {"macro_f1", macroF1(m_counts)},
                    {"latency", m_meter.toJson()}};
        if (withPredictions) {
            result["predictions"] = Json::array();
            for (const std::uint32_t label : m_predictions)
                result["predictions"].push_back(m_session.labels()[label]);
        }
        return result;
    }

private:
    Session& m_session;
    LatencyMeter m_meter;
    std::unordered_map<std::string_view, std::size_t> m_labels;
    std::vector<ClassCounts> m_counts;
    std::vector<std::uint32_t> m_predictions;
    std::int64_t m_hits = 0;
};

} // namespace

Result<int> evaluateCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments, HeaderPart::Answering));
    if (package.session.task() != Task::SingleLabel)
        return Error{ErrorCode::Unsupported, "The package's task is '" + std::string(taskName(package.session.task())) + "', and only single labels can be evaluated on a device so far.",
                     "Evaluate the checkpoint with the engine; the package answers as it does.", {}};
    ESPALIER_TRY(LineReader lines, LineReader::open(arguments.input));
    Evaluation evaluation(package.session);
    std::string_view line;
    for (;;) {
        ESPALIER_TRY(const bool more, lines.next(line));
        if (!more)
            break;
        const std::string place = "'" + *arguments.input + "', line " + std::to_string(lines.lineNumber());
        if (lines.wasCut())
            return Error{ErrorCode::InvalidFormat, place + ", is longer than 1 MiB.", {}, {}};
        if (!line.empty())
            ESPALIER_CHECK(evaluation.add(line, place));
    }
    ESPALIER_CHECK(printLine(evaluation.toJson(arguments.predictions)));
    return 0;
}

} // namespace espalier::edge
