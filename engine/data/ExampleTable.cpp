// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ExampleTable.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace espalier {
namespace {

template <typename Examples>
std::shared_ptr<const RowStore> stored(const Examples& examples)
{
    RowStoreBuilder builder({}, std::numeric_limits<std::size_t>::max());
    for (const Example& example : examples)
        if (const auto added = builder.add(example); !added)
            throw std::length_error(added.error().message());
    return std::move(builder.finish()).value();
}

} // namespace

ExampleTable::ExampleTable(std::initializer_list<Example> examples) : ExampleTable(stored(examples), 0, examples.size()) {}

ExampleTable::ExampleTable(const std::vector<Example>& examples) : ExampleTable(stored(examples), 0, examples.size()) {}

ExampleTable::ExampleTable(std::shared_ptr<const RowStore> store, std::uint32_t first, std::size_t count)
    : m_store(std::move(store)), m_index(std::make_shared<const RowIndex>(first, count))
{
}

const std::vector<std::string>& ExampleTable::labelNames() const
{
    static const std::vector<std::string> nothing;
    return m_labels ? m_labels->names : m_store ? m_store->labels() : nothing;
}

void ExampleTable::relabel(RowView& row) const
{
    if (!m_labels)
        return;
    auto& labels = row.labels;
    for (std::uint32_t& label : labels)
        label = m_labels->ids[label];
    std::erase(labels, none);
    if (!row.words.empty())
        return;
    for (std::size_t i = 0; i < labels.size(); ++i)
        labels.erase(std::remove(labels.begin() + static_cast<std::ptrdiff_t>(i) + 1, labels.end(), labels[i]), labels.end());
}

Example ExampleTable::exampleOf(const RowView& row) const
{
    Example example{.text = std::string(row.text), .labels = {}, .words = row.words, .group = std::string(row.group)};
    example.labels.reserve(row.labels.size());
    for (const std::uint32_t label : row.labels)
        example.labels.push_back(labelNames()[label]);
    return example;
}

Example ExampleTable::operator[](std::size_t position) const
{
    const std::uint32_t row = (*m_index)[position];
    std::string buffer;
    std::string_view records = m_store->block(row / RowStore::rowsPerBlock, buffer);
    for (std::size_t i = row % RowStore::rowsPerBlock; i > 0; --i)
        skipRecord(records);
    RowView view;
    takeRecord(records, view);
    relabel(view);
    return exampleOf(view);
}

ExampleTable ExampleTable::relabelled(const std::vector<std::string>& names) const
{
    Labels labels;
    labels.names = names;
    std::sort(labels.names.begin(), labels.names.end());
    labels.names.erase(std::unique(labels.names.begin(), labels.names.end()), labels.names.end());
    std::erase(labels.names, std::string());
    const auto idOf = [&](std::uint32_t own) {
        if (own == none || names[own].empty())
            return none;
        return static_cast<std::uint32_t>(std::lower_bound(labels.names.begin(), labels.names.end(), names[own]) - labels.names.begin());
    };
    for (std::uint32_t id = 0; m_store && id < m_store->labels().size(); ++id)
        labels.ids.push_back(idOf(m_labels ? m_labels->ids[id] : id));
    ExampleTable table = *this;
    table.m_labels = std::make_shared<const Labels>(std::move(labels));
    return table;
}

/// The tables after one another without copying, where they show one store under the same labels in the order of its rows.
std::optional<ExampleTable> ExampleTable::ofOneStore(const std::vector<ExampleTable>& tables)
{
    ExampleTable all;
    auto index = std::make_shared<RowIndex>();
    std::uint32_t last = 0;
    for (const ExampleTable& table : tables) {
        if (table.empty())
            continue;
        if (all.m_store && (table.m_store != all.m_store || table.m_labels != all.m_labels || (*table.m_index)[0] < last))
            return std::nullopt;
        all = table;
        RowIndex::Walk walk(*table.m_index, 0);
        for (std::size_t i = 0; i < table.size(); ++i)
            index->add(last = walk.next());
    }
    all.m_index = std::move(index);
    return all;
}

Result<ExampleTable> ExampleTable::joined(const std::vector<ExampleTable>& tables, const std::filesystem::path& spillFolder)
{
    if (const auto table = ofOneStore(tables))
        return *table;
    RowStoreBuilder builder(spillFolder);
    for (const ExampleTable& table : tables)
        for (const Example& example : table)
            ESPALIER_CHECK(builder.add(example));
    ESPALIER_TRY(auto store, builder.finish());
    const std::size_t count = store->size();
    return ExampleTable(std::move(store), 0, count);
}

ExampleTable::Reader ExampleTable::reader() const
{
    return Reader(*this);
}

ExampleTable::Iterator ExampleTable::begin() const
{
    return {*this, 0};
}

ExampleTable::Iterator ExampleTable::end() const
{
    return {*this, size()};
}

void ExampleTable::Reader::goTo(std::uint32_t row)
{
    if (const std::size_t block = row / RowStore::rowsPerBlock; block != m_block || row < m_nextRow) {
        m_records = m_table->m_store->block(block, m_buffer);
        m_block = block;
        m_nextRow = static_cast<std::uint32_t>(block * RowStore::rowsPerBlock);
    }
    for (; m_nextRow < row; ++m_nextRow)
        skipRecord(m_records);
}

const RowView* ExampleTable::Reader::next()
{
    if (m_position >= m_table->size())
        return nullptr;
    if (!m_walk)
        m_walk.emplace(*m_table->m_index, 0);
    ++m_position;
    const std::uint32_t row = m_walk->next();
    if (row == m_row)
        return &m_view; // a repeat
    goTo(row);
    takeRecord(m_records, m_view);
    ++m_nextRow;
    m_row = row;
    m_table->relabel(m_view);
    return &m_view;
}

ExampleTable::Iterator::Iterator(const ExampleTable& table, std::size_t position) : m_table(&table), m_position(position)
{
    if (position < table.size()) {
        m_reader = std::make_shared<Reader>(table);
        read();
    }
}

ExampleTable::Iterator& ExampleTable::Iterator::operator++()
{
    ++m_position;
    read();
    return *this;
}

void ExampleTable::Iterator::read()
{
    if (const RowView* row = m_reader->next())
        m_example = m_table->exampleOf(*row);
}

bool operator==(const ExampleTable& a, const ExampleTable& b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

} // namespace espalier
