// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/DataView.h"

#include "engine/data/Statistics.h"

namespace espalier {
namespace {

template <typename Parts>
const ExampleTable* partOf(const Parts& parts, const std::string& name)
{
    return name == "train" ? &parts.train : name == "validation" ? &parts.validation : name == "test" ? &parts.test : nullptr;
}

Error notData(const std::string& node)
{
    return {ErrorCode::InvalidArgument, "Node '" + node + "' makes neither a dataset nor splits.", "Choose a node of the category Data.", {}};
}

} // namespace

Result<DataView> DataView::open(Pipeline& pipeline, const std::string& node, RunContext& context)
{
    const std::string print = pipeline.fingerprint(node);
    if (!pipeline.graph().node(node))
        return Error{ErrorCode::NotFound, "There is no node '" + node + "'.", {}, {}};
    if (print.empty())
        return Error{ErrorCode::NotFound, "Node '" + node + "' has no data yet.", "Choose its file, and connect its inputs.", {}};
    ESPALIER_TRY(ArtefactPtr artefact, pipeline.value(node, context));
    if (!std::holds_alternative<Dataset>(*artefact) && !std::holds_alternative<Splits>(*artefact))
        return notData(node);
    return DataView(print, std::move(artefact));
}

Result<DatasetSummary> DataView::summary(RunContext& context)
{
    if (!m_summary) {
        const auto* splits = std::get_if<Splits>(m_artefact.get());
        ESPALIER_TRY(m_summary, splits ? summariseSplits(*splits, context) : summariseDataset(std::get<Dataset>(*m_artefact), context));
    }
    return *m_summary;
}

Result<RowsPage> DataView::rows(const std::string& part, const RowQuery& query, const std::stop_token& stop)
{
    const auto* splits = std::get_if<Splits>(m_artefact.get());
    const auto* rows = splits ? partOf(*splits, part) : partOf(std::get<Dataset>(*m_artefact), part);
    if (!rows)
        return Error{ErrorCode::InvalidArgument, "The field 'params.part' is '" + part + "'.", "Choose one of: train, validation, test.", {}};
    const Task task = splits ? splits->task : std::get<Dataset>(*m_artefact).task;
    return m_searches.try_emplace(part, *rows, task).first->second.page(query, stop);
}

} // namespace espalier
