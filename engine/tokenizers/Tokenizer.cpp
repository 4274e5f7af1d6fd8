// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/Tokenizer.h"

#include "engine/tokenizers/SubwordTokenizer.h"
#include "engine/tokenizers/TokenizerCatalog.h"
#include "engine/tokenizers/WordTokenizer.h"

namespace espalier {

Tokenizer::Tokenizer(std::shared_ptr<const TokenizerCore> core) : m_core(std::move(core)) {}

Result<Tokenizer> Tokenizer::create(const TokenizerSpec& spec, std::vector<std::string> vocabulary)
{
    ESPALIER_TRY(auto core, WordTokenizer::create(spec, std::move(vocabulary)));
    return Tokenizer(std::move(core));
}

Result<Tokenizer> Tokenizer::fromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "tokenizer"));
    ESPALIER_TRY(auto vocabulary, fields.texts("vocabulary"));
    return read(fields, std::move(vocabulary));
}

Result<Tokenizer> Tokenizer::fromJson(const Json& json, std::vector<std::string> vocabulary)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "tokenizer"));
    return read(fields, std::move(vocabulary));
}

Result<Tokenizer> Tokenizer::read(const Fields& fields, std::vector<std::string> vocabulary)
{
    ESPALIER_TRY(const std::string id, fields.text("kind"));
    ESPALIER_TRY(const TokenizerKind* kind, tokenizerCatalog().get(id));
    ESPALIER_TRY(auto core, kind->subword ? SubwordTokenizer::read(fields, std::move(vocabulary)) : WordTokenizer::read(fields, std::move(vocabulary)));
    return Tokenizer(std::move(core));
}

Json Tokenizer::toJson() const { return m_core->toJson(); }

const TokenizerSpec& Tokenizer::spec() const { return m_core->spec(); }

const std::vector<std::string>& Tokenizer::vocabulary() const { return m_core->vocabulary(); }

std::string Tokenizer::source() const { return m_core->source(); }

std::span<const std::int32_t> Tokenizer::fileIds() const { return m_core->fileIds(); }

std::vector<Token> Tokenizer::tokenize(std::string_view text) const
{
    std::vector<Token> tokens;
    m_core->tokenize(text, tokens);
    return tokens;
}

void Tokenizer::encode(std::string_view text, std::vector<std::int32_t>& ids) const
{
    m_core->encode(text, ids);
}

} // namespace espalier
