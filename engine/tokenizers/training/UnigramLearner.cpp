// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/training/SeedPieces.h"
#include "engine/tokenizers/training/UnigramLattice.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr int roundsPerPruning = 2;
constexpr double keptByPruning = 0.75;
constexpr double slackBeforeLast = 1.1;  // pruning by likelihood stops here; the last few go by probability
constexpr double leastExpected = 0.5;    // an entry expected less often than this is dropped
constexpr double rareCharacter = -2.0;   // below the least likely entry, for characters the model would never use

double digamma(double x)
{
    double result = 0;
    for (; x < 7; x += 1)
        result -= 1 / x;
    const double y = x - 0.5;
    const double z = 1 / (y * y);
    return result + std::log(y) + z / 24 - 7 * z * z / 960 + 31 * z * z * z / 8064 - 127 * z * z * z * z / 30720;
}

class UnigramLearner {
public:
    UnigramLearner(const std::vector<CountedPiece>& pieces, const RunContext& context) : m_pieces(pieces), m_context(context) {}

    Result<std::vector<UnigramEntry>> learn(std::size_t wanted)
    {
        constexpr std::size_t seedsPerEntry = 16;
        constexpr std::size_t leastSeeds = 100'000;
        ESPALIER_TRY(const auto seeds, seedPieces(m_pieces, std::max(wanted * seedsPerEntry, leastSeeds), m_context));
        start(seeds);
        const std::size_t singles = static_cast<std::size_t>(std::count_if(seeds.begin(), seeds.end(), [](const SeedPiece& s) { return s.single; }));
        const auto enough = std::max(static_cast<std::size_t>(static_cast<double>(wanted) * slackBeforeLast), singles);
        const auto begun = static_cast<std::int64_t>(m_entries.size());
        while (true) {
            for (int round = 0; round < roundsPerPruning; ++round) {
                if (m_context.cancelled())
                    return cancelledError();
                m_context.progress({"Learning subwords", begun - static_cast<std::int64_t>(m_entries.size()), begun - static_cast<std::int64_t>(wanted), "tokens"});
                maximise(expectations());
            }
            if (m_entries.size() <= enough)
                break;
            prune(std::max(enough, static_cast<std::size_t>(static_cast<double>(m_entries.size()) * keptByPruning)));
        }
        return finish(wanted);
    }

private:
    void start(const std::vector<SeedPiece>& seeds)
    {
        double sum = 0;
        for (const SeedPiece& seed : seeds)
            sum += static_cast<double>(seed.count);
        for (const SeedPiece& seed : seeds)
            m_entries.push_back({seed.text, std::log(static_cast<double>(seed.count) / sum), seed.single});
    }

    /// How often each entry is used, in expectation over all divisions of all pieces.
    std::vector<double> expectations() const
    {
        const UnigramLattice lattice(m_entries);
        std::vector<double> expected(m_entries.size(), 0.0);
        for (const CountedPiece& piece : m_pieces)
            lattice.addExpectations(piece.text, static_cast<double>(piece.count), expected);
        return expected;
    }

    /// New probabilities from @p expected (with the digamma function of a Bayesian prior, which thins out the rare ones).
    void maximise(const std::vector<double>& expected)
    {
        std::vector<UnigramEntry> kept;
        double sum = 0;
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            if (expected[i] < leastExpected && !m_entries[i].single)
                continue;
            kept.push_back(m_entries[i]);
            kept.back().score = std::max(expected[i], leastExpected);
            sum += kept.back().score;
        }
        const double total = digamma(sum);
        for (UnigramEntry& entry : kept)
            entry.score = digamma(entry.score) - total;
        m_entries = std::move(kept);
    }

    /// Keeps the @p size entries without which the text would become least likely; what does not even divide as itself goes first.
    void prune(std::size_t size)
    {
        const UnigramLattice lattice(m_entries);
        std::vector<double> used(m_entries.size(), 0.0);
        std::vector<std::int32_t> path;
        double sum = 0;
        for (const CountedPiece& piece : m_pieces) {
            lattice.bestPath(piece.text, UnigramLattice::nothing, path);
            for (const std::int32_t id : path)
                used[static_cast<std::size_t>(id)] += static_cast<double>(piece.count);
            sum += static_cast<double>(piece.count) * static_cast<double>(path.size());
        }
        std::vector<std::pair<double, std::size_t>> losses; // negative: the greatest loss comes first
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            if (m_entries[i].single)
                order.push_back(i);
            else if (used[i] > 0 && lattice.bestPath(m_entries[i].text, UnigramLattice::nothing, path) && path.size() == 1 &&
                     lattice.bestPath(m_entries[i].text, static_cast<std::int32_t>(i), path))
                losses.emplace_back(-lossWithout(used, i, path, sum), i);
        }
        std::sort(losses.begin(), losses.end());
        for (const auto& [loss, i] : losses)
            if (order.size() < size)
                order.push_back(i);
        std::sort(order.begin(), order.end());
        std::vector<UnigramEntry> kept;
        for (const std::size_t i : order)
            kept.push_back(std::move(m_entries[i]));
        m_entries = std::move(kept);
    }

    /// Log-likelihood lost when entry @p i is written by @p instead.
    static double lossWithout(const std::vector<double>& used, std::size_t i, const std::vector<std::int32_t>& instead, double sum)
    {
        const double newSum = std::log(sum + used[i] * static_cast<double>(instead.size() - 1));
        double before = std::log(used[i]) - std::log(sum);
        for (const std::int32_t id : instead)
            before -= std::log(used[static_cast<std::size_t>(id)] + used[i]) - newSum;
        return used[i] * before;
    }

    /// The likeliest entries, characters before all others when they all fit.
    std::vector<UnigramEntry> finish(std::size_t wanted)
    {
        const auto likelier = [](const UnigramEntry& a, const UnigramEntry& b) { return a.score != b.score ? a.score > b.score : a.text < b.text; };
        double least = 0;
        for (const UnigramEntry& entry : m_entries)
            least = entry.single ? least : std::min(least, entry.score);
        for (UnigramEntry& entry : m_entries)
            if (entry.single)
                entry.score = std::max(entry.score, least + rareCharacter);
        const auto strings = std::stable_partition(m_entries.begin(), m_entries.end(), [](const UnigramEntry& e) { return e.single; });
        std::sort(m_entries.begin(), strings, likelier);
        std::sort(strings, m_entries.end(), likelier);
        m_entries.resize(std::min(m_entries.size(), wanted));
        std::sort(m_entries.begin(), m_entries.end(), likelier);
        return std::move(m_entries);
    }

    const std::vector<CountedPiece>& m_pieces;
    const RunContext& m_context;
    std::vector<UnigramEntry> m_entries;
};

} // namespace

/// Scores are kept in thousandths: finer ones divide text no better, and would take more room in a package than the tokens themselves.
constexpr double scoreUnits = 1000;

Result<LearntSubwords> learnUnigram(const std::vector<CountedPiece>& pieces, const SubwordOptions& options, const RunContext& context)
{
    ESPALIER_TRY(const auto entries, UnigramLearner(pieces, context).learn(options.vocabulary - 2));
    LearntSubwords learnt{{"<pad>", "<unk>"}, {0, 1}, {}};
    std::vector<double> scores{0, 0};
    for (const UnigramEntry& entry : entries) {
        if (entry.text == "<pad>" || entry.text == "<unk>")
            continue;
        learnt.vocabulary.push_back(entry.text);
        scores.push_back(std::round(entry.score * scoreUnits) / scoreUnits);
    }
    learnt.model = {{"type", "Unigram"}, {"scores", std::move(scores)}, {"byte_fallback", false}};
    return learnt;
}

} // namespace espalier
