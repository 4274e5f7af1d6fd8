// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/BlasSpeed.h"

#include <torch/torch.h>

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

namespace espalier {
namespace {

constexpr std::int64_t size = 512;
constexpr double slowBelow = 15;
constexpr int repetitions = 3; ///< the best counts: another program may have the processor

/// The file that the process takes its matrix product from; LibTorch itself only says "generic".
std::string loadedBlas()
{
    void* const product = ::dlsym(RTLD_DEFAULT, "sgemm_");
    Dl_info info{};
    if (product == nullptr || ::dladdr(product, &info) == 0 || info.dli_fname == nullptr)
        return "built into LibTorch";
    std::error_code ignored;
    return std::filesystem::weakly_canonical(info.dli_fname, ignored).string();
}

} // namespace

std::string BlasSpeed::remedy() const
{
    return slow ? "Install OpenBLAS, which makes training many times faster: apt install libopenblas0-pthread" : "";
}

BlasSpeed measureBlas()
{
    using Clock = std::chrono::steady_clock;
    torch::NoGradGuard noGrad;
    const torch::Tensor a = torch::ones({size, size});
    const torch::Tensor b = torch::ones({size, size});
    torch::mm(a.slice(0, 0, 64), b); // wakes the library's threads
    double best = 0;
    for (int i = 0; i < repetitions; ++i) {
        const auto started = Clock::now();
        torch::mm(a, b);
        const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
        best = std::max(best, 2.0 * size * size * size / std::max(seconds, 1e-9) / 1e9);
    }
    BlasSpeed speed{.gflops = best, .slow = false, .library = loadedBlas()};
    // A busy machine is slow with any library; only the lack of a fast one is worth a warning.
    speed.slow = best < slowBelow && speed.library.find("openblas") == std::string::npos;
    return speed;
}

void warnAboutSlowBlas(RunContext& context)
{
    if (const BlasSpeed speed = measureBlas(); speed.slow)
        context.warn("Matrix products run at " + std::to_string(std::lround(speed.gflops)) + " GFLOP/s here, which makes training slow. " + speed.remedy());
}

} // namespace espalier
