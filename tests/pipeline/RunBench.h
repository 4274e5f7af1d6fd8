// SPDX-License-Identifier: GPL-3.0-or-later
// RunBench: a project of toys in a folder of its own, and a runner for it.
#pragma once

#include "engine/pipeline/Runner.h"
#include "tests/support/ToyProject.h"

#include <QTemporaryDir>

#include <memory>

namespace espalier::test {

class RunBench {
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<Workspace>();
        m_project = writeToyProject(m_folder->path().toStdString());
        m_events = {};
        m_stop = {};
    }
    RunOutcome run(const std::string& target)
    {
        Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
        m_outcome = runPipeline(pipeline, target, m_events, m_stop.get_token());
        return m_outcome;
    }
    NodeState stateOf(const std::string& node) const { return m_outcome.nodes.at(node).state; }
    bool cached(const std::string& node) const { return m_outcome.nodes.at(node).cached; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    Project m_project;
    RunEvents m_events;
    std::stop_source m_stop;
    RunOutcome m_outcome;
};

} // namespace espalier::test
