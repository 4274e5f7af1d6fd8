// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/VocabularyController.h"

#include "app/EngineClient.h"
#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/VocabularyView.h"

namespace espalier {
namespace {

constexpr double columnWidth = 240;
constexpr const char* cutType = "vocabulary";

} // namespace

VocabularyController::VocabularyController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts), m_view(parts.panel->vocabulary())
{
    // A profile is asked for whenever the checkpoint is another one.
    connect(m_parts.panel, &CompressionPanel::profileRequested, m_view, &VocabularyView::forget);
    connect(m_view, &VocabularyView::profileWanted, this, &VocabularyController::ask);
    connect(m_view, &VocabularyView::applyRequested, this, &VocabularyController::apply);
}

void VocabularyController::ask()
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string source = m_parts.panel->settings().node.toStdString();
    if (!graph.node(source))
        return;
    const std::string cut = nodeBehind(graph, source, cutType);
    if (const auto parameters = cut.empty() ? Result<Parameters>(Error{}) : effectiveParameters(*graph.node(cut)))
        m_view->setMinFrequency(parameters->at("min_frequency").get<int>());
    Json params = m_parts.document->engineParams();
    params["node"] = source;
    m_parts.engine->start();
    const int question = ++m_question;
    m_parts.engine->request("compression/vocabulary", std::move(params), this, [this, question](const Result<Json>& reply) {
        if (question != m_question)
            return;
        const auto profile = reply ? vocabularyProfileFromJson(*reply) : Result<VocabularyProfile>(reply.error());
        if (profile)
            m_view->setProfile(*profile);
        else if (profile.error().code != ErrorCode::Cancelled)
            m_view->setError(errorText(profile.error()));
    });
}

std::string VocabularyController::addCutBehind(const std::string& source)
{
    PipelineModel* model = m_parts.document->model();
    const Graph before = model->graph();
    const Node* from = before.node(source);
    const Edge* splits = before.edgeInto(source, "splits");
    const std::string cut = model->addConnectedNode(cutType, {from->x + columnWidth / 2, from->y + columnWidth / 2}, {source, "checkpoint", {}, "checkpoint"});
    if (cut.empty())
        return {};
    if (splits)
        model->connectPorts({splits->fromNode, splits->fromPort, cut, "splits"});
    // What took the whole checkpoint takes the smaller one now; a package's reference stays what it was.
    for (const Edge& edge : before.edges())
        if (edge.fromNode == source && edge.toPort == "checkpoint")
            model->connectPorts({cut, "checkpoint", edge.toNode, edge.toPort});
    return cut;
}

void VocabularyController::apply(int minFrequency)
{
    PipelineModel* model = m_parts.document->model();
    const std::string source = m_parts.panel->settings().node.toStdString();
    if (!model->graph().node(source))
        return;
    model->undoStack()->beginMacro(tr("Cut the vocabulary"));
    std::string cut = nodeBehind(model->graph(), source, cutType);
    const bool added = cut.empty();
    if (added)
        cut = addCutBehind(source);
    if (!cut.empty())
        model->setParameter(cut, "min_frequency", minFrequency);
    model->undoStack()->endMacro();
    Q_EMIT applied(cut, added);
}

} // namespace espalier
