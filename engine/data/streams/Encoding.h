// SPDX-License-Identifier: GPL-3.0-or-later
// Encodings of text files: which one it is, and a stream that turns it into UTF-8.
#pragma once

#include "engine/data/streams/ByteStream.h"

#include <string>
#include <vector>

namespace espalier {

struct TextEncoding {
    std::string id;        ///< "utf8", "gb18030"...; a value of the Dataset node's parameter
    std::string name;      ///< for people
    std::string iconvName;
};

/// The encodings there are; the first is UTF-8.
const std::vector<TextEncoding>& textEncodings();

/// A byte order mark decides; then UTF-8 where all of @p sample is; then GB18030 where all of it is and most characters beyond ASCII
/// are common Chinese; else UTF-8, whose bad rows will be set aside. @p complete: whether the sample is the whole file.
std::string findEncoding(std::string_view sample, bool complete);

/// The text as UTF-8, without byte order mark. Where bytes are not of the encoding, the byte 0xff stands in the result, so that the row is
/// set aside; UTF-8 is passed on unchecked. Errors: an unknown encoding.
Result<std::unique_ptr<ByteStream>> decodedStream(std::unique_ptr<ByteStream> encoded, const std::string& encoding);

} // namespace espalier
