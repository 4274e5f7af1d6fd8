// SPDX-License-Identifier: Apache-2.0
// Lines of a file or of the standard input, without their ends ("\n" or "\r\n"). A line is handed out as soon as it is complete,
// also from a pipe; the last one needs no end.
#pragma once

#include "engine/core/Result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace espalier::edge {

class LineReader {
public:
    /// Longer lines are cut here; no sentence needs more.
    static constexpr std::size_t maxLineBytes = std::size_t{1} << 20;

    /// The standard input where @p path is absent.
    static Result<LineReader> open(const std::optional<std::string>& path);
    LineReader(LineReader&& other) noexcept;
    LineReader& operator=(LineReader&&) = delete;
    LineReader(const LineReader&) = delete;
    ~LineReader();

    /// False at the end. @p line is valid until the next call.
    Result<bool> next(std::string_view& line);
    /// Of the line handed out last, from 1.
    [[nodiscard]] std::size_t lineNumber() const { return m_number; }
    /// Whether the line handed out last was longer than maxLineBytes.
    [[nodiscard]] bool wasCut() const { return m_cut; }

private:
    LineReader(int descriptor, std::string name) : m_descriptor(descriptor), m_name(std::move(name)) {}
    Result<bool> fill();
    void append(std::string_view bytes);

    int m_descriptor;
    std::string m_name;
    std::string m_line;
    std::string m_buffer; ///< read, not yet handed out from m_position on
    std::size_t m_position = 0;
    std::size_t m_number = 0;
    bool m_cut = false;
};

} // namespace espalier::edge
