// SPDX-License-Identifier: Apache-2.0
// The normalisers that look at the text as a whole: its ends, or a pattern in it; and the sequence of others.
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/normalizers/Normalizers.h"
#include "engine/tokenizers/unicode/CharacterClass.h"

namespace espalier {
namespace {

class Strip final : public Normalizer {
public:
    Strip(bool left, bool right) : m_left(left), m_right(right) {}

    void apply(PreTokenized& work) const override
    {
        const std::string_view text = work.text.view();
        std::size_t begin = text.size();
        std::size_t end = 0;
        unicode::forEach(text, [&](std::int32_t c, std::size_t at) {
            if (unicode::isWhitespace(c))
                return;
            begin = std::min(begin, at);
            end = at + unicode::lengthOf(text[at]);
        });
        work.spare.clear();
        begin = m_left ? begin : 0;
        end = m_right ? end : text.size();
        if (begin < end)
            work.spare.append(work.text, begin, end);
        work.text.swap(work.spare);
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "Strip"}, {"strip_left", m_left}, {"strip_right", m_right}}; }

private:
    bool m_left;
    bool m_right;
};

/// Every occurrence of a text becomes another; what is new comes from the last character of what it replaces.
class Replace final : public Normalizer {
public:
    Replace(std::string pattern, std::string content) : m_pattern(std::move(pattern)), m_content(std::move(content)) {}

    void apply(PreTokenized& work) const override
    {
        const std::string_view text = work.text.view();
        work.spare.clear();
        std::size_t last = 0;
        for (auto at = text.find(m_pattern); at != std::string_view::npos; at = text.find(m_pattern, last)) {
            work.spare.append(work.text, last, at);
            last = at + m_pattern.size();
            work.spare.append(m_content, work.text.originOf(last - 1));
        }
        work.spare.append(work.text, last, text.size());
        work.text.swap(work.spare);
    }
    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "Replace"}, {"pattern", {{"String", m_pattern}}}, {"content", m_content}};
    }

private:
    std::string m_pattern;
    std::string m_content;
};

class Prepend final : public Normalizer {
public:
    explicit Prepend(std::string text) : m_text(std::move(text)) {}

    void apply(PreTokenized& work) const override
    {
        if (work.text.empty())
            return;
        work.spare.clear();
        work.spare.append(m_text, work.text.originOf(0));
        work.spare.append(work.text, 0, work.text.size());
        work.text.swap(work.spare);
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "Prepend"}, {"prepend", m_text}}; }

private:
    std::string m_text;
};

class NormalizerSequence final : public Normalizer {
public:
    explicit NormalizerSequence(std::vector<NormalizerPtr> parts) : m_parts(std::move(parts)) {}

    void apply(PreTokenized& work) const override
    {
        for (const auto& part : m_parts)
            part->apply(work);
    }
    [[nodiscard]] Json toJson() const override
    {
        Json parts = Json::array();
        for (const auto& part : m_parts)
            parts.push_back(part->toJson());
        return {{"type", "Sequence"}, {"normalizers", std::move(parts)}};
    }

private:
    std::vector<NormalizerPtr> m_parts;
};

} // namespace

Result<NormalizerPtr> createStrip(const Fields& fields)
{
    ESPALIER_TRY(const bool left, fields.boolean("strip_left"));
    ESPALIER_TRY(const bool right, fields.boolean("strip_right"));
    return NormalizerPtr(std::make_unique<Strip>(left, right));
}

Result<NormalizerPtr> createReplace(const Fields& fields)
{
    ESPALIER_TRY(const Fields pattern, fields.object("pattern"));
    if (pattern.has("Regex"))
        return unsupportedField(fields, "pattern", "a regular expression");
    ESPALIER_TRY(std::string text, searchText(pattern, "String"));
    ESPALIER_TRY(std::string content, fields.text("content"));
    return NormalizerPtr(std::make_unique<Replace>(std::move(text), std::move(content)));
}

Result<NormalizerPtr> createPrepend(const Fields& fields)
{
    ESPALIER_TRY(std::string text, fields.text("prepend"));
    return NormalizerPtr(std::make_unique<Prepend>(std::move(text)));
}

Result<NormalizerPtr> createNormalizerSequence(const Fields& fields)
{
    ESPALIER_TRY(auto parts, partsFromJson<NormalizerPtr>(fields, "normalizers", normalizerFromJson));
    return NormalizerPtr(std::make_unique<NormalizerSequence>(std::move(parts)));
}

} // namespace espalier
