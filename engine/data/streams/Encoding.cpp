// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/streams/Encoding.h"

#include "engine/data/Utf8.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iconv.h>

namespace espalier {
namespace {

constexpr std::string_view utf8Mark = "\xef\xbb\xbf";

/// What iconv does with one piece of input.
class Iconv {
public:
    explicit Iconv(const std::string& from) : m_handle(iconv_open("UTF-8", from.c_str())) {}
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;
    ~Iconv()
    {
        if (valid())
            iconv_close(m_handle);
    }
    [[nodiscard]] bool valid() const { return m_handle != reinterpret_cast<iconv_t>(-1); }

    /// Converts from the front of @p input to the front of @p output; 0, or errno: E2BIG, EILSEQ, EINVAL (the end is incomplete).
    int convert(std::string_view& input, char*& out, std::size_t& room)
    {
        char* in = const_cast<char*>(input.data()); // which iconv does not write to
        std::size_t left = input.size();
        const bool failed = iconv(m_handle, &in, &left, &out, &room) == static_cast<std::size_t>(-1);
        const int reason = errno;
        input = {in, left};
        return failed ? reason : 0;
    }

private:
    iconv_t m_handle;
};

/// Passes on all but the mark at the beginning.
class MarkSkipper final : public ByteStream {
public:
    explicit MarkSkipper(std::unique_ptr<ByteStream> inner) : m_inner(std::move(inner)) {}

    Result<std::size_t> read(char* out, std::size_t capacity) override
    {
        if (m_begun)
            return m_inner->read(out, capacity);
        m_begun = true;
        std::size_t count = 0;
        while (count < utf8Mark.size()) { // the buffer holds more than a mark
            ESPALIER_TRY(const std::size_t taken, m_inner->read(out + count, capacity - count));
            if (taken == 0)
                break;
            count += taken;
        }
        if (!std::string_view(out, count).starts_with(utf8Mark))
            return count;
        std::memmove(out, out + utf8Mark.size(), count - utf8Mark.size());
        return count > utf8Mark.size() ? Result<std::size_t>(count - utf8Mark.size()) : m_inner->read(out, capacity);
    }
    [[nodiscard]] std::uint64_t position() const override { return m_inner->position(); }

private:
    std::unique_ptr<ByteStream> m_inner;
    bool m_begun = false;
};

class IconvStream final : public ByteStream {
public:
    IconvStream(std::unique_ptr<ByteStream> inner, const std::string& from) : m_inner(std::move(inner)), m_iconv(from) {}
    [[nodiscard]] bool valid() const { return m_iconv.valid(); }

    /// Goes through a buffer of its own: the caller's may have room for less than a character.
    Result<std::size_t> read(char* out, std::size_t capacity) override
    {
        if (m_ready.empty())
            ESPALIER_CHECK(convert());
        const std::size_t count = std::min(capacity, m_ready.size());
        std::memcpy(out, m_ready.data(), count);
        m_ready.remove_prefix(count);
        return count;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_inner->position(); }

private:
    Result<void> convert()
    {
        char* end = m_output.data();
        while (end == m_output.data()) {
            ESPALIER_TRY(const bool more, refill());
            if (!more && m_rest.empty())
                break;
            std::size_t room = m_output.size() - 1;
            const int reason = m_iconv.convert(m_rest, end, room);
            if (reason == EILSEQ || (reason == EINVAL && !more))
                skipBadByte(end);
        }
        m_ready = {m_output.data(), static_cast<std::size_t>(end - m_output.data())};
        return {};
    }

    /// Appends to what is left of the input, which is little; false at the end.
    Result<bool> refill()
    {
        if (m_rest.size() > 16)
            return true;
        std::memmove(m_input.data(), m_rest.data(), m_rest.size());
        ESPALIER_TRY(const std::size_t count, m_inner->read(m_input.data() + m_rest.size(), m_input.size() - m_rest.size()));
        m_rest = {m_input.data(), m_rest.size() + count};
        return count > 0;
    }
    void skipBadByte(char*& end)
    {
        *end++ = '\xff';
        m_rest.remove_prefix(1);
    }

    std::unique_ptr<ByteStream> m_inner;
    Iconv m_iconv;
    std::array<char, std::size_t{1} << 16> m_input{};
    std::string_view m_rest{m_input.data(), 0};
    std::array<char, std::size_t{1} << 16> m_output{};
    std::string_view m_ready{}; ///< of m_output: converted, and not handed out yet
};

/// Whether all of @p sample is GB18030, and most of what is not ASCII stands where GB 2312 has the common characters and punctuation.
bool looksLikeGb18030(std::string_view sample, bool complete)
{
    Iconv iconv("GB18030");
    std::array<char, 1 << 14> out{};
    for (std::string_view rest = sample; !rest.empty();) {
        char* end = out.data();
        std::size_t room = out.size();
        const int reason = iconv.convert(rest, end, room);
        if (reason == EILSEQ || (reason == EINVAL && complete))
            return false;
        if (reason == EINVAL)
            break;
    }
    std::size_t common = 0;
    std::size_t others = 0;
    for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
        const auto first = static_cast<unsigned char>(sample[i]);
        if (first < 0x80)
            continue;
        const auto second = static_cast<unsigned char>(sample[++i]);
        const bool usual = ((first >= 0xa1 && first <= 0xa9) || (first >= 0xb0 && first <= 0xf7)) && second >= 0xa1;
        (usual ? common : others) += 1;
    }
    return common >= 9 * others;
}

} // namespace

const std::vector<TextEncoding>& textEncodings()
{
    static const std::vector<TextEncoding> encodings{{"utf8", "UTF-8", "UTF-8"},
                                                     {"gb18030", "GB18030", "GB18030"},
                                                     {"utf16le", "UTF-16 (little endian)", "UTF-16LE"},
                                                     {"utf16be", "UTF-16 (big endian)", "UTF-16BE"},
                                                     {"big5", "Big5", "BIG5-HKSCS"},
                                                     {"shift_jis", "Shift JIS", "CP932"},
                                                     {"euc_kr", "EUC-KR", "CP949"},
                                                     {"windows1251", "Windows-1251", "CP1251"},
                                                     {"windows1252", "Windows-1252", "CP1252"}};
    return encodings;
}

std::string findEncoding(std::string_view sample, bool complete)
{
    if (sample.starts_with(utf8Mark))
        return "utf8";
    if (sample.starts_with("\xff\xfe"))
        return "utf16le";
    if (sample.starts_with("\xfe\xff"))
        return "utf16be";
    const std::size_t good = utf8PrefixLength(sample);
    if (good == sample.size() || (!complete && sample.size() - good < 4))
        return "utf8";
    return looksLikeGb18030(sample, complete) ? "gb18030" : "utf8";
}

Result<std::unique_ptr<ByteStream>> decodedStream(std::unique_ptr<ByteStream> encoded, const std::string& encoding)
{
    const auto& all = textEncodings();
    const auto known = std::find_if(all.begin(), all.end(), [&](const TextEncoding& member) { return member.id == encoding; });
    if (known == all.end()) {
        std::string list = "auto";
        for (const TextEncoding& member : all)
            list += ", " + member.id;
        return Error{ErrorCode::InvalidArgument, "'encoding' is '" + encoding + "'.", "Choose one of: " + list + ".", {}};
    }
    if (encoding == "utf8")
        return std::unique_ptr<ByteStream>(std::make_unique<MarkSkipper>(std::move(encoded)));
    auto converted = std::make_unique<IconvStream>(std::move(encoded), known->iconvName);
    if (!converted->valid())
        return Error{ErrorCode::Unsupported, "This system's iconv does not know the encoding " + known->name + ".", "Convert the file to UTF-8.", {}};
    // The mark of UTF-16 becomes that of UTF-8.
    return std::unique_ptr<ByteStream>(std::make_unique<MarkSkipper>(std::move(converted)));
}

} // namespace espalier
