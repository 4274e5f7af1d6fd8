// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/NodeType.h"

namespace espalier {
namespace {

template <typename T>
const T* findById(const std::vector<T>& items, std::string_view id)
{
    const auto it = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == id; });
    return it == items.end() ? nullptr : &*it;
}

Json portsToJson(const std::vector<PortSpec>& ports)
{
    Json list = Json::array();
    for (const auto& port : ports)
        list.push_back({{"id", port.id}, {"label", port.label}, {"type", port.type}, {"required", port.required}});
    return list;
}

} // namespace

const PortSpec* NodeType::input(std::string_view port) const
{
    return findById(inputs, port);
}

const PortSpec* NodeType::output(std::string_view port) const
{
    return findById(outputs, port);
}

const ParameterSpec* NodeType::parameter(std::string_view parameter) const
{
    return findById(parameters, parameter);
}

Json toJson(const NodeType& type)
{
    Json specs = Json::array();
    for (const auto& spec : type.parameters)
        specs.push_back(toJson(spec));
    return {{"id", type.id},       {"version", type.version}, {"category", type.category},
            {"label", type.label}, {"help", type.help},       {"inputs", portsToJson(type.inputs)},
            {"outputs", portsToJson(type.outputs)}, {"parameters", specs}};
}

} // namespace espalier
