// SPDX-License-Identifier: Apache-2.0
// The op program: what the edge runtime executes. A model lowers itself to a list of ops over named values; the runtime
// knows ops, never architectures. Values are matrices (rows x columns) of one sentence; row count is the token count
// until pooling makes it 1.
//
//   op          inputs        tensors                attributes                 output
//   embedding   ids           weight [V x E]         -                          [T x E]; id 0 gives a zero row
//   ngram_mean  ids           weight [V x E],        order: "1" to "8"          [1 x E]: mean of the rows of all tokens (id 0: a zero row)
//                             ngrams [B x E] when                               and of all runs of 2 to `order` tokens, whose row is
//                             order > 1                                         NgramHash's bucket of B
//   conv1d_max  [T x E]       weight [F x E x W],    activation: "relu"|"none"  [1 x F]: convolution without padding (rows past
//                             bias [F]                                          the end are zero when T < W), then max over time
//   lstm        [T x I]       weight_ih [4H x I],    reverse: "true"|"false"    [T x H]: gates in the order in, forget, candidate, out
//                             weight_hh [4H x H],                                (as torch.nn.LSTM); reverse walks from the last token to the
//                             bias_ih, bias_hh [4H]                              first; row t is the state after token t
//   gru         [T x I]       the same with 3H       reverse                    [T x H]: gates reset, update, candidate (as torch.nn.GRU)
//   max_pool    [T x n]       -                      -                          [1 x n]: the largest of each column
//   mean_pool   [T x n]       -                      -                          [1 x n]: the mean of each column
//   attention_  [T x k],      query [k]              -                          [1 x n]: the second input's rows, weighted by the softmax over
//     pool      [T x n]                                                            tokens of the first input's products with query
//   first_row   [T x n]       -                      -                          [1 x n]: the first token's row
//   add_        [T x n]       position [P x n],      -                          [T x n]: row t plus row t of position and row 0 of segment;
//     positions               segment [S x n]                                     P is at least the tokenizer's greatest length
//   add         2 x [R x n]   -                      -                          [R x n]: their sum
//   layer_norm  1 or 2 x      weight [n], bias [n]   epsilon: a number          [R x n]: of the input, or of the sum of both; each row minus its
//               [R x n]                                                          mean, over sqrt(variance + epsilon), times weight, plus bias
//   self_       3 x [T x n]   -                      heads: divides n           [T x n]: queries, keys, values; for each head, n / heads columns
//     attention                                                                  wide: softmax(Q K^T / sqrt(n / heads)) V
//   concat      any [R x n]   -                      -                          [R x sum n]; R is the same for all
//   linear      [R x I]       weight [O x I], bias   activation                 [R x O]: a product with each row
//   softmax     [1 x n]       -                      -                          [1 x n] probabilities
//   sigmoid     [1 x n]       -                      -                          [1 x n] probabilities, each of its own
//   tag_softmax [T x C]       -                      -                          [T x C]: row w, for each of the W words of the sentence, is the
//                                                                                softmax of the row of word w's first token; rows from W on are zero
//   crf         [T x C]       transitions [C * C],   -                          [T x C]: row w holds, at the tag that word w has on the path of
//                             start [C], end [C]                                 greatest score, that tag's posterior probability, zeros elsewhere.
//                                                                                A path's score: start and end of its first and last tag, the logit of
//                                                                                each word's tag in the row of its first token, transitions [from * C + to]
//
// Activations: "none" (also when absent), "relu", "tanh", and "gelu", the exact form of x times the normal distribution function of x; at most
// 2.5e-7 * max(1, |x|) off. R is T or 1.
// linear, conv1d_max, lstm and gru take the attribute "input_range", and the latter two "state_range": a number above 0, the largest |value| that the
// input's, or the state's, elements are taken to have where the weight is quantised and they are rounded to 8 bits for the product. Elements
// beyond it are cut off. Absent: each row's own largest |value|.
// The value "ids" is the token ids of the sentence; the program's last op makes the answer.
#pragma once

#include "engine/core/Json.h"

#include <map>
#include <string>
#include <vector>

namespace espalier::edge {

struct Op {
    std::string kind;                 ///< id in the op catalogue
    std::vector<std::string> inputs;  ///< value names
    std::string output;               ///< value name; assigned once
    std::map<std::string, std::string> tensors = {};    ///< role ("weight", "bias") -> tensor name
    std::map<std::string, std::string> attributes = {}; ///< small texts: "activation"
};

struct Program {
    std::vector<Op> ops;
};

Json toJson(const Program& program);
/// Checks the form only (fields, order of definition); tensors and shapes are checked when a session is made.
Result<Program> programFromJson(const Json& json);

} // namespace espalier::edge
