// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/TrainingHistory.h"

namespace espalier {

bool operator==(const EpochRecord& a, const EpochRecord& b)
{
    return a.epoch == b.epoch && a.trainLoss == b.trainLoss && a.trainAccuracy == b.trainAccuracy && a.validationLoss == b.validationLoss &&
           a.validationAccuracy == b.validationAccuracy && a.validationMacroF1 == b.validationMacroF1 && a.seconds == b.seconds &&
           a.sparsity == b.sparsity;
}

Json toJson(const TrainingHistory& history)
{
    Json epochs = Json::array();
    for (const auto& e : history.epochs)
        epochs.push_back({{"epoch", e.epoch},
                          {"train_loss", e.trainLoss},
                          {"train_accuracy", e.trainAccuracy},
                          {"validation_loss", e.validationLoss},
                          {"validation_accuracy", e.validationAccuracy},
                          {"validation_macro_f1", e.validationMacroF1},
                          {"seconds", e.seconds},
                          {"train_seconds", e.trainSeconds},
                          {"sparsity", e.sparsity}});
    return {{"epochs", epochs}, {"score", history.score}, {"best_epoch", history.bestEpoch}, {"stopped_early", history.stoppedEarly},
            {"finished_on_request", history.finishedOnRequest}};
}

Result<TrainingHistory> trainingHistoryFromJson(const Json& json)
{
    TrainingHistory history;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "history"));
    ESPALIER_TRY(const auto epochs, fields.array("epochs"));
    for (const Json* item : epochs) {
        ESPALIER_TRY(const Fields e, Fields::of(*item, "history.epochs"));
        EpochRecord record;
        ESPALIER_TRY(const auto epoch, e.integer("epoch"));
        record.epoch = static_cast<int>(epoch);
        ESPALIER_TRY(record.trainLoss, e.number("train_loss"));
        ESPALIER_TRY(record.trainAccuracy, e.number("train_accuracy"));
        ESPALIER_TRY(record.validationLoss, e.number("validation_loss"));
        ESPALIER_TRY(record.validationAccuracy, e.number("validation_accuracy"));
        ESPALIER_TRY(record.validationMacroF1, e.numberOr("validation_macro_f1", 0)); // absent in files of version 0.1
        ESPALIER_TRY(record.seconds, e.number("seconds"));
        ESPALIER_TRY(record.trainSeconds, e.numberOr("train_seconds", 0));
        ESPALIER_TRY(record.sparsity, e.numberOr("sparsity", 0));
        history.epochs.push_back(record);
    }
    ESPALIER_TRY(history.score, fields.textOr("score", history.score)); // absent in files of version 0.1
    ESPALIER_TRY(const auto best, fields.integer("best_epoch"));
    history.bestEpoch = static_cast<int>(best);
    ESPALIER_TRY(history.stoppedEarly, fields.boolean("stopped_early"));
    ESPALIER_TRY(history.finishedOnRequest, fields.booleanOr("finished_on_request", false));
    return history;
}

} // namespace espalier
