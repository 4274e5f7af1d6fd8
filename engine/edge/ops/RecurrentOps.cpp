// SPDX-License-Identifier: Apache-2.0
// GRU and LSTM. What the inputs of all tokens contribute to the gates is one product beforehand; then the tokens are walked through, each step
// a product with the state of the step before.
#include "engine/edge/Elementary.h"
#include "engine/edge/kernels/VectorLoops.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/Projection.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

namespace espalier::edge {
namespace {

[[gnu::always_inline]] inline float sigmoid(float x) { return 1.0F / (1.0F + exponential(-x)); }
[[gnu::always_inline]] inline float hyperbolicTangent(float x) { return 1.0F - 2.0F / (1.0F + exponential(2.0F * x)); }

/// Numbers of the state worked on before any is written, so that a compiler need not ask whether what is written overlaps with what is read.
constexpr std::size_t block = 64;

/// Calls @p work(first, count) for all of @p n.
template <typename Work>
[[gnu::always_inline]] inline void inBlocks(std::size_t n, const Work& work)
{
    for (std::size_t first = 0; first < n; first += block)
        work(first, n - first < block ? n - first : block);
}

struct RecurrentPlan {
    Projection inputWeight;  ///< gates*H x I
    Projection stateWeight;  ///< gates*H x H
    std::vector<float> inputBias;
    std::vector<float> stateBias;
    bool reverse = false;
    std::size_t hidden = 0;
    ValueInfo input;
    ValueInfo output;
    Slot inputGates; ///< tokens x gates*H
    Slot stateGates; ///< gates*H
    Slot state;      ///< H: what the first step sees of the step before, zeros
    Slot cell;       ///< H, LSTM
};

class RecurrentStep : public Step {
public:
    explicit RecurrentStep(RecurrentPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const std::size_t tokens = frame.tokens();
        const std::size_t gates = m_plan.inputWeight.outputs();
        float* fromInput = frame.at<float>(m_plan.inputGates);
        m_plan.inputWeight.multiply(frame, frame.at<float>(m_plan.input.slot), tokens, fromInput);
        float* previous = frame.at<float>(m_plan.state);
        std::fill_n(previous, m_plan.hidden, 0.0F);
        std::fill_n(frame.at<float>(m_plan.cell), m_plan.hidden, 0.0F);
        float* fromState = frame.at<float>(m_plan.stateGates);
        for (std::size_t step = 0; step < tokens; ++step) {
            const std::size_t t = m_plan.reverse ? tokens - 1 - step : step;
            m_plan.stateWeight.multiply(frame, previous, 1, fromState);
            addBiases(fromInput + t * gates, fromState);
            float* now = frame.at<float>(m_plan.output.slot) + t * m_plan.hidden;
            advance(frame, {fromInput + t * gates, fromState, previous}, now);
            previous = now;
        }
    }

protected:
    struct Gates {
        const float* input;
        const float* state;
        const float* previous; ///< the state before
    };
    /// One step: from the gates' sums to the new state.
    virtual void advance(const Frame& frame, const Gates& gates, float* now) const = 0;

    RecurrentPlan m_plan;

private:
    void addBiases(float* fromInput, float* fromState) const
    {
        const float* inputBias = m_plan.inputBias.data();
        const float* stateBias = m_plan.stateBias.data();
        const std::size_t gates = m_plan.inputBias.size();
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t g = 0; g < gates; ++g) {
                fromInput[g] += inputBias[g];
                fromState[g] += stateBias[g];
            }
        });
    }
};

class LstmStep final : public RecurrentStep {
public:
    using RecurrentStep::RecurrentStep;

private:
    void advance(const Frame& frame, const Gates& gates, float* now) const override
    {
        const std::size_t n = m_plan.hidden;
        float* cell = frame.at<float>(m_plan.cell);
        const float* x = gates.input;
        const float* h = gates.state;
        const auto element = [=](std::size_t i) ESPALIER_INLINED {
            const float in = sigmoid(x[i] + h[i]);
            const float forget = sigmoid(x[n + i] + h[n + i]);
            const float candidate = hyperbolicTangent(x[2 * n + i] + h[2 * n + i]);
            const float out = sigmoid(x[3 * n + i] + h[3 * n + i]);
            const float inner = forget * cell[i] + in * candidate;
            return std::pair(out * hyperbolicTangent(inner), inner);
        };
        vectorized([=]() ESPALIER_INLINED {
            inBlocks(n, [=](std::size_t first, std::size_t count) ESPALIER_INLINED {
                float states[block];
                float cells[block];
                for (std::size_t i = 0; i < count; ++i)
                    std::tie(states[i], cells[i]) = element(first + i);
                std::memcpy(now + first, states, count * sizeof(float));
                std::memcpy(cell + first, cells, count * sizeof(float));
            });
        });
    }
};

class GruStep final : public RecurrentStep {
public:
    using RecurrentStep::RecurrentStep;

private:
    void advance(const Frame&, const Gates& gates, float* now) const override
    {
        const std::size_t n = m_plan.hidden;
        const float* x = gates.input;
        const float* h = gates.state;
        const float* previous = gates.previous;
        const auto element = [=](std::size_t i) ESPALIER_INLINED {
            const float reset = sigmoid(x[i] + h[i]);
            const float update = sigmoid(x[n + i] + h[n + i]);
            const float candidate = hyperbolicTangent(x[2 * n + i] + reset * h[2 * n + i]);
            return (1.0F - update) * candidate + update * previous[i];
        };
        vectorized([=]() ESPALIER_INLINED {
            inBlocks(n, [=](std::size_t first, std::size_t count) ESPALIER_INLINED {
                float states[block];
                for (std::size_t i = 0; i < count; ++i)
                    states[i] = element(first + i);
                std::memcpy(now + first, states, count * sizeof(float));
            });
        });
    }
};

Result<bool> isReverse(const Op& op)
{
    const auto it = op.attributes.find("reverse");
    if (it == op.attributes.end() || it->second == "false")
        return false;
    if (it->second == "true")
        return true;
    return opError(op, "its attribute 'reverse' must be true or false");
}

Result<void> reserveWorkingMemory(RecurrentPlan& plan, BuildContext& context)
{
    const std::size_t gates = plan.inputWeight.outputs();
    ESPALIER_TRY(plan.inputGates, context.reserve(context.maxTokens(), gates, sizeof(float)));
    ESPALIER_TRY(plan.stateGates, context.reserve(1, gates, sizeof(float)));
    ESPALIER_TRY(plan.state, context.reserve(1, plan.hidden, sizeof(float)));
    ESPALIER_TRY(plan.cell, context.reserve(1, plan.hidden, sizeof(float)));
    return {};
}

/// @p gates: how many the cell has.
Result<RecurrentPlan> planRecurrent(const Op& op, BuildContext& context, std::size_t gates)
{
    RecurrentPlan plan;
    ESPALIER_CHECK(checkForm(op, 1, {"weight_ih", "weight_hh", "bias_ih", "bias_hh"}, {"reverse", "input_range", "state_range"}));
    ESPALIER_TRY(plan.reverse, isReverse(op));
    ESPALIER_TRY(plan.input, context.input(op, 0));
    if (!plan.input.perToken)
        return opError(op, "its input '" + op.inputs[0] + "' must have a row a token");
    ESPALIER_TRY(plan.inputWeight, Projection::create(op, context, "weight_ih", plan.input.columns, context.maxTokens()));
    if (plan.inputWeight.outputs() % gates != 0)
        return opError(op, "its weight_ih must have " + std::to_string(gates) + " rows for each number of the state");
    plan.hidden = plan.inputWeight.outputs() / gates;
    ESPALIER_TRY(plan.stateWeight, Projection::create(op, context, "weight_hh", plan.hidden, 1));
    if (plan.stateWeight.outputs() != plan.inputWeight.outputs())
        return opError(op, "its weight_hh and weight_ih differ in rows");
    ESPALIER_TRY(plan.inputBias, context.vector(op, "bias_ih", plan.inputWeight.outputs()));
    ESPALIER_TRY(plan.stateBias, context.vector(op, "bias_hh", plan.inputWeight.outputs()));
    ESPALIER_TRY(plan.output, context.reserveValue(true, plan.hidden));
    ESPALIER_CHECK(reserveWorkingMemory(plan, context));
    return plan;
}

} // namespace

Result<BuiltStep> buildLstm(const Op& op, BuildContext& context)
{
    ESPALIER_TRY(RecurrentPlan plan, planRecurrent(op, context, 4));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<LstmStep>(std::move(plan)), output};
}

Result<BuiltStep> buildGru(const Op& op, BuildContext& context)
{
    ESPALIER_TRY(RecurrentPlan plan, planRecurrent(op, context, 3));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<GruStep>(std::move(plan)), output};
}

} // namespace espalier::edge
