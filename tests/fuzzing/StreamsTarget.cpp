// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed and encoded files: a stream gives the same bytes and the same error whatever size the pieces have that it is read in.
#include "engine/data/Utf8.h"
#include "engine/data/streams/Encoding.h"
#include "tests/fuzzing/FuzzTargets.h"

#include <algorithm>

namespace espalier::fuzzing {
namespace {

constexpr std::size_t mostBytes = std::size_t{1} << 20; // a few bytes of input can become a thousand times as many

struct Content {
    std::string bytes;
    std::string error;
};

Content readAll(const std::string& path, const std::string& encoding, std::size_t piece)
{
    Content content;
    auto raw = openByteStream(path, "auto");
    require(raw.ok(), "a file that exists is opened");
    const auto stream = decodedStream(std::move(*raw), encoding);
    require(stream.ok(), "every encoding of the catalogue is known");
    std::string buffer(piece, '\0');
    while (content.bytes.size() < mostBytes) {
        const auto count = (*stream)->read(buffer.data(), piece);
        if (!count)
            content.error = count.error().message();
        if (!count || *count == 0)
            break;
        require(*count <= piece, "no more bytes than there is room for");
        content.bytes.append(buffer, 0, *count);
    }
    content.bytes.resize(std::min(content.bytes.size(), mostBytes));
    return content;
}

/// A byte 0xff stands for what was not of the encoding.
void checkUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::string_view good = text.substr(0, text.find('\xff'));
        text.remove_prefix(std::min(text.size(), good.size() + 1));
        require(isUtf8(good) || (text.empty() && good.size() > mostBytes - 4), "decoded text is UTF-8");
    }
}

} // namespace

bool runStreams(std::string_view input)
{
    if (input.empty())
        return false;
    const auto& encodings = textEncodings();
    const std::string& encoding = encodings[static_cast<unsigned char>(input.front() - '0') % encodings.size()].id;
    const std::string path = writeInput(input.substr(1));
    const Content whole = readAll(path, encoding, std::size_t{1} << 17);
    const Content pieces = readAll(path, encoding, 61);
    require(whole.bytes == pieces.bytes, "the size of the pieces does not matter");
    require(whole.error == pieces.error, "an error does not depend on the pieces");
    if (encoding != "utf8")
        checkUtf8(whole.bytes);
    return whole.error.empty();
}

} // namespace espalier::fuzzing
