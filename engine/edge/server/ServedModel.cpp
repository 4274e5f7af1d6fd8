// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/ServedModel.h"

#include "engine/edge/PlanFile.h"
#include "engine/edge/SelfTestRunner.h"

#include <chrono>
#include <cstdio>

#include <sys/stat.h>

namespace espalier::edge {
namespace {

constexpr std::chrono::seconds watchInterval{1};

Json infoOf(const PackageReader& reader, const Session& session, double milliseconds)
{
    const PackageHeader& header = reader.header();
    return {{"task", std::string(taskName(session.task()))},
            {"labels", session.labels()},
            {"precision", header.precision},
            {"file_bytes", reader.fileBytes()},
            {"format_version", reader.version()},
            {"reject_below", header.rejectBelow},
            {"provenance", header.provenance},
            {"kernels", session.kernels().name},
            {"load_ms", milliseconds}};
}

} // namespace

Result<std::shared_ptr<ServedModel>> ServedModel::open(const std::string& package, std::size_t threads)
{
    const auto start = std::chrono::steady_clock::now();
    ESPALIER_TRY(const PackageReader reader, PackageReader::open(package));
    auto model = std::make_shared<ServedModel>();
    ESPALIER_TRY(Session session, Session::create(reader, planKernels(reader, package, Planning::Needed).kernels));
    model->sessions.push_back(std::move(session));
    while (model->sessions.size() < threads) {
        ESPALIER_TRY(Session other, model->sessions.front().another());
        model->sessions.push_back(std::move(other));
    }
    const SelfTestOutcome outcome = runSelfTest(model->sessions.front(), reader.header());
    if (!outcome.passed)
        return Error{ErrorCode::ParityMismatch, "The self-test of " + reader.name() + " failed: " + outcome.firstDisagreement + ".", "Copy the package again.", {}};
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    model->info = infoOf(reader, model->sessions.front(), elapsed.count());
    model->rejects = reader.header().rejectBelow > 0;
    return model;
}

ModelSlot::~ModelSlot()
{
    m_watcher.request_stop();
    m_wake.notify_all();
}

Result<void> ModelSlot::start()
{
    m_seen = identity();
    ESPALIER_TRY(m_model, ServedModel::open(m_package, m_threads));
    ++m_loaded;
    m_watcher = std::jthread([this](const std::stop_token& stop) { watch(stop); });
    return {};
}

std::shared_ptr<ServedModel> ModelSlot::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_model;
}

void ModelSlot::reload()
{
    const std::lock_guard lock(m_mutex);
    m_asked = true;
    m_wake.notify_all();
}

ModelSlot::Identity ModelSlot::identity() const
{
    struct stat status{};
    if (::stat(m_package.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino, status.st_size, std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

void ModelSlot::watch(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, watchInterval, [this] { return m_asked; });
        const bool asked = std::exchange(m_asked, false);
        lock.unlock();
        const Identity now = identity();
        const bool changed = now != m_seen && now.bytes >= 0; // one that is away for a moment is being replaced
        if (stop.stop_requested() || !(asked || changed))
            continue;
        m_seen = now;
        take();
    }
}

void ModelSlot::take()
{
    auto opened = ServedModel::open(m_package, m_threads);
    if (!opened) {
        ++m_refused;
        std::fprintf(stderr, "espalier-edge: the package was changed, but cannot be used; the one before stays: %s\n", opened.error().message().c_str());
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_model = std::move(*opened);
    ++m_loaded;
}

} // namespace espalier::edge
