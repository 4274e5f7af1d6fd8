// SPDX-License-Identifier: GPL-3.0-or-later
// guarded(): runs one stage and turns what LibTorch throws into an Error, once. Includes LibTorch.
#pragma once

#include "engine/core/Result.h"

#include <torch/torch.h>

#include <exception>
#include <new>
#include <string>

namespace espalier {

inline Error outOfMemory(const std::string& activity)
{
    return {ErrorCode::Internal, activity + " needs more memory than there is.", "Make the batch size or the model smaller, or close other programs.", {}};
}

/// The result of @p stage, which returns a Result; or an Internal error that says what @p activity (English, "Training") met.
template <typename Stage>
auto guarded(const std::string& activity, Stage&& stage) -> decltype(stage())
{
    try {
        return stage();
    } catch (const std::bad_alloc&) {
        return outOfMemory(activity);
    } catch (const c10::Error& error) {
        const std::string what = error.what_without_backtrace();
        if (what.find("can't allocate memory") != std::string::npos)
            return outOfMemory(activity);
        return Error{ErrorCode::Internal, activity + " failed in LibTorch: " + what, {}, {}};
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, activity + " failed: " + error.what(), {}, {}};
    }
}

} // namespace espalier
