// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Scripts.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

enum Script { None = -1, Latin, Han, Kana, Hangul, Cyrillic, Greek, Arabic, Hebrew, Devanagari, Bengali, Tamil, Thai, Lao, Khmer, Emoji, Other };

struct Range {
    char32_t first;
    char32_t last;
    Script script;
};

/// Blocks of the Unicode Standard, in order and apart. What lies between them is Other.
constexpr std::array ranges{
    Range{0x0000, 0x0040, None},     Range{0x0041, 0x005a, Latin},     Range{0x005b, 0x0060, None},       Range{0x0061, 0x007a, Latin},
    Range{0x007b, 0x00a9, None},     Range{0x00aa, 0x00aa, Latin},     Range{0x00ab, 0x00b9, None},       Range{0x00ba, 0x00ba, Latin},
    Range{0x00bb, 0x00bf, None},     Range{0x00c0, 0x00d6, Latin},     Range{0x00d7, 0x00d7, None},       Range{0x00d8, 0x00f6, Latin},
    Range{0x00f7, 0x00f7, None},     Range{0x00f8, 0x02af, Latin},     Range{0x02b0, 0x036f, None},       Range{0x0370, 0x03ff, Greek},
    Range{0x0400, 0x052f, Cyrillic}, Range{0x0591, 0x05f4, Hebrew},    Range{0x0600, 0x0605, None},       Range{0x0606, 0x06ff, Arabic},
    Range{0x0750, 0x077f, Arabic},   Range{0x08a0, 0x08ff, Arabic},    Range{0x0900, 0x097f, Devanagari}, Range{0x0980, 0x09ff, Bengali},
    Range{0x0b80, 0x0bff, Tamil},    Range{0x0e01, 0x0e3a, Thai},      Range{0x0e3f, 0x0e3f, None},       Range{0x0e40, 0x0e5b, Thai},
    Range{0x0e81, 0x0edf, Lao},      Range{0x1100, 0x11ff, Hangul},    Range{0x1780, 0x17dd, Khmer},      Range{0x1ab0, 0x1aff, None},
    Range{0x1c80, 0x1c8f, Cyrillic}, Range{0x1dc0, 0x1dff, None},      Range{0x1e00, 0x1eff, Latin},      Range{0x1f00, 0x1fff, Greek},
    Range{0x2000, 0x20ff, None},     Range{0x2100, 0x218f, None},      Range{0x2190, 0x25ff, None},       Range{0x2600, 0x27bf, Emoji},
    Range{0x27c0, 0x2bff, None},     Range{0x2c60, 0x2c7f, Latin},     Range{0x2de0, 0x2dff, Cyrillic},   Range{0x2e00, 0x2e7f, None},
    Range{0x2e80, 0x2fd5, Han},      Range{0x2ff0, 0x3004, None},      Range{0x3005, 0x3007, Han},        Range{0x3008, 0x3020, None},
    Range{0x3021, 0x3029, Han},      Range{0x302a, 0x3040, None},      Range{0x3041, 0x30ff, Kana},       Range{0x3130, 0x318f, Hangul},
    Range{0x31f0, 0x31ff, Kana},     Range{0x3200, 0x33ff, None},      Range{0x3400, 0x4dbf, Han},        Range{0x4dc0, 0x4dff, None},
    Range{0x4e00, 0x9fff, Han},      Range{0xa640, 0xa69f, Cyrillic},  Range{0xa720, 0xa7ff, Latin},      Range{0xa960, 0xa97f, Hangul},
    Range{0xac00, 0xd7ff, Hangul},   Range{0xe000, 0xf8ff, None},      Range{0xf900, 0xfaff, Han},        Range{0xfb00, 0xfb06, Latin},
    Range{0xfb1d, 0xfb4f, Hebrew},   Range{0xfb50, 0xfdff, Arabic},    Range{0xfe00, 0xfe6f, None},       Range{0xfe70, 0xfefe, Arabic},
    Range{0xfeff, 0xff20, None},     Range{0xff21, 0xff3a, Latin},     Range{0xff3b, 0xff40, None},       Range{0xff41, 0xff5a, Latin},
    Range{0xff5b, 0xff65, None},     Range{0xff66, 0xff9f, Kana},      Range{0xffa0, 0xffdc, Hangul},     Range{0xffe0, 0xffff, None},
    Range{0x1b000, 0x1b16f, Kana},   Range{0x1f000, 0x1faff, Emoji},   Range{0x20000, 0x323af, Han},      Range{0xe0000, 0x10ffff, None},
};

} // namespace

const std::vector<std::string_view>& scriptNames()
{
    static const std::vector<std::string_view> names{"Latin", "Han", "Kana", "Hangul", "Cyrillic", "Greek", "Arabic", "Hebrew",
                                                     "Devanagari", "Bengali", "Tamil", "Thai", "Lao", "Khmer", "Emoji", "Other"};
    return names;
}

int scriptOf(char32_t codePoint)
{
    const auto it = std::lower_bound(ranges.begin(), ranges.end(), codePoint, [](const Range& range, char32_t value) { return range.last < value; });
    return it != ranges.end() && codePoint >= it->first ? it->script : Other;
}

bool writtenWithoutSpaces(char32_t codePoint)
{
    if (codePoint < 0x0e00)
        return false;
    const int script = scriptOf(codePoint);
    return script == Han || script == Kana || script == Thai || script == Lao || script == Khmer;
}

bool isSpace(char32_t codePoint)
{
    return codePoint == ' ' || (codePoint >= 0x09 && codePoint <= 0x0d) || codePoint == 0x85 || codePoint == 0xa0 || codePoint == 0x1680 ||
           (codePoint >= 0x2000 && codePoint <= 0x200a) || codePoint == 0x2028 || codePoint == 0x2029 || codePoint == 0x202f || codePoint == 0x205f ||
           codePoint == 0x3000;
}

} // namespace espalier
