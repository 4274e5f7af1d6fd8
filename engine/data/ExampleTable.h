// SPDX-License-Identifier: GPL-3.0-or-later
// ExampleTable: examples to read, in order. A table is cheap to copy: it shows some rows of a shared RowStore, perhaps under other
// labels, so that splitting, filtering and balancing copy no text. Immutable; any number of threads may read.
#pragma once

#include "engine/data/RowIndex.h"
#include "engine/data/RowStore.h"

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>

namespace espalier {

class ExampleTable {
public:
    ExampleTable() = default;
    ExampleTable(std::initializer_list<Example> examples);
    ExampleTable(const std::vector<Example>& examples);
    /// @p count rows of @p store from @p first on.
    ExampleTable(std::shared_ptr<const RowStore> store, std::uint32_t first, std::size_t count);

    [[nodiscard]] std::size_t size() const { return m_index ? m_index->size() : 0; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    void clear() { *this = {}; }
    /// A copy. Where the rows are on disk, about a microsecond. Throws as RowStore::block().
    [[nodiscard]] Example operator[](std::size_t position) const;
    [[nodiscard]] Example front() const { return (*this)[0]; }

    /// The labels that rows can have; a RowView's are positions in this list.
    [[nodiscard]] const std::vector<std::string>& labelNames() const;

    /// The rows for which @p copies(position) is above 0, as often as it says.
    template <typename Copies>
    [[nodiscard]] ExampleTable select(Copies copies) const;
    /// The same rows under other labels: @p names holds one for each of labelNames(); an empty one takes the label away.
    /// A label that a row would have twice it has once, unless its labels belong to words.
    [[nodiscard]] ExampleTable relabelled(const std::vector<std::string>& names) const;
    /// The rows of all of @p tables, one table after the other. Errors: as RowStoreBuilder::add().
    static Result<ExampleTable> joined(const std::vector<ExampleTable>& tables, const std::filesystem::path& spillFolder);

    class Reader;
    class Iterator;
    [[nodiscard]] Reader reader() const;
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

private:
    struct Labels {
        std::vector<std::string> names;
        std::vector<std::uint32_t> ids; ///< by the store's id; none: the label is taken away
    };
    static constexpr std::uint32_t none = UINT32_MAX;
    void relabel(RowView& row) const;
    static std::optional<ExampleTable> ofOneStore(const std::vector<ExampleTable>& tables);
    [[nodiscard]] Example exampleOf(const RowView& row) const;

    std::shared_ptr<const RowStore> m_store;
    std::shared_ptr<const RowIndex> m_index;
    std::shared_ptr<const Labels> m_labels; ///< none: the store's
};

/// Reads a table from the beginning, without copying text. Must not outlive the table.
class ExampleTable::Reader {
public:
    explicit Reader(const ExampleTable& table) : m_table(&table) {}
    /// The next row, valid until the next call; nullptr at the end.
    const RowView* next();
    /// Of the row that next() gave.
    [[nodiscard]] std::size_t position() const { return m_position - 1; }

private:
    void goTo(std::uint32_t row);

    const ExampleTable* m_table;
    std::optional<RowIndex::Walk> m_walk;
    std::size_t m_position = 0;
    std::size_t m_block = SIZE_MAX;
    std::uint32_t m_nextRow = 0; ///< whose record m_records begins with
    std::uint32_t m_row = UINT32_MAX; ///< what m_view holds
    std::string m_buffer;
    std::string_view m_records;
    RowView m_view;
};

/// For range-based loops; an example is valid until the next step.
class ExampleTable::Iterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Example;
    using difference_type = std::ptrdiff_t;
    using pointer = const Example*;
    using reference = const Example&;

    Iterator(const ExampleTable& table, std::size_t position);
    reference operator*() const { return m_example; }
    pointer operator->() const { return &m_example; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    bool operator==(const Iterator& other) const { return m_position == other.m_position; }

private:
    void read();
    const ExampleTable* m_table;
    std::size_t m_position;
    std::shared_ptr<Reader> m_reader;
    Example m_example;
};

/// The same examples in the same order.
bool operator==(const ExampleTable& a, const ExampleTable& b);

template <typename Copies>
ExampleTable ExampleTable::select(Copies copies) const
{
    ExampleTable table = *this;
    auto index = std::make_shared<RowIndex>();
    if (m_index) {
        RowIndex::Walk walk(*m_index, 0);
        for (std::size_t position = 0; position < m_index->size(); ++position) {
            const std::uint32_t row = walk.next();
            for (std::size_t i = 0, count = static_cast<std::size_t>(copies(position)); i < count; ++i)
                index->add(row);
        }
    }
    table.m_index = std::move(index);
    return table;
}

} // namespace espalier
