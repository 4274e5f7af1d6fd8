// SPDX-License-Identifier: Apache-2.0
// RunControl: what a user can ask of a run besides cancelling it: to pause, to go on, and to finish now with the best so far. Asked from any
// thread; the run looks at it between steps.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace espalier {

class RunControl {
public:
    void pause() { set(m_paused, true); }
    void resume() { set(m_paused, false); }
    /// Ends the stage that is training as if its last epoch were over; also ends a pause.
    void finish();
    /// A new stage begins: what was asked of the one before does not hold for it. A pause does.
    void beginStage() { set(m_finishing, false); }

    [[nodiscard]] bool paused() const { return get(m_paused); }
    [[nodiscard]] bool finishing() const { return get(m_finishing); }
    /// Blocks until resume(), finish() or a stop.
    void waitWhilePaused(const std::stop_token& stop);

private:
    void set(bool& flag, bool value);
    [[nodiscard]] bool get(const bool& flag) const;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;
    bool m_finishing = false;
};

} // namespace espalier
