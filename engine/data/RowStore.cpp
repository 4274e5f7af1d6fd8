// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RowStore.h"

#include "engine/data/TemporaryFile.h"
#include "engine/data/Varint.h"

namespace espalier {
namespace {

constexpr std::size_t flushBytes = std::size_t{1} << 20;

std::string_view takeBytes(std::string_view& bytes, std::size_t count)
{
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
}

/// Length of what follows, then text, labels, words and group.
void putRecord(std::string& bytes, const RowView& row)
{
    thread_local std::string tail;
    tail.clear();
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
    if (!m_file)
        return std::string_view(m_bytes).substr(static_cast<std::size_t>(begin), count);
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
    if (const auto known = m_ids.find(label); known != m_ids.end())
        return known->second;
    const auto id = static_cast<std::uint32_t>(m_store->m_labels.size());
    m_store->m_labels.emplace_back(label);
    m_ids.emplace(label, id);
    return id;
}

Result<void> RowStoreBuilder::flush()
{
    if (!m_store->m_file) {
        ESPALIER_TRY(m_store->m_file, TemporaryFile::create(m_folder));
    }
    ESPALIER_CHECK(m_store->m_file->append(m_store->m_bytes));
    m_inFile += m_store->m_bytes.size();
    m_store->m_bytes.clear();
    m_store->m_bytes.shrink_to_fit();
    return {};
}

Result<void> RowStoreBuilder::add(const RowView& row)
{
    RowStore& store = *m_store;
    if (m_ids.size() > mostLabels || store.m_rows == UINT32_MAX)
        return Error{ErrorCode::InvalidArgument, "The rows have more than " + std::to_string(m_ids.size() > mostLabels ? mostLabels : UINT32_MAX) +
                                                     (m_ids.size() > mostLabels ? " different labels." : " rows."),
                     "Check which column is the label; use fewer rows.", {}};
    if (store.m_rows % RowStore::rowsPerBlock == 0)
        store.m_blocks.push_back(m_inFile + store.m_bytes.size());
    putRecord(store.m_bytes, row);
    ++store.m_rows;
    const bool full = store.m_file ? store.m_bytes.size() >= flushBytes : store.m_bytes.size() > m_memoryBytes;
    return full ? flush() : Result<void>();
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
    if (m_store->m_file)
        ESPALIER_CHECK(flush());
    m_store->m_blocks.push_back(m_inFile + m_store->m_bytes.size());
    m_store->m_bytes.shrink_to_fit();
    return std::shared_ptr<const RowStore>(m_store);
}

} // namespace espalier
