// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RowStore.h"

#include "engine/data/TemporaryFile.h"
#include "engine/data/Varint.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace espalier {
namespace {

constexpr std::size_t pageBytes = std::size_t{1} << 20; ///< a page ends with the block that goes beyond

/// Where the id of @p label is looked for before the map is asked: its last bytes tell most labels apart, and take less time than a hash.
template <std::size_t places>
std::size_t recentPlace(std::string_view label)
{
    std::uint64_t end = 0;
    if (label.size() >= sizeof end)
        std::memcpy(&end, label.data() + label.size() - sizeof end, sizeof end);
    else
        std::copy(label.begin(), label.end(), reinterpret_cast<char*>(&end));
    return (end + label.size()) * 0x9E3779B97F4A7C15U / (UINT64_MAX / places + 1);
}

std::string_view takeBytes(std::string_view& bytes, std::size_t count)
{
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
}

/// Memory that the system has given already: it takes as long as filling a page, and is done beside it.
std::string freshPage()
{
    return std::string(pageBytes + pageBytes / 16, ' ');
}

constexpr std::size_t headBytes = 3 * mostVarintBytes;

/// What putRecord() may write, and more.
std::size_t mostRecordBytes(const RowView& row)
{
    return headBytes + (2 + row.labels.size() + 2 * row.words.size()) * mostVarintBytes + row.text.size() + row.group.size();
}

/// Bytes of text, group and numbers; the numbers, which are labels and words; text; group. Returns where the record ends.
char* putRecord(char* at, const RowView& row)
{
    char* begin = at + headBytes;
    char* end = putVarint(begin, row.labels.size());
    for (const std::uint32_t label : row.labels)
        end = putVarint(end, label);
    end = putVarint(end, row.words.size());
    std::uint32_t before = 0;
    for (const TextSpan& word : row.words) {
        end = putVarint(end, word.begin - before);
        end = putVarint(end, word.end - word.begin);
        before = word.end;
    }
    at = putVarint(at, row.text.size());
    at = putVarint(at, row.group.size());
    at = putVarint(at, static_cast<std::size_t>(end - begin));
    at = std::copy(begin, end, at);
    at = std::copy(row.text.begin(), row.text.end(), at);
    return row.group.empty() ? at : std::copy(row.group.begin(), row.group.end(), at);
}

} // namespace

void takeRecord(std::string_view& records, RowView& row)
{
    const std::size_t textBytes = takeVarint(records);
    const std::size_t groupBytes = takeVarint(records);
    std::string_view numbers = takeBytes(records, takeVarint(records));
    row.text = takeBytes(records, textBytes);
    row.group = takeBytes(records, groupBytes);
    row.labels.resize(takeVarint(numbers));
    for (std::uint32_t& label : row.labels)
        label = static_cast<std::uint32_t>(takeVarint(numbers));
    row.words.resize(takeVarint(numbers));
    std::uint32_t before = 0;
    for (TextSpan& word : row.words) {
        word.begin = before + static_cast<std::uint32_t>(takeVarint(numbers));
        word.end = word.begin + static_cast<std::uint32_t>(takeVarint(numbers));
        before = word.end;
    }
}

void skipRecord(std::string_view& records)
{
    std::size_t length = takeVarint(records);
    length += takeVarint(records);
    length += takeVarint(records);
    records.remove_prefix(length);
}

std::string_view RowStore::block(std::size_t block, std::string& buffer) const
{
    const std::uint64_t begin = m_blocks[block];
    const auto count = static_cast<std::size_t>(m_blocks[block + 1] - begin);
    if (!m_file) {
        const auto page = static_cast<std::size_t>(std::upper_bound(m_pageBegins.begin(), m_pageBegins.end(), begin) - m_pageBegins.begin()) - 1;
        return std::string_view(m_pages[page]).substr(static_cast<std::size_t>(begin - m_pageBegins[page]), count);
    }
    buffer.resize(count);
    m_file->read(begin, buffer.data(), count);
    return buffer;
}

RowStoreBuilder::RowStoreBuilder(std::filesystem::path spillFolder, std::size_t memoryBytes)
    : m_folder(std::move(spillFolder)), m_memoryBytes(memoryBytes), m_store(std::make_shared<RowStore>())
{
}

RowStoreBuilder::~RowStoreBuilder() = default;

std::uint32_t RowStoreBuilder::labelId(std::string_view label)
{
    std::vector<std::string>& labels = m_store->m_labels;
    std::uint32_t& recent = m_recent[recentPlace<recentLabels>(label)];
    if (recent < labels.size() && labels[recent] == label)
        return recent;
    const auto [known, isNew] = m_ids.try_emplace(std::string(label), static_cast<std::uint32_t>(labels.size()));
    if (isNew)
        labels.emplace_back(label);
    return recent = known->second;
}

/// Waits for the bytes that are being written.
Result<void> RowStoreBuilder::written()
{
    return m_writing.valid() ? m_writing.get() : Result<void>();
}

/// Moves the pages from memory to a file.
Result<void> RowStoreBuilder::spill()
{
    ESPALIER_TRY(m_store->m_file, TemporaryFile::create(m_folder));
    for (const std::string& page : m_store->m_pages)
        ESPALIER_CHECK(m_store->m_file->append(page));
    m_store->m_pages = {};
    m_store->m_pageBegins = {};
    return {};
}

/// The page goes to the others, or to the file, which is written beside the reading.
Result<void> RowStoreBuilder::closePage()
{
    const std::uint64_t begin = m_before;
    m_before += m_used;
    m_page.resize(std::exchange(m_used, 0));
    if (m_store->m_file) {
        ESPALIER_CHECK(written());
        m_underway.swap(m_page);
        m_writing = std::async(std::launch::async, [file = m_store->m_file.get(), bytes = std::string_view(m_underway)] { return file->append(bytes); });
        return {};
    }
    m_store->m_pageBegins.push_back(begin);
    m_store->m_pages.push_back(std::exchange(m_page, {}));
    if (m_before > m_memoryBytes)
        return spill();
    m_page = m_nextPage.valid() ? m_nextPage.get() : std::string();
    m_nextPage = std::async(std::launch::async, freshPage);
    return {};
}

Result<void> RowStoreBuilder::add(const RowView& row)
{
    RowStore& store = *m_store;
    if (m_ids.size() > mostLabels || store.m_rows == UINT32_MAX)
        return Error{ErrorCode::InvalidArgument, "The rows have more than " + std::to_string(m_ids.size() > mostLabels ? mostLabels : UINT32_MAX) +
                                                     (m_ids.size() > mostLabels ? " different labels." : " rows."),
                     "Check which column is the label; use fewer rows.", {}};
    if (store.m_rows % RowStore::rowsPerBlock == 0) {
        if (m_used > 0 && m_used >= std::min(pageBytes, m_memoryBytes))
            ESPALIER_CHECK(closePage());
        store.m_blocks.push_back(m_before + m_used);
    }
    if (const std::size_t wanted = m_used + mostRecordBytes(row); wanted > m_page.size())
        m_page.resize(std::max(wanted, 2 * m_page.size()));
    m_used = static_cast<std::size_t>(putRecord(m_page.data() + m_used, row) - m_page.data());
    ++store.m_rows;
    return {};
}

Result<void> RowStoreBuilder::add(const Example& example)
{
    m_scratch.text = example.text;
    m_scratch.group = example.group;
    m_scratch.labels.clear();
    for (const std::string& label : example.labels)
        m_scratch.labels.push_back(labelId(label));
    m_scratch.words = example.words;
    return add(m_scratch);
}

Result<std::shared_ptr<const RowStore>> RowStoreBuilder::finish()
{
    m_page.resize(m_used);
    m_page.shrink_to_fit();
    ESPALIER_CHECK(closePage());
    ESPALIER_CHECK(written());
    m_store->m_blocks.push_back(m_before);
    return std::shared_ptr<const RowStore>(m_store);
}

} // namespace espalier
