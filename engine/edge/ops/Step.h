// SPDX-License-Identifier: Apache-2.0
// Step: one op, made ready to run: its tensors repacked for the kernels, its place in the arena known. BuildContext is what an op is
// made from; it also plans the arena, in which every value and every working buffer has a fixed place. Where the values have their places already each op has a context
// of its own, and working buffers share the room behind the values, since ops run one after the other.
#pragma once

#include "engine/edge/PackageReader.h"
#include "engine/edge/kernels/PackedMatrix.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace espalier::edge {

/// A place in the arena: bytes from its start, aligned for any vector.
struct Slot {
    std::size_t offset = 0;
};

/// A value of the program: tokens x columns, or 1 x columns, row-major floats at @c slot.
struct ValueInfo {
    bool perToken = false;
    std::size_t columns = 0;
    Slot slot;

    [[nodiscard]] std::size_t rows(std::size_t tokens) const { return perToken ? tokens : 1; }
};

/// One request: what the steps read besides their own.
struct Frame {
    std::span<const std::int32_t> ids; ///< 1 to maxTokens, each inside the vocabulary
    std::byte* arena = nullptr;
    std::span<const std::uint32_t> words = {}; ///< the token at which each word begins; at most as many as tokens. Empty but for tags

    template <typename T>
    [[nodiscard]] T* at(Slot slot) const
    {
        return reinterpret_cast<T*>(arena + slot.offset);
    }
    [[nodiscard]] std::size_t tokens() const { return ids.size(); }
};

class Step {
public:
    virtual ~Step() = default;
    virtual void run(const Frame& frame) const = 0;
    /// Whether weights that are read later could not be had.
    [[nodiscard]] virtual bool damaged() const { return false; }
};

/// How a weight matrix is multiplied on this machine.
struct MatrixPlan {
    std::string tensor;
    std::string layout; ///< PackedMatrix::layout(); "float" or "groups" where nothing is packed
    double density = 0; ///< share of weights that are not zero
    std::size_t bytes = 0;
    std::size_t tile = 1; ///< rows that are multiplied at once, at most
    RowCost cost = {};    ///< in the unit of the kernels' costs; 0 where there was no choice
};

struct BuiltStep {
    std::unique_ptr<Step> step;
    ValueInfo output;
};

class BuildContext {
public:
    BuildContext(const PackageReader& reader, const Kernels& kernels, std::size_t maxTokens, std::size_t vocabularySize, Loading loading = Loading::Whole)
        : m_reader(reader), m_kernels(kernels), m_maxTokens(maxTokens), m_vocabularySize(vocabularySize), m_loading(loading)
    {
    }
    /// For one op, whose output has the place @p output; @p planned holds all values, and outlives it. @p workers share what is large.
    BuildContext(const BuildContext& planned, const ValueInfo& output, Workers* workers)
        : m_reader(planned.m_reader), m_kernels(planned.m_kernels), m_maxTokens(planned.m_maxTokens), m_vocabularySize(planned.m_vocabularySize),
          m_loading(planned.m_loading), m_arenaBytes(planned.m_arenaBytes), m_planned(&planned), m_output(output), m_workers(workers)
    {
    }

    [[nodiscard]] const Kernels& kernels() const { return m_kernels; }
    [[nodiscard]] std::size_t maxTokens() const { return m_maxTokens; }
    [[nodiscard]] std::size_t vocabularySize() const { return m_vocabularySize; }
    [[nodiscard]] std::size_t arenaBytes() const { return m_arenaBytes; }

    /// A place for @p rows x @p columns elements of @p elementBytes. Unsupported when the arena would grow beyond 256 MiB.
    Result<Slot> reserve(std::size_t rows, std::size_t columns, std::size_t elementBytes);
    /// A new value's place, or the one that it has already.
    Result<ValueInfo> reserveValue(bool perToken, std::size_t columns);

    void record(MatrixPlan plan) { m_plans.push_back(std::move(plan)); }
    /// Of every matrix so far.
    [[nodiscard]] std::vector<MatrixPlan> takePlans() { return std::exchange(m_plans, {}); }

    void define(const std::string& name, const ValueInfo& value) { m_values[name] = value; }
    /// The value @p op reads as its @p index-th input; an error for "ids", which is no matrix.
    [[nodiscard]] Result<ValueInfo> input(const Op& op, std::size_t index) const;
    /// The same, but it must have one row.
    [[nodiscard]] Result<ValueInfo> rowInput(const Op& op, std::size_t index) const;
    /// The same, but it must have a row a token.
    [[nodiscard]] Result<ValueInfo> tokenInput(const Op& op, std::size_t index) const;
    /// The tensor with @p role, which must have @p dimensions dimensions.
    [[nodiscard]] Result<Tensor> tensor(const Op& op, const std::string& role, std::size_t dimensions) const;
    /// The table of rows with @p role.
    [[nodiscard]] Result<RowTable> rowTable(const Op& op, const std::string& role) const;
    /// The numbers of a one-dimensional tensor of @p length.
    [[nodiscard]] Result<std::vector<float>> vector(const Op& op, const std::string& role, std::size_t length) const;

private:
    const PackageReader& m_reader;
    const Kernels& m_kernels;
    std::size_t m_maxTokens;
    std::size_t m_vocabularySize;
    Loading m_loading;
    std::size_t m_arenaBytes = 0;
    std::map<std::string, ValueInfo> m_values;
    const BuildContext* m_planned = nullptr; ///< which holds the values
    std::optional<ValueInfo> m_output;       ///< of the only op
    Workers* m_workers = nullptr;
    std::vector<MatrixPlan> m_plans;
};

/// The plan of @p weight where it stays as it is in the package.
MatrixPlan unpackedPlan(const Tensor& weight);
/// The scales of @p weight as GroupedView has them: those of all rows' first group, of their second... Empty where a row has one scale.
std::vector<float> scalesByGroup(const Tensor& weight);
/// "The op conv1d_max that makes 'c3': " + why.
Error opError(const Op& op, std::string why);
/// That @p op has exactly these tensors, no attributes but these, and @p inputs inputs (0: any number).
Result<void> checkForm(const Op& op, std::size_t inputs, const std::vector<std::string>& tensors, const std::vector<std::string>& attributes);
/// The attribute @p name, written as in JSON, whatever the locale of the program that we are built into; nothing where it is no number, or absent.
std::optional<float> numberOf(const Op& op, const char* name);
/// The attribute @p name, a range as Program.h has it: above 0; 0 where it is absent.
Result<float> rangeOf(const Op& op, const char* name);
/// The attribute "activation": true for "relu", false for "none" or absent.
Result<bool> usesRelu(const Op& op);

} // namespace espalier::edge
