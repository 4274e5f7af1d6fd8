// SPDX-License-Identifier: Apache-2.0
// The normalisers that look at one character at a time.
#include "engine/tokenizers/normalizers/Normalizers.h"
#include "engine/tokenizers/unicode/CharacterClass.h"

namespace espalier {

void lowercaseText(PreTokenized& work)
{
    mapText(work, [](Rewrite& to, std::int32_t codePoint) {
        std::int32_t lower[2];
        const int count = unicode::lowerCase(codePoint, lower);
        for (int i = 0; i < count; ++i)
            to.put(lower[i], i > 0 ? 1 : 0);
    });
}

namespace {

class Lowercase final : public Normalizer {
public:
    void apply(PreTokenized& work) const override { lowercaseText(work); }
    [[nodiscard]] Json toJson() const override { return {{"type", "Lowercase"}}; }
};

class StripAccents final : public Normalizer {
public:
    void apply(PreTokenized& work) const override
    {
        filterText(work, [](std::int32_t c) { return !unicode::isMark(c); });
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "StripAccents"}}; }
};

/// The clean-up of Google's neural machine translation, as SentencePiece has it.
class Nmt final : public Normalizer {
public:
    void apply(PreTokenized& work) const override
    {
        filterText(work, [](std::int32_t c) { return !vanishes(c); });
        mapText(work, [](Rewrite& to, std::int32_t c) { to.put(isSpace(c) ? ' ' : c); });
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "Nmt"}}; }

private:
    static bool vanishes(std::int32_t c)
    {
        return (c >= 1 && c <= 8) || c == 0x0b || (c >= 0x0e && c <= 0x1f) || c == 0x7f || c == 0x8f || c == 0x9f;
    }
    static bool isSpace(std::int32_t c)
    {
        return c == 0x09 || c == 0x0a || c == 0x0c || c == 0x0d || c == 0x1680 || (c >= 0x200b && c <= 0x200f) || c == 0x2028 || c == 0x2029 ||
               c == 0x2581 || c == 0xfeff || c == 0xfffd;
    }
};

} // namespace

Result<NormalizerPtr> createLowercase(const Fields&)
{
    return NormalizerPtr(std::make_unique<Lowercase>());
}

Result<NormalizerPtr> createStripAccents(const Fields&)
{
    return NormalizerPtr(std::make_unique<StripAccents>());
}

Result<NormalizerPtr> createNmt(const Fields&)
{
    return NormalizerPtr(std::make_unique<Nmt>());
}

} // namespace espalier
