// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/KnownHosts.h"

#include "engine/core/SafeFile.h"

namespace espalier {
namespace {

Result<HostKey> presentedKey(const SshConnection& connection)
{
    HostKey seen{connection.config().hostName, connection.config().port, {}, {}};
    ssh_key key = nullptr;
    if (ssh_get_server_publickey(connection.session(), &key) != SSH_OK)
        return connection.networkError("Reading the host key");
    seen.type = ssh_key_type_to_char(ssh_key_type(key));
    unsigned char* hash = nullptr;
    std::size_t length = 0;
    const int status = ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &length);
    ssh_key_free(key);
    if (status != 0)
        return Error{ErrorCode::Internal, "The host key has no fingerprint.", {}, {}};
    char* text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, length);
    ssh_clean_pubkey_hash(&hash);
    if (text)
        seen.fingerprint = text;
    ssh_string_free_char(text);
    return seen;
}

std::string describe(const HostKey& key)
{
    return key.host + " port " + std::to_string(key.port) + ", " + key.type + " " + key.fingerprint;
}

} // namespace

Result<void> KnownHosts::verify(const SshConnection& connection, const DeploymentPrompts& prompts) const
{
    ESPALIER_TRY(const HostKey key, presentedKey(connection));
    switch (ssh_session_is_known_server(connection.session())) {
    case SSH_KNOWN_HOSTS_OK:
        return {};
    case SSH_KNOWN_HOSTS_CHANGED:
    case SSH_KNOWN_HOSTS_OTHER:
        return Error{ErrorCode::HostKeyChanged, "The host key differs from the one on record: " + describe(key) + ". Nothing was offered to the device.",
                     "Someone may be in between. If the device was set up anew, remove its line from " + path().string()
                         + " (and from ~/.ssh/known_hosts) and connect again.", {}};
    case SSH_KNOWN_HOSTS_NOT_FOUND:
    case SSH_KNOWN_HOSTS_UNKNOWN:
        if (!prompts.acceptUnknownHostKey || !prompts.acceptUnknownHostKey(key))
            return Error{ErrorCode::HostKeyUnknown, "The host key was never seen before: " + describe(key) + ".",
                         "Compare the fingerprint with the device's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there) and accept it.", {}};
        return record(connection);
    case SSH_KNOWN_HOSTS_ERROR:
        break;
    }
    return Error{ErrorCode::InvalidFormat, std::string("The known hosts could not be read: ") + ssh_get_error(connection.session()),
                 "Look at " + path().string() + ".", {}};
}

Result<void> KnownHosts::record(const SshConnection& connection) const
{
    char* line = nullptr;
    if (ssh_session_export_known_hosts_entry(connection.session(), &line) != SSH_OK)
        return Error{ErrorCode::Internal, std::string("The host key could not be written down: ") + ssh_get_error(connection.session()), {}, {}};
    std::string entry(line);
    ssh_string_free_char(line);
    std::error_code failure;
    std::filesystem::create_directories(m_folder, failure);
    if (failure)
        return ioError("create the folder", m_folder.string(), failure.value());
    std::string content;
    if (std::filesystem::exists(path())) {
        ESPALIER_TRY(content, readFile(path()));
        if (!content.empty() && content.back() != '\n')
            content += '\n';
    }
    if (entry.empty() || entry.back() != '\n')
        entry += '\n';
    return writeFileSafely(path(), content + entry);
}

} // namespace espalier
