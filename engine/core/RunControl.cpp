// SPDX-License-Identifier: Apache-2.0
#include "engine/core/RunControl.h"

namespace espalier {

void RunControl::finish()
{
    const std::lock_guard lock(m_mutex);
    m_finishing = true;
    m_paused = false;
    m_changed.notify_all();
}

void RunControl::waitWhilePaused(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_paused; });
}

void RunControl::set(bool& flag, bool value)
{
    const std::lock_guard lock(m_mutex);
    flag = value;
    m_changed.notify_all();
}

bool RunControl::get(const bool& flag) const
{
    const std::lock_guard lock(m_mutex);
    return flag;
}

} // namespace espalier
