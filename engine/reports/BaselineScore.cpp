// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/BaselineScore.h"

namespace espalier {

Json toJson(const BaselineScore& score)
{
    return {{"accuracy", score.accuracy}, {"macro_f1", score.macroF1}, {"package_bytes", score.packageBytes}, {"seconds", score.seconds}};
}

Result<BaselineScore> baselineScoreFromJson(const Json& json)
{
    BaselineScore score;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "baseline"));
    ESPALIER_TRY(score.accuracy, fields.number("accuracy"));
    ESPALIER_TRY(score.macroF1, fields.number("macro_f1"));
    ESPALIER_TRY(score.packageBytes, fields.integer("package_bytes"));
    ESPALIER_TRY(score.seconds, fields.number("seconds"));
    return score;
}

} // namespace espalier
