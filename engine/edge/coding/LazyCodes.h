// SPDX-License-Identifier: Apache-2.0
// LazyCodes: the codes of a large tensor of which few are asked for, such as the embeddings of one sentence. Each block is decoded when the first of its codes is, and kept;
// until then it takes no memory, and no time before the first answer.
#pragma once

#include "engine/edge/LargeMemory.h"
#include "engine/edge/coding/EntropyCoding.h"

#include <atomic>
#include <mutex>

namespace espalier::edge {

class LazyCodes {
public:
    /// Copies the tensor's bytes from an offset on. False where they cannot be had.
    using Source = std::function<bool(std::size_t offset, std::span<std::byte> into)>;

    /// @p count codes, none of them above @p largest. Throws std::bad_alloc.
    LazyCodes(CodedBlocks blocks, std::size_t count, int largest, Source source);

    /// The codes from @p begin on, of which @p count are there. Any thread may call it.
    const std::int8_t* at(std::size_t begin, std::size_t count);
    /// That these rows of @p length codes will be asked for: faster than one after the other.
    void expect(std::span<const std::int32_t> rows, std::size_t length);

    /// Whether bytes could not be had, or were others than those that were checked, since: such codes are 0.
    [[nodiscard]] bool damaged() const { return m_damaged; }
    [[nodiscard]] std::size_t decodedBlocks() const;
    [[nodiscard]] std::size_t blocks() const { return m_blocks.size(); }

private:
    [[nodiscard]] bool ready(std::size_t block) const { return m_ready[block].load(std::memory_order_acquire); }
    void decode(std::span<const std::size_t> blocks);
    void decodeGroup(std::span<const std::size_t> blocks);
    [[nodiscard]] std::span<std::int8_t> codes() const { return {reinterpret_cast<std::int8_t*>(m_codes.get()), m_count}; }

    CodedBlocks m_blocks;
    std::size_t m_count;
    int m_largest;
    Source m_source;
    Pages m_codes;
    std::vector<std::atomic<bool>> m_ready; ///< of each block
    std::atomic<bool> m_damaged = false;
    std::mutex m_decoding;
};

} // namespace espalier::edge
