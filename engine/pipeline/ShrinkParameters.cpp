// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ShrinkParameters.h"

#include "engine/graph/ShrinkParameters.h"

#include <charconv>

namespace espalier {
namespace {

constexpr const char* positions = "max_positions";

std::string withoutSpaces(std::string text)
{
    std::erase(text, ' ');
    return text;
}

/// All of @p text as a number.
template <typename Number>
std::optional<Number> numberOf(std::string_view text)
{
    Number value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Result<KeptAmount> amountOf(const std::string& parameter, const std::string& text)
{
    if (text.ends_with('%')) {
        if (const auto percent = numberOf<double>(std::string_view(text).substr(0, text.size() - 1)))
            return KeptAmount{.share = *percent / 100};
    } else if (const auto count = numberOf<std::int64_t>(text)) {
        return KeptAmount{.count = *count};
    }
    return Error{ErrorCode::InvalidArgument, "'" + parameter + "' is '" + text + "', which is not an amount.",
                 std::string("Write a number, a share such as 50%, ") + (parameter == positions ? "fit, " : "") + "or all.", {}};
}

} // namespace

bool fitsPositions(const Parameters& parameters)
{
    return withoutSpaces(parameters.at(positions).get<std::string>()) == "fit";
}

Result<KeptAmounts> keptAmounts(const Parameters& parameters, std::int64_t fitted)
{
    KeptAmounts keep;
    for (const ParameterSpec& spec : keptParameters()) {
        const std::string text = withoutSpaces(parameters.at(spec.id).get<std::string>());
        if (text == "all")
            continue;
        if (spec.id == positions && text == "fit") {
            keep[spec.id] = {.count = fitted};
            continue;
        }
        ESPALIER_TRY(keep[spec.id], amountOf(spec.id, text));
    }
    return keep;
}

GroupScoreOptions groupScoreOptions(const Parameters& parameters)
{
    return {.score = parameters.at("score").get<std::string>(),
            .seed = parameters.at("random_seed").get<std::uint64_t>(),
            .sentences = parameters.at("calibration_examples").get<std::size_t>()};
}

} // namespace espalier
