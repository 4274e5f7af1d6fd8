// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/SpecCheck.h"
#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>
#include <map>

namespace espalier {

struct VocabularyBuilder::State final : PieceSink {
    ResolvedSpec resolved;
    std::map<std::string, std::int64_t, std::less<>> counts;

    bool take(const Piece& piece) override
    {
        if (piece.text.empty())
            return true;
        if (const auto it = counts.find(piece.text); it != counts.end())
            ++it->second;
        else
            counts.emplace(piece.text, 1);
        return true;
    }
};

VocabularyBuilder::VocabularyBuilder(std::unique_ptr<State> state) : m_state(std::move(state)) {}
VocabularyBuilder::VocabularyBuilder(VocabularyBuilder&&) noexcept = default;
VocabularyBuilder& VocabularyBuilder::operator=(VocabularyBuilder&&) noexcept = default;
VocabularyBuilder::~VocabularyBuilder() = default;

Result<VocabularyBuilder> VocabularyBuilder::create(const TokenizerSpec& spec)
{
    auto state = std::make_unique<State>();
    ESPALIER_TRY(state->resolved, resolveSpec(spec));
    return VocabularyBuilder(std::move(state));
}

void VocabularyBuilder::add(std::string_view sentence)
{
    m_state->resolved.preTokenize(sentence, m_state->resolved.normalizer, *m_state);
}

std::vector<std::string> VocabularyBuilder::build(std::int64_t minFrequency, std::int64_t maxSize) const
{
    std::vector<std::pair<std::string_view, std::int64_t>> kept;
    for (const auto& [piece, count] : m_state->counts)
        if (count >= minFrequency)
            kept.emplace_back(piece, count);
    // The map is in byte order, which a stable sort keeps among equals.
    std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(maxSize - 2, 0));
    if (maxSize > 0 && kept.size() > room)
        kept.resize(room);
    std::vector<std::string> vocabulary{"<pad>", "<unk>"};
    vocabulary.reserve(kept.size() + 2);
    for (const auto& [piece, count] : kept)
        vocabulary.emplace_back(piece);
    return vocabulary;
}

} // namespace espalier
