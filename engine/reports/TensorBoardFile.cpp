// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/TensorBoardFile.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace espalier {
namespace {

constexpr std::array<std::uint32_t, 256> crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1U) != 0 ? 0x82f63b78U : 0U);
        table[i] = value;
    }
    return table;
}();

template <typename Number>
void addLittleEndian(std::string& bytes, Number number)
{
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes.push_back(static_cast<char>(number >> (8 * i) & 0xff));
}

/// TensorFlow masks its checksums, since one of a text that holds checksums would be weak.
std::uint32_t maskedCrc(std::string_view bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

void addRecord(std::string& file, const std::string& data)
{
    std::string length;
    addLittleEndian(length, static_cast<std::uint64_t>(data.size()));
    file += length;
    addLittleEndian(file, maskedCrc(length));
    file += data;
    addLittleEndian(file, maskedCrc(data));
}

void addVarint(std::string& bytes, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
}

void addText(std::string& bytes, int field, std::string_view text)
{
    addVarint(bytes, static_cast<std::uint64_t>(field << 3 | 2));
    addVarint(bytes, text.size());
    bytes += text;
}

template <typename Integer, typename Real>
void addReal(std::string& bytes, int field, int wireType, Real value)
{
    addVarint(bytes, static_cast<std::uint64_t>(field << 3 | wireType));
    Integer bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    addLittleEndian(bytes, bits);
}

std::string eventAt(double wallTime)
{
    std::string event;
    addReal<std::uint64_t>(event, 1, 1, wallTime);
    return event;
}

/// Event {wall_time, step, summary: {value: {tag, simple_value}}}
std::string scalarEvent(double wallTime, int step, std::string_view tag, double value)
{
    std::string scalar;
    addText(scalar, 1, tag);
    addReal<std::uint32_t>(scalar, 2, 5, static_cast<float>(value));
    std::string summary;
    addText(summary, 1, scalar);
    std::string event = eventAt(wallTime);
    addVarint(event, 2 << 3);
    addVarint(event, static_cast<std::uint64_t>(step));
    addText(event, 5, summary);
    return event;
}

} // namespace

std::uint32_t crc32c(std::string_view bytes)
{
    std::uint32_t crc = 0xffffffffU;
    for (const char c : bytes)
        crc = crcTable[(crc ^ static_cast<unsigned char>(c)) & 0xffU] ^ (crc >> 8);
    return crc ^ 0xffffffffU;
}

std::int64_t secondsOfTime(const std::string& time)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(time.c_str(), "%d-%u-%uT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second) != 6)
        return 0;
    const auto date = std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
    return std::chrono::duration_cast<std::chrono::seconds>(date.time_since_epoch()).count() + hour * 3600 + minute * 60 + second;
}

std::string tensorBoardEvents(const RunRecord& run)
{
    std::string file;
    double time = static_cast<double>(secondsOfTime(run.time)) - run.seconds;
    std::string version = eventAt(time);
    addText(version, 3, "brain.Event:2");
    addRecord(file, version);
    if (run.history)
        for (const EpochRecord& epoch : run.history->epochs) {
            time += epoch.seconds;
            addRecord(file, scalarEvent(time, epoch.epoch, "loss/train", epoch.trainLoss));
            addRecord(file, scalarEvent(time, epoch.epoch, "loss/validation", epoch.validationLoss));
            addRecord(file, scalarEvent(time, epoch.epoch, "accuracy/train", epoch.trainAccuracy));
            addRecord(file, scalarEvent(time, epoch.epoch, "accuracy/validation", epoch.validationAccuracy));
        }
    for (const auto& [name, value] : run.results)
        addRecord(file, scalarEvent(static_cast<double>(secondsOfTime(run.time)), run.history ? run.history->bestEpoch : 0, "result/" + name, value));
    return file;
}

std::string tensorBoardFileName(const RunRecord& run)
{
    return "events.out.tfevents." + std::to_string(secondsOfTime(run.time)) + "." + run.id;
}

} // namespace espalier
