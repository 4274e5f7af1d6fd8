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

/// Where a label is looked for before the map is asked, below 2^bits: its end tells most labels apart.
template <int bits>
std::size_t recentPlace(std::string_view label)
{
    std::uint64_t end = 0;
    const std::size_t count = std::min(label.size(), sizeof end);
    std::memcpy(&end, label.data() + label.size() - count, count);
    return ((end + label.size()) * 0x9E3779B97F4A7C15U) >> (64 - bits);
}

/// Texts of 8 to 16 bytes, as most labels are, are compared as two numbers each.
bool same(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    constexpr std::size_t half = sizeof(std::uint64_t);
    if (a.size() < half || a.size() > 2 * half)
        return a == b;
    std::uint64_t words[4];
    std::memcpy(&words[0], a.data(), half);
    std::memcpy(&words[1], a.data() + a.size() - half, half);
    std::memcpy(&words[2], b.data(), half);
    std::memcpy(&words[3], b.data() + b.size() - half, half);
    return words[0] == words[2] && words[1] == words[3];
}

/// Some numbers one after the other as varints.
template <std::size_t most>
class Varints {
public:
    void put(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            m_bytes[m_size++] = static_cast<char>(value | 0x80);
        m_bytes[m_size++] = static_cast<char>(value);
    }
    [[nodiscard]] std::string_view bytes() const { return {m_bytes, m_size}; }

private:
    char m_bytes[most * 10]; // a number takes at most ten bytes
    std::size_t m_size = 0;
};

std::string_view takeBytes(std::string_view& bytes, std::size_t count)
{
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
}

/// Empty, with memory that the system has given already: it takes as long as filling a page, and is done beside it.
std::string freshPage()
{
    std::string page(pageBytes + pageBytes / 16, ' ');
    page.clear();
    return page;
}

void putClassified(std::string& bytes, const RowView& row)
{
    Varints<3> tail;
    tail.put(1);
    tail.put(row.labels.front());
    tail.put(0);
    Varints<3> head;
    head.put(tail.bytes().size() + row.text.size() + row.group.size());
    head.put(row.text.size());
    head.put(row.group.size());
    bytes.append(head.bytes()).append(row.text).append(row.group).append(tail.bytes());
}

/// Length of what follows, then text, group, labels and words.
void putRecord(std::string& bytes, const RowView& row)
{
    if (row.words.empty() && row.labels.size() == 1) // the usual row
        return putClassified(bytes, row);
    std::string tail;
    putVarint(tail, row.labels.size());
    for (const std::uint32_t label : row.labels)
        putVarint(tail, label);
    putVarint(tail, row.words.size());
    std::uint32_t before = 0;
    for (const TextSpan& word : row.words) {
        putVarint(tail, word.begin - before);
        putVarint(tail, word.end - word.begin);
        before = word.end;
    }
    putVarint(bytes, tail.size() + row.text.size() + row.group.size());
    putVarint(bytes, row.text.size());
    putVarint(bytes, row.group.size());
    bytes.append(row.text).append(row.group).append(tail);
}

} // namespace

void takeRecord(std::string_view& records, RowView& row)
{
    takeVarint(records);
    const std::size_t textBytes = takeVarint(records);
    const std::size_t groupBytes = takeVarint(records);
    row.text = takeBytes(records, textBytes);
    row.group = takeBytes(records, groupBytes);
    row.labels.resize(takeVarint(records));
    for (std::uint32_t& label : row.labels)
        label = static_cast<std::uint32_t>(takeVarint(records));
    row.words.resize(takeVarint(records));
    std::uint32_t before = 0;
    for (TextSpan& word : row.words) {
        word.begin = before + static_cast<std::uint32_t>(takeVarint(records));
        word.end = word.begin + static_cast<std::uint32_t>(takeVarint(records));
        before = word.end;
    }
}

void skipRecord(std::string_view& records)
{
    const std::size_t length = takeVarint(records);
    takeVarint(records);
    takeVarint(records);
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
    std::uint32_t& recent = m_recent[recentPlace<recentBits>(label)];
    std::vector<std::string>& labels = m_store->m_labels;
    if (recent < labels.size() && same(labels[recent], label))
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
    m_before += m_page.size();
    if (m_store->m_file) {
        ESPALIER_CHECK(written());
        m_underway.swap(m_page);
        m_page.clear();
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
        if (!m_page.empty() && m_page.size() >= std::min(pageBytes, m_memoryBytes))
            ESPALIER_CHECK(closePage());
        store.m_blocks.push_back(m_before + m_page.size());
    }
    putRecord(m_page, row);
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
    m_page.shrink_to_fit();
    ESPALIER_CHECK(closePage());
    ESPALIER_CHECK(written());
    m_store->m_blocks.push_back(m_before);
    return std::shared_ptr<const RowStore>(m_store);
}

} // namespace espalier
