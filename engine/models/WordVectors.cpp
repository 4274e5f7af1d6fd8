// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/WordVectors.h"

#include "engine/core/Random.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <unordered_map>

namespace espalier {
namespace {

constexpr std::int64_t linesBetweenChecks = 4096;

Error badLine(const std::filesystem::path& file, std::int64_t line, const std::string& why)
{
    return {ErrorCode::InvalidFormat, "'" + file.string() + "', line " + std::to_string(line) + ": " + why + ".",
            "Give a text file of GloVe or fastText vectors: a word and its numbers in each line.", {}};
}

/// The last @p count fields of @p line, parsed into @p values; what stands before them is the word. Empty when they are no numbers.
std::string_view splitLine(std::string_view line, std::size_t count, std::vector<float>& values)
{
    values.resize(count);
    for (std::size_t i = count; i-- > 0;) {
        const auto space = line.find_last_of(" \t");
        if (space == std::string_view::npos || space == 0)
            return {};
        const std::string_view number = line.substr(space + 1);
        const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), values[i]);
        if (status != std::errc{} || end != number.data() + number.size() || !std::isfinite(values[i]))
            return {};
        line = line.substr(0, space);
    }
    return line;
}

std::string_view trimmedEnd(std::string_view line)
{
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
        line.remove_suffix(1);
    return line;
}

std::size_t fieldsOf(std::string_view line)
{
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t'; })) + 1;
}

/// Fills the rows one line after the other.
class VectorReader {
public:
    VectorReader(const std::filesystem::path& file, const std::vector<std::string>& vocabulary, std::int64_t dimension)
        : m_file(file), m_dimension(static_cast<std::size_t>(dimension)), m_seen(vocabulary.size(), false)
    {
        for (std::size_t id = 0; id < vocabulary.size(); ++id)
            m_rows.emplace(vocabulary[id], id);
        vectors.embedding = {{static_cast<std::int64_t>(vocabulary.size()), dimension}, std::vector<float>(vocabulary.size() * m_dimension)};
    }

    Result<void> take(std::string_view line, std::int64_t number)
    {
        line = trimmedEnd(line);
        const std::size_t fields = fieldsOf(line);
        if (line.empty() || (number == 1 && fields == 2)) // fastText's head
            return {};
        if (fields < m_dimension + 1 || (number <= 2 && fields != m_dimension + 1))
            return Error{ErrorCode::InvalidArgument,
                         "The vectors of '" + m_file.string() + "' have " + std::to_string(fields - 1) + " numbers (line " + std::to_string(number) +
                             "), the model's embeddings " + std::to_string(m_dimension) + ".",
                         "Set embedding_dim to the file's number, or choose another file.", {}};
        const std::string_view word = splitLine(line, m_dimension, m_values);
        if (word.empty())
            return badLine(m_file, number, "it does not end with " + std::to_string(m_dimension) + " numbers");
        const auto row = m_rows.find(word);
        if (row == m_rows.end() || m_seen[row->second])
            return {};
        m_seen[row->second] = true;
        ++vectors.found;
        std::copy(m_values.begin(), m_values.end(), vectors.embedding.values.begin() + static_cast<std::ptrdiff_t>(row->second * m_dimension));
        return {};
    }

    /// Numbers for the words that the file lacks.
    void fillGaps(std::uint64_t seed)
    {
        double squares = 0;
        for (const float value : vectors.embedding.values)
            squares += static_cast<double>(value) * static_cast<double>(value);
        const double spread = std::sqrt(squares / static_cast<double>(vectors.found * m_dimension));
        Random random(seed);
        for (std::size_t id = 1; id < m_seen.size(); ++id) // 0 is the padding
            for (std::size_t i = 0; !m_seen[id] && i < m_dimension; ++i)
                vectors.embedding.values[id * m_dimension + i] = static_cast<float>(spread * normal(random));
    }

    WordVectors vectors;

private:
    /// Box and Muller 1958.
    static double normal(Random& random)
    {
        constexpr double twoPi = 6.28318530717958647692;
        return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(twoPi * random.uniform());
    }

    const std::filesystem::path& m_file;
    std::size_t m_dimension;
    std::unordered_map<std::string_view, std::size_t> m_rows;
    std::vector<bool> m_seen;
    std::vector<float> m_values;
};

std::string coverage(std::size_t found, std::size_t words, const std::filesystem::path& file)
{
    char share[32];
    std::snprintf(share, sizeof share, "%.1f %%", 100.0 * static_cast<double>(found) / static_cast<double>(words));
    return "Word vectors: " + std::to_string(found) + " of " + std::to_string(words) + " words of the vocabulary (" + share + ") are in '" + file.string() + "'.";
}

} // namespace

Result<WordVectors> loadWordVectors(const std::filesystem::path& file, const std::vector<std::string>& vocabulary, std::int64_t dimension, const RunContext& context)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return ioError("read", file.string(), errno);
    VectorReader reader(file, vocabulary, dimension);
    std::string line;
    for (std::int64_t number = 1; std::getline(stream, line); ++number) {
        if (number % linesBetweenChecks == 0 && context.cancelled())
            return cancelledError();
        ESPALIER_CHECK(reader.take(line, number));
    }
    if (stream.bad())
        return ioError("read", file.string(), errno);
    if (reader.vectors.found == 0)
        return Error{ErrorCode::InvalidArgument, "'" + file.string() + "' has no vector for any word of the vocabulary.",
                     "Choose vectors of the data's language, and let the tokenizer cut text into words.", {}};
    reader.fillGaps(context.seed);
    context.info(coverage(reader.vectors.found, vocabulary.size() - 2, file));
    return std::move(reader.vectors);
}

} // namespace espalier
