// SPDX-License-Identifier: GPL-3.0-or-later
// Packages, and whatever program stands in them: a package that opens answers any sentence, always the same, within its labels.
#include "engine/edge/PackageReader.h"
#include "engine/edge/SelfTestRunner.h"
#include "engine/edge/Session.h"
#include "tests/fuzzing/FuzzTargets.h"
#include "tests/support/PackageBuilder.h"

#include <algorithm>
#include <cstring>

namespace espalier::fuzzing {
namespace {

constexpr std::int64_t mostElements = 1 << 14;
constexpr std::size_t mostTensors = 100;

/// Elements of @p shape, or 0 where it is none or a large one.
std::int64_t elementsOf(const std::vector<std::int64_t>& shape)
{
    std::int64_t count = shape.empty() || shape.size() > 4 ? 0 : 1;
    for (const std::int64_t dimension : shape)
        count = dimension < 1 || dimension > mostElements / std::max<std::int64_t>(count, 1) ? 0 : count * dimension;
    return count;
}

std::vector<float> valuesFrom(std::string_view bytes, std::int64_t count, std::size_t seed)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size() && !bytes.empty(); ++i)
        values[i] = static_cast<float>(static_cast<signed char>(bytes[(i + seed) % bytes.size()])) / 16;
    return values;
}

/// The package with this header and tensors of the shapes that it names.
std::string packageFrom(std::string_view headerText, std::string_view bytes)
{
    const auto json = parseJson(headerText, "header");
    auto header = json ? edge::packageHeaderFromJson(*json) : Result<edge::PackageHeader>(json.error());
    if (!header || header->tensors.size() > mostTensors)
        return {};
    test::PackageBuilder builder;
    const auto records = std::exchange(header->tensors, {});
    header->tensorSha256.clear();
    builder.header = std::move(*header);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& record = records[i];
        const std::int64_t count = elementsOf(record.shape);
        if (count > 0 && edge::scaleGroups(record.shape, record.encoding, record.group))
            builder.addTensor(record.name, record.shape, valuesFrom(bytes, count, i), record.encoding + ":" + std::to_string(record.group));
        else
            builder.addRawTensor(record.name, record.shape, record.encoding, std::string(bytes));
    }
    return builder.build();
}

void checkHeader(const edge::PackageHeader& header)
{
    const Json json = toJson(header);
    const auto again = edge::packageHeaderFromJson(json);
    require(again.ok() && toJson(*again) == json, "a header comes back from its JSON");
}

/// The answer's numbers, copied.
std::vector<float> answer(edge::Session& session, std::string_view text)
{
    const edge::Classification given = session.classify(text);
    const std::size_t rows = session.task() == Task::TokenTags ? given.words.size() : 1;
    require(given.probabilities.size() == rows * session.labels().size(), "a number for each label");
    require(rows == 0 || given.label < session.labels().size(), "the answer is one of the labels");
    for (const Word& word : given.words)
        require(word.begin <= word.end && word.end <= text.size(), "words stand in the text");
    (void)session.answerText(given);
    return {given.probabilities.begin(), given.probabilities.end()};
}

bool sameBytes(const std::vector<float>& a, const std::vector<float>& b)
{
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

void checkAnswers(edge::Session& session, const edge::PackageHeader& header)
{
    const std::string_view text = "w5 Turn ON the l\u00efghts w7 \u5f00\u706f \xff w9.";
    const auto first = answer(session, text);
    answer(session, "");
    answer(session, "w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20 w21 w22 w23 w24 w25 w26 w27 w28 w29 w30 w31 w32 w33 w34");
    session.classifyIds(std::vector<std::int32_t>{-1, 3, 1 << 30});
    edge::runSelfTest(session, header);
    require(sameBytes(answer(session, text), first), "an answer does not depend on those before it");
    for (const edge::Op& op : header.program.ops)
        (void)session.value(op.output);
}

} // namespace

bool runPackage(std::string_view input)
{
    if (input.empty())
        return false;
    std::string_view rest = input.substr(1);
    std::string package(rest);
    if (input.front() == 'P') {
        const std::string_view header = nextPart(rest);
        package = packageFrom(header, rest);
    }
    const auto reader = edge::PackageReader::fromBytes(package);
    if (!reader) {
        require(!reader.error().remedy.empty(), "an error says what to do");
        return false;
    }
    checkHeader(reader->header());
    for (const edge::TensorRecord& record : reader->header().tensors)
        (void)reader->tensor(record.name);
    auto session = edge::Session::create(*reader);
    if (!session)
        return false;
    checkAnswers(*session, reader->header());
    return true;
}

} // namespace espalier::fuzzing
