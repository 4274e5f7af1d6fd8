// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/FlipReport.h"

#include <algorithm>

namespace espalier {
namespace {

Json toJson(const FlippedSentence& sentence)
{
    Json json{{"text", sentence.text},   {"truth", sentence.truth}, {"expected", sentence.expected},
              {"got", sentence.got}, {"after", sentence.after}, {"pinned", sentence.pinned}, {"classes", sentence.classes}, {"characters", sentence.characters}};
    if (sentence.before)
        json["before"] = *sentence.before;
    return json;
}

Json toJson(const FlipSlice& slice)
{
    Json json{{"kind", slice.kind}, {"examples", slice.examples}, {"flips", slice.flips}};
    if (slice.kind == "class")
        json["label"] = slice.label;
    else
        json.update({{"low", slice.low}, {"high", slice.high}});
    return json;
}

template <typename T>
Json listOf(const std::vector<T>& items)
{
    Json list = Json::array();
    for (const T& item : items)
        list.push_back(toJson(item));
    return list;
}

Result<FlippedSentence> sentenceFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "flips.sentences"));
    FlippedSentence sentence;
    ESPALIER_TRY(sentence.text, fields.text("text"));
    ESPALIER_TRY(sentence.truth, fields.text("truth"));
    ESPALIER_TRY(sentence.expected, fields.text("expected"));
    ESPALIER_TRY(sentence.got, fields.text("got"));
    if (fields.has("before")) {
        ESPALIER_TRY(sentence.before, fields.number("before"));
    }
    ESPALIER_TRY(sentence.after, fields.number("after"));
    ESPALIER_TRY(sentence.pinned, fields.boolean("pinned"));
    ESPALIER_TRY(sentence.classes, fields.texts("classes"));
    ESPALIER_TRY(sentence.characters, fields.integer("characters"));
    return sentence;
}

Result<FlipSlice> sliceFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "flips.slices"));
    FlipSlice slice;
    ESPALIER_TRY(slice.kind, fields.text("kind"));
    if (slice.kind == "class") {
        ESPALIER_TRY(slice.label, fields.text("label"));
    } else {
        ESPALIER_TRY(slice.low, fields.integer("low"));
        ESPALIER_TRY(slice.high, fields.integer("high"));
    }
    ESPALIER_TRY(slice.examples, fields.integer("examples"));
    ESPALIER_TRY(slice.flips, fields.integer("flips"));
    return slice;
}

} // namespace

bool FlipSlice::holds(const FlippedSentence& sentence) const
{
    if (kind == "length")
        return low <= sentence.characters && sentence.characters <= high;
    return std::find(sentence.classes.begin(), sentence.classes.end(), label) != sentence.classes.end();
}

Json toJson(const FlipReport& report)
{
    return {{"split", report.split},
            {"examples", report.examples},
            {"flips", report.flips},
            {"broken", report.broken},
            {"mended", report.mended},
            {"slices", listOf(report.slices)},
            {"sentences", listOf(report.sentences)},
            {"pinned", report.pinned},
            {"pinned_flips", report.pinnedFlips},
            {"pinned_sentences", listOf(report.pinnedSentences)}};
}

Result<FlipReport> flipReportFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "flips"));
    FlipReport report;
    ESPALIER_TRY(report.split, fields.text("split"));
    ESPALIER_TRY(report.examples, fields.integer("examples"));
    ESPALIER_TRY(report.flips, fields.integer("flips"));
    ESPALIER_TRY(report.broken, fields.integer("broken"));
    ESPALIER_TRY(report.mended, fields.integer("mended"));
    ESPALIER_TRY(report.slices, fields.list("slices", sliceFromJson));
    ESPALIER_TRY(report.sentences, fields.list("sentences", sentenceFromJson));
    ESPALIER_TRY(report.pinned, fields.integer("pinned"));
    ESPALIER_TRY(report.pinnedFlips, fields.integer("pinned_flips"));
    ESPALIER_TRY(report.pinnedSentences, fields.list("pinned_sentences", sentenceFromJson));
    return report;
}

} // namespace espalier
