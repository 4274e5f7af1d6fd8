// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/normalizers/Normalizers.h"
#include "engine/tokenizers/unicode/CharacterClass.h"

namespace espalier {
namespace {

constexpr std::int32_t replacementCharacter = 0xfffd;

class BertNormalizer final : public Normalizer {
public:
    explicit BertNormalizer(const BertOptions& options) : m_options(options) {}

    void apply(PreTokenized& work) const override
    {
        if (m_options.cleanText)
            cleanText(work);
        if (m_options.separateIdeographs)
            separateIdeographs(work);
        if (m_options.stripAccents)
            stripAccents(work);
        if (m_options.lowercase)
            lowercaseText(work);
    }

    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "BertNormalizer"},
                {"clean_text", m_options.cleanText},
                {"handle_chinese_chars", m_options.separateIdeographs},
                {"strip_accents", m_options.stripAccents},
                {"lowercase", m_options.lowercase}};
    }

private:
    static void cleanText(PreTokenized& work)
    {
        filterText(work, [](std::int32_t c) { return c != 0 && c != replacementCharacter && !unicode::isControl(c); });
        mapText(work, [](Rewrite& to, std::int32_t c) { to.put(unicode::isWhitespace(c) ? ' ' : c); });
    }

    static void separateIdeographs(PreTokenized& work)
    {
        mapText(work, [](Rewrite& to, std::int32_t c) {
            if (!unicode::isIdeograph(c))
                return to.put(c);
            to.put(' ');
            to.put(c, 1);
            to.put(' ', 1);
        });
    }

    static void stripAccents(PreTokenized& work)
    {
        work.spare.clear();
        unicode::appendForm(work.text, unicode::Form::Nfd, work.units, work.spare);
        work.text.swap(work.spare);
        filterText(work, [](std::int32_t c) { return !unicode::isNonspacingMark(c); });
    }

    BertOptions m_options;
};

} // namespace

Result<NormalizerPtr> createBertNormalizer(const Fields& fields)
{
    BertOptions options;
    ESPALIER_TRY(options.cleanText, fields.booleanOr("clean_text", true));
    ESPALIER_TRY(options.separateIdeographs, fields.booleanOr("handle_chinese_chars", true));
    ESPALIER_TRY(options.lowercase, fields.booleanOr("lowercase", true));
    // Without a word on accents they go where case goes.
    ESPALIER_TRY(options.stripAccents, isNull(fields, "strip_accents") ? Result<bool>(options.lowercase) : fields.boolean("strip_accents"));
    return NormalizerPtr(std::make_unique<BertNormalizer>(options));
}

} // namespace espalier
