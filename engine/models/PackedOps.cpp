// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/PackedOps.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <numeric>

namespace espalier::packed {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

constexpr std::int64_t elementsPerTask = 1 << 15; ///< fewer are not worth a thread
constexpr std::int64_t rowsPerPart = 128;         ///< rows whose share of a parameter's gradient is added up together, whatever the threads

bool onCpu(const Tensor& tensor) { return tensor.device().is_cpu(); }

void save(AutogradContext& context, const Dropout& dropout)
{
    context.saved_data["seed"] = static_cast<std::int64_t>(dropout.seed);
    context.saved_data["rate"] = dropout.rate;
}

Dropout savedDropout(AutogradContext& context)
{
    return {static_cast<std::uint64_t>(context.saved_data["seed"].toInt()), context.saved_data["rate"].toDouble()};
}

/// Calls @p work with a float or a double, as @p tensor is; others are refused with LibTorch's own error.
template <typename Work>
void withNumber(const Tensor& tensor, const Work& work)
{
    AT_DISPATCH_FLOATING_TYPES(tensor.scalar_type(), "packed", [&] { work(scalar_t{}); });
}

// --- rows of a table -----------------------------------------------------------------------------------------------------------------------

class RowsFunction : public torch::autograd::Function<RowsFunction> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& table, const Tensor& ids, bool sparse)
    {
        context->save_for_backward({ids});
        context->saved_data["sparse"] = sparse;
        context->saved_data["rows"] = table.size(0);
        return table.index_select(0, ids);
    }

    static tensor_list backward(AutogradContext* context, tensor_list gradients)
    {
        const Tensor ids = context->get_saved_variables()[0];
        const Tensor gradient = gradients[0].contiguous();
        const std::vector<std::int64_t> shape{context->saved_data["rows"].toInt(), gradient.size(1)};
        if (context->saved_data["sparse"].toBool())
            return {torch::sparse_coo_tensor(ids.unsqueeze(0), gradient, shape), Tensor(), Tensor()};
        Tensor result = torch::zeros(shape, gradient.options());
        withNumber(gradient, [&](auto number) { addRows<decltype(number)>(gradient, ids, result); });
        return {result, Tensor(), Tensor()};
    }

private:
    template <typename Number>
    static void addRows(const Tensor& from, const Tensor& ids, Tensor& to)
    {
        const std::int64_t columns = from.size(1);
        const Number* row = from.data_ptr<Number>();
        for (std::int64_t i = 0; i < ids.numel(); ++i, row += columns) {
            Number* sum = to.data_ptr<Number>() + ids.data_ptr<std::int64_t>()[i] * columns;
            for (std::int64_t c = 0; c < columns; ++c)
                sum[c] += row[c];
        }
    }
};

// --- dropout -------------------------------------------------------------------------------------------------------------------------------

Tensor dropped(const Tensor& input, const Dropout& dropout)
{
    const Tensor from = input.contiguous();
    Tensor to = torch::empty_like(from);
    withNumber(from, [&](auto number) {
        using Number = decltype(number);
        at::parallel_for(0, from.numel(), elementsPerTask, [&](std::int64_t begin, std::int64_t end) {
            drop(dropout, from.data_ptr<Number>(), to.data_ptr<Number>(), static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
        });
    });
    return to;
}

class DropoutFunction : public torch::autograd::Function<DropoutFunction> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& input, const Dropout& dropout)
    {
        save(*context, dropout);
        return dropped(input, dropout);
    }

    static tensor_list backward(AutogradContext* context, tensor_list gradients)
    {
        return {dropped(gradients[0], savedDropout(*context)), Tensor()};
    }
};

// --- residual and layer norm ---------------------------------------------------------------------------------------------------------------

struct NormTensors {
    Tensor scale;
    Tensor shift;
    Tensor sum;
    Tensor mean;
    Tensor inverse;
    double epsilon = 0;
};

template <typename Number>
NormArrays<Number> arraysOf(const NormTensors& tensors)
{
    NormArrays<Number> arrays;
    arrays.columns = static_cast<std::size_t>(tensors.sum.size(1));
    arrays.epsilon = static_cast<Number>(tensors.epsilon);
    arrays.scale = tensors.scale.data_ptr<Number>();
    arrays.shift = tensors.shift.defined() ? tensors.shift.data_ptr<Number>() : nullptr;
    arrays.sum = tensors.sum.data_ptr<Number>();
    arrays.mean = tensors.mean.data_ptr<Number>();
    arrays.inverse = tensors.inverse.data_ptr<Number>();
    return arrays;
}

class NormFunction : public torch::autograd::Function<NormFunction> {
public:
    static tensor_list forward(AutogradContext* context, const Tensor& input, const Tensor& residual, const Tensor& scale, const Tensor& shift,
                               double epsilon, const Dropout& dropout)
    {
        const Tensor from = input.contiguous();
        const Tensor other = residual.contiguous();
        const NormTensors tensors{scale, shift, torch::empty_like(from), torch::empty({from.size(0)}, from.options()), torch::empty({from.size(0)}, from.options()), epsilon};
        Tensor output = torch::empty_like(from);
        withNumber(from, [&](auto number) {
            using Number = decltype(number);
            NormArrays<Number> arrays = arraysOf<Number>(tensors);
            arrays.input = from.data_ptr<Number>();
            arrays.residual = other.data_ptr<Number>();
            arrays.output = output.data_ptr<Number>();
            at::parallel_for(0, from.size(0), std::max<std::int64_t>(1, elementsPerTask / from.size(1)), [&](std::int64_t begin, std::int64_t end) {
                normForward(arrays, dropout, static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
            });
        });
        save(*context, dropout);
        context->save_for_backward({scale, tensors.sum, tensors.mean, tensors.inverse});
        context->set_materialize_grads(false);
        return {tensors.sum, output};
    }

    static tensor_list backward(AutogradContext* context, tensor_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const NormTensors tensors{saved[0], {}, saved[1], saved[2], saved[3]};
        const Dropout dropout = savedDropout(*context);
        if (!gradients[1].defined()) // the norm was not used: only the sum was
            gradients[1] = torch::zeros_like(tensors.sum);
        Tensor residual = torch::empty_like(tensors.sum);
        Tensor input = dropout.rate > 0 ? torch::empty_like(tensors.sum) : residual;
        Tensor parameters;
        withNumber(residual, [&](auto number) { parameters = run<decltype(number)>(tensors, gradients, dropout, residual, input); });
        return {input, residual, parameters[0], parameters[1], Tensor(), Tensor()};
    }

private:
    /// Writes the gradients by residual and input; returns those by scale and shift: [2 x H].
    template <typename Number>
    static Tensor run(const NormTensors& tensors, const tensor_list& gradients, const Dropout& dropout, Tensor& residual, Tensor& input)
    {
        const Tensor sumGradient = gradients[0].defined() ? gradients[0].contiguous() : Tensor();
        const Tensor outputGradient = gradients[1].contiguous();
        const std::int64_t rows = residual.size(0);
        const std::int64_t columns = residual.size(1);
        const std::int64_t parts = (rows + rowsPerPart - 1) / rowsPerPart;
        Tensor shares = torch::zeros({parts, 2, columns}, residual.options());
        const NormArrays<Number> arrays = arraysOf<Number>(tensors);
        at::parallel_for(0, parts, std::max<std::int64_t>(1, elementsPerTask / (rowsPerPart * columns)), [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t part = first; part < last; ++part) {
                Number* share = shares.data_ptr<Number>() + part * 2 * columns;
                const NormGradients<Number> arraysOfPart{.output = outputGradient.data_ptr<Number>(),
                                                         .sum = sumGradient.defined() ? sumGradient.data_ptr<Number>() : nullptr,
                                                         .residual = residual.data_ptr<Number>(),
                                                         .input = dropout.rate > 0 ? input.data_ptr<Number>() : nullptr,
                                                         .scale = share,
                                                         .shift = share + columns};
                normBackward(arrays, arraysOfPart, dropout, static_cast<std::size_t>(part * rowsPerPart),
                             static_cast<std::size_t>(std::min(rows, (part + 1) * rowsPerPart)));
            }
        });
        return shares.sum(0);
    }
};

// --- attention -----------------------------------------------------------------------------------------------------------------------------

template <typename Number>
std::vector<Sentence<Number>> sentencesOf(const Tensor& qkv, const std::vector<std::int64_t>& offsets, std::int64_t heads)
{
    std::vector<Sentence<Number>> sentences;
    std::uint32_t weights = 0;
    for (std::size_t s = 0; s + 1 < offsets.size(); ++s) {
        const auto tokens = static_cast<std::size_t>(offsets[s + 1] - offsets[s]);
        sentences.push_back({qkv.data_ptr<Number>() + offsets[s] * qkv.size(1), tokens, static_cast<std::size_t>(heads),
                             static_cast<std::size_t>(qkv.size(1) / 3 / heads), weights});
        weights += static_cast<std::uint32_t>(tokens * tokens * static_cast<std::size_t>(heads));
    }
    return sentences;
}

/// Calls @p work with each sentence, its index and working memory, on as many threads as are worth it.
template <typename Number, typename Work>
void forEachSentence(const std::vector<Sentence<Number>>& sentences, const Work& work)
{
    std::size_t longest = 1;
    std::size_t elements = 0;
    for (const auto& sentence : sentences) {
        longest = std::max(longest, sentence.tokens);
        elements += sentence.tokens * sentence.heads * sentence.headSize;
    }
    const auto count = static_cast<std::int64_t>(sentences.size());
    const std::int64_t grain = std::max<std::int64_t>(1, count * (elementsPerTask / 8) / static_cast<std::int64_t>(elements + 1));
    at::parallel_for(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        std::vector<Number> scratch(attentionScratch(longest, sentences[0].headSize));
        for (std::int64_t s = begin; s < end; ++s)
            work(sentences[static_cast<std::size_t>(s)], s, scratch.data());
    });
}

class AttentionFunction : public torch::autograd::Function<AttentionFunction> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& qkv, const std::vector<std::int64_t>& offsets, std::int64_t heads, const Dropout& dropout)
    {
        const Tensor from = qkv.contiguous();
        const std::int64_t hidden = qkv.size(1) / 3;
        Tensor out = torch::empty({qkv.size(0), hidden}, qkv.options());
        withNumber(from, [&](auto number) {
            using Number = decltype(number);
            forEachSentence(sentencesOf<Number>(from, offsets, heads), [&](const Sentence<Number>& sentence, std::int64_t s, Number* scratch) {
                attentionForward(sentence, dropout, scratch, out.data_ptr<Number>() + offsets[static_cast<std::size_t>(s)] * hidden);
            });
        });
        save(*context, dropout);
        context->saved_data["offsets"] = offsets;
        context->saved_data["heads"] = heads;
        context->save_for_backward({from});
        return out;
    }

    static tensor_list backward(AutogradContext* context, tensor_list gradients)
    {
        const Tensor qkv = context->get_saved_variables()[0];
        const auto offsets = context->saved_data["offsets"].toIntVector();
        const std::int64_t heads = context->saved_data["heads"].toInt();
        const Dropout dropout = savedDropout(*context);
        const Tensor gradient = gradients[0].contiguous();
        Tensor result = torch::empty_like(qkv);
        withNumber(qkv, [&](auto number) {
            using Number = decltype(number);
            forEachSentence(sentencesOf<Number>(qkv, offsets, heads), [&](const Sentence<Number>& sentence, std::int64_t s, Number* scratch) {
                const std::int64_t row = offsets[static_cast<std::size_t>(s)];
                attentionBackward(sentence, dropout, gradient.data_ptr<Number>() + row * gradient.size(1), scratch, result.data_ptr<Number>() + row * qkv.size(1));
            });
        });
        return {result, Tensor(), Tensor(), Tensor()};
    }
};

} // namespace

Packing pack(const Tensor& ids, const Tensor& lengths)
{
    const Tensor grid = ids.cpu().contiguous();
    const Tensor counts = lengths.cpu().contiguous();
    Packing packing;
    packing.offsets.push_back(0);
    for (std::int64_t s = 0; s < grid.size(0); ++s) {
        const std::int64_t length = counts.data_ptr<std::int64_t>()[s];
        packing.offsets.push_back(packing.offsets.back() + length);
        packing.longest = std::max(packing.longest, length);
    }
    packing.ids = torch::empty({packing.offsets.back()}, torch::kInt64);
    packing.positions = torch::empty_like(packing.ids);
    packing.places = torch::empty_like(packing.ids);
    for (std::int64_t s = 0; s < packing.sentences(); ++s) {
        const std::int64_t begin = packing.offsets[static_cast<std::size_t>(s)];
        const auto* row = grid.data_ptr<std::int64_t>() + s * grid.size(1);
        std::copy_n(row, packing.length(s), packing.ids.data_ptr<std::int64_t>() + begin);
        std::iota(packing.positions.data_ptr<std::int64_t>() + begin, packing.positions.data_ptr<std::int64_t>() + begin + packing.length(s), 0);
        std::iota(packing.places.data_ptr<std::int64_t>() + begin, packing.places.data_ptr<std::int64_t>() + begin + packing.length(s), s * packing.longest);
    }
    packing.ids = packing.ids.to(ids.device());
    packing.positions = packing.positions.to(ids.device());
    packing.places = packing.places.to(ids.device());
    return packing;
}

Tensor rowsOf(const Tensor& table, const Tensor& ids, bool sparse)
{
    constexpr std::int64_t noPadding = -1;
    return onCpu(table) ? RowsFunction::apply(table, ids, sparse) : torch::embedding(table, ids, noPadding, false, sparse);
}

Tensor dropout(const Tensor& input, const Dropout& dropping)
{
    if (!(dropping.rate > 0))
        return input;
    return onCpu(input) ? DropoutFunction::apply(input, dropping) : composed::dropout(input, dropping);
}

Normed residualNorm(const Tensor& input, const Tensor& residual, const Tensor& scale, const Tensor& shift, double epsilon, const Dropout& dropping)
{
    if (!onCpu(input))
        return composed::residualNorm(input, residual, scale, shift, epsilon, dropping);
    const tensor_list normed = NormFunction::apply(input, residual, scale, shift, epsilon, dropping);
    return {normed[0], normed[1]};
}

Tensor attention(const Tensor& qkv, const Packing& packing, std::int64_t heads, const Dropout& dropping)
{
    if (!onCpu(qkv))
        return composed::attention(qkv, packing, heads, dropping);
    return AttentionFunction::apply(qkv, packing.offsets, heads, dropping);
}

Tensor sentenceMeans(const Tensor& input, const Packing& packing)
{
    std::vector<std::int64_t> begins(packing.offsets.begin(), packing.offsets.end() - 1);
    const Tensor offsets = torch::tensor(begins, torch::kInt64).to(input.device());
    constexpr std::int64_t mean = 1;
    return std::get<0>(torch::embedding_bag(input, torch::arange(input.size(0), offsets.options()), offsets, false, mean));
}

} // namespace espalier::packed
