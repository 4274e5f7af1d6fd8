// SPDX-License-Identifier: GPL-3.0-or-later
// Small programs for tests of ops, and their values beside what they should be, on every set of kernels that this processor runs.
#pragma once

#include "engine/core/Random.h"
#include "engine/edge/Session.h"
#include "tests/support/NaiveModel.h"
#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <cmath>

namespace espalier::test {

inline constexpr std::size_t columns = 13;
inline constexpr std::size_t filters = 21;
inline constexpr std::size_t width = 4;

inline std::vector<float> randomValues(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random.uniform() * 2 - 1);
    return values;
}

/// Numbers that int8 with a scale a row holds exactly: multiples of 1/64 with the largest, 127/64, in each row.
inline std::vector<float> exactValues(std::size_t rows, std::size_t rowLength, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> values(rows * rowLength);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i % rowLength == 0 ? 127 : static_cast<int>(random.below(255)) - 127) / 64;
    return values;
}

/// A package of the ops so far whose answer has @p outputs numbers.
inline void setLabels(PackageBuilder& builder, std::size_t outputs)
{
    for (std::size_t i = 0; i < outputs; ++i)
        builder.header.labels.push_back("label" + std::to_string(i));
}

inline PackageBuilder withEmbedding(const std::vector<float>& embedding, const std::string& encoding = "f32")
{
    PackageBuilder builder;
    builder.setVocabulary({"a", "b", "c", "d", "e", "f", "g", "h"});
    builder.addTensor("embedding", {10, std::int64_t{columns}}, embedding, encoding);
    builder.header.program.ops.push_back({"embedding", {"ids"}, "e", {{"weight", "embedding"}}, {}});
    return builder;
}

inline void addConv(PackageBuilder& builder, const std::string& output, const std::vector<float>& weight, const std::vector<float>& bias,
             const std::string& activation, const std::string& encoding = "f32")
{
    builder.addTensor(output + ".weight", {std::int64_t{filters}, std::int64_t{columns}, std::int64_t{width}}, weight, encoding);
    builder.addTensor(output + ".bias", {std::int64_t{filters}}, bias);
    builder.header.program.ops.push_back(
        {"conv1d_max", {"e"}, output, {{"weight", output + ".weight"}, {"bias", output + ".bias"}}, {{"activation", activation}}});
}

inline void compare(const PackageBuilder& builder, const std::vector<std::int32_t>& ids, const Row& expected, double tolerance)
{
    const std::string package = builder.build();
    for (const edge::Kernels* kernels : edge::availableKernels()) {
        auto session = edge::Session::fromBytes(package, *kernels);
        QVERIFY2(session.ok(), session ? "" : session.error().message().c_str());
        const auto answer = session->classifyIds(ids);
        QCOMPARE(answer.probabilities.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const double difference = std::fabs(double{answer.probabilities[i]} - expected[i]);
            QVERIFY2(difference <= tolerance, qPrintable(QString("%1 at %2, %3 tokens").arg(difference).arg(i).arg(ids.size())));
        }
    }
}

/// The value @p name of @p builder's program, whatever comes after it, for each set of kernels.
inline void compareValue(const PackageBuilder& builder, const std::string& name, const std::vector<std::int32_t>& ids, const Rows& expected, double tolerance)
{
    const std::string package = builder.build();
    for (const edge::Kernels* kernels : edge::availableKernels()) {
        auto session = edge::Session::fromBytes(package, *kernels);
        QVERIFY2(session.ok(), session ? "" : session.error().message().c_str());
        session->classifyIds(ids);
        const auto found = session->value(name);
        QCOMPARE(found.size(), expected.size() * expected[0].size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            const double difference = std::fabs(double{found[i]} - expected[i / expected[0].size()][i % expected[0].size()]);
            QVERIFY2(difference <= tolerance, qPrintable(QString("%1 at %2, %3 tokens").arg(difference).arg(i).arg(ids.size())));
        }
    }
}

/// Ends a program whose last value has a row a token.
inline void addAnswer(PackageBuilder& builder, const std::string& value, std::size_t valueColumns)
{
    builder.addTensor("end", {2, static_cast<std::int64_t>(valueColumns), 1}, std::vector<float>(2 * valueColumns, 0.5F));
    builder.addTensor("end.bias", {2}, {0, 0});
    builder.header.program.ops.push_back({"conv1d_max", {value}, "answer", {{"weight", "end"}, {"bias", "end.bias"}}, {}});
    setLabels(builder, 2);
}

inline std::vector<std::int32_t> someIds(std::size_t count)
{
    std::vector<std::int32_t> ids(count);
    for (std::size_t i = 0; i < count; ++i)
        ids[i] = static_cast<std::int32_t>((i * 7 + count) % 10); // 0, the padding, among them
    return ids;
}

} // namespace espalier::test
