// SPDX-License-Identifier: Apache-2.0
// What a pre-tokeniser hands out: pieces of a normalised text with the bytes of the original they come from. A piece's
// text lives in a fixed buffer, so that cutting a sentence allocates nothing, however long or hostile it is.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace espalier {

struct NormalizerOptions {
    bool compose = true;       ///< NFC
    bool compatibility = true; ///< with compose: NFKC
    bool foldCase = true;
};

struct Piece {
    std::string_view text;   ///< normalised, UTF-8; empty for what no vocabulary can hold: bytes that are not UTF-8, or too long a piece
    std::uint32_t begin = 0; ///< byte offset into the original text
    std::uint32_t end = 0;   ///< one past the last byte
};

class PieceSink {
public:
    virtual ~PieceSink() = default;
    /// Returns false when no more pieces are wanted. The piece's text is valid during the call only.
    virtual bool take(const Piece& piece) = 0;
};

using PreTokenize = void (*)(std::string_view text, const NormalizerOptions& options, PieceSink& sink);

/// A piece while it grows, one code point at a time.
class PieceBuffer {
public:
    /// A piece longer than this is handed out without text: no word of a language is.
    static constexpr std::size_t maxBytes = 256;

    [[nodiscard]] bool empty() const { return m_empty; }
    void append(std::int32_t codePoint, std::uint32_t begin, std::uint32_t end);
    /// Hands the piece out, if there is one, and starts over. False when the sink wants no more.
    bool flush(PieceSink& sink);

private:
    std::array<char, maxBytes + 4> m_text;
    std::size_t m_size = 0;
    bool m_empty = true;
    std::uint32_t m_begin = 0;
    std::uint32_t m_end = 0;
};

} // namespace espalier
