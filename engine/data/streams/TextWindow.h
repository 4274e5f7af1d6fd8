// SPDX-License-Identifier: GPL-3.0-or-later
// TextWindow: a stream of text through a window that moves forward, wide enough for any row that is read. Damage in the file is met when
// all before it was used.
#pragma once

#include "engine/data/streams/ByteStream.h"

#include <memory>
#include <optional>

namespace espalier {

class TextWindow {
public:
    /// A row or line longer than this is set aside.
    static constexpr std::size_t maxRowBytes = std::size_t{1} << 20;

    explicit TextWindow(std::unique_ptr<ByteStream> stream) : m_stream(std::move(stream)) {}

    /// What comes next: more than maxRowBytes bytes, or all that is left; empty at the end. Valid until the next call.
    /// Errors: the file cannot be read further and all before that was consumed.
    Result<std::string_view> view();
    /// Moves on; at most what view() gave.
    void consume(std::size_t bytes) { m_begin += bytes; }
    /// Whether what view() gave goes on to the end of what can be read of a damaged file, so that its last row may be cut.
    [[nodiscard]] bool damaged() const { return m_error.has_value(); }
    /// What stopped the reading.
    [[nodiscard]] const Error& damage() const { return *m_error; }
    /// Bytes of the file taken so far.
    [[nodiscard]] std::uint64_t position() const { return m_stream->position(); }

private:
    static constexpr std::size_t lookahead = maxRowBytes + 64;
    static constexpr std::size_t capacity = 4 * maxRowBytes;
    void fill();

    std::unique_ptr<ByteStream> m_stream;
    std::unique_ptr<char[]> m_buffer; ///< of capacity bytes, not cleared: a folder has a window a file
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    bool m_ended = false;
    std::optional<Error> m_error;
};

/// The lines of a window, without what ends them.
class LineReader {
public:
    explicit LineReader(std::unique_ptr<ByteStream> stream) : m_window(std::move(stream)) {}

    struct Line {
        std::string_view text;    ///< valid until the next call
        std::int64_t number = 0;  ///< from 1
        bool tooLong = false;     ///< longer than TextWindow::maxRowBytes; @c text is its beginning
    };
    /// False at the end. Errors as TextWindow::view(); a line that damage may have cut is not given.
    Result<bool> next(Line& line);
    [[nodiscard]] std::uint64_t position() const { return m_window.position(); }

private:
    Result<void> skipLongLine();
    TextWindow m_window;
    std::int64_t m_number = 0;
    std::size_t m_pending = 0; ///< bytes of the line given last
    bool m_long = false;       ///< whether it goes on
};

} // namespace espalier
