// SPDX-License-Identifier: GPL-3.0-or-later
// Workbench: the controllers behind the window, connected to its widgets and to each other. It owns the engine's client and the open
// project. Made after the widgets and taken down before them.
#pragma once

#include "app/CompressionController.h"
#include "app/SensitivityController.h"
#include "app/DataController.h"
#include "app/DeployFlow.h"
#include "app/DeviceController.h"
#include "app/EngineNotices.h"
#include "app/EvaluationController.h"
#include "app/ImportFlow.h"
#include "app/MainLayout.h"
#include "app/MeasuringDevice.h"
#include "app/ModeBar.h"
#include "app/ProjectDocument.h"
#include "app/PromptBridge.h"
#include "app/RecipeController.h"
#include "app/RunConductor.h"
#include "app/StorageFlow.h"
#include "app/SweepController.h"
#include "app/TrainingController.h"
#include "app/TryItController.h"
#include "app/VocabularyController.h"

namespace espalier {

class ProjectFlow;

class Workbench : public QObject {
    Q_OBJECT

public:
    struct Parts {
        QWidget* window;
        MainLayout* layout;
        ProjectDocument* document;
        EngineClient* engine;
    };
    explicit Workbench(const Parts& parts);

    [[nodiscard]] RunController* runController() { return &m_run; }
    [[nodiscard]] ProjectFlow* projects() { return m_projects; }
    /// After the first paint: the device list, unsaved work of last time, the engine.
    void startUp();
    /// Texts that were put together here, in the language as it is now.
    void retranslate();

Q_SIGNALS:
    void placeWanted(espalier::Place place);

private:
    void connectRun();
    void connectCanvas();
    void connectPanels();
    void connectDevices();
    void showReceipt(const std::string& node);
    /// Runs the first node of @p type and what it needs; the whole pipeline when there is none.
    void runFirst(const std::string& type);

    MainLayout* m_layout;
    ProjectDocument* m_document;
    EngineClient* m_engine;
    ImportFlow m_import;
    ProjectFlow* m_projects;
    PromptBridge m_prompts;
    RunController m_run;
    ResultStore m_results;
    RunConductor m_conductor;
    EngineNotices m_notices;
    TrainingController m_training;
    EvaluationController m_evaluation;
    MeasuringDevice m_measuring;
    CompressionController m_compression;
    VocabularyController m_vocabulary;
    SweepController m_sweep;
    RecipeController m_recipe;
    SensitivityController m_sensitivity;
    DeviceController m_devices;
    DeployFlow m_deploy;
    TryItController m_tryIt;
    DataController m_data;
    StorageFlow m_storage;
};

} // namespace espalier
