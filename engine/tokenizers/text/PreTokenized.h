// SPDX-License-Identifier: Apache-2.0
// PreTokenized: a normalised text and the pieces it was cut into so far, between which the model will see no connection. Parts cut
// the pieces further or rewrite them; a piece that is a token already (an added token) passes them untouched.
#pragma once

#include "engine/tokenizers/text/TrackedText.h"
#include "engine/tokenizers/unicode/CanonicalForm.h"

#include <optional>

namespace espalier {

struct TextPiece {
    static constexpr std::int32_t open = -1;

    std::uint32_t begin = 0; ///< bytes of the normalised text
    std::uint32_t end = 0;
    std::int32_t token = open; ///< the id, when the piece is a token already
};

/// What becomes of the matches of a pattern when a piece is cut.
enum class SplitBehavior { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };
std::optional<SplitBehavior> splitBehaviorFromName(std::string_view name); ///< "Removed", "MergedWithNext"...
std::string_view splitBehaviorName(SplitBehavior behavior);

/// A stretch of one piece, which the pattern matches or does not match. Together they cover the piece.
struct PatternMatch {
    std::size_t begin = 0; ///< bytes from the piece's begin
    std::size_t end = 0;
    bool matches = false;
};

class PreTokenized {
public:
    TrackedText text;
    TrackedText spare;             ///< scratch of rewriting
    std::vector<TextPiece> pieces; ///< in the order of the text
    std::vector<unicode::FormUnit> units; ///< scratch of the Unicode forms

    void clear();
    /// Gives back memory that an exceptionally long text took.
    void shrink(std::size_t bytes);
    [[nodiscard]] std::string_view viewOf(const TextPiece& piece) const { return text.view().substr(piece.begin, piece.end - piece.begin); }

    /// Cuts every open piece. @p findMatches(std::string_view piece, std::vector<PatternMatch>& matches) fills matches.
    template <typename FindMatches>
    void split(SplitBehavior behavior, FindMatches findMatches)
    {
        m_pieces.clear();
        for (const TextPiece& piece : pieces) {
            if (piece.token != TextPiece::open) {
                m_pieces.push_back(piece);
                continue;
            }
            m_matches.clear();
            findMatches(viewOf(piece), m_matches);
            cut(piece, behavior);
        }
        pieces.swap(m_pieces);
    }

    /// Cuts at every character for which @p isDelimiter holds.
    template <typename Predicate>
    void splitAt(SplitBehavior behavior, Predicate isDelimiter)
    {
        split(behavior, [&](std::string_view piece, std::vector<PatternMatch>& matches) {
            std::size_t last = 0;
            unicode::forEach(piece, [&](std::int32_t codePoint, std::size_t at) {
                if (!isDelimiter(codePoint))
                    return;
                const std::size_t end = at + unicode::lengthOf(piece[at]);
                if (last < at)
                    matches.push_back({last, at, false});
                matches.push_back({at, end, true});
                last = end;
            });
            if (last < piece.size())
                matches.push_back({last, piece.size(), false});
        });
    }

    /// Gives every open piece new text: @p rewrite(const TextPiece& piece, TrackedText& to) appends it to @p to, reading @c text.
    template <typename RewritePiece>
    void rewrite(RewritePiece rewritePiece)
    {
        spare.clear();
        for (TextPiece& piece : pieces) {
            const auto begin = static_cast<std::uint32_t>(spare.size());
            if (piece.token == TextPiece::open)
                rewritePiece(piece, spare);
            else
                spare.append(text, piece.begin, piece.end);
            piece.begin = begin;
            piece.end = static_cast<std::uint32_t>(spare.size());
        }
        text.swap(spare);
    }

private:
    void cut(const TextPiece& piece, SplitBehavior behavior);
    void merge(SplitBehavior behavior);

    std::vector<TextPiece> m_pieces;
    std::vector<PatternMatch> m_matches;
};

} // namespace espalier
