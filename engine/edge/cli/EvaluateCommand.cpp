// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/AnswerJson.h"
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/LabelledFile.h"
#include "engine/edge/cli/Latency.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace espalier::edge {
namespace {

/// Of a label, or a type of entities.
struct Counts {
    std::int64_t actual = 0;
    std::int64_t predicted = 0;
    std::int64_t hits = 0;

    [[nodiscard]] double precision() const { return share(hits, predicted); }
    [[nodiscard]] double recall() const { return share(hits, actual); }
    [[nodiscard]] double f1() const { return share(2 * hits, actual + predicted); }
    static double share(std::int64_t part, std::int64_t whole) { return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0; }
};

/// Scores as the engine's evaluation defines them; an entity is right when its type, first and last byte are (seqeval's default mode, Nakayama 2018).
class Evaluation {
public:
    Evaluation(Session& session, bool withPredictions) : m_session(session), m_withPredictions(withPredictions) {}

    Result<void> add(const LabelledText& labelled)
    {
        const Classification answer = m_meter.classify(m_session, labelled.text);
        Json json = answerJson(m_session, labelled.text, answer, {});
        ESPALIER_TRY(const Items found, itemsOf(json, m_session.task(), "answer"));
        count(labelled.items, found);
        if (m_withPredictions)
            m_predictions.push_back(m_session.task() == Task::SingleLabel ? json.at("label") : std::move(json));
        return {};
    }

    [[nodiscard]] Json toJson() const
    {
        Counts total;
        double sumOfF1 = 0;
        for (const auto& [name, own] : m_counts) {
            total = {total.actual + own.actual, total.predicted + own.predicted, total.hits + own.hits};
            sumOfF1 += own.f1();
        }
        const Task task = m_session.task();
        Json result{{"sentences", m_sentences}, {"score", scoreName(task)}, {"latency", m_meter.toJson()},
                    {"macro_f1", m_counts.empty() ? 0 : sumOfF1 / static_cast<double>(m_counts.size())}};
        if (task != Task::TokenTags)
            result["accuracy"] = Counts::share(m_right, m_sentences);
        if (task != Task::SingleLabel) {
            result[scoreName(task)] = total.f1();
            result["precision"] = total.precision();
            result["recall"] = total.recall();
        }
        if (m_withPredictions)
            result["predictions"] = m_predictions;
        return result;
    }

private:
    void count(const Items& truth, const Items& found)
    {
        for (const Item& item : truth)
            ++m_counts[item.name].actual;
        for (const Item& item : found) {
            ++m_counts[item.name].predicted;
            m_counts[item.name].hits += truth.contains(item) ? 1 : 0;
        }
        m_right += truth == found ? 1 : 0;
        ++m_sentences;
    }

    Session& m_session;
    bool m_withPredictions;
    LatencyMeter m_meter;
    std::map<std::string, Counts> m_counts; ///< of what occurs or was predicted
    Json m_predictions = Json::array();
    std::int64_t m_sentences = 0;
    std::int64_t m_right = 0; ///< sentences of which everything is right
};

} // namespace

Result<int> evaluateCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments, {.part = HeaderPart::Answering}));
    ESPALIER_TRY(LabelledFile file, LabelledFile::open(*arguments.input, package.session));
    Evaluation evaluation(package.session, arguments.predictions);
    for (LabelledText labelled;;) {
        ESPALIER_TRY(const bool more, file.next(labelled));
        if (!more)
            break;
        ESPALIER_CHECK(evaluation.add(labelled));
    }
    ESPALIER_CHECK(printLine(evaluation.toJson()));
    return 0;
}

} // namespace espalier::edge
