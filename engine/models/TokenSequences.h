// SPDX-License-Identifier: GPL-3.0-or-later
// TokenSequences: the token ids of many sentences, one after another: in memory while they are few, beyond a limit in a nameless temporary
// file, so that a corpus larger than memory can be trained on. Two bytes a sentence stay in memory then. Filled once, then read from any
// one thread; copies share the file.
#pragma once

#include "engine/core/Fingerprint.h"
#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

namespace espalier {

class TokenSequences {
public:
    static constexpr std::size_t longest = 65535;
    static constexpr std::size_t defaultMemoryBytes = std::size_t{64} << 20;

    /// Everything in memory.
    TokenSequences() = default;
    TokenSequences(std::initializer_list<std::vector<std::int32_t>> sentences);
    /// Ids beyond @p memoryBytes go to a file in @p spillFolder, which is made then; an empty folder means memory only.
    explicit TokenSequences(std::filesystem::path spillFolder, std::size_t memoryBytes = defaultMemoryBytes);

    /// Appends one sentence. IoError when the file cannot be written; InvalidArgument beyond @c longest ids.
    Result<void> add(std::span<const std::int32_t> ids);

    [[nodiscard]] std::size_t size() const { return m_lengths.size(); }
    [[nodiscard]] bool empty() const { return m_lengths.empty(); }
    /// Of each sentence, in tokens.
    [[nodiscard]] const std::vector<std::uint16_t>& lengths() const { return m_lengths; }
    /// Over all ids; 0 when there are none.
    [[nodiscard]] std::int32_t smallestId() const { return m_smallest; }
    [[nodiscard]] std::int32_t largestId() const { return m_largest; }
    /// Whether the ids went to the file.
    [[nodiscard]] bool spilled() const { return m_file != nullptr; }

    /// The ids of one sentence; @p buffer may be used to hold them, so the result lasts as long as both stay as they are.
    /// Throws std::runtime_error when the file cannot be read, which the stage reports.
    std::span<const std::int32_t> read(std::size_t index, std::vector<std::int32_t>& buffer) const;

    /// Adds lengths and ids, wherever they are kept. Throws as read().
    void addTo(Fingerprint& fingerprint) const;

private:
    struct File;
    static constexpr std::size_t perBlock = 64;

    Result<void> flush();
    [[nodiscard]] std::uint64_t beginOf(std::size_t index) const;
    void readFile(std::uint64_t begin, std::int32_t* out, std::size_t count) const;

    std::filesystem::path m_folder;
    std::size_t m_memoryBytes = SIZE_MAX;
    std::shared_ptr<File> m_file;
    std::vector<std::int32_t> m_ids;     ///< those after the first m_inFile
    std::uint64_t m_inFile = 0;          ///< ids in the file
    std::uint64_t m_count = 0;           ///< ids in all
    std::vector<std::uint16_t> m_lengths;
    std::vector<std::uint64_t> m_blocks; ///< where every 64th sentence begins
    std::int32_t m_smallest = 0;
    std::int32_t m_largest = 0;
};

} // namespace espalier
