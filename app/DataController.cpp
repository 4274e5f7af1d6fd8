// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DataController.h"

#include "app/EngineClient.h"
#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/data/DataPanel.h"
#include "widgets/pipeline/Recipe.h"

#include <QEvent>

#include <algorithm>

namespace espalier {
namespace {

constexpr int editPause = 300; // ms

bool holdsData(const Graph& graph, const std::string& node)
{
    for (const char* type : {"splits", "dataset"}) {
        const auto makers = nodesThatMake(graph, type);
        if (std::find(makers.begin(), makers.end(), node) != makers.end())
            return true;
    }
    return false;
}

} // namespace

DataController::DataController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(editPause);
    connect(&m_soon, &QTimer::timeout, this, &DataController::refresh);
    PipelineModel* model = m_parts.document->model();
    connect(model, &PipelineModel::graphChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(model, &PipelineModel::currentNodeChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_parts.document, &ProjectDocument::changed, &m_soon, qOverload<>(&QTimer::start));
    connect(m_parts.view->rows(), &RowsPanel::rowsWanted, this, &DataController::askRows);
    m_parts.view->installEventFilter(this);
}

bool DataController::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show)
        m_soon.start(0);
    return QObject::eventFilter(watched, event);
}

std::string DataController::nodeToShow() const
{
    const Graph& graph = m_parts.document->model()->graph();
    for (const std::string& node : {m_parts.document->model()->currentNode(), m_node})
        if (graph.node(node) && holdsData(graph, node))
            return node;
    for (const char* type : {"splits", "dataset"})
        if (const auto nodes = nodesThatMake(graph, type); !nodes.empty())
            return nodes.front();
    return {};
}

void DataController::refresh()
{
    m_soon.setInterval(editPause);
    if (!m_parts.view->isVisible())
        return;
    const std::string node = nodeToShow();
    const std::string made = m_parts.document->folder().toStdString() + recipe(m_parts.document->model()->graph(), node);
    if (node == m_node && made == m_recipe && !node.empty())
        return;
    m_node = node;
    m_recipe = made;
    const int question = ++m_question;
    if (node.empty())
        return m_parts.view->clear();
    m_parts.view->setBusy(true);
    m_parts.engine->start();
    Json params = m_parts.document->engineParams();
    params["node"] = node;
    m_parts.engine->request("data/summary", std::move(params), this, [this, question](const Result<Json>& reply) {
        if (question != m_question)
            return;
        const auto summary = reply ? datasetSummaryFromJson(*reply) : Result<DatasetSummary>(reply.error());
        if (summary)
            return m_parts.view->setSummary(*summary);
        m_recipe.clear(); // the next look asks again
        m_parts.view->setError(errorText(summary.error()));
    });
}

void DataController::askRows(const RowsRequest& request)
{
    Json params = m_parts.document->engineParams();
    params.update({{"node", m_node}, {"part", request.part}, {"offset", request.offset}, {"search", request.search}, {"label", request.label}});
    m_parts.engine->request("data/rows", std::move(params), this, [this, question = request.question](const Result<Json>& reply) {
        const auto page = reply ? rowsPageFromJson(*reply) : Result<RowsPage>(reply.error());
        if (page)
            m_parts.view->rows()->setPage(*page, question);
        else if (page.error().code != ErrorCode::Cancelled) // a newer question took its place
            m_parts.view->rows()->setError(errorHeadline(page.error().code), question);
    });
}

} // namespace espalier
