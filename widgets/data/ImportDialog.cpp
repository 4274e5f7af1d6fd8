// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/ImportDialog.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/data/DataText.h"
#include "widgets/data/ImportFindings.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/forms/ParameterRow.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/style/Theme.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace espalier {
namespace {

constexpr const char* nodeId = "dataset"; // of the one node in the dialog's own pipeline
constexpr int typingPause = 250;          // ms without a change before the files are read again

const NodeType& datasetType() { return *nodeCatalog().find("dataset"); }

Graph graphWith(const Parameters& dataset)
{
    Graph graph;
    (void)graph.addNode({.id = nodeId, .type = "dataset", .parameters = dataset});
    return graph;
}

} // namespace

ImportDialog::ImportDialog(const Parameters& dataset, const QString& folder, QWidget* parent)
    : QDialog(parent), m_folder(folder), m_form(new ParameterForm(m_model)), m_scroll(new QScrollArea), m_findings(new ImportFindings), m_state(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setObjectName(QStringLiteral("importDialog"));
    m_model.setGraph(graphWith(dataset));
    m_form->setProjectFolder(folder);
    m_form->setNode(nodeId);
    layOut();
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &ImportDialog::readWanted);
    connect(&m_model, &PipelineModel::graphChanged, this, &ImportDialog::startOver);
    connect(m_findings, &ImportFindings::partChosen, this, &ImportDialog::showPart);
    connect(m_findings, &ImportFindings::roleChosen, this, &ImportDialog::setRole);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    retranslate();
    startOver();
    m_buttons->button(QDialogButtonBox::Ok)->setFocus();
}

ImportDialog::~ImportDialog()
{
    disconnect(&m_model, nullptr, this, nullptr); // the undo stack speaks while it is taken down
}

void ImportDialog::layOut()
{
    auto* margins = new QWidget;
    auto* form = new QVBoxLayout(margins);
    form->setContentsMargins(2 * gridStep, 2 * gridStep, 2 * gridStep, 2 * gridStep);
    form->addWidget(m_form);
    form->addStretch();
    m_scroll->setWidget(margins);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFixedWidth(38 * gridStep);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setObjectName(QStringLiteral("importState"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_scroll);
    top->addWidget(m_findings, 1);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_state, 1);
    bottom->addWidget(m_buttons);
    auto* column = new QVBoxLayout(this);
    column->addLayout(top, 1);
    column->addLayout(bottom);
    QPushButton* ok = m_buttons->button(QDialogButtonBox::Ok);
    ok->setObjectName(QStringLiteral("importButton"));
    ok->setDefault(true);
    resize(130 * gridStep, 76 * gridStep);
}

Parameters ImportDialog::set() const { return m_model.graph().node(nodeId)->parameters; }

std::vector<ImportDialog::File> ImportDialog::files() const
{
    std::vector<File> files;
    const Parameters now = set();
    for (const ParameterSpec& spec : datasetType().parameters) {
        const auto value = now.find(spec.id);
        if (spec.kind == ParameterKind::File && value != now.end() && value->second.is_string() && !value->second.get<std::string>().empty())
            files.push_back({spec.id, QDir(m_folder).absoluteFilePath(QString::fromStdString(value->second.get<std::string>()))});
    }
    return files;
}

Parameters ImportDialog::options() const
{
    Parameters options = set();
    for (const ParameterSpec& spec : datasetType().parameters)
        if (spec.kind == ParameterKind::File)
            options.erase(spec.id);
    return options;
}

Json ImportDialog::found(const std::string& parameter) const
{
    Json agreed;
    for (const File& file : files()) {
        const auto look = m_looks.find(file.part);
        if (look == m_looks.end() || !look->second.report)
            return {};
        const auto value = look->second.report->parameters.find(parameter);
        if (value == look->second.report->parameters.end() || (!agreed.is_null() && agreed != value->second))
            return {};
        agreed = value->second;
    }
    return agreed;
}

Parameters ImportDialog::parameters() const
{
    Parameters result = set();
    for (const ParameterSpec& spec : datasetType().parameters)
        if (const Json value = spec.kind == ParameterKind::File ? Json() : found(spec.id); !value.is_null() && value != spec.fallback)
            result[spec.id] = value;
    return result;
}

void ImportDialog::startOver()
{
    std::map<std::string, Look> kept;
    for (const File& file : files()) {
        kept[file.part] = m_looks[file.part];
        kept[file.part].fresh = false;
    }
    m_looks = std::move(kept);
    m_acceptWhenRead = false;
    m_pause.start();
    showAll();
}

void ImportDialog::setReport(const std::string& part, const DataFileReport& report)
{
    take(part, {report, {}, true, false});
}

void ImportDialog::setError(const std::string& part, const QString& text)
{
    take(part, {{}, text, true, false});
}

void ImportDialog::setUnseen(const std::string& part, const QString& reason)
{
    take(part, {{}, reason, true, true});
}

void ImportDialog::take(const std::string& part, Look look)
{
    if (!m_looks.contains(part))
        return; // the file was taken away meanwhile
    m_looks[part] = std::move(look);
    showAll();
    if (m_acceptWhenRead && allRead())
        accept();
}

bool ImportDialog::allRead() const
{
    return std::all_of(m_looks.begin(), m_looks.end(), [](const auto& entry) { return entry.second.fresh; });
}

bool ImportDialog::anyError() const
{
    const auto bad = [](const auto& entry) { return !entry.second.error.isEmpty() && !entry.second.unseen; };
    return !m_looks.contains("train") || std::any_of(m_looks.begin(), m_looks.end(), bad);
}

void ImportDialog::accept()
{
    m_acceptWhenRead = !allRead();
    if (!m_acceptWhenRead && !anyError())
        QDialog::accept();
    showState();
}

void ImportDialog::setRole(const QString& column, const std::string& role)
{
    const std::string value = column.toStdString();
    m_model.undoStack()->beginMacro(tr("Choose a column"));
    for (const char* other : {"text", "label", "group"}) // a column plays one role
        if (const auto now = set().find(std::string(other) + "_column"); now != set().end() && now->second == value)
            m_model.setParameter(nodeId, std::string(other) + "_column", {});
    m_model.setParameter(nodeId, role + "_column", value);
    m_model.undoStack()->endMacro();
}

void ImportDialog::showAll()
{
    QList<ImportFindings::Part> parts;
    for (const File& file : files()) {
        const Look& look = m_looks.at(file.part);
        const std::int64_t rows = look.report ? look.report->rowCount : -1;
        parts.push_back({file.part, rows, !look.error.isEmpty()});
    }
    m_findings->setParts(parts);
    showPart();
    showNotes();
    showState();
}

void ImportDialog::showPart()
{
    const auto look = m_looks.find(m_findings->currentPart());
    if (look == m_looks.end())
        m_findings->setError(tr("No file yet. Choose the training file on the left."));
    else if (!look->second.error.isEmpty())
        m_findings->setError(look->second.error);
    else if (look->second.report)
        m_findings->setReport(*look->second.report);
    else
        m_findings->setError({});
}

/// Under each field what was found out for it; at each file why it cannot be used.
void ImportDialog::showNotes()
{
    for (const ParameterSpec& spec : datasetType().parameters) {
        ParameterRow* row = m_form->row(spec.id);
        if (spec.kind == ParameterKind::File) {
            const auto look = m_looks.find(spec.id);
            row->setProblem(look != m_looks.end() ? look->second.error.section(QLatin1Char('\n'), 0, 0) : spec.required ? tr("A file is needed here.") : QString());
            continue;
        }
        const Json value = set().contains(spec.id) ? Json() : found(spec.id);
        row->setNote(value.is_null() || value == spec.fallback ? QString() : tr("Found: %1").arg(parameterText(spec, value)));
    }
}

void ImportDialog::showState()
{
    const bool read = allRead();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!(read && anyError()) && m_looks.contains("train"));
    m_state->setText(m_acceptWhenRead && !read ? tr("Importing once the files have been looked at…") : read ? QString() : tr("Looking at the files…"));
}

void ImportDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void ImportDialog::retranslate()
{
    setWindowTitle(tr("Import data"));
    m_scroll->setAccessibleName(tr("How the files are read"));
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Import"));
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    m_form->setNode(nodeId);
    if (!m_looks.empty())
        showAll();
}

} // namespace espalier
