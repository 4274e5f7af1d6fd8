// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/LayerLists.h"

#include <array>
#include <charconv>

namespace espalier {
namespace {

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// As short as reads back the same; std::to_string would follow the locale.
std::string decimal(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end.ptr};
}

} // namespace

std::vector<std::string> layersFromText(const std::string& text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (auto part = trimmed(text.substr(begin, end - begin)); !part.empty())
            parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

Result<std::map<std::string, double>> layerSparsitiesFromText(const std::string& text)
{
    std::map<std::string, double> sparsities;
    for (const auto& part : layersFromText(text)) {
        const std::size_t equals = part.find('=');
        const std::string name = trimmed(part.substr(0, equals));
        const std::string number = equals == std::string::npos ? std::string() : trimmed(part.substr(equals + 1));
        double value = 0;
        const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
        if (name.empty() || number.empty() || read.ec != std::errc() || read.ptr != number.data() + number.size())
            return Error{ErrorCode::InvalidArgument, "'layer_sparsities' has '" + part + "', which is not a layer and its sparsity.",
                         "Write them as output.weight=0.5, with commas between."};
        if (!sparsities.emplace(name, value).second)
            return Error{ErrorCode::InvalidArgument, "'layer_sparsities' has layer '" + name + "' twice.", "Take one away."};
    }
    return sparsities;
}

std::string layerSparsitiesToText(const std::map<std::string, double>& sparsities)
{
    std::string text;
    for (const auto& [layer, sparsity] : sparsities)
        text += (text.empty() ? "" : ", ") + layer + "=" + decimal(sparsity);
    return text;
}

std::string layersToText(const std::vector<std::string>& layers)
{
    std::string text;
    for (const std::string& layer : layers)
        text += (text.empty() ? "" : ", ") + layer;
    return text;
}

} // namespace espalier
