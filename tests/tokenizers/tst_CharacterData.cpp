// SPDX-License-Identifier: GPL-3.0-or-later
// Our tables of characters against utf8proc, from whose data they were made: every code point, every pair, and long random texts.
#include "engine/tokenizers/NormalizedText.h"
#include "engine/tokenizers/unicode/GraphemeBreaks.h"
#include "engine/tokenizers/unicode/Utf8.h"
#include "tests/tokenizers/CharacterDataFile.h"

#include <QFile>
#include <QtTest>

#include <utf8proc.h>

#include <random>

using namespace espalier;
using namespace espalier::unicode;

namespace {

constexpr std::int32_t codePoints = 0x110000;
/// A Hangul vowel that utf8proc takes for a final consonant and swallows after a syllable (it is one before the first of them).
constexpr std::int32_t swallowed = 0x11a7;

utf8proc_option_t utf8procOptions(const NormalizerOptions& options)
{
    int flags = UTF8PROC_STABLE;
    if (options.compose)
        flags |= UTF8PROC_COMPOSE | (options.compatibility ? UTF8PROC_COMPAT : 0);
    return static_cast<utf8proc_option_t>(flags | (options.foldCase ? UTF8PROC_CASEFOLD : 0));
}

/// The length of the character at the front, or 0.
std::size_t iterate(std::string_view text, std::int32_t& codePoint)
{
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &codePoint);
    return length > 0 ? static_cast<std::size_t>(length) : 0;
}

/// What NormalizedText promises, by utf8proc alone: grapheme clusters of 32 code points at most, each normalised; -1 for a run of bytes that are not UTF-8.
std::vector<std::int32_t> normalized(std::string_view text, const NormalizerOptions& options)
{
    std::vector<std::int32_t> all;
    while (!text.empty()) {
        std::int32_t codePoint = 0;
        std::size_t bytes = 0;
        std::vector<std::int32_t> cluster(1024);
        std::int32_t state = 0;
        std::int32_t last = 0;
        for (int count = 0; count < 32 && bytes < text.size(); ++count) {
            const std::size_t length = iterate(text.substr(bytes), codePoint);
            if (length == 0 || (count > 0 && utf8proc_grapheme_break_stateful(last, codePoint, &state)))
                break;
            bytes += length;
            last = codePoint;
        }
        if (bytes == 0) {
            while (bytes < text.size() && iterate(text.substr(bytes), codePoint) == 0)
                ++bytes;
            all.push_back(NormalizedUnit::invalid);
        } else {
            const auto flags = utf8procOptions(options);
            auto count = utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(bytes), cluster.data(), 1024, flags);
            if (options.compose)
                count = utf8proc_normalize_utf32(cluster.data(), count, flags);
            all.insert(all.end(), cluster.begin(), cluster.begin() + count);
        }
        text.remove_prefix(bytes);
    }
    return all;
}

/// Draws code points from where the rules have something to do.
class RandomText {
public:
    explicit RandomText(std::uint32_t seed) : m_random(seed)
    {
        for (std::int32_t c = 0; c < codePoints; ++c) {
            const auto& property = *utf8proc_get_property(c);
            if (property.combining_class != 0)
                m_lively.push_back(c);
            if (property.decomp_seqindex != UINT16_MAX || property.casefold_seqindex != UINT16_MAX || property.comb_index != UINT16_MAX)
                m_lively.push_back(c);
            if (property.boundclass != UTF8PROC_BOUNDCLASS_OTHER && property.boundclass != UTF8PROC_BOUNDCLASS_LVT && property.boundclass != UTF8PROC_BOUNDCLASS_CONTROL)
                m_lively.push_back(c);
        }
    }

    std::int32_t codePoint()
    {
        const std::int32_t drawn = draw();
        return drawn != swallowed ? drawn : codePoint();
    }

    /// UTF-8, with surrogates and stray bytes now and then.
    std::string text()
    {
        std::string bytes;
        for (int left = 1 + below(60); left > 0; --left) {
            char encoded[4];
            bytes.append(encoded, encode(below(50) == 0 ? 0xd800 + below(0x800) : codePoint(), encoded));
            if (below(50) == 0)
                bytes += static_cast<char>(0x80 + below(0x80));
            if (below(50) == 0)
                bytes.pop_back();
        }
        return bytes;
    }

private:
    std::int32_t draw()
    {
        switch (below(8)) {
        case 0: return below(0x80);
        case 1: return 0x300 + below(0x50);
        case 2: return 0x1100 + below(0x100);
        case 3: return 0xac00 + below(0x2ba4);
        case 4: return std::array{0x1f1e6, 0x1f1fa, 0x200d, 0x1f468, 0x1f3fd, 0xfe0f, 0x2764, 0x1f467}[static_cast<std::size_t>(below(8))];
        case 5: return below(codePoints);
        default: return m_lively[static_cast<std::size_t>(below(static_cast<int>(m_lively.size())))];
        }
    }

    int below(int limit) { return static_cast<int>(m_random() % static_cast<std::uint32_t>(limit)); }

    std::mt19937 m_random;
    std::vector<std::int32_t> m_lively;
};

const NormalizerOptions allOptions[] = {{true, true, true}, {true, true, false}, {true, false, true}, {true, false, false}, {false, false, true}, {false, false, false}};

} // namespace

class tst_CharacterData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Later versions of utf8proc hold a later Unicode. Ours stays, since a model's ids hang on it, so that there is nothing to compare with.
    void initTestCase()
    {
        if (std::string(utf8proc_unicode_version()) != tablesUnicode)
            QSKIP(qPrintable(QString("The tables hold Unicode %1 and the installed utf8proc %2: run this test with utf8proc 2.8 (Debian 12) after a change to them.").arg(tablesUnicode, utf8proc_unicode_version())));
    }

    void fileIsWhatUtf8procGives()
    {
        QFile file(ESPALIER_SOURCE_DIR "/engine/tokenizers/unicode/CharacterData.inc");
        const bool opened = file.open(QIODevice::ReadOnly);
        const std::string expected = characterDataFile();
        if (opened && file.readAll().toStdString() == expected)
            return;
        QFile made(ESPALIER_BINARY_DIR "/CharacterData.inc");
        QVERIFY(made.open(QIODevice::WriteOnly) && made.write(expected.data(), static_cast<qint64>(expected.size())) >= 0);
        QFAIL(qPrintable("The tables are not those of utf8proc. The right ones are in " + made.fileName() + ": copy them to " + file.fileName() + "."));
    }

    void knowsEveryCodePoint()
    {
        for (std::int32_t c = -2; c < codePoints + 2; ++c) {
            const auto& property = *utf8proc_get_property(c);
            const CharacterRecord& record = characterRecord(c);
            QVERIFY2(static_cast<int>(record.category) == utf8proc_category(c), qPrintable(QString::number(c, 16)));
            QVERIFY2(record.combiningClass == property.combining_class, qPrintable(QString::number(c, 16)));
            QVERIFY2(simpleLowerCase(c) == utf8proc_tolower(c), qPrintable(QString::number(c, 16)));
        }
    }

    void mapsEveryCodePoint()
    {
        for (int flags = 0; flags < 8; ++flags) {
            const Mapping mapping{(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
            const int options = (mapping.decompose ? UTF8PROC_DECOMPOSE : 0) | (mapping.decompose && mapping.compatibility ? UTF8PROC_COMPAT : 0) | (mapping.foldCase ? UTF8PROC_CASEFOLD : 0);
            for (std::int32_t c = 0; c < codePoints; ++c) {
                std::int32_t ours[longestMapping];
                std::int32_t theirs[32];
                int boundary = 0;
                const auto length = utf8proc_decompose_char(c, theirs, 32, static_cast<utf8proc_option_t>(options), &boundary);
                const std::size_t count = mapCharacter(c, mapping, ours);
                QVERIFY2(static_cast<std::size_t>(length) == count && std::equal(ours, ours + count, theirs), qPrintable(QString("%1, %2").arg(c, 0, 16).arg(flags)));
            }
        }
    }

    void composesEveryPair()
    {
        std::vector<std::int32_t> seconds;
        for (std::int32_t c = 0; c < codePoints; ++c)
            if (const auto index = utf8proc_get_property(c)->comb_index; (index != UINT16_MAX && index >= 0x8000) || (c >= 0x1100 && c < 0x1200 && c != swallowed))
                seconds.push_back(c);
        int found = 0;
        for (std::int32_t first = 0; first < codePoints; ++first)
            for (const std::int32_t second : seconds) {
                std::int32_t pair[] = {first, second};
                const auto length = utf8proc_normalize_utf32(pair, 2, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
                const std::int32_t expected = length == 1 ? pair[0] : -1;
                found += expected >= 0;
                if (composed(first, second) != expected)
                    QFAIL(qPrintable(QString("%1 and %2").arg(first, 0, 16).arg(second, 0, 16)));
            }
        QCOMPARE(found, 941 + 11172); // Unicode's own, and the Hangul syllables
        QCOMPARE(composed(0xac00, swallowed), -1);
    }

    void cutsGraphemes()
    {
        RandomText random(7);
        for (int text = 0; text < 30'000; ++text) {
            GraphemeBreaks breaks;
            std::int32_t state = 0;
            std::int32_t previous = random.codePoint();
            for (int i = 0; i < 60; ++i) {
                const std::int32_t next = random.codePoint();
                const bool expected = utf8proc_grapheme_break_stateful(previous, next, &state);
                QCOMPARE(breaks.between(previous, next), expected);
                previous = next;
            }
        }
    }

    void normalizesTexts()
    {
        RandomText random(11);
        for (int i = 0; i < 60'000; ++i) {
            const std::string text = random.text();
            const NormalizerOptions& options = allOptions[i % 6];
            NormalizedText units(text, options);
            NormalizedUnit unit;
            std::vector<std::int32_t> found;
            while (units.next(unit))
                found.push_back(unit.codePoint);
            if (found != normalized(text, options))
                QFAIL(qPrintable(QString("options %1, bytes %2").arg(i % 6).arg(QString(QByteArray::fromStdString(text).toHex(' ')))));
        }
    }

    void checksUtf8()
    {
        for (std::int32_t c = 0; c < codePoints; ++c) {
            char ours[4];
            utf8proc_uint8_t theirs[4];
            const std::size_t length = encode(c, ours);
            QCOMPARE(length, static_cast<std::size_t>(utf8proc_encode_char(c, theirs)));
            QVERIFY(std::memcmp(ours, theirs, length) == 0);
        }
        std::string bytes(4, '\0');
        for (std::uint32_t lead = 0; lead < 0x1000000; ++lead) { // three bytes as they come, and one that goes on or does not
            bytes = {static_cast<char>(lead >> 16), static_cast<char>(lead >> 8), static_cast<char>(lead), static_cast<char>(lead * 37)};
            std::int32_t codePoint = 0;
            const std::string_view text = std::string_view(bytes).substr(0, 1 + lead % 4);
            const std::size_t length = iterate(text, codePoint);
            if (validLength(text) != length || (length > 0 && decode(text) != codePoint))
                QFAIL(qPrintable(QString(QByteArray::fromStdString(bytes).toHex(' '))));
        }
    }
};

QTEST_GUILESS_MAIN(tst_CharacterData)
#include "tst_CharacterData.moc"
