// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value, or an Error that says what went wrong, where, and what to do about it.
// Every function of the engine that can fail for a reason outside the program returns one; exceptions
// are for bugs and for libraries that throw, and are turned into an Error once per stage.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace espalier {

enum class ErrorCode {
    InvalidArgument, ///< a parameter, flag or field has a value that cannot be used
    NotFound,        ///< a file, node, device or member does not exist
    InvalidFormat,   ///< a file or message is not what it claims to be
    Io,              ///< the operating system refused a read or a write (full disk, permissions)
    Cancelled,       ///< the user asked to stop
    Unsupported,     ///< valid, but this build or this device cannot do it
    Network,         ///< a connection could not be made or broke
    HostKeyUnknown,  ///< a device's host key was never seen before; the user must decide
    HostKeyChanged,  ///< a device's host key differs from the one on record
    Authentication,  ///< every credential offered was refused
    Remote,          ///< a command on a device failed
    ParityMismatch,  ///< the edge runtime's output differs from the engine's
    Internal,        ///< a bug in Espalier, or an exception of a library
};

/// Stable lower-case name of @p code ("invalid_argument"), used on the wire and in JSON.
std::string_view errorCodeName(ErrorCode code);
/// The code with that name; Internal for a name this version does not know.
ErrorCode errorCodeFromName(std::string_view name);

/// What went wrong, in English. @c detail names the file, line or field; @c remedy says what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
    std::string remedy = {};
    std::vector<std::string> context = {}; ///< innermost first: what was being done

    /// One text for a terminal or a log: "context: detail (remedy)".
    [[nodiscard]] std::string message() const;
    /// The same error with one more enclosing activity.
    [[nodiscard]] Error within(std::string activity) const;
};

Error cancelledError();
Error ioError(std::string_view action, std::string_view path, int errnoValue);

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace espalier

#define ESPALIER_CONCAT_INNER(a, b) a##b
#define ESPALIER_CONCAT(a, b) ESPALIER_CONCAT_INNER(a, b)

/// Evaluates a Result<T>; returns its error from the enclosing function, or binds its value to @p target.
#define ESPALIER_TRY(target, expression) ESPALIER_TRY_NAMED(ESPALIER_CONCAT(tried_, __LINE__), target, expression)
#define ESPALIER_TRY_NAMED(name, target, expression)                                                                   \
    auto name = (expression);                                                                                          \
    if (!name)                                                                                                         \
        return name.error();                                                                                           \
    target = std::move(name).value()

/// The same for a Result<void>.
#define ESPALIER_CHECK(expression)                                                                                     \
    do {                                                                                                               \
        if (auto checked = (expression); !checked)                                                                     \
            return checked.error();                                                                                    \
    } while (false)
