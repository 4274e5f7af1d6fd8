// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TryItController.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/devices/DevicesPanel.h"

namespace espalier {
namespace {

Result<LabelAnswer> answerFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "predict"));
    ESPALIER_TRY(const std::string label, fields.text("label"));
    LabelAnswer answer{QString::fromStdString(label), {}, 0};
    ESPALIER_TRY(answer.milliseconds, fields.number("milliseconds"));
    ESPALIER_TRY(const auto list, fields.array("probabilities"));
    for (const Json* entry : list) {
        ESPALIER_TRY(const Fields item, Fields::of(*entry, "predict.probabilities"));
        ESPALIER_TRY(const std::string name, item.text("label"));
        ESPALIER_TRY(const double probability, item.number("probability"));
        answer.probabilities << LabelProbability{QString::fromStdString(name), probability};
    }
    return answer;
}

} // namespace

TryItController::TryItController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.box, &TryItBox::asked, this, &TryItController::ask);
    connect(m_parts.panel, &DevicesPanel::currentDeviceChanged, this,
            [this](const QString& device) { m_parts.box->setDevice(m_parts.panel->displayName(device)); });
    connect(m_parts.devices, &DeviceController::answered, this, [this](const QString& device, const LabelAnswer& answer) {
        if (device == m_askedDevice && device == m_parts.panel->currentDevice())
            m_parts.box->showDeviceAnswer(answer);
    });
    connect(m_parts.devices, &DeviceController::notAnswered, this, [this](const QString& device, const QString& reason) {
        if (device == m_askedDevice && device == m_parts.panel->currentDevice())
            m_parts.box->showDeviceHint(reason);
    });
}

std::string TryItController::answeringNode() const
{
    const Graph& graph = m_parts.document->model()->graph();
    if (const std::string node = checkpointInto(graph, packageNode(graph)); !node.empty() && m_parts.results->result(node))
        return node;
    std::string last;
    for (const std::string& node : nodesThatMake(graph, "checkpoint"))
        if (m_parts.results->result(node))
            last = node;
    return last;
}

void TryItController::ask(const QString& sentence)
{
    askEngine(sentence);
    m_askedDevice = m_parts.panel->currentDevice();
    m_parts.devices->classify(m_askedDevice, sentence);
}

void TryItController::askEngine(const QString& sentence)
{
    const int question = ++m_question;
    const std::string node = answeringNode();
    if (node.empty()) {
        m_parts.box->showEngineHint(tr("There is no trained model yet. Run the pipeline first."));
        return;
    }
    m_parts.engine->start();
    Json params = m_parts.document->engineParams();
    params["node"] = node;
    params["text"] = sentence.toStdString();
    m_parts.engine->request("predict", std::move(params), this, [this, question](const Result<Json>& reply) {
        if (question != m_question)
            return;
        const auto answer = reply ? answerFromJson(*reply) : Result<LabelAnswer>(reply.error());
        if (answer)
            m_parts.box->showEngineAnswer(*answer);
        else if (answer.error().code == ErrorCode::NotFound)
            m_parts.box->showEngineHint(tr("The model is not up to date with the pipeline. Run it first."));
        else
            m_parts.box->showEngineHint(errorText(answer.error()));
    });
}

} // namespace espalier
