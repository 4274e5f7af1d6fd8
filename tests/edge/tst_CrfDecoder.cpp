// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder against all paths of short sentences, one by one.
#include "engine/core/Random.h"
#include "engine/edge/CrfDecoder.h"

#include <QtTest>

#include <cmath>

using namespace espalier;

namespace {

constexpr std::size_t tags = 3;

std::vector<float> randomValues(std::size_t count, Random& random, double size)
{
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>((random.uniform() * 2 - 1) * size);
    return values;
}

struct Field {
    std::vector<float> transitions;
    std::vector<float> start;
    std::vector<float> end;
};

double score(const Field& field, const std::vector<float>& logits, const std::vector<std::size_t>& path)
{
    double sum = double{field.start[path.front()]} + double{field.end[path.back()]};
    for (std::size_t w = 0; w < path.size(); ++w) {
        sum += double{logits[w * tags + path[w]]};
        if (w > 0)
            sum += double{field.transitions[path[w - 1] * tags + path[w]]};
    }
    return sum;
}

void compare(std::size_t words, double size)
{
    Random random(words * 100 + static_cast<std::uint64_t>(size));
    const Field field{randomValues(tags * tags, random, size), randomValues(tags, random, size), randomValues(tags, random, size)};
    const auto logits = randomValues(words * tags, random, size);
    std::size_t paths = 1;
    for (std::size_t w = 0; w < words; ++w)
        paths *= tags;
    double best = -1e300;
    double total = 0;
    std::vector<std::size_t> bestPath;
    std::vector<double> marginals(words * tags, 0);
    for (std::size_t number = 0; number < paths; ++number) {
        std::vector<std::size_t> path;
        for (std::size_t w = 0, rest = number; w < words; ++w, rest /= tags)
            path.push_back(rest % tags);
        const double own = score(field, logits, path);
        if (own > best) {
            best = own;
            bestPath = path;
        }
        total += std::exp(own);
        for (std::size_t w = 0; w < words; ++w)
            marginals[w * tags + path[w]] += std::exp(own);
    }
    const edge::CrfDecoder decoder(field.transitions, field.start, field.end);
    std::vector<const float*> rows;
    for (std::size_t w = 0; w < words; ++w)
        rows.push_back(logits.data() + w * tags);
    std::vector<float> out(words * tags, -1);
    std::vector<float> memory(decoder.workingFloats(words));
    decoder.decode(rows, out.data(), memory.data());
    for (std::size_t w = 0; w < words; ++w)
        for (std::size_t tag = 0; tag < tags; ++tag) {
            const double expected = tag == bestPath[w] ? marginals[w * tags + tag] / total : 0;
            QVERIFY2(std::fabs(double{out[w * tags + tag]} - expected) < 1e-5, qPrintable(QString("word %1 tag %2: %3 for %4").arg(w).arg(tag).arg(out[w * tags + tag]).arg(expected)));
        }
}

} // namespace

class tst_CrfDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithAllPaths()
    {
        for (const std::size_t words : {1, 2, 3, 6})
            for (const double size : {0.5, 3.0, 10.0})
                compare(words, size);
    }

    /// Scores that no trained model has must not make anything else than numbers.
    void hugeScoresStayFinite()
    {
        const edge::CrfDecoder decoder(std::vector<float>(4, -500), {300, -300}, {-300, 300});
        const std::vector<float> logits{1000, -1000, -1000, 1000, 1000, -1000};
        const std::vector<const float*> rows{logits.data(), logits.data() + 2, logits.data() + 4};
        std::vector<float> out(6);
        std::vector<float> memory(decoder.workingFloats(3));
        decoder.decode(rows, out.data(), memory.data());
        for (std::size_t w = 0; w < 3; ++w)
            QVERIFY(out[2 * w] >= 0 && out[2 * w] <= 1.001F && out[2 * w + 1] >= 0 && out[2 * w + 1] <= 1.001F && out[2 * w] + out[2 * w + 1] > 0);
    }

    void nothingToDecode()
    {
        const edge::CrfDecoder decoder(std::vector<float>(4, 0), {0, 0}, {0, 0});
        decoder.decode({}, nullptr, nullptr);
    }
};

QTEST_GUILESS_MAIN(tst_CrfDecoder)
#include "tst_CrfDecoder.moc"
