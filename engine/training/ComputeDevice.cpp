// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/ComputeDevice.h"

#include <torch/torch.h>

#include <ATen/Parallel.h>

#include <dlfcn.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace espalier {
namespace {

const std::string gpuPrefix = "cuda:";

bool looksLikeDevice(const std::string& text)
{
    if (text == "cpu" || text == "cuda")
        return true;
    return text.starts_with(gpuPrefix) && text.size() > gpuPrefix.size() && text.size() < gpuPrefix.size() + 4 &&
           text.find_first_not_of("0123456789", gpuPrefix.size()) == std::string::npos;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

std::vector<std::string> computeDevices()
{
    std::vector<std::string> devices{"cpu"};
    if (torch::cuda::is_available())
        for (std::size_t i = 0; i < static_cast<std::size_t>(torch::cuda::device_count()); ++i)
            devices.push_back(gpuPrefix + std::to_string(i));
    return devices;
}

Result<std::string> resolveDevice(const std::string& asked)
{
    const auto devices = computeDevices();
    if (asked == "auto")
        return devices.size() > 1 ? devices[1] : devices[0];
    if (!looksLikeDevice(asked))
        return Error{ErrorCode::InvalidArgument, "'device' is '" + asked + "', which names no device.", "Write auto, cpu or cuda:0; here there are: " + joined(devices) + ".", {}};
    const std::string wanted = asked == "cuda" ? gpuPrefix + "0" : asked;
    if (std::find(devices.begin(), devices.end(), wanted) != devices.end())
        return wanted;
    return Error{ErrorCode::NotFound, "'device' is '" + asked + "', which this LibTorch does not offer. It offers: " + joined(devices) + ".",
                 "Set device to auto or cpu, or install a LibTorch with CUDA and the GPU's driver.", {}};
}

bool hasBf16Products()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.starts_with("flags"))
            return line.find(" avx512_bf16") != std::string::npos || line.find(" amx_bf16") != std::string::npos;
    return false;
}

int useThreads(int threads)
{
    const int count = threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    at::set_num_threads(count);
    if (void* const set = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
        reinterpret_cast<void (*)(int)>(set)(count);
    return count;
}

} // namespace espalier
