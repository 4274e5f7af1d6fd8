// SPDX-License-Identifier: GPL-3.0-or-later
// The reference of GRU and LSTM: one token after the other, every gate a sum of its own.
#include "engine/exporting/ReferenceOps.h"

#include <cmath>

namespace espalier::reference {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// The tensors of a cell with @c gates gates, and the sums that feed them.
struct Cell {
    const Tensor* inputWeight = nullptr;
    const Tensor* stateWeight = nullptr;
    const Tensor* inputBias = nullptr;
    const Tensor* stateBias = nullptr;
    ReferenceValue input = {};
    const OpInputs* op = nullptr;
    std::size_t hidden = 0;
    bool reverse = false;

    [[nodiscard]] double fromInput(std::size_t gate, std::size_t unit, std::size_t token) const
    {
        return sum(*inputWeight, *inputBias, gate * hidden + unit, input.values.data() + token * input.columns, input.columns);
    }
    /// @p state: as roundedState() gives it.
    [[nodiscard]] double fromState(std::size_t gate, std::size_t unit, const std::vector<float>& state) const
    {
        return sum(*stateWeight, *stateBias, gate * hidden + unit, state.data(), hidden);
    }
    [[nodiscard]] std::vector<float> roundedState(const std::vector<double>& state) const
    {
        return op->multiplied("weight_hh", "state_range", {1, hidden, {state.begin(), state.end()}}).values;
    }

private:
    static double sum(const Tensor& weight, const Tensor& bias, std::size_t row, const float* values, std::size_t columns)
    {
        double total = static_cast<double>(bias.values[row]);
        for (std::size_t c = 0; c < columns; ++c)
            total += static_cast<double>(weight.values[row * columns + c]) * static_cast<double>(values[c]);
        return total;
    }
};

Result<Cell> cellOf(const OpInputs& in, std::size_t gates)
{
    Cell cell;
    ESPALIER_TRY(cell.inputWeight, in.tensor("weight_ih", 2));
    ESPALIER_TRY(cell.stateWeight, in.tensor("weight_hh", 2));
    ESPALIER_TRY(cell.inputBias, in.tensor("bias_ih", 1));
    ESPALIER_TRY(cell.stateBias, in.tensor("bias_hh", 1));
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    cell.input = in.multiplied("weight_ih", "input_range", *input);
    cell.op = &in;
    const std::size_t rows = dimension(*cell.inputWeight, 0);
    cell.hidden = dimension(*cell.stateWeight, 1);
    if (rows != gates * cell.hidden || dimension(*cell.stateWeight, 0) != rows || dimension(*cell.inputBias, 0) != rows ||
        dimension(*cell.stateBias, 0) != rows || dimension(*cell.inputWeight, 1) != cell.input.columns)
        return in.unusable("has tensors that do not fit its input");
    const auto reverse = in.op.attributes.find("reverse");
    cell.reverse = reverse != in.op.attributes.end() && reverse->second == "true";
    return cell;
}

/// Walks over the tokens; @p step makes the new state from a token and the state before.
template <typename Step>
ReferenceValue walk(const Cell& cell, Step&& step)
{
    const std::size_t tokens = cell.input.rows;
    ReferenceValue out{tokens, cell.hidden, std::vector<float>(tokens * cell.hidden)};
    std::vector<double> state(cell.hidden, 0);
    for (std::size_t i = 0; i < tokens; ++i) {
        const std::size_t token = cell.reverse ? tokens - 1 - i : i;
        state = step(token, state);
        for (std::size_t unit = 0; unit < cell.hidden; ++unit)
            out.values[token * cell.hidden + unit] = static_cast<float>(state[unit]);
    }
    return out;
}

} // namespace

Result<ReferenceValue> lstm(const OpInputs& in)
{
    ESPALIER_TRY(const Cell cell, cellOf(in, 4));
    std::vector<double> memory(cell.hidden, 0);
    return walk(cell, [&](std::size_t token, const std::vector<double>& state) {
        const std::vector<float> given = cell.roundedState(state);
        std::vector<double> next(cell.hidden);
        for (std::size_t unit = 0; unit < cell.hidden; ++unit) {
            const auto gate = [&](std::size_t g) { return cell.fromInput(g, unit, token) + cell.fromState(g, unit, given); };
            memory[unit] = sigmoid(gate(1)) * memory[unit] + sigmoid(gate(0)) * std::tanh(gate(2));
            next[unit] = sigmoid(gate(3)) * std::tanh(memory[unit]);
        }
        return next;
    });
}

Result<ReferenceValue> gru(const OpInputs& in)
{
    ESPALIER_TRY(const Cell cell, cellOf(in, 3));
    return walk(cell, [&](std::size_t token, const std::vector<double>& state) {
        const std::vector<float> given = cell.roundedState(state);
        std::vector<double> next(cell.hidden);
        for (std::size_t unit = 0; unit < cell.hidden; ++unit) {
            const double reset = sigmoid(cell.fromInput(0, unit, token) + cell.fromState(0, unit, given));
            const double update = sigmoid(cell.fromInput(1, unit, token) + cell.fromState(1, unit, given));
            const double candidate = std::tanh(cell.fromInput(2, unit, token) + reset * cell.fromState(2, unit, given));
            next[unit] = (1 - update) * candidate + update * state[unit];
        }
        return next;
    });
}

} // namespace espalier::reference
