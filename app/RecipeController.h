// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeController: the search for a recipe in the engine, for the Compression place, and the recipe that is taken over as one undoable edit.
#pragma once

#include "app/ResultStore.h"
#include "engine/reports/RecipeReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <QObject>

namespace espalier {

class CompressionController;
class CompressionPanel;
class MeasuringDevice;
class RecipeView;

class RecipeController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        ResultStore* results;
        MeasuringDevice* device;
        CompressionController* compression; ///< knows the panel's settings of a choice
        CompressionPanel* panel;
        RecipeView* view;
    };
    explicit RecipeController(const Parts& parts, QObject* parent = nullptr);

Q_SIGNALS:
    /// The recipe's nodes stand in the pipeline; @p package is the last of them.
    void applied(const std::string& package);

private:
    void start(const Budgets& budgets, int trainings);
    void receive(const QString& method, const Json& params);
    void end(const Result<Json>& reply);
    void apply(const std::vector<RecipeStep>& steps);
    /// In the view, and what one Prune node gives on the chart too.
    void show(const RecipeReport& report);
    /// Shows the last search for the panel's model; a search under way stays.
    void showKept(const CompressionSettings& settings);

    Parts m_parts;
    bool m_running = false;
    std::string m_shown; ///< node whose search is shown
};

} // namespace espalier
