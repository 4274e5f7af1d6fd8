// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/Program.h"

#include <set>

namespace espalier::edge {
namespace {

/// More ops than any model has; a hostile header must not make the runtime busy for long.
constexpr std::size_t maxOps = 10'000;

Result<std::map<std::string, std::string>> textsByName(const Fields& op, const char* name)
{
    std::map<std::string, std::string> texts;
    if (!op.has(name))
        return texts;
    ESPALIER_TRY(const Fields fields, op.object(name));
    const Json members = fields.unknown({});
    for (const auto& [key, value] : members.items()) {
        ESPALIER_TRY(texts[key], fields.text(key));
    }
    return texts;
}

Result<Op> opFromJson(const Json& json, const std::string& path)
{
    Op op;
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(op.kind, fields.text("kind"));
    ESPALIER_TRY(op.inputs, fields.texts("inputs"));
    ESPALIER_TRY(op.output, fields.text("output"));
    ESPALIER_TRY(op.tensors, textsByName(fields, "tensors"));
    ESPALIER_TRY(op.attributes, textsByName(fields, "attributes"));
    return op;
}

Result<void> checkNames(const Op& op, const std::string& path, std::set<std::string>& defined)
{
    for (const auto& input : op.inputs)
        if (!defined.contains(input))
            return Error{ErrorCode::InvalidFormat, "'" + path + ".inputs' names '" + input + "', which no earlier op makes.", {}, {}};
    if (op.inputs.empty())
        return Error{ErrorCode::InvalidFormat, "'" + path + ".inputs' must not be empty.", {}, {}};
    if (op.output.empty() || !defined.insert(op.output).second)
        return Error{ErrorCode::InvalidFormat, "'" + path + ".output' must be a new name, not '" + op.output + "'.", {}, {}};
    return {};
}

} // namespace

Json toJson(const Program& program)
{
    Json ops = Json::array();
    for (const Op& op : program.ops)
        ops.push_back({{"kind", op.kind}, {"inputs", op.inputs}, {"output", op.output}, {"tensors", Json(op.tensors)}, {"attributes", Json(op.attributes)}});
    return {{"ops", std::move(ops)}};
}

Result<Program> programFromJson(const Json& json)
{
    Program program;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "program"));
    ESPALIER_TRY(const auto ops, fields.array("ops"));
    if (ops.empty() || ops.size() > maxOps)
        return Error{ErrorCode::InvalidFormat, "'program.ops' must hold 1 to " + std::to_string(maxOps) + " ops.", {}, {}};
    std::set<std::string> defined{"ids"};
    for (std::size_t i = 0; i < ops.size(); ++i) {
        const std::string path = "program.ops[" + std::to_string(i) + "]";
        ESPALIER_TRY(Op op, opFromJson(*ops[i], path));
        ESPALIER_CHECK(checkNames(op, path, defined));
        program.ops.push_back(std::move(op));
    }
    return program;
}

} // namespace espalier::edge
