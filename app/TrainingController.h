// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingController: fills the training panel: live from the run, and from the results of an earlier one. Train and Prune nodes
// both train; the one that runs is shown, and any can be chosen later.
#pragma once

#include "app/ResultStore.h"
#include "app/RunController.h"
#include "widgets/training/TrainingPanel.h"

#include <QObject>

#include <string>
#include <vector>

namespace espalier {

class TrainingController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        ResultStore* results;
        RunController* run;
        TrainingPanel* panel;
    };
    explicit TrainingController(const Parts& parts, QObject* parent = nullptr);

    /// Nodes whose training can be shown.
    [[nodiscard]] std::vector<std::string> nodes() const;
    [[nodiscard]] const std::string& shown() const { return m_shown; }
    /// The user wants to see this one.
    void choose(const std::string& node);

Q_SIGNALS:
    void nodesChanged();

private:
    void follow(const std::string& node, const NodeRunState& state);
    void takeResult(const std::string& node);
    void showNode(const std::string& node);
    void showHistory(const std::string& node);
    [[nodiscard]] bool trains(const std::string& node) const;
    [[nodiscard]] QString titleOf(const std::string& node) const;

    Parts m_parts;
    std::string m_shown;
    std::string m_running; ///< the node that trains now
    bool m_chosen = false; ///< the user chose what is shown
};

} // namespace espalier
