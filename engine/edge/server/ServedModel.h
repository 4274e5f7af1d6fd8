// SPDX-License-Identifier: Apache-2.0
// The package that a server answers from: opened once for each of its threads, and exchanged as a whole while requests go on. A request is answered by
// the model that was there when it began.
#pragma once

#include "engine/core/Json.h"
#include "engine/edge/Session.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace espalier::edge {

struct ServedModel {
    std::vector<Session> sessions; ///< one a thread
    Json info;                     ///< what GET /v1/model says
    bool rejects = false;          ///< answers have a threshold

    /// Opens @p package and repeats its self-test. Errors: as PackageReader and Session; ParityMismatch.
    static Result<std::shared_ptr<ServedModel>> open(const std::string& package, std::size_t threads);
};

/// The current model. It looks once a second whether the file is another, and opens that beside the one in use. A package that cannot
/// be used changes nothing.
class ModelSlot {
public:
    ModelSlot(std::string package, std::size_t threads) : m_package(std::move(package)), m_threads(threads) {}
    ModelSlot(const ModelSlot&) = delete;
    ModelSlot& operator=(const ModelSlot&) = delete;
    ~ModelSlot();

    /// Opens the first model and begins to watch.
    Result<void> start();
    [[nodiscard]] std::shared_ptr<ServedModel> current() const;
    /// Opens the file again, also where it looks unchanged; returns at once.
    void reload();

    [[nodiscard]] std::uint64_t loaded() const { return m_loaded; } ///< models taken, with the first
    [[nodiscard]] std::uint64_t refused() const { return m_refused; }

private:
    /// Which file it is, and as of when.
    struct Identity {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        std::int64_t bytes = -1;
        std::int64_t nanoseconds = 0; ///< of its last change
        bool operator==(const Identity&) const = default;
    };

    [[nodiscard]] Identity identity() const;
    void watch(const std::stop_token& stop);
    void take();

    const std::string m_package;
    const std::size_t m_threads;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::shared_ptr<ServedModel> m_model;
    Identity m_seen;
    bool m_asked = false;
    std::atomic<std::uint64_t> m_loaded = 0;
    std::atomic<std::uint64_t> m_refused = 0;
    std::jthread m_watcher;
};

} // namespace espalier::edge
