// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/PackageFormat.h"

#include <array>
#include <set>

namespace espalier::edge {
namespace {

constexpr std::size_t maxDimensions = 4;

Error badTensor(const std::string& path, std::string why)
{
    return {ErrorCode::InvalidFormat, "'" + path + "' " + std::move(why) + ".", {}, {}};
}

Result<std::uint64_t> unsignedField(const Fields& fields, std::string_view name)
{
    ESPALIER_TRY(const std::int64_t value, fields.integer(name));
    if (value < 0)
        return badTensor(fields.path() + "." + std::string(name), "must not be negative");
    return static_cast<std::uint64_t>(value);
}

Result<TensorRecord> tensorFromJson(const Json& json, const std::string& path)
{
    TensorRecord record;
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(record.name, fields.text("name"));
    ESPALIER_TRY(record.encoding, fields.text("encoding"));
    ESPALIER_TRY(record.offset, unsignedField(fields, "offset"));
    ESPALIER_TRY(record.bytes, unsignedField(fields, "bytes"));
    if (fields.has("check")) {
        ESPALIER_TRY(const std::uint64_t check, unsignedField(fields, "check"));
        if (check > UINT32_MAX)
            return badTensor(path + ".check", "must be below 2^32");
        record.check = static_cast<std::uint32_t>(check);
    }
    if (fields.has("group")) {
        ESPALIER_TRY(record.group, unsignedField(fields, "group"));
    }
    ESPALIER_TRY(const auto dimensions, fields.array("shape"));
    for (const Json* dimension : dimensions) {
        if (!dimension->is_number_integer() || (dimension->is_number_unsigned() && dimension->get<std::uint64_t>() > INT64_MAX))
            return badTensor(path + ".shape", "must be a list of whole numbers");
        record.shape.push_back(dimension->get<std::int64_t>());
    }
    return record;
}

Result<SelfTest> selfTestFromJson(const Json& json, const std::string& path)
{
    SelfTest test;
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(test.text, fields.text("text"));
    ESPALIER_TRY(test.label, fields.text("label"));
    ESPALIER_TRY(const auto probabilities, fields.numbers("probabilities"));
    for (const double p : probabilities) {
        if (!(p >= -0.001 && p <= 1.001))
            return badTensor(path + ".probabilities", "must hold numbers from 0 to 1");
        test.probabilities.push_back(static_cast<float>(p));
    }
    return test;
}

Result<void> readLists(const Fields& fields, PackageHeader& header)
{
    ESPALIER_TRY(const auto tensors, fields.array("tensors"));
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        ESPALIER_TRY(auto record, tensorFromJson(*tensors[i], "header.tensors[" + std::to_string(i) + "]"));
        header.tensors.push_back(std::move(record));
    }
    ESPALIER_TRY(const auto tests, fields.array("self_tests"));
    for (std::size_t i = 0; i < tests.size(); ++i) {
        ESPALIER_TRY(auto test, selfTestFromJson(*tests[i], "header.self_tests[" + std::to_string(i) + "]"));
        header.selfTests.push_back(std::move(test));
    }
    return {};
}

Result<void> checkHeader(const PackageHeader& header)
{
    if (header.labels.empty())
        return Error{ErrorCode::InvalidFormat, "'header.labels' must not be empty.", {}, {}};
    if (const std::set<std::string_view> unique(header.labels.begin(), header.labels.end()); unique.size() != header.labels.size())
        return Error{ErrorCode::InvalidFormat, "'header.labels' holds a label twice.", {}, {}};
    if (header.selfTestTolerance < 0 || header.selfTestAgreement < 0 || header.selfTestAgreement > 1)
        return Error{ErrorCode::InvalidFormat, "'header.self_test_tolerance' and 'header.self_test_agreement' are out of range.", {}, {}};
    if (!(header.threshold >= 0 && header.threshold <= 1))
        return Error{ErrorCode::InvalidFormat, "'header.threshold' must be from 0 to 1.", {}, {}};
    if (!(header.rejectBelow >= 0 && header.rejectBelow <= 1))
        return Error{ErrorCode::InvalidFormat, "'header.thresholds.probability' must be from 0 to 1.", {}, {}};
    for (const SelfTest& test : header.selfTests)
        if (header.task == Task::TokenTags ? test.probabilities.size() % header.labels.size() != 0 : test.probabilities.size() != header.labels.size())
            return Error{ErrorCode::InvalidFormat, "'header.self_tests' must hold one probability for each label.", {}, {}};
    return {};
}

struct Encoding {
    std::string_view name;
    std::uint64_t elementBits; ///< 0: entropy-coded
    bool scales = false;
    bool sparse = false;
};

constexpr std::array<Encoding, 7> encodings{{{"f32", 32},
                                             {"f32_sparse", 32, false, true},
                                             {"i8", 8, true},
                                             {"i8_sparse", 8, true, true},
                                             {"i8_rans", 0, true},
                                             {"i4", 4, true},
                                             {"i4_rans", 0, true}}};

Result<const Encoding*> findEncoding(std::string_view name)
{
    for (const Encoding& encoding : encodings)
        if (encoding.name == name)
            return &encoding;
    return Error{ErrorCode::InvalidFormat, "There is no tensor encoding '" + std::string(name) + "'.", "Known: f32, f32_sparse, i8, i8_sparse, i8_rans, i4, i4_rans.", {}};
}

Error tooLarge() { return {ErrorCode::InvalidFormat, "A tensor's shape is larger than 2^63 bytes.", {}, {}}; }

Result<std::uint64_t> elementCount(const std::vector<std::int64_t>& shape)
{
    if (shape.empty() || shape.size() > maxDimensions)
        return Error{ErrorCode::InvalidFormat, "A tensor must have 1 to 4 dimensions.", {}, {}};
    std::uint64_t count = 1;
    for (const std::int64_t dimension : shape) {
        if (dimension < 1)
            return Error{ErrorCode::InvalidFormat, "A tensor's dimension is " + std::to_string(dimension) + "; it must be at least 1.", {}, {}};
        if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(dimension), &count) || count > (UINT64_MAX >> 4))
            return tooLarge();
    }
    return count;
}

/// A float printed as a double takes 20 characters, and many-class models have many: as many decimals as differ from it by a hundredth of the
/// self-test's tolerance at most.
Json fewDecimals(const std::vector<float>& probabilities, double tolerance)
{
    const double unit = tolerance < 5e-3 ? 1e6 : 1e4;
    Json rounded = Json::array();
    for (const float p : probabilities)
        rounded.push_back(std::round(static_cast<double>(p) * unit) / unit);
    return rounded;
}

} // namespace

Json toJson(const PackageHeader& header)
{
    Json tensors = Json::array();
    for (const auto& t : header.tensors) {
        tensors.push_back({{"name", t.name}, {"shape", t.shape}, {"encoding", t.encoding}, {"offset", t.offset}, {"bytes", t.bytes}});
        if (t.group > 0)
            tensors.back()["group"] = t.group;
        if (t.check)
            tensors.back()["check"] = *t.check;
    }
    Json tests = Json::array();
    for (const auto& t : header.selfTests)
        tests.push_back({{"text", t.text}, {"label", t.label}, {"probabilities", fewDecimals(t.probabilities, header.selfTestTolerance)}});
    Json json{{"program", toJson(header.program)}, {"tensors", std::move(tensors)}, {"tokenizer", header.tokenizer}, {"labels", header.labels},
              {"task", taskName(header.task)}, {"threshold", header.threshold},
              {"self_tests", std::move(tests)}, {"self_test_tolerance", header.selfTestTolerance}, {"self_test_agreement", header.selfTestAgreement},
              {"precision", header.precision}, {"provenance", header.provenance}};
    if (!header.tensorSha256.empty())
        json["tensor_sha256"] = header.tensorSha256;
    if (header.rejectBelow > 0)
        json["thresholds"] = {{"probability", header.rejectBelow}};
    return json;
}

Result<PackageHeader> packageHeaderFromJson(const Json& json)
{
    PackageHeader header;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "header"));
    ESPALIER_CHECK(fields.object("program"));
    ESPALIER_TRY(header.program, programFromJson(json.at("program")));
    ESPALIER_TRY(header.labels, fields.texts("labels"));
    ESPALIER_TRY(header.selfTestTolerance, fields.number("self_test_tolerance"));
    ESPALIER_TRY(header.selfTestAgreement, fields.number("self_test_agreement"));
    ESPALIER_TRY(header.precision, fields.text("precision"));
    ESPALIER_TRY(header.tensorSha256, fields.textOr("tensor_sha256", ""));
    ESPALIER_CHECK(fields.object("tokenizer"));
    header.tokenizer = json.at("tokenizer");
    header.provenance = json.value("provenance", Json());
    ESPALIER_TRY(const std::string task, fields.textOr("task", "single_label")); // absent in files of version 0.1
    ESPALIER_TRY(header.task, taskFromName(task));
    ESPALIER_TRY(header.threshold, fields.numberOr("threshold", 0.5));
    if (fields.has("thresholds")) {
        ESPALIER_TRY(const Fields thresholds, fields.object("thresholds"));
        ESPALIER_TRY(header.rejectBelow, thresholds.numberOr("probability", 0));
    }
    ESPALIER_CHECK(readLists(fields, header));
    ESPALIER_CHECK(checkHeader(header));
    return header;
}

Result<std::uint64_t> elementsOf(const std::vector<std::int64_t>& shape, std::string_view encoding)
{
    ESPALIER_CHECK(findEncoding(encoding));
    return elementCount(shape);
}

Result<ScaleGroups> scaleGroups(const std::vector<std::int64_t>& shape, std::string_view encoding, std::uint64_t group)
{
    ESPALIER_TRY(const std::uint64_t count, elementCount(shape));
    ESPALIER_TRY(const Encoding* e, findEncoding(encoding));
    if (group > 0 && (!e->scales || shape.size() < 2))
        return Error{ErrorCode::InvalidFormat, "A tensor that has no scales, or one dimension, cannot have groups.", {}, {}};
    ScaleGroups groups{.rows = static_cast<std::uint64_t>(shape[0])};
    const std::uint64_t columns = count / groups.rows;
    groups.elements = columns;
    if (group > 0 && group < static_cast<std::uint64_t>(shape[1]))
        groups.elements = group * (columns / static_cast<std::uint64_t>(shape[1])); // at most the columns
    groups.perRow = (columns + groups.elements - 1) / groups.elements;
    groups.scaleBytes = !e->scales ? 0 : group > 0 || e->elementBits == 4 ? 2 : 4;
    return groups;
}

Result<std::uint64_t> encodedBytes(const std::vector<std::int64_t>& shape, std::string_view encoding, std::uint64_t kept, std::uint64_t group)
{
    ESPALIER_TRY(const std::uint64_t count, elementCount(shape));
    ESPALIER_TRY(const Encoding* e, findEncoding(encoding));
    ESPALIER_TRY(const ScaleGroups groups, scaleGroups(shape, encoding, group));
    if (e->elementBits == 0)
        return Error{ErrorCode::InvalidArgument, "The size of an entropy-coded tensor does not follow from its shape.", {}, {}};
    if (e->sparse && kept > count)
        return Error{ErrorCode::InvalidFormat, "A sparse tensor keeps more elements than it has.", {}, {}};
    const std::uint64_t stored = e->sparse ? kept : count;
    const std::uint64_t elementBytes = e->elementBits == 4 ? (stored + 1) / 2 : stored * (e->elementBits / 8);
    // No overflow: count is below 2^60, and scales are no more.
    return elementBytes + groups.scales() * groups.scaleBytes + (e->sparse ? (count + 7) / 8 : 0);
}

} // namespace espalier::edge
