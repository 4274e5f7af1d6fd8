// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Student.h"

#include "engine/compression/SoftLabels.h"
#include "engine/models/TorchGuard.h"
#include "engine/training/Preparation.h"

#include <algorithm>
#include <iterator>

namespace espalier {
namespace {

constexpr std::size_t labelsNamed = 5;

class Lesson final : public TrainingObjective {
public:
    Lesson(SoftLabels labels, const StudentTask& task) : m_labels(std::move(labels)), m_options(task.options), m_mostBytes(task.mostBytes) {}

    Result<void> begin(TextModel& student, RunContext& context) override
    {
        if (m_labels.bytes() > m_mostBytes)
            context.info("The teacher's answers would take " + std::to_string(m_labels.bytes() >> 20) + " MiB of memory: it is asked batch by batch instead.");
        return m_labels.ask(deviceOf(student), m_mostBytes, context);
    }

    torch::Tensor loss(const torch::Tensor& taskLoss, const BatchLogits& answers, const TextBatch&) override
    {
        return taughtLoss(taskLoss, answers, m_labels.of(answers.indices), m_options);
    }

    void addTo(Fingerprint& fingerprint) const override
    {
        fingerprint.add("soft labels", Json{m_options.weight, m_options.temperature, m_labels.bytes() > m_mostBytes}.dump());
        m_labels.addTo(fingerprint);
    }

private:
    SoftLabels m_labels;
    DistillationOptions m_options;
    std::size_t m_mostBytes;
};

/// Those of @p some that @p others lack, the first few by name; empty when there are none.
std::string missing(const LabelMap& some, const LabelMap& others)
{
    std::vector<std::string> found;
    std::set_difference(some.labels().begin(), some.labels().end(), others.labels().begin(), others.labels().end(), std::back_inserter(found));
    std::string names;
    for (std::size_t i = 0; i < std::min(found.size(), labelsNamed); ++i)
        names += (i > 0 ? ", '" : "'") + found[i] + "'";
    return found.size() > labelsNamed ? names + " and " + std::to_string(found.size() - labelsNamed) + " more" : names;
}

Result<void> checkLabels(const StudentTask& task)
{
    if (task.teacher.model.task != task.splits.task)
        return Error{ErrorCode::InvalidArgument,
                     "The teacher's task is " + std::string(taskName(task.teacher.model.task)) + ", and that of the data is " + std::string(taskName(task.splits.task)) + ".",
                     "Take a teacher that was trained on these data.", {}};
    const std::string teacherLacks = missing(task.splits.labels, task.teacher.labels);
    const std::string dataLack = missing(task.teacher.labels, task.splits.labels);
    if (teacherLacks.empty() && dataLack.empty())
        return {};
    std::string differ = "The teacher and the data have different labels.";
    if (!teacherLacks.empty())
        differ += " The teacher lacks " + teacherLacks + ".";
    if (!dataLack.empty())
        differ += " The data lack " + dataLack + ".";
    return Error{ErrorCode::InvalidArgument, differ, "Take a teacher that was trained on these labels.", {}};
}

Result<void> checkTask(const StudentTask& task)
{
    ESPALIER_CHECK(checkDistillation(task.options));
    if (task.options.hiddenWeight > 0)
        return Error{ErrorCode::InvalidArgument, "'hidden_weight' is " + Json(task.options.hiddenWeight).dump() + ", and a student's layers are not those of its teacher.",
                     "Set hidden_weight to 0.", {}};
    if (task.options.weight == 0 && !task.unlabelled.empty())
        return Error{ErrorCode::InvalidArgument, "'distillation_weight' is 0, and from unlabelled sentences nothing but the teacher's answers can be learnt.",
                     "Set distillation_weight above 0, or leave the unlabelled file away.", {}};
    return {};
}

std::int64_t sizeOf(const ModelSpec& spec)
{
    std::int64_t size = 0;
    for (const auto& [name, shape] : modelCatalog().find(spec.architecture)->shapes(spec)) {
        std::int64_t count = 1;
        for (const std::int64_t length : shape)
            count *= length;
        size += count;
    }
    return size;
}

void warnUnlessSmaller(const StudentTask& task, const RunContext& context)
{
    const std::int64_t student = sizeOf(task.model);
    const std::int64_t teacher = sizeOf(task.teacher.model);
    if (student >= teacher)
        context.warn("The student is not smaller than its teacher: it has " + std::to_string(student) + " weights, and the teacher " + std::to_string(teacher) + ".");
}

/// The labelled sentences, then the others. Words that could be tagged are those that the device would find.
Result<Splits> withUnlabelled(const StudentTask& task, const std::filesystem::path& spillFolder)
{
    Splits splits = task.splits;
    if (task.unlabelled.empty() || splits.train.empty())
        return splits;
    RowStoreBuilder builder(spillFolder);
    for (const std::string& text : task.unlabelled)
        ESPALIER_CHECK(builder.add(unlabelled(text, splits.task, task.tokenizer, splits.labels)));
    ESPALIER_TRY(auto store, builder.finish());
    ESPALIER_TRY(splits.train, ExampleTable::joined({task.splits.train, ExampleTable(std::move(store), 0, task.unlabelled.size())}, spillFolder));
    return splits;
}

} // namespace

Result<Checkpoint> distil(const StudentTask& task, const TrainOptions& training, RunContext& context)
{
    ESPALIER_CHECK(checkTask(task));
    ESPALIER_CHECK(checkOptions(training));
    ESPALIER_CHECK(checkModelSpec(task.model));
    ESPALIER_CHECK(checkLabels(task));
    warnUnlessSmaller(task, context);
    if (task.options.weight == 0)
        return train(task.model, task.tokenizer, task.splits, training, context);
    ESPALIER_TRY(const Splits splits, withUnlabelled(task, training.resumeFolder));
    ESPALIER_TRY(SoftLabels labels, guarded("Loading the teacher", [&] { return SoftLabels::create(task.teacher, splits.train, training.resumeFolder); }));
    Lesson lesson(std::move(labels), task);
    return train(task.model, task.tokenizer, splits, training, context, {.objective = &lesson, .unlabelled = splits.train.size() - task.splits.train.size()});
}

} // namespace espalier
