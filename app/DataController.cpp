// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DataController.h"

#include "app/EngineClient.h"
#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/data/DataPanel.h"
#include "widgets/data/TokenStrip.h"
#include "widgets/pipeline/Recipe.h"

#include <QEvent>

namespace espalier {
namespace {

constexpr int editPause = 300; // ms

Result<ShownToken> tokenFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "tokenize.tokens"));
    ShownToken token;
    ESPALIER_TRY(token.id, fields.integer("id"));
    ESPALIER_TRY(const std::string text, fields.text("token"));
    token.token = QString::fromStdString(text);
    ESPALIER_TRY(token.begin, fields.integer("begin"));
    ESPALIER_TRY(token.end, fields.integer("end"));
    ESPALIER_TRY(token.fileId, fields.integerOr("file_id", -1));
    return token;
}

Result<std::vector<ShownToken>> tokensFromJson(const Json& reply)
{
    ESPALIER_TRY(const Fields fields, Fields::of(reply, "tokenize"));
    ESPALIER_TRY(const auto list, fields.array("tokens"));
    std::vector<ShownToken> tokens;
    for (const Json* item : list) {
        ESPALIER_TRY(ShownToken token, tokenFromJson(*item));
        tokens.push_back(std::move(token));
    }
    return tokens;
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
    connect(m_parts.view->rows(), &RowsPanel::tokensWanted, this, &DataController::askTokens);
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
        if (graph.node(node) && makesData(*graph.node(node)))
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

void DataController::askTokens(const QString& text)
{
    RowsPanel* rows = m_parts.view->rows();
    const auto makers = nodesThatMake(m_parts.document->model()->graph(), "tokenizer");
    if (makers.empty())
        return rows->setTokenError(text, tr("The pipeline has no tokenizer."));
    Json params = m_parts.document->engineParams();
    params.update({{"node", makers.front()}, {"text", text.toStdString()}});
    m_parts.engine->request("tokenize", std::move(params), this, [rows, text](const Result<Json>& reply) {
        const auto tokens = reply ? tokensFromJson(*reply) : Result<std::vector<ShownToken>>(reply.error());
        if (tokens)
            rows->setTokens(text, *tokens);
        else if (tokens.error().code != ErrorCode::Cancelled) // another row was chosen
            rows->setTokenError(text, errorText(tokens.error()));
    });
}

} // namespace espalier
