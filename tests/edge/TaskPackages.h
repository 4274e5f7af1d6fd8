// SPDX-License-Identifier: GPL-3.0-or-later
// A package with random weights for each task, with the answers of its own session as self-tests.
#pragma once

#include "engine/core/Random.h"
#include "engine/edge/Session.h"
#include "tests/support/PackageBuilder.h"

namespace espalier::test {

inline PackageBuilder tagPackage()
{
    PackageBuilder builder = textCnnPackage();
    Random random(5);
    std::vector<float> weights(4 * 20);
    for (float& weight : weights)
        weight = static_cast<float>(random.uniform() * 4 - 2);
    builder.addTensor("tags.weight", {4, 20}, weights);
    builder.addTensor("tags.bias", {4}, {0, 0, 0, 0});
    builder.header.labels = {"O", "B-room", "I-room", "B-name"};
    builder.header.task = Task::TokenTags;
    builder.header.program.ops = {{"embedding", {"ids"}, "e", {{"weight", "embedding"}}, {}},
                                  {"linear", {"e"}, "scores", {{"weight", "tags.weight"}, {"bias", "tags.bias"}}, {}},
                                  {"tag_softmax", {"scores"}, "p", {}, {}}};
    return builder;
}

inline PackageBuilder taskPackage(Task task)
{
    PackageBuilder builder = task == Task::TokenTags ? tagPackage() : textCnnPackage({.encoding = "i8_sparse", .sparsity = 0.5});
    if (task == Task::MultiLabel) {
        builder.header.task = task;
        builder.header.threshold = 0.4;
        builder.header.program.ops.back().kind = "sigmoid";
    }
    auto session = edge::Session::fromBytes(builder.build(), edge::scalarKernels());
    for (std::uint64_t i = 0; session && i < 20; ++i) {
        const std::string text = randomSentence(i);
        const auto answer = session->classify(text);
        builder.header.selfTests.push_back({text, session->answerText(answer), {answer.probabilities.begin(), answer.probabilities.end()}});
    }
    return builder;
}

} // namespace espalier::test
