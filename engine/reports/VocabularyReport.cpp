// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/VocabularyReport.h"

namespace espalier {
namespace {

Result<VocabularyPoint> pointFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "vocabulary.curve"));
    VocabularyPoint point;
    ESPALIER_TRY(point.tokens, fields.integer("tokens"));
    ESPALIER_TRY(point.train, fields.number("train"));
    ESPALIER_TRY(point.validation, fields.number("validation"));
    return point;
}

Result<TokenCount> tokenFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "vocabulary.vanishing"));
    TokenCount token;
    ESPALIER_TRY(token.token, fields.text("token"));
    ESPALIER_TRY(token.count, fields.integer("count"));
    return token;
}

} // namespace

Json toJson(const VocabularyProfile& profile)
{
    Json curve = Json::array();
    for (const VocabularyPoint& point : profile.curve)
        curve.push_back({{"tokens", point.tokens}, {"train", point.train}, {"validation", point.validation}});
    Json vanishing = Json::array();
    for (const TokenCount& token : profile.vanishing)
        vanishing.push_back({{"token", token.token}, {"count", token.count}});
    Json json{{"kind", profile.kind}, {"tokens", profile.tokens}, {"required", profile.required}};
    json["curve"] = std::move(curve);
    json["vanishing"] = std::move(vanishing);
    return json;
}

Json toJson(const VocabularyCut& cut)
{
    return {{"before", cut.before},
            {"after", cut.after},
            {"bytes_before", cut.bytesBefore},
            {"bytes_after", cut.bytesAfter},
            {"unknown_before", cut.unknownBefore},
            {"unknown_after", cut.unknownAfter},
            {"profile", toJson(cut.profile)}};
}

Result<VocabularyProfile> vocabularyProfileFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "vocabulary"));
    VocabularyProfile profile;
    ESPALIER_TRY(profile.kind, fields.text("kind"));
    ESPALIER_TRY(profile.tokens, fields.integer("tokens"));
    ESPALIER_TRY(profile.required, fields.integer("required"));
    ESPALIER_TRY(profile.curve, fields.list("curve", pointFromJson));
    ESPALIER_TRY(profile.vanishing, fields.list("vanishing", tokenFromJson));
    return profile;
}

Result<VocabularyCut> vocabularyCutFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "vocabulary"));
    VocabularyCut cut;
    ESPALIER_TRY(cut.before, fields.integer("before"));
    ESPALIER_TRY(cut.after, fields.integer("after"));
    ESPALIER_TRY(cut.bytesBefore, fields.integer("bytes_before"));
    ESPALIER_TRY(cut.bytesAfter, fields.integer("bytes_after"));
    ESPALIER_TRY(cut.unknownBefore, fields.number("unknown_before"));
    ESPALIER_TRY(cut.unknownAfter, fields.number("unknown_after"));
    ESPALIER_CHECK(fields.object("profile"));
    ESPALIER_TRY(cut.profile, vocabularyProfileFromJson(json.at("profile")));
    return cut;
}

} // namespace espalier
