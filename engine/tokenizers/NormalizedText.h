// SPDX-License-Identifier: Apache-2.0
// NormalizedText: the code points of a text after normalisation and case folding, one after the other, each with the
// bytes of the original it comes from. Normalisation works on one grapheme cluster at a time (canonical composition never
// crosses one), so nothing is allocated and a reader may stop early.
#pragma once

#include "engine/tokenizers/PreTokenizer.h"
#include "engine/tokenizers/unicode/CharacterData.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace espalier {

/// One normalised code point. Where a cluster changed its number of code points, each carries the whole cluster's bytes.
struct NormalizedUnit {
    static constexpr std::int32_t invalid = -1; ///< a run of bytes that is not UTF-8

    std::int32_t codePoint = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

class NormalizedText {
public:
    /// @p text must outlive this object; what lies beyond 4 GiB is not read.
    NormalizedText(std::string_view text, const NormalizerOptions& options);

    /// False at the end of the text.
    bool next(NormalizedUnit& unit)
    {
        if (m_queued < m_queueEnd) {
            unit = m_queue[m_queued++];
            return true;
        }
        if (m_position >= m_text.size())
            return false;
        if (isAscii(m_position) && (m_position + 1 == m_text.size() || isAscii(m_position + 1))) {
            const auto begin = static_cast<std::uint32_t>(m_position++);
            const auto byte = static_cast<unsigned char>(m_text[begin]);
            const bool upper = m_mapping.foldCase && byte >= 'A' && byte <= 'Z';
            unit = {upper ? byte + ('a' - 'A') : byte, begin, begin + 1};
            return true;
        }
        unit = readSlowly();
        return true;
    }

private:
    /// A cluster is normalised in pieces of this many code points at most (as the Stream-Safe Text Format does), since
    /// sorting the marks of an endless one takes quadratic time.
    static constexpr std::size_t maxCluster = 32;
    static constexpr std::size_t maxExpanded = maxCluster * unicode::longestMapping;

    [[nodiscard]] bool isAscii(std::size_t position) const { return static_cast<unsigned char>(m_text[position]) < 0x80; }
    NormalizedUnit readSlowly();
    NormalizedUnit readInvalid();
    std::size_t readCluster();
    void normalizeCluster(std::size_t sourceCount, std::uint32_t end);

    std::string_view m_text;
    unicode::Mapping m_mapping; ///< decomposition stands for composition here: it comes first
    std::size_t m_position = 0;
    std::size_t m_queued = 0;
    std::size_t m_queueEnd = 0;
    std::array<NormalizedUnit, maxExpanded> m_queue;
};

} // namespace espalier
