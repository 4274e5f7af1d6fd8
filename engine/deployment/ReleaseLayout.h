// SPDX-License-Identifier: GPL-3.0-or-later
// ReleaseLayout: the names of everything Espalier keeps on a device. Names come from hashes and constants only, never from
// user text; the root is absolute, as the device resolved it.
//
//   releases/<hash>/        a complete release: espalier-edge, model.espkg, release.json; and model.espkg.plan, which the runtime measures there
//   releases/<hash>.part/   an upload that is not complete
//   releases/<hash>.failed  why that release was rolled back
//   current, previous       symbolic links to releases/<hash>
//   work/                   what a push needs for a moment: the test set
//   measure/<random>/       what is measured without becoming a release: PackageMeter
//   lock                    symbolic link whose target says who pushes
#pragma once

#include <string>
#include <string_view>

namespace espalier {

class ReleaseLayout {
public:
    static constexpr std::string_view runtimeFile = "espalier-edge";
    static constexpr std::string_view packageFile = "model.espkg";
    static constexpr std::string_view manifestFile = "release.json";

    explicit ReleaseLayout(std::string root) : m_root(std::move(root)) {}

    [[nodiscard]] const std::string& root() const { return m_root; }
    [[nodiscard]] std::string releases() const { return m_root + "/releases"; }
    [[nodiscard]] std::string release(std::string_view hash) const { return releases() + "/" + std::string(hash); }
    [[nodiscard]] std::string part(std::string_view hash) const { return release(hash) + ".part"; }
    [[nodiscard]] std::string failedNote(std::string_view hash) const { return release(hash) + ".failed"; }
    [[nodiscard]] std::string current() const { return m_root + "/current"; }
    [[nodiscard]] std::string previous() const { return m_root + "/previous"; }
    [[nodiscard]] std::string work() const { return m_root + "/work"; }
    [[nodiscard]] std::string measuring() const { return m_root + "/measure"; }
    [[nodiscard]] std::string lock() const { return m_root + "/lock"; }

private:
    std::string m_root;
};

/// The hash that names the release made of these two files (their SHA-256, hexadecimal).
std::string releaseHash(std::string_view runtimeSha256, std::string_view packageSha256);
/// Whether @p text is 64 lower-case hexadecimal digits.
bool isReleaseHash(std::string_view text);

} // namespace espalier
