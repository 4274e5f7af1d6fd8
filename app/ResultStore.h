// SPDX-License-Identifier: GPL-3.0-or-later
// ResultStore: how the project's nodes stand and what they made, as the engine knows it. It asks for states after edits (a moment
// after the last one) and when a project opens, and fetches the result of every node that is done; so yesterday's curves are there.
#pragma once

#include "app/EngineClient.h"

#include <QObject>
#include <QTimer>

#include <map>

namespace espalier {

class ProjectDocument;

struct StoredResult {
    std::string type; ///< port type of the artefact
    Json summary;
    std::string fingerprint;
};

class ResultStore : public QObject {
    Q_OBJECT

public:
    ResultStore(ProjectDocument* document, EngineClient* engine, QObject* parent = nullptr);

    /// The result last fetched of a node; null when there is none.
    [[nodiscard]] const StoredResult* result(const std::string& node) const;
    [[nodiscard]] const std::map<std::string, StoredResult>& results() const { return m_results; }
    /// Fetches a node's result now; it has just been made.
    void fetch(const std::string& node);
    /// Asks for all states soon. While a run is under way the run tells them: see setPaused().
    void refresh();
    void setPaused(bool paused);
    /// Writes the texts of all results anew: the language changed.
    void retranslate();

Q_SIGNALS:
    void resultArrived(const std::string& node);
    /// All is forgotten: another project.
    void cleared();

private:
    void clear();
    void validateNow();
    void askStates();
    void takeStates(const Json& nodes);
    void take(const std::string& node, const Json& reply);

    ProjectDocument* m_document;
    EngineClient* m_engine;
    QTimer m_timer;
    bool m_paused = false;
    bool m_keepFailures = true; ///< nothing was edited since the last run: its failures still hold
    int m_question = 0;         ///< number of the last question: an answer to an older one is dropped
    int m_generation = 0;       ///< number of the project
    std::map<std::string, StoredResult> m_results;
};

} // namespace espalier
