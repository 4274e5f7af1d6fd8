// SPDX-License-Identifier: GPL-3.0-or-later
// Small checkpoints of every architecture that publishes groups, in the forms that differ, and their groups.
#pragma once

#include "engine/compression/Shrinking.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QTest>

namespace espalier::test {

struct Case {
    const char* name;
    const char* architecture;
    Task task;
    Parameters given;
};

inline std::vector<Case> cases()
{
    return {{"textcnn", "textcnn", Task::SingleLabel, {}},
            {"textcnn labels", "textcnn", Task::MultiLabel, {}},
            {"bilstm", "bilstm", Task::SingleLabel, {}},
            {"bilstm mean", "bilstm", Task::MultiLabel, {{"recurrent_pooling", "mean"}}},
            {"bilstm attention", "bilstm", Task::SingleLabel, {{"recurrent_pooling", "attention"}}},
            {"bilstm tags", "bilstm", Task::TokenTags, {}},
            {"bigru", "bigru", Task::SingleLabel, {{"recurrent_layers", 3}}},
            {"bigru attention", "bigru", Task::MultiLabel, {{"recurrent_pooling", "attention"}}},
            {"bigru tags", "bigru", Task::TokenTags, {{"crf", false}}},
            {"transformer", "transformer", Task::SingleLabel, {}},
            {"transformer post-norm", "transformer", Task::MultiLabel, {{"norm", "post"}, {"encoder_pooling", "cls"}, {"encoder_activation", "relu"}}},
            {"transformer head size", "transformer", Task::SingleLabel, {{"heads", 5}, {"head_size", 6}}}};
}

inline void addCases()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(cases().size()); ++i)
        QTest::newRow(cases()[static_cast<std::size_t>(i)].name) << i;
}

inline Checkpoint checkpointOf(int index)
{
    const Case chosen = cases()[static_cast<std::size_t>(index)];
    return randomCheckpointOf(chosen.architecture, chosen.task, chosen.given);
}

inline PrunableGroups groupsOf(const ModelSpec& model)
{
    return (*modelCatalog().get(model.architecture))->groups(model);
}

/// Half of every kind, but all positions.
inline KeptAmounts halves(const ModelSpec& model)
{
    KeptAmounts keep;
    for (const GroupKind& kind : groupsOf(model).kinds)
        if (!kind.inOrder)
            keep[kind.parameter] = {.share = 0.5};
    return keep;
}

inline void zero(Tensor& tensor, const GroupSlice& slice, std::int64_t group)
{
    std::size_t inner = 1;
    for (std::size_t i = slice.axis + 1; i < tensor.shape.size(); ++i)
        inner *= static_cast<std::size_t>(tensor.shape[i]);
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        const auto place = static_cast<std::int64_t>(i / inner) % tensor.shape[slice.axis] - slice.first;
        if (place >= group * slice.width && place < (group + 1) * slice.width)
            tensor.values[i] = 0;
    }
}

} // namespace espalier::test
