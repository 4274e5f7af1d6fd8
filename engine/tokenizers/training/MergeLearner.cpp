// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/pretokenizers/ByteLevel.h"
#include "engine/tokenizers/training/PairMerger.h"
#include "engine/tokenizers/training/SubwordLearners.h"
#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>
#include <map>

namespace espalier {
namespace {

constexpr std::int64_t mergesBetweenReports = 256;

/// The vocabulary while it grows, and the words in its symbols.
class MergeLearner {
public:
    explicit MergeLearner(std::string prefix) : m_prefix(std::move(prefix)) {}

    std::int32_t idOf(const std::string& symbol)
    {
        const auto [it, isNew] = m_ids.emplace(symbol, static_cast<std::int32_t>(m_symbols.size()));
        if (isNew)
            m_symbols.push_back(symbol);
        return it->second;
    }

    /// A word's characters as symbols, without those for which @p keep is false.
    template <typename Keep>
    void addWord(const CountedPiece& piece, Keep keep)
    {
        std::vector<std::int32_t> symbols;
        unicode::forEach(piece.text, [&](std::int32_t codePoint, std::size_t at) {
            if (!keep(codePoint))
                return;
            std::string symbol = at > 0 ? m_prefix : std::string();
            unicode::append(symbol, codePoint);
            symbols.push_back(idOf(symbol));
        });
        m_merger.addWord(std::move(symbols), piece.count);
    }

    Result<void> run(const SubwordOptions& options, const RunContext& context)
    {
        for (std::int64_t merges = 0; m_symbols.size() < options.vocabulary; ++merges) {
            if (context.cancelled())
                return cancelledError();
            if (merges % mergesBetweenReports == 0)
                context.progress({"Learning subwords", static_cast<std::int64_t>(m_symbols.size()), static_cast<std::int64_t>(options.vocabulary), "tokens"});
            const auto pair = m_merger.mostFrequent();
            if (!pair || pair->count < options.minFrequency)
                break;
            const std::string& right = m_symbols[static_cast<std::size_t>(pair->right)];
            const std::string joined = m_symbols[static_cast<std::size_t>(pair->left)] + right.substr(right.starts_with(m_prefix) ? m_prefix.size() : 0);
            m_merges.push_back(pair->left);
            m_merges.push_back(pair->right);
            m_merger.join(*pair, idOf(joined));
        }
        return {};
    }

    [[nodiscard]] const std::vector<std::string>& symbols() const { return m_symbols; }
    [[nodiscard]] const std::vector<std::int32_t>& merges() const { return m_merges; }

private:
    std::string m_prefix; ///< of symbols inside a word
    std::vector<std::string> m_symbols;
    std::map<std::string, std::int32_t> m_ids;
    PairMerger m_merger;
    std::vector<std::int32_t> m_merges; ///< left and right by turns
};

/// How often each character begins a word, and stands inside one.
struct CharacterCount {
    std::int64_t first = 0;
    std::int64_t inside = 0;
};

/// The characters that fit a vocabulary of @p room entries: the most frequent ones, where there are too many.
std::map<std::int32_t, CharacterCount> alphabetOf(const std::vector<CountedPiece>& pieces, std::size_t room)
{
    std::map<std::int32_t, CharacterCount> counts;
    for (const CountedPiece& piece : pieces)
        unicode::forEach(piece.text, [&](std::int32_t c, std::size_t at) { (at == 0 ? counts[c].first : counts[c].inside) += piece.count; });
    std::vector<std::int32_t> byCount;
    for (const auto& [c, count] : counts)
        byCount.push_back(c);
    const auto total = [&](std::int32_t c) { return counts[c].first + counts[c].inside; };
    std::stable_sort(byCount.begin(), byCount.end(), [&](std::int32_t a, std::int32_t b) { return total(a) > total(b); });
    std::size_t used = 0;
    for (const std::int32_t c : byCount) {
        used += counts[c].inside > 0 ? 2 : 1;
        if (used > room)
            counts.erase(c);
    }
    return counts;
}

} // namespace

Result<LearntSubwords> learnBpe(const std::vector<CountedPiece>& pieces, const SubwordOptions& options, const RunContext& context)
{
    MergeLearner learner{std::string()};
    learner.idOf("<pad>");
    learner.idOf("<unk>");
    std::vector<std::int32_t> letters;
    for (int byte = 0; byte < 256; ++byte)
        letters.push_back(letterOfByte(static_cast<unsigned char>(byte)));
    std::sort(letters.begin(), letters.end());
    for (const std::int32_t letter : letters) {
        std::string symbol;
        unicode::append(symbol, letter);
        learner.idOf(symbol);
    }
    for (const CountedPiece& piece : pieces)
        learner.addWord(piece, [](std::int32_t) { return true; });
    ESPALIER_CHECK(learner.run(options, context));
    Json model{{"type", "BPE"},          {"unknown", false},      {"fuse_unk", false}, {"byte_fallback", false}, {"ignore_merges", false}, {"continuing_subword_prefix", ""},
               {"end_of_word_suffix", ""}, {"merges", learner.merges()}};
    return LearntSubwords{learner.symbols(), {0, 1}, std::move(model)};
}

Result<LearntSubwords> learnWordPiece(const std::vector<CountedPiece>& pieces, const SubwordOptions& options, const RunContext& context)
{
    const std::string prefix = "##";
    MergeLearner learner(prefix);
    learner.idOf("<pad>");
    learner.idOf("<unk>");
    const auto alphabet = alphabetOf(pieces, options.vocabulary - 2);
    for (const std::string& before : {std::string(), prefix})
        for (const auto& [codePoint, count] : alphabet)
            if (before.empty() || count.inside > 0) {
                std::string symbol = before;
                unicode::append(symbol, codePoint);
                learner.idOf(symbol);
            }
    for (const CountedPiece& piece : pieces)
        learner.addWord(piece, [&](std::int32_t c) { return alphabet.contains(c); });
    ESPALIER_CHECK(learner.run(options, context));
    Json model{{"type", "WordPiece"}, {"continuing_subword_prefix", prefix}, {"max_input_chars_per_word", 100}};
    return LearntSubwords{learner.symbols(), {0, 1}, std::move(model)};
}

} // namespace espalier
