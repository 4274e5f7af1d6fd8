// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Sweep.h"

#include "engine/graph/NodeCatalog.h"
#include "engine/graph/PruningParameters.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace espalier {
namespace {

constexpr std::size_t mostPoints = 10'000;
using Clock = std::chrono::steady_clock;

Json valuesOf(const ParameterSpec& spec)
{
    Json values = Json::array();
    for (const ParameterChoice& choice : spec.choices)
        if (choice.value != "random") // a baseline, to be asked for
            values.push_back(choice.value);
    return values;
}

/// What a sweep goes over when the request does not say.
Json usualValues(const ParameterSpec& spec)
{
    if (spec.id == "sparsity")
        return {0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98};
    if (spec.id == "score" || spec.id == "method")
        return valuesOf(spec);
    if (spec.id == "embeddings")
        return {"own", "pooled"};
    return Json::array({spec.fallback});
}

Result<Json> listFor(const ParameterSpec& spec, const Json& request)
{
    if (!request.contains(spec.id))
        return usualValues(spec);
    const Json& given = request.at(spec.id);
    if (!given.is_array())
        return Json::array({given});
    if (given.empty())
        return Error{ErrorCode::InvalidArgument, "The field '" + spec.id + "' is an empty list.", "Give at least one value, or leave it out.", {}};
    return given;
}

/// Layer by layer nothing is ranked together, so that "pooled" is "own" once more.
bool repeats(const Parameters& choice)
{
    return choice.at("method") == "layerwise" && choice.at("embeddings") == "pooled";
}

/// With nothing pruned every choice is the dense model: the first stands for all.
void keepOneDense(std::vector<Parameters>& choices)
{
    bool seen = false;
    std::erase_if(choices, [&](const Parameters& choice) {
        const bool dense = choice.at("sparsity") == 0.0 && choice.at("layer_sparsities") == "";
        return dense && std::exchange(seen, true);
    });
}

/// Every choice of @p choices with each of @p values for @p spec.
Result<std::vector<Parameters>> multiplied(const std::vector<Parameters>& choices, const ParameterSpec& spec, const Json& values)
{
    if (choices.size() * values.size() > mostPoints)
        return Error{ErrorCode::InvalidArgument, "The sweep would have more than " + std::to_string(mostPoints) + " points; '" + spec.id + "' alone has " +
                                                     std::to_string(values.size()) + ".",
                     "Give fewer values.", {}};
    std::vector<Parameters> all;
    for (const Parameters& choice : choices)
        for (const Json& value : values) {
            Parameters next = choice;
            ESPALIER_TRY(next[spec.id], checkParameter(spec, value));
            all.push_back(std::move(next));
        }
    return all;
}

Result<std::string> precisionOf(const Json& request)
{
    const ParameterSpec& spec = *nodeCatalog().find("package")->parameter("precision");
    ESPALIER_TRY(const Json value, checkParameter(spec, request.value("precision", spec.fallback)));
    return value.get<std::string>();
}

class Sweep {
public:
    Sweep(CompressionLab& lab, const CompressionRecords& records, const SweepPlan& plan, const SweepEvents& events, RunContext& context)
        : m_lab(lab), m_records(records), m_plan(plan), m_events(events), m_context(context)
    {
    }

    Result<SweepReport> operator()()
    {
        m_report.asked = static_cast<std::int64_t>(m_plan.choices.size());
        m_unknown = std::count_if(m_plan.choices.begin(), m_plan.choices.end(), [&](const Parameters& choice) { return !m_records.find(choice, m_plan.precision); });
        for (const Parameters& choice : m_plan.choices) {
            if (m_context.cancelled())
                break;
            progress();
            ESPALIER_CHECK(measure(choice));
        }
        progress();
        if (m_report.points.empty() && m_firstError)
            return *m_firstError;
        return std::move(m_report);
    }

private:
    Result<void> measure(const Parameters& choice)
    {
        const auto begin = Clock::now();
        auto made = measureOnce(m_lab, m_records, choice, m_plan.precision, m_context);
        if (!made && made.error().code == ErrorCode::Cancelled)
            return {};
        if (!made || !made->known) {
            m_seconds += std::chrono::duration<double>(Clock::now() - begin).count();
            ++m_worked;
        }
        if (!made)
            return fail(choice, made.error());
        m_report.known += made->known ? 1 : 0;
        if (m_events.onPoint)
            m_events.onPoint(made->measured);
        m_report.points.push_back(std::move(made->measured));
        return {};
    }

    /// A pattern may not fit a layer, a sparsity may empty one: the others are measured all the same.
    Result<void> fail(const Parameters& choice, const Error& error)
    {
        if (error.code == ErrorCode::Internal)
            return error; // of the machine, such as too little memory: the next would fail alike
        if (!m_firstError)
            m_firstError = error;
        m_report.failures.push_back({choice, error.message()});
        if (m_events.onFailure)
            m_events.onFailure(m_report.failures.back());
        return {};
    }

    void progress() const
    {
        if (!m_events.onProgress)
            return;
        const auto done = static_cast<std::int64_t>(m_report.points.size() + m_report.failures.size());
        std::optional<double> left;
        if (m_worked > 0)
            left = m_seconds / static_cast<double>(m_worked) * static_cast<double>(m_unknown - m_worked);
        m_events.onProgress({"Measuring", done, m_report.asked, "points"}, left);
    }

    CompressionLab& m_lab;
    const CompressionRecords& m_records;
    const SweepPlan& m_plan;
    const SweepEvents& m_events;
    RunContext& m_context;
    SweepReport m_report;
    std::optional<Error> m_firstError;
    std::ptrdiff_t m_unknown = 0; ///< points that were not on record at the start
    std::ptrdiff_t m_worked = 0;  ///< of these, done
    double m_seconds = 0;         ///< that they took
};

} // namespace

Result<SweepPlan> sweepPlanFromJson(const Json& json)
{
    SweepPlan plan;
    ESPALIER_TRY(plan.precision, precisionOf(json));
    plan.choices = {Parameters{}};
    // Sparsities last: a score is measured on data once for all of them, and a curve grows to its end before the next begins.
    std::vector<ParameterSpec> specs = pruningParameters();
    std::stable_partition(specs.begin(), specs.end(), [](const ParameterSpec& spec) { return spec.id != "sparsity"; });
    for (const ParameterSpec& spec : specs) {
        ESPALIER_TRY(const Json values, listFor(spec, json));
        ESPALIER_TRY(plan.choices, multiplied(plan.choices, spec, values));
    }
    if (!json.contains("embeddings"))
        std::erase_if(plan.choices, repeats);
    keepOneDense(plan.choices);
    return plan;
}

Result<SweepReport> sweep(Pipeline& pipeline, const std::string& node, const SweepPlan& plan, const SweepEvents& events, RunContext& context)
{
    ESPALIER_TRY(CompressionLab lab, CompressionLab::open(pipeline, node, context));
    const CompressionRecords records(pipeline.folder(), lab.fingerprint(), lab.meter());
    return Sweep(lab, records, plan, events, context)();
}

} // namespace espalier
