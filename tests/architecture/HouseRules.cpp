// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/HouseRules.h"

#include <algorithm>
#include <functional>
#include <regex>
#include <sstream>

namespace espalier::house {
namespace {

constexpr int longestFile = 400;

using Layers = std::set<std::string>;

bool endsWith(const std::string& text, const std::string& ending)
{
    return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

Layers joined(Layers a, const Layers& b)
{
    a.insert(b.begin(), b.end());
    return a;
}

std::map<std::string, Layers> table()
{
    const Layers shipped{"core", "tokenizers", "edge"};
    const Layers ground = joined(shipped, {"reports"});
    const Layers learning = joined(ground, {"data", "models", "training", "compression", "evaluation", "exporting"});
    const Layers pipeline = joined(learning, {"graph", "deployment", "pipeline"});
    return {
        {"core", {"core"}},
        {"tokenizers", {"core", "tokenizers"}},
        {"edge", shipped},
        {"reports", {"core", "reports"}},
        {"graph", {"core", "graph"}},
        {"data", {"core", "tokenizers", "reports", "data"}},
        // One library, espalier_learning. Inside it models stand at the bottom, compression and exporting at the top.
        {"models", joined(ground, {"models"})},
        {"training", joined(ground, {"data", "models", "training", "evaluation"})},
        {"evaluation", joined(ground, {"data", "models", "training", "evaluation"})},
        {"exporting", joined(ground, {"data", "models", "training", "evaluation", "exporting"})},
        {"compression", learning},
        {"deployment", {"core", "reports", "deployment"}},
        {"pipeline", pipeline},
        {"service", joined(pipeline, {"service"})},
        {"widgets", {"core", "graph", "reports", "widgets"}},
        {"app", {"core", "graph", "reports", "deployment", "widgets", "app"}},
    };
}

/// A library's headers, and the layers (or single files) that may include them.
struct Library {
    const char* name;
    std::regex headers;
    Layers layers;
    std::set<std::string> files = {};
};

const std::vector<Library>& libraries()
{
    const Layers learning{"models", "training", "compression", "evaluation", "exporting"};
    static const std::vector<Library> list{
        {"nlohmann-json", std::regex("nlohmann/.*"), {}, {"engine/core/Json.h", "engine/core/JsonDestruction.h"}},
        {"LibTorch", std::regex("(torch|ATen|c10|caffe2)/.*"), learning},
        {"libssh", std::regex("libssh/.*"), {"deployment"}},
        {"utf8proc", std::regex("utf8proc\\.h"), {}},
        {"CLI11", std::regex("CLI/.*"), {"service"}},
        {"QCustomPlot", std::regex("qcustomplot\\.h"), {"widgets"}},
        {"Qt", std::regex("(Qt[A-Za-z0-9]*/.*|Q[A-Z][A-Za-z0-9]*|qt[a-z]+\\.h)"), {"widgets", "app"}},
    };
    return list;
}

std::string place(const SourceFile& file, int line)
{
    return file.path + ":" + std::to_string(line) + ": ";
}

/// Where DESIGN lets a layer know one header of another and not the whole of it.
bool excepted(const std::string& path, const std::string& target)
{
    return layerOf(path) == "deployment" && target == "engine/edge/PackageFormat.h";
}

std::string checkQuoted(const SourceFile& file, const Include& include)
{
    const std::string from = layerOf(file.path);
    const std::string to = layerOf(include.target);
    if (endsWith(include.target, ".moc"))
        return {};
    if (to.empty())
        return place(file, include.line) + "\"" + include.target + "\" is not rooted at the project (engine/..., widgets/..., app/...).";
    if (from == "tests" || excepted(file.path, include.target) || allowedLayers().at(from).contains(to))
        return {};
    return place(file, include.line) + from + " must not include " + to + " (\"" + include.target + "\").";
}

std::string checkAngled(const SourceFile& file, const Include& include)
{
    const std::string from = layerOf(file.path);
    for (const Library& library : libraries()) {
        if (!std::regex_match(include.target, library.headers))
            continue;
        if (from != "tests" && !library.layers.contains(from) && !library.files.contains(file.path))
            return place(file, include.line) + from + " must not include " + library.name + " (<" + include.target + ">).";
    }
    return {};
}

/// Files whose licence users need free for their own products.
bool shipsToDevices(const std::string& path)
{
    const std::string layer = layerOf(path);
    return layer == "core" || layer == "tokenizers" || layer == "edge";
}

int count(const std::string& text, const std::string& part)
{
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

void checkLicence(const SourceFile& file, std::vector<std::string>& findings)
{
    const std::string tag = std::string("SPDX-License") + "-Identifier: ";
    const std::string licence = shipsToDevices(file.path) ? "Apache-2.0" : "GPL-3.0-or-later";
    if (count(file.text, tag) != 1)
        findings.push_back(file.path + ": it must have exactly one SPDX line, not " + std::to_string(count(file.text, tag)) + ".");
    else if (count(file.text, tag + licence + "\n") != 1)
        findings.push_back(file.path + ": its licence must be " + licence + ".");
}

/// moc's macros and LibTorch's headers both use words like 'slots'; they must not meet. A test that asks LibTorch for the right
/// answer cannot keep them apart, since Qt Test needs the macro.
void checkMocAndTorch(const SourceFile& file, std::vector<std::string>& findings)
{
    static const std::regex mocMacro("(^|\n)[ \t]*Q_(OBJECT|GADGET)\\b");
    const auto includes = includesOf(file.text);
    const bool torch = std::any_of(includes.begin(), includes.end(), [](const Include& i) { return i.target.rfind("torch/", 0) == 0; });
    if (layerOf(file.path) != "tests" && torch && std::regex_search(file.text, mocMacro))
        findings.push_back(file.path + ": a class for moc and LibTorch must not stand in one file.");
}

} // namespace

std::vector<Include> includesOf(const std::string& text)
{
    static const std::regex pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    std::vector<Include> found;
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::smatch match;
        if (std::regex_search(line, match, pattern))
            found.push_back({number, match[1] == "<", match[2]});
    }
    return found;
}

std::string layerOf(const std::string& path)
{
    const std::string top = path.substr(0, path.find('/'));
    if (top == path)
        return {};
    if (top == "widgets" || top == "app" || top == "tests")
        return top;
    if (top != "engine")
        return {};
    const std::string rest = path.substr(top.size() + 1);
    const std::string layer = rest.substr(0, rest.find('/'));
    return allowedLayers().contains(layer) && layer != rest ? layer : std::string();
}

const std::map<std::string, std::set<std::string>>& allowedLayers()
{
    static const auto layers = table();
    return layers;
}

std::vector<std::string> forbiddenIncludes(const SourceFile& file)
{
    std::vector<std::string> findings;
    for (const Include& include : includesOf(file.text))
        if (std::string finding = include.angled ? checkAngled(file, include) : checkQuoted(file, include); !finding.empty())
            findings.push_back(std::move(finding));
    return findings;
}

std::vector<std::string> brokenHouseRules(const SourceFile& file)
{
    std::vector<std::string> findings;
    checkLicence(file, findings);
    checkMocAndTorch(file, findings);
    if (endsWith(file.path, ".h") && count(file.text, "\n#pragma once\n") != 1)
        findings.push_back(file.path + ": a header must have one line '#pragma once'.");
    const bool made = file.text.find("\n// Made by ") != std::string::npos; // nobody reads it
    if (const auto lines = std::count(file.text.begin(), file.text.end(), '\n'); lines > longestFile && !made)
        findings.push_back(file.path + ": " + std::to_string(lines) + " lines; split it, " + std::to_string(longestFile) + " are the most.");
    for (const Include& include : includesOf(file.text))
        if (include.target == "QSaveFile" || endsWith(include.target, "/QSaveFile"))
            findings.push_back(place(file, include.line) + "QSaveFile loses files on a full disk; use engine/core/SafeFile.h.");
    return findings;
}

std::string includeCircle(const std::vector<SourceFile>& files)
{
    std::map<std::string, std::vector<std::string>> graph;
    for (const SourceFile& file : files)
        for (const Include& include : includesOf(file.text))
            if (!include.angled)
                graph[file.path].push_back(include.target);
    std::set<std::string> finished;
    std::vector<std::string> trail;
    const std::function<std::string(const std::string&)> visit = [&](const std::string& path) -> std::string {
        if (finished.contains(path) || !graph.contains(path))
            return {};
        if (const auto seen = std::find(trail.begin(), trail.end(), path); seen != trail.end()) {
            std::string circle;
            for (auto it = seen; it != trail.end(); ++it)
                circle += *it + " -> ";
            return circle + path;
        }
        trail.push_back(path);
        for (const std::string& next : graph.at(path))
            if (std::string circle = visit(next); !circle.empty())
                return circle;
        trail.pop_back();
        finished.insert(path);
        return {};
    };
    for (const auto& [path, targets] : graph)
        if (std::string circle = visit(path); !circle.empty())
            return circle;
    return {};
}

} // namespace espalier::house
