// SPDX-License-Identifier: GPL-3.0-or-later
// EvaluationController: fetches the sentences behind a cell of the confusion matrix and the CSV of all predictions, and keeps the list of
// runs as the engine has it.
#pragma once

#include "app/ResultStore.h"
#include "widgets/training/EvaluationView.h"
#include "widgets/training/RunsView.h"

namespace espalier {

class EvaluationController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        ResultStore* results;
        EvaluationView* evaluation;
        RunsView* runs;
    };
    explicit EvaluationController(const Parts& parts, QObject* parent = nullptr);

    /// Asks for the records of all runs.
    void refreshRuns();

Q_SIGNALS:
    void saveRequested(const QString& suggestedName, const QByteArray& content);
    void failed(const QString& text);
    /// All records, newest first.
    void runsListed(const std::vector<espalier::RunRecord>& runs);

private:
    void askExamples(const QString& truth, const QString& predicted);
    void savePredictions();
    void change(const std::string& method, Json params);
    [[nodiscard]] std::string evaluatedNode() const;

    Parts m_parts;
    int m_question = 0; ///< number of the last question for sentences
};

} // namespace espalier
