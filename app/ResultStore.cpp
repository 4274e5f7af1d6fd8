// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ResultStore.h"

#include "app/ProjectDocument.h"
#include "app/ResultText.h"
#include "engine/graph/Validator.h"

namespace espalier {
namespace {

constexpr int editDelay = 300; // ms of rest after the last edit

std::string textField(const Json& object, const char* field)
{
    const auto it = object.find(field);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

NodeState stateFromName(const std::string& name)
{
    return name == "done" ? NodeState::Done : name == "stale" ? NodeState::Stale : NodeState::Idle;
}

} // namespace

ResultStore::ResultStore(ProjectDocument* document, EngineClient* engine, QObject* parent) : QObject(parent), m_document(document), m_engine(engine)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(editDelay);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        validateNow();
        askStates();
    });
    connect(document->model(), &PipelineModel::graphChanged, this, [this] {
        m_keepFailures = false;
        ++m_question;
        m_timer.start();
    });
    connect(document, &ProjectDocument::opened, this, &ResultStore::clear);
    connect(document, &ProjectDocument::closed, this, &ResultStore::clear);
    connect(engine, &EngineClient::stateChanged, this, [this](EngineClient::State state) {
        if (state == EngineClient::State::Ready)
            refresh();
    });
}

void ResultStore::clear()
{
    ++m_generation;
    m_results.clear();
    Q_EMIT cleared();
    validateNow();
    refresh();
}

const StoredResult* ResultStore::result(const std::string& node) const
{
    const auto it = m_results.find(node);
    return it == m_results.end() ? nullptr : &it->second;
}

void ResultStore::refresh() { m_timer.start(); }

void ResultStore::setPaused(bool paused)
{
    m_paused = paused;
    m_keepFailures = true;
    if (!paused)
        refresh();
}

void ResultStore::validateNow()
{
    if (m_document->isOpen())
        m_document->model()->setProblems(validate(m_document->model()->graph(), m_document->folder().toStdString()));
}

void ResultStore::askStates()
{
    if (m_paused || !m_document->isOpen() || m_engine->state() != EngineClient::State::Ready)
        return;
    const int question = ++m_question;
    m_document->model()->markRunStarted(); // the states will be those of the pipeline as it is now
    m_engine->request("status", m_document->engineParams(), this, [this, question](const Result<Json>& reply) {
        if (reply && question == m_question && reply->is_object() && reply->contains("nodes"))
            takeStates(reply->at("nodes"));
    });
}

void ResultStore::takeStates(const Json& nodes)
{
    if (!nodes.is_object() || m_paused)
        return;
    PipelineModel* model = m_document->model();
    // In the order in which a run makes them, so that what is shown first (the dense model, a training) comes before what follows from it.
    for (const std::string& node : model->graph().topologicalOrder()) {
        const Json entry = nodes.value(node, Json());
        if (!entry.is_object())
            continue;
        const NodeState state = stateFromName(textField(entry, "state"));
        const NodeState shown = model->nodeStatus(node).state;
        const bool ended = shown == NodeState::Failed || shown == NodeState::Cancelled;
        if (state == NodeState::Done || !(ended && m_keepFailures))
            model->setNodeStatus(node, {state});
        const StoredResult* known = result(node);
        if (state == NodeState::Done && (!known || known->fingerprint != textField(entry, "fingerprint")))
            fetch(node);
    }
}

void ResultStore::fetch(const std::string& node)
{
    if (m_engine->state() != EngineClient::State::Ready)
        return;
    Json params = m_document->engineParams();
    params["node"] = node;
    m_engine->request("results", std::move(params), this, [this, node, generation = m_generation](const Result<Json>& reply) {
        if (reply && generation == m_generation && reply->is_object() && m_document->model()->graph().node(node))
            take(node, *reply);
    });
}

void ResultStore::take(const std::string& node, const Json& reply)
{
    m_results[node] = {textField(reply, "type"), reply.value("summary", Json::object()), textField(reply, "fingerprint")};
    m_document->model()->setNodeResult(node, resultText(m_results[node].type, m_results[node].summary));
    Q_EMIT resultArrived(node);
}

void ResultStore::retranslate()
{
    for (const auto& [node, stored] : m_results)
        m_document->model()->setNodeResult(node, resultText(stored.type, stored.summary));
}

} // namespace espalier
