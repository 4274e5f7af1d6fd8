// SPDX-License-Identifier: GPL-3.0-or-later
// TextWindow: a stream of text through a window that moves forward, wide enough for any row that is read. Damage in the file is met when
// all before it was used.
#pragma once

#include "engine/data/streams/ByteStream.h"

#include <future>
#include <memory>
#include <optional>

namespace espalier {

class TextWindow {
public:
    /// A row or line longer than this is set aside.
    static constexpr std::size_t maxRowBytes = std::size_t{1} << 20;

    explicit TextWindow(std::unique_ptr<ByteStream> stream) : m_stream(std::move(stream)) {}
    TextWindow(const TextWindow&) = delete;
    TextWindow& operator=(const TextWindow&) = delete;

    /// What comes next: more than maxRowBytes bytes, or all that is left; empty at the end. Valid until the next call.
    /// Errors: the file cannot be read further and all before that was consumed.
    Result<std::string_view> view()
    {
        if ((left() < lookahead && !m_part.ended) || m_part.error)
            return viewOfMore();
        return std::string_view(m_part.bytes.get() + m_part.begin, left());
    }
    /// Moves on; at most what view() gave.
    void consume(std::size_t bytes) { m_part.begin += bytes; }
    /// Whether what view() gave goes on to the end of what can be read of a damaged file, so that its last row may be cut.
    [[nodiscard]] bool damaged() const { return m_part.error.has_value(); }
    /// What stopped the reading.
    [[nodiscard]] const Error& damage() const { return *m_part.error; }
    /// Bytes of the file taken so far.
    [[nodiscard]] std::uint64_t position() const { return m_part.position; }

private:
    static constexpr std::size_t lookahead = maxRowBytes + 64;
    static constexpr std::size_t capacity = lookahead + 3 * maxRowBytes;

    /// Text from the stream, behind room for what the part before it left over.
    struct Part {
        std::unique_ptr<char[]> bytes = {}; ///< capacity of them, not cleared: a folder has a window a file
        std::size_t begin = lookahead;
        std::size_t end = lookahead;
        bool ended = false; ///< the stream has no more
        std::optional<Error> error = {};
        std::uint64_t position = 0; ///< of the file, behind this part
    };
    [[nodiscard]] std::size_t left() const { return m_part.end - m_part.begin; }
    Part read(std::unique_ptr<char[]> bytes);
    void fill();
    Result<std::string_view> viewOfMore();

    std::unique_ptr<ByteStream> m_stream;
    Part m_part;
    std::future<Part> m_next; ///< read, and decompressed, while m_part is used; the last member, since its end waits
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
    /// The same for the next line that holds more than white space.
    Result<bool> nextFilled(Line& line);
    [[nodiscard]] std::uint64_t position() const { return m_window.position(); }

private:
    Result<void> skipLongLine();
    TextWindow m_window;
    std::int64_t m_number = 0;
    std::size_t m_pending = 0; ///< bytes of the line given last
    bool m_long = false;       ///< whether it goes on
};

} // namespace espalier
