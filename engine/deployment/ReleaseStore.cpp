// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/ReleaseStore.h"

#include <sstream>

namespace espalier {
namespace {

constexpr std::string_view stateScript = R"sh(
cd "$1" || exit 1
say() { printf '%s %s\n' "$1" "$2"; }
say current "$(readlink current)"
say previous "$(readlink previous)"
for folder in releases/*; do
    if [ -d "$folder" ] && [ -f "$folder/release.json" ]; then say "release ${folder#releases/}" "$(cat "$folder/release.json")"; fi
    case "$folder" in *.failed) name=${folder#releases/}; say "failed ${name%.failed}" "$(cat "$folder")" ;; esac
done
)sh";

/// Flushes these files and folders to the disk; where sync takes no names, everything, which on a busy device takes long.
constexpr std::string_view flushFunction = R"sh(flush() { sync "$@" 2>/dev/null || sync; })sh";

/// A symbolic link is replaced by renaming a new one over it: the old or the new one is always there.
constexpr std::string_view activateScript = R"sh(
cd "$1" || exit 1
point() {
    if [ -z "$2" ]; then rm -f "$1"; return; fi
    rm -f ".$1.new" && ln -s "releases/$2" ".$1.new" && mv -fT ".$1.new" "$1"
}
point previous "$3" && point current "$2" && flush .
)sh";

/// Over an existing release (a damaged one) each file is replaced by a rename of its own.
constexpr std::string_view commitScript = R"sh(
cat > "$1/release.json" && flush "$1/espalier-edge" "$1/model.espkg" "$1/release.json" "$1" || exit 1
if [ -d "$2" ]; then
    mv -f "$1/espalier-edge" "$1/model.espkg" "$1/release.json" "$2/" && rm -rf "$1" && flush "$2"
else
    mv "$1" "$2" && flush "$2/.."
fi
)sh";

/// What is removed gets another name first, so that no half-removed folder looks like a release.
constexpr std::string_view pruneScript = R"sh(
cd "$1/releases" || exit 1
shift
for name in "$@"; do
    case "$name" in *.part) ;; *) [ -d "$name" ] || continue; rm -rf "$name.part"; mv "$name" "$name.part" || exit 1 ;; esac
    rm -rf "${name%.part}.part" || exit 1
done
)sh";

std::string withFlush(std::string_view script)
{
    return std::string(flushFunction) + std::string(script);
}

Json toJson(const ReleaseManifest& manifest)
{
    return {{"version", 1},
            {"release", manifest.hash},
            {"runtime_sha256", manifest.runtimeSha256},
            {"package_sha256", manifest.packageSha256},
            {"package_bytes", manifest.packageBytes},
            {"runtime_version", manifest.runtimeVersion},
            {"stored_at", manifest.storedAt}};
}

Result<ReleaseManifest> manifestFromText(const std::string& text, const std::string& hash)
{
    const std::string source = "release.json of " + hash;
    ESPALIER_TRY(const Json json, parseJson(text, source));
    ESPALIER_TRY(const Fields fields, Fields::of(json, source));
    ReleaseManifest manifest;
    manifest.hash = hash;
    ESPALIER_TRY(manifest.runtimeSha256, fields.text("runtime_sha256"));
    ESPALIER_TRY(manifest.packageSha256, fields.text("package_sha256"));
    ESPALIER_TRY(manifest.packageBytes, fields.integer("package_bytes"));
    ESPALIER_TRY(manifest.runtimeVersion, fields.text("runtime_version"));
    ESPALIER_TRY(manifest.storedAt, fields.text("stored_at"));
    return manifest;
}

std::string linkedHash(const std::string& target)
{
    const std::string hash = target.substr(target.rfind('/') + 1);
    return isReleaseHash(hash) ? hash : std::string();
}

void readStateLine(const std::string& kind, const std::string& rest, ReleaseState& state)
{
    if (kind == "current")
        state.current = linkedHash(rest);
    else if (kind == "previous")
        state.previous = linkedHash(rest);
    const auto space = rest.find(' ');
    const std::string hash = rest.substr(0, space);
    if (space == std::string::npos || !isReleaseHash(hash))
        return;
    if (kind == "failed")
        state.failures[hash] = rest.substr(space + 1);
    if (kind != "release")
        return;
    // A manifest that cannot be read is no complete release: a push puts it right.
    if (auto manifest = manifestFromText(rest.substr(space + 1), hash))
        state.releases[hash] = *manifest;
}

} // namespace

Result<ReleaseStore> ReleaseStore::open(Transport& transport, const Device& device, bool create, const RunContext& context)
{
    const std::string script = create ? "cd \"$HOME\" 2>/dev/null; mkdir -p \"$1/releases\" && cd \"$1\" && pwd -P"
                                      : "cd \"$HOME\" 2>/dev/null; cd \"$1/releases\" 2>/dev/null && cd .. && pwd -P || :";
    ESPALIER_TRY(std::string root, transport.runChecked({script, {deviceRoot(device)}}, "Opening the release folder", context));
    while (!root.empty() && root.back() == '\n')
        root.pop_back();
    if (root.empty())
        return Error{ErrorCode::NotFound, "Nothing was deployed to '" + device.name + "' yet.", "Deploy a package first.", {}};
    if (root.front() != '/' || root == "/")
        return Error{ErrorCode::Remote, "The root folder of '" + device.name + "' is '" + root + "', which cannot be used.", "Choose another root folder.", {}};
    return ReleaseStore(transport, ReleaseLayout(root));
}

Result<ReleaseState> ReleaseStore::state(const RunContext& context)
{
    ESPALIER_TRY(const std::string text, m_transport->runChecked({std::string(stateScript), {m_layout.root()}}, "Listing the releases", context));
    ReleaseState state;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto space = line.find(' '); space != std::string::npos)
            readStateLine(line.substr(0, space), line.substr(space + 1), state);
    return state;
}

Result<bool> ReleaseStore::matches(const std::string& folder, const ReleaseManifest& manifest, const RunContext& context)
{
    const Command digest{"cd \"$1\" 2>/dev/null && [ -x espalier-edge ] && [ -f model.espkg ] || exit 0; sha256sum espalier-edge model.espkg", {folder}};
    ESPALIER_TRY(const std::string text, m_transport->runChecked(digest, "Verifying the files", context));
    std::istringstream words(text);
    std::string runtime;
    std::string name;
    std::string package;
    words >> runtime >> name >> package;
    return runtime == manifest.runtimeSha256 && package == manifest.packageSha256;
}

Result<void> ReleaseStore::preparePart(const std::string& hash, bool afresh, const RunContext& context)
{
    const Command make{afresh ? "rm -rf \"$1\" && mkdir \"$1\"" : "mkdir -p \"$1\"", {m_layout.part(hash)}};
    ESPALIER_CHECK(m_transport->runChecked(make, "Making room for the upload", context));
    return {};
}

Result<void> ReleaseStore::commitPart(const ReleaseManifest& manifest, const RunContext& context)
{
    const Command commit{withFlush(commitScript), {m_layout.part(manifest.hash), m_layout.release(manifest.hash)}};
    ESPALIER_TRY(const CommandResult result, m_transport->run(commit, dumpJson(toJson(manifest)), context));
    if (!result.succeeded())
        return remoteError("Storing the release", result);
    return {};
}

Result<void> ReleaseStore::activate(const std::string& hash, const std::string& previous, const RunContext& context)
{
    const Command swap{withFlush(activateScript), {m_layout.root(), hash, previous}};
    ESPALIER_CHECK(m_transport->runChecked(swap, "Activating the release", context));
    return {};
}

Result<void> ReleaseStore::remember(const std::string& hash, const std::string& failure, const RunContext& context)
{
    const Command note{"printf '%s' \"$2\" > \"$1.new\" && mv -f \"$1.new\" \"$1\"", {m_layout.failedNote(hash), failure}};
    ESPALIER_CHECK(m_transport->runChecked(note, "Noting the failure", context));
    return {};
}

Result<void> ReleaseStore::forget(const std::string& hash, const RunContext& context)
{
    ESPALIER_CHECK(m_transport->runChecked({"rm -f \"$1\"", {m_layout.failedNote(hash)}}, "Removing the note of a failure", context));
    return {};
}

Result<void> ReleaseStore::prune(const RunContext& context)
{
    ESPALIER_TRY(const ReleaseState now, state(context));
    const Command list{"cd \"$1/releases\" && for name in *; do [ -d \"$name\" ] && echo \"$name\"; done; :", {m_layout.root()}};
    ESPALIER_TRY(const std::string text, m_transport->runChecked(list, "Listing the release folders", context));
    Command remove{std::string(pruneScript), {m_layout.root()}};
    std::istringstream names(text);
    for (std::string name; std::getline(names, name);) {
        const bool part = name.size() == 69 && name.ends_with(".part");
        if (isReleaseHash(name.substr(0, 64)) && (part || (name.size() == 64 && name != now.current && name != now.previous)))
            remove.arguments.push_back(name);
    }
    if (remove.arguments.size() > 1)
        ESPALIER_CHECK(m_transport->runChecked(remove, "Removing old releases", context));
    return {};
}

} // namespace espalier
