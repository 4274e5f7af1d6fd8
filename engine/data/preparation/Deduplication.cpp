// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TextKeys.h"
#include "engine/data/preparation/Preparation.h"

#include <unordered_set>

namespace espalier {
namespace {

using Hashes = std::unordered_set<std::uint64_t>;

class Deduplicator {
public:
    Deduplicator(bool exact, RejectedRows& rejected, RunContext& context) : m_exact(exact), m_rejected(rejected), m_context(context) {}

    /// @p part without rows whose text is known already, from itself or from @p elsewhere; its own texts are added to @p seen.
    Result<ExampleTable> reduced(const ExampleTable& part, const std::string& name, const Hashes& elsewhere, Hashes& seen)
    {
        std::vector<bool> kept(part.size(), true);
        auto reader = part.reader();
        while (const RowView* row = reader.next()) {
            if (reader.position() % 4096 == 0 && m_context.cancelled())
                return cancelledError();
            const std::uint64_t hash = textHash(m_exact ? std::string(row->text) : normalizedKey(row->text));
            const bool leaks = elsewhere.contains(hash);
            if (!leaks && seen.insert(hash).second)
                continue;
            kept[reader.position()] = false;
            m_rejected.push_back({name, static_cast<std::int64_t>(reader.position()) + 1,
                                  leaks ? "its text also stands in validation or test" : "its text stands in an earlier row"});
        }
        return part.select([&](std::size_t position) { return kept[position]; });
    }

private:
    bool m_exact;
    RejectedRows& m_rejected;
    RunContext& m_context;
};

} // namespace

Result<Dataset> deduplicate(const Dataset& dataset, const DeduplicateOptions& options, RunContext& context)
{
    Dataset reduced = dataset;
    Deduplicator deduplicator(options.match == "exact", reduced.rejected, context);
    Hashes test;
    Hashes validation;
    Hashes train;
    ESPALIER_TRY(reduced.test, deduplicator.reduced(dataset.test, "test", {}, test));
    ESPALIER_TRY(reduced.validation, deduplicator.reduced(dataset.validation, "validation", {}, validation));
    if (options.scope == "everywhere")
        test.merge(validation);
    else
        test.clear();
    ESPALIER_TRY(reduced.train, deduplicator.reduced(dataset.train, "train", test, train));
    return reduced;
}

} // namespace espalier
