// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/normalizers/Normalizers.h"

#include <array>

namespace espalier {
namespace {

constexpr std::array<std::string_view, 4> names{"NFC", "NFD", "NFKC", "NFKD"}; // in the order of unicode::Form

class FormNormalizer final : public Normalizer {
public:
    explicit FormNormalizer(unicode::Form form) : m_form(form) {}

    void apply(PreTokenized& work) const override
    {
        work.spare.clear();
        unicode::appendForm(work.text, m_form, work.units, work.spare);
        work.text.swap(work.spare);
    }
    [[nodiscard]] Json toJson() const override { return {{"type", names[static_cast<std::size_t>(m_form)]}}; }

private:
    unicode::Form m_form;
};

} // namespace

Result<NormalizerPtr> createFormNormalizer(const Fields& fields)
{
    ESPALIER_TRY(const std::string type, fields.text("type"));
    std::size_t form = 0;
    while (names[form] != type)
        ++form; // the catalogue sends only these four here
    return NormalizerPtr(std::make_unique<FormNormalizer>(static_cast<unicode::Form>(form)));
}

} // namespace espalier
