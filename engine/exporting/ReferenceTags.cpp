// SPDX-License-Identifier: GPL-3.0-or-later
// The reference of the ops that tag words. Sums over paths are kept as logarithms, in doubles.
#include "engine/exporting/ReferenceOps.h"

#include <algorithm>
#include <cmath>

namespace espalier::reference {
namespace {

using Row = std::vector<double>;

/// The rows of the words' first tokens.
Result<std::vector<Row>> wordRows(const OpInputs& in, const ReferenceValue& input)
{
    std::vector<Row> rows;
    for (const std::uint32_t token : in.words) {
        if (token >= input.rows)
            return in.unusable("was given a word beyond its input");
        const auto begin = input.values.begin() + static_cast<std::ptrdiff_t>(token * input.columns);
        rows.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(input.columns));
    }
    return rows;
}

double logSum(const Row& terms)
{
    const double largest = *std::max_element(terms.begin(), terms.end());
    double sum = 0;
    for (const double term : terms)
        sum += std::exp(term - largest);
    return largest + std::log(sum);
}

struct Field {
    const Tensor* transitions = nullptr;
    const Tensor* start = nullptr;
    const Tensor* end = nullptr;
    std::size_t tags = 0;

    [[nodiscard]] double step(std::size_t from, std::size_t to) const { return static_cast<double>(transitions->values[from * tags + to]); }
};

/// Largest or logarithm of the sum of all paths' scores that end in each tag at each word.
template <typename Join>
std::vector<Row> forward(const Field& field, const std::vector<Row>& words, Join&& join)
{
    std::vector<Row> scores{words.front()};
    for (std::size_t tag = 0; tag < field.tags; ++tag)
        scores[0][tag] += static_cast<double>(field.start->values[tag]);
    for (std::size_t w = 1; w < words.size(); ++w) {
        Row now(field.tags);
        for (std::size_t tag = 0; tag < field.tags; ++tag) {
            Row terms;
            for (std::size_t from = 0; from < field.tags; ++from)
                terms.push_back(scores[w - 1][from] + field.step(from, tag));
            now[tag] = join(terms) + words[w][tag];
        }
        scores.push_back(std::move(now));
    }
    return scores;
}

/// Logarithm of the sum of what can follow each tag at each word.
std::vector<Row> backward(const Field& field, const std::vector<Row>& words)
{
    std::vector<Row> scores(words.size(), Row(field.end->values.begin(), field.end->values.end()));
    for (std::size_t w = words.size() - 1; w-- > 0;)
        for (std::size_t tag = 0; tag < field.tags; ++tag) {
            Row terms;
            for (std::size_t to = 0; to < field.tags; ++to)
                terms.push_back(field.step(tag, to) + words[w + 1][to] + scores[w + 1][to]);
            scores[w][tag] = logSum(terms);
        }
    return scores;
}

std::vector<std::size_t> bestPath(const Field& field, const std::vector<Row>& words)
{
    const auto scores = forward(field, words, [](const Row& terms) { return *std::max_element(terms.begin(), terms.end()); });
    std::vector<std::size_t> path(words.size());
    Row last = scores.back();
    for (std::size_t tag = 0; tag < field.tags; ++tag)
        last[tag] += static_cast<double>(field.end->values[tag]);
    for (std::size_t w = words.size(); w-- > 0;) {
        path[w] = static_cast<std::size_t>(std::max_element(last.begin(), last.end()) - last.begin());
        for (std::size_t from = 0; w > 0 && from < field.tags; ++from)
            last[from] = scores[w - 1][from] + field.step(from, path[w]);
    }
    return path;
}

} // namespace

Result<ReferenceValue> tagSoftmax(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ESPALIER_TRY(const auto words, wordRows(in, *input));
    ReferenceValue out{input->rows, input->columns, std::vector<float>(input->values.size())};
    for (std::size_t w = 0; w < words.size(); ++w)
        for (std::size_t tag = 0; tag < input->columns; ++tag)
            out.values[w * input->columns + tag] = static_cast<float>(std::exp(words[w][tag] - logSum(words[w])));
    return out;
}

Result<ReferenceValue> crf(const OpInputs& in)
{
    Field field;
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ESPALIER_TRY(field.transitions, in.tensor("transitions", 1));
    ESPALIER_TRY(field.start, in.tensor("start", 1));
    ESPALIER_TRY(field.end, in.tensor("end", 1));
    field.tags = input->columns;
    if (field.transitions->values.size() != field.tags * field.tags || field.start->values.size() != field.tags || field.end->values.size() != field.tags)
        return in.unusable("has tensors that do not fit its input");
    ESPALIER_TRY(const auto words, wordRows(in, *input));
    ReferenceValue out{input->rows, input->columns, std::vector<float>(input->values.size())};
    if (words.empty())
        return out;
    const auto before = forward(field, words, logSum);
    const auto after = backward(field, words);
    const auto path = bestPath(field, words);
    for (std::size_t w = 0; w < words.size(); ++w) {
        Row joint = before[w];
        for (std::size_t tag = 0; tag < field.tags; ++tag)
            joint[tag] += after[w][tag];
        out.values[w * field.tags + path[w]] = static_cast<float>(std::exp(joint[path[w]] - logSum(joint)));
    }
    return out;
}

} // namespace espalier::reference
