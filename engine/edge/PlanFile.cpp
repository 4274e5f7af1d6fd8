// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/PlanFile.h"

#include "engine/edge/LargeMemory.h"
#include "engine/edge/coding/Checksum.h"
#include "engine/edge/kernels/Calibration.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace espalier::edge {
namespace {

constexpr std::size_t maxBytes = 1024;
/// A microsecond a place, which no processor takes.
constexpr std::uint32_t mostFemtoseconds = 1'000'000'000;
constexpr std::array<std::string_view, 4> layoutNames{"dense", "gather", "sliding-gather", "pairs"};

std::string hexadecimal(std::uint64_t number)
{
    char digits[16];
    return {digits, std::to_chars(digits, digits + sizeof digits, number, 16).ptr};
}

/// The bytes of a regular file; nothing where there is none, or more of it than we write. Not SafeFile's, which would bring the library for paths along.
std::string readSmall(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return {};
    std::string bytes(maxBytes + 1, '\0');
    const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
    ::close(descriptor);
    bytes.resize(count > 0 && static_cast<std::size_t>(count) <= maxBytes ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

/// Through a file beside it, so that whoever reads has the old one or the new one as a whole, also after a power cut. What is no file, such as a link to another, stays.
bool replaceSmall(const std::string& path, const std::string& bytes)
{
    struct stat status{};
    if (::lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        return false;
    std::string temporary = path + ".XXXXXX";
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool good = ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fchmod(descriptor, 0644) == 0 && ::fsync(descriptor) == 0;
    good = ::close(descriptor) == 0 && good && ::rename(temporary.c_str(), path.c_str()) == 0;
    if (!good)
        ::unlink(temporary.c_str());
    const std::size_t slash = path.rfind('/');
    const int folder = ::open(slash == std::string::npos ? "." : path.substr(0, slash + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder); // the rename has happened; a file system that cannot flush a folder costs the plan at worst
        ::close(folder);
    }
    return good;
}

/// Family and model, where the system has a word for it: processors with the same instructions differ in what these take.
std::string processorModel()
{
#if defined(__x86_64__)
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 ? hexadecimal(a) : "-";
#else
    const std::string text = readSmall("/sys/devices/system/cpu/cpu0/regs/identification/midr_el1");
    return text.size() > 1 ? text.substr(0, text.find('\n')) : "-";
#endif
}

/// The four layouts' costs for several rows, then for one.
std::array<LayoutCost*, 8> costsOf(Kernels& kernels)
{
    ProductCosts& many = kernels.costs;
    ProductCosts& one = kernels.costsOfOneRow;
    return {&many.dense, &many.gather[0], &many.gather[1], &many.pairs, &one.dense, &one.gather[0], &one.gather[1], &one.pairs};
}

/// The number at the beginning of @p text, which is shortened by it; mostFemtoseconds where there is none.
std::uint32_t takeNumber(std::string_view& text)
{
    std::uint32_t number = mostFemtoseconds;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return status == std::errc() ? number : mostFemtoseconds;
}

std::string rounded(float femtoseconds)
{
    return std::to_string(static_cast<std::uint32_t>(std::min(femtoseconds + 0.5F, static_cast<float>(mostFemtoseconds - 1000))));
}

/// Weights that every token or sentence is multiplied with: those of tables are looked up.
std::size_t weightsOf(const PackageReader& reader)
{
    std::size_t weights = 0;
    for (const Op& op : reader.header().program.ops)
        for (const auto& [role, name] : op.tensors)
            if (const TensorRecord* record = reader.record(name); record != nullptr && op.kind != "embedding" && op.kind != "add_positions" && op.kind != "ngram_mean")
                if (const auto elements = elementsOf(record->shape, record->encoding))
                    weights += static_cast<std::size_t>(*elements);
    return weights;
}

} // namespace

std::string planHead(const PackageReader& reader, const Kernels& kernels)
{
    return "espalier-edge plan 1\npackage " + hexadecimal(reader.identity()) + "\nprocessor " + std::string(kernels.name) + " " + hexadecimal(::getauxval(AT_HWCAP)) + " "
           + hexadecimal(::getauxval(AT_HWCAP2)) + " " + processorModel() + "\nruntime " ESPALIER_VERSION
             "\nfemtoseconds for each input and output, and for each place\n";
}

std::string planText(const std::string& head, const Kernels& kernels)
{
    std::string text = head;
    Kernels copy = kernels;
    std::size_t i = 0;
    for (const LayoutCost* cost : costsOf(copy)) {
        text += (i < layoutNames.size() ? "rows " : "row ") + std::string(layoutNames[i % layoutNames.size()]) + " " + rounded(cost->ends) + " " + rounded(cost->place) + "\n";
        ++i;
    }
    return text + "checksum " + hexadecimal(xxh64(std::as_bytes(std::span(text.data(), text.size())))) + "\n";
}

bool readPlan(const std::string& text, const std::string& head, Kernels& kernels)
{
    if (!text.starts_with(head))
        return false;
    Kernels found = kernels;
    std::string_view rest = std::string_view(text).substr(head.size());
    for (LayoutCost* cost : costsOf(found))
        for (float* number : {&cost->ends, &cost->place}) {
            rest.remove_prefix(std::min(rest.find_first_of("0123456789"), rest.size()));
            const std::uint32_t femtoseconds = takeNumber(rest);
            if (femtoseconds >= mostFemtoseconds)
                return false;
            *number = static_cast<float>(femtoseconds);
        }
    // Whatever else may stand in it is told by writing it again.
    if (found.costs.dense.place == 0 || found.costsOfOneRow.dense.place == 0 || planText(head, found) != text)
        return false;
    found.measuredHere = true;
    kernels = found;
    return true;
}

PlannedKernels planKernels(const PackageReader& reader, const std::string& package, Planning planning)
{
    PlannedKernels planned{chosenKernels(), "absent"};
    const std::string path = package + ".plan";
    const std::string head = planHead(reader, planned.kernels);
    if (planning != Planning::Anew)
        if (readPlan(readSmall(path), head, planned.kernels)) {
            planned.file = "read";
            return planned;
        }
    if (planning == Planning::Cached)
        return planned;
    const auto start = std::chrono::steady_clock::now();
    {
        const PeakAside aside;
        planned.kernels = calibrated(planned.kernels, weightsOf(reader));
    }
    planned.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    const std::string text = planText(head, planned.kernels);
    // With the figures that the next start will read.
    if (!readPlan(text, head, planned.kernels))
        planned.kernels = chosenKernels();
    planned.file = replaceSmall(path, text) ? "written" : "unwritable";
    return planned;
}

} // namespace espalier::edge
