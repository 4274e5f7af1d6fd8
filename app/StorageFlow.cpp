// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/StorageFlow.h"

#include "app/EngineClient.h"
#include "app/ErrorText.h"
#include "app/ProjectDocument.h"
#include "widgets/storage/StorageDialog.h"

namespace espalier {
namespace {

Result<StoredEntry> entryFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "store.entries"));
    StoredEntry entry;
    ESPALIER_TRY(const std::string type, fields.text("type"));
    ESPALIER_TRY(entry.bytes, fields.integer("bytes"));
    ESPALIER_TRY(entry.lastUsed, fields.integer("last_used"));
    ESPALIER_TRY(const std::string kept, fields.text("kept"));
    entry.type = QString::fromStdString(type);
    entry.kept = QString::fromStdString(kept);
    return entry;
}

Result<StorageUse> useFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "store"));
    StorageUse use;
    ESPALIER_TRY(use.bytes, fields.integer("bytes"));
    ESPALIER_TRY(use.removable, fields.integer("removable"));
    ESPALIER_TRY(use.limit, fields.integer("limit"));
    ESPALIER_TRY(const auto entries, fields.array("entries"));
    for (const Json* item : entries) {
        ESPALIER_TRY(StoredEntry entry, entryFromJson(*item));
        use.entries.push_back(std::move(entry));
    }
    return use;
}

} // namespace

StorageFlow::StorageFlow(QWidget* window, ProjectDocument* document, EngineClient* engine) : m_window(window), m_document(document), m_engine(engine)
{
    connect(document, &ProjectDocument::closed, this, [this] {
        if (m_dialog)
            m_dialog->reject();
    });
}

void StorageFlow::open()
{
    if (!m_dialog) {
        m_dialog = new StorageDialog(m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &StorageDialog::limitChosen, this, &StorageFlow::ask);
        connect(m_dialog, &StorageDialog::cleanUpWanted, this, &StorageFlow::cleanUp);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    m_engine->start();
    ask();
}

void StorageFlow::ask(std::int64_t limit)
{
    Json params = m_document->engineParams();
    if (limit >= 0)
        params["limit"] = limit;
    m_engine->request("store/info", std::move(params), m_dialog, [this](const Result<Json>& reply) {
        const auto use = reply ? useFromJson(*reply) : Result<StorageUse>(reply.error());
        if (use)
            m_dialog->setUse(*use);
        else
            m_dialog->setError(errorText(use.error()));
    });
}

void StorageFlow::cleanUp()
{
    Json params = m_document->engineParams();
    params["dry_run"] = false;
    m_engine->request("store/clean", std::move(params), m_dialog, [this](const Result<Json>& reply) {
        if (reply && reply->contains("bytes") && reply->at("bytes").is_number())
            m_dialog->setFreed(reply->at("bytes").get<std::int64_t>());
        else if (!reply)
            m_dialog->setError(errorText(reply.error()));
        ask();
    });
}

} // namespace espalier
