// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ImportFlow.h"

#include "app/EngineClient.h"
#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "engine/graph/NodeCatalog.h"
#include "widgets/data/ImportDialog.h"

namespace espalier {

ImportFlow::ImportFlow(QWidget* window, ProjectDocument* document, EngineClient* engine)
    : m_window(window), m_document(document), m_engine(engine)
{
}

void ImportFlow::ask(const Parameters& dataset, const QString& folder, std::function<void(const Parameters&)> accepted)
{
    if (m_dialog)
        m_dialog->reject(); // another file was dropped: it takes this one's place
    auto* dialog = new ImportDialog(dataset, folder, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog = dialog;
    connect(dialog, &ImportDialog::readWanted, this, [this] {
        m_engine->start();
        read(0, ++m_round);
    });
    connect(dialog, &QDialog::accepted, this, [dialog, accepted = std::move(accepted)] { accepted(dialog->parameters()); });
    dialog->open();
}

/// One file after the other: a newer request would cancel the one before.
void ImportFlow::read(std::size_t index, int round)
{
    const auto files = m_dialog->files();
    if (index >= files.size())
        return;
    const Json params{{"path", files[index].path.toStdString()}, {"options", m_dialog->options()}};
    m_engine->request("data/inspect", params, m_dialog, [this, index, round, part = files[index].part](const Result<Json>& reply) {
        if (round != m_round || !m_dialog)
            return;
        const auto report = reply ? dataFileReportFromJson(*reply) : Result<DataFileReport>(reply.error());
        if (report)
            m_dialog->setReport(part, *report);
        else if (!m_engine->isUp())
            m_dialog->setUnseen(part, errorText(report.error()));
        else
            m_dialog->setError(part, errorText(report.error()));
        if (m_dialog && round == m_round)
            read(index + 1, round);
    });
}

void ImportFlow::editCurrent()
{
    const Graph& graph = m_document->model()->graph();
    const Node* node = graph.node(m_document->model()->currentNode());
    if (!node || node->type != "dataset") {
        const auto nodes = nodesOfType(graph, "dataset");
        node = nodes.empty() ? nullptr : graph.node(nodes.front());
    }
    if (!node)
        return;
    ask(node->parameters, m_document->folder(), [this, id = node->id](const Parameters& dataset) { setParameters(id, dataset); });
}

void ImportFlow::setParameters(const std::string& node, const Parameters& dataset)
{
    PipelineModel* model = m_document->model();
    const Node* now = model->graph().node(node);
    if (!now || now->parameters == dataset)
        return; // taken away while the dialog was open, or nothing was changed
    model->undoStack()->beginMacro(tr("Import settings"));
    for (const ParameterSpec& spec : nodeCatalog().find("dataset")->parameters) {
        const auto value = dataset.find(spec.id);
        model->setParameter(node, spec.id, value == dataset.end() ? Json() : value->second);
    }
    model->undoStack()->endMacro();
}

} // namespace espalier
