// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/SshAuthenticator.h"

#include <cstdlib>

namespace espalier {
namespace {

constexpr int maxAttempts = 3;
constexpr std::chrono::seconds stepLimit{60}; // a device may look up its users slowly

/// Called by libssh when a key turns out to be encrypted.
int noteEncrypted(const char*, char*, std::size_t, int, int, void* encrypted)
{
    *static_cast<bool*>(encrypted) = true;
    return -1;
}

} // namespace

Result<int> SshAuthenticator::step(const std::function<int()>& call)
{
    ESPALIER_TRY(const int status, m_connection.repeat(SSH_AUTH_AGAIN, call, stepLimit, m_context));
    // An error of one method (an unreadable agent) is not the end, a broken connection is.
    if (status == SSH_AUTH_ERROR && !m_connection.alive())
        return m_connection.networkError("Signing in");
    return status;
}

Result<void> SshAuthenticator::run()
{
    ssh_session session = m_connection.session();
    ESPALIER_TRY(const int none, step([session] { return ssh_userauth_none(session, nullptr); }));
    if (none == SSH_AUTH_SUCCESS)
        return {};
    const int methods = ssh_userauth_list(session, nullptr);
    if (methods & SSH_AUTH_METHOD_PUBLICKEY) {
        if (!m_connection.config().identitiesOnly && m_connection.config().agentSocket != "none") {
            ESPALIER_TRY(const bool in, tryAgent());
            if (in)
                return {};
        }
        for (const auto& file : m_connection.config().identityFiles) {
            ESPALIER_TRY(const bool in, tryKeyFile(file));
            if (in)
                return {};
        }
    }
    if (methods & (SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE)) {
        ESPALIER_TRY(const bool in, tryPasswords(methods));
        if (in)
            return {};
    }
    return refused();
}

Result<bool> SshAuthenticator::tryAgent()
{
    if (m_connection.config().agentSocket.empty() && !std::getenv("SSH_AUTH_SOCK"))
        return false;
    ssh_session session = m_connection.session();
    ESPALIER_TRY(const int status, step([session] { return ssh_userauth_agent(session, nullptr); }));
    m_offered.emplace_back("the agent's keys");
    return status == SSH_AUTH_SUCCESS;
}

Result<bool> SshAuthenticator::publicHalfRefused(const std::filesystem::path& file)
{
    ssh_key key = nullptr;
    // Without the public half nothing is known yet: the private one must be opened.
    if (ssh_pki_import_pubkey_file((file.string() + ".pub").c_str(), &key) != SSH_OK)
        return false;
    ssh_session session = m_connection.session();
    auto status = step([session, key] { return ssh_userauth_try_publickey(session, nullptr, key); });
    ssh_key_free(key);
    ESPALIER_TRY(const int answer, std::move(status));
    return answer != SSH_AUTH_SUCCESS;
}

Result<bool> SshAuthenticator::tryKeyFile(const std::filesystem::path& file)
{
    ESPALIER_TRY(const bool useless, publicHalfRefused(file));
    if (useless) {
        m_offered.push_back("the key " + file.string() + " (not accepted)");
        return false;
    }
    ESPALIER_TRY(ssh_key key, loadKey(file));
    if (!key)
        return false;
    ssh_session session = m_connection.session();
    auto status = step([session, key] { return ssh_userauth_publickey(session, nullptr, key); });
    ssh_key_free(key);
    ESPALIER_TRY(const int answer, std::move(status));
    m_offered.push_back("the key " + file.string() + " (not accepted)");
    return answer == SSH_AUTH_SUCCESS;
}

Result<ssh_key> SshAuthenticator::loadKey(const std::filesystem::path& file)
{
    ssh_key key = nullptr;
    bool encrypted = false;
    const int status = ssh_pki_import_privkey_file(file.c_str(), nullptr, noteEncrypted, &encrypted, &key);
    if (status == SSH_OK)
        return key;
    if (!encrypted) {
        m_offered.push_back("the key " + file.string() + (status == SSH_EOF ? " (cannot be read)" : " (not a private key libssh knows)"));
        return ssh_key{nullptr};
    }
    for (int attempt = 0; attempt <= maxAttempts; ++attempt) {
        std::optional<std::string> passphrase = m_credentials.passphrase;
        if (attempt > 0)
            passphrase = m_prompts.askPassphrase ? m_prompts.askPassphrase(file.string(), attempt) : std::nullopt;
        if (!passphrase && attempt > 0)
            break;
        if (passphrase && ssh_pki_import_privkey_file(file.c_str(), passphrase->c_str(), nullptr, nullptr, &key) == SSH_OK)
            return key;
    }
    m_offered.push_back("the key " + file.string() + " (its passphrase is missing or wrong)");
    return ssh_key{nullptr};
}

Result<bool> SshAuthenticator::tryPasswords(int methods)
{
    for (int attempt = 0; attempt <= maxAttempts; ++attempt) {
        std::optional<std::string> password = m_credentials.password;
        if (attempt > 0)
            password = m_prompts.askPassword ? m_prompts.askPassword(m_connection.config().user, m_connection.config().hostName, attempt) : std::nullopt;
        if (!password && attempt > 0)
            break;
        if (!password)
            continue;
        ESPALIER_TRY(const bool in, offerPassword(*password, methods));
        if (in)
            return true;
        m_offered.emplace_back("a password (not accepted)");
    }
    return false;
}

Result<bool> SshAuthenticator::offerPassword(const std::string& password, int methods)
{
    if (!(methods & SSH_AUTH_METHOD_PASSWORD))
        return answerQuestions(password);
    ssh_session session = m_connection.session();
    ESPALIER_TRY(const int status, step([&] { return ssh_userauth_password(session, nullptr, password.c_str()); }));
    return status == SSH_AUTH_SUCCESS;
}

Result<bool> SshAuthenticator::answerQuestions(const std::string& password)
{
    ssh_session session = m_connection.session();
    // A second round asks nothing or a new question; a server that keeps asking is left.
    for (int round = 0; round < 4; ++round) {
        ESPALIER_TRY(const int status, step([session] { return ssh_userauth_kbdint(session, nullptr, nullptr); }));
        if (status != SSH_AUTH_INFO)
            return status == SSH_AUTH_SUCCESS;
        const int questions = ssh_userauth_kbdint_getnprompts(session);
        for (int i = 0; i < questions; ++i) {
            char echo = 0;
            (void)ssh_userauth_kbdint_getprompt(session, static_cast<unsigned>(i), &echo);
            // What is echoed is not a secret, so the password is not the answer.
            if (ssh_userauth_kbdint_setanswer(session, static_cast<unsigned>(i), echo ? "" : password.c_str()) < 0)
                return m_connection.networkError("Answering the device's questions");
        }
    }
    return false;
}

Error SshAuthenticator::refused() const
{
    std::string offered;
    for (const std::string& each : m_offered)
        offered += (offered.empty() ? "" : ", ") + each;
    return {ErrorCode::Authentication,
            m_connection.config().user + "@" + m_connection.config().hostName + " was refused. Offered: " + (offered.empty() ? "nothing" : offered) + ".",
            "Check the user name, the key file and the password; ssh-copy-id puts a key on the device.", {}};
}

} // namespace espalier
