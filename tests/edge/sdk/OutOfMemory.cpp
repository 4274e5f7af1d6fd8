// SPDX-License-Identifier: GPL-3.0-or-later
// OutOfMemory PACKAGE SENTENCE: a product whose memory runs out at each allocation in turn, while it opens the package, classifies and tests itself.
// Built by tst_EdgeSdk with what a user gets.
#include <espalier_edge.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

namespace {
long allocationsLeft = -1; // negative: as many as are wanted; from 0 on all are refused

void* allocate(std::size_t size, std::size_t alignment)
{
    const bool refused = allocationsLeft == 0;
    if (allocationsLeft > 0)
        --allocationsLeft;
    void* memory = refused ? nullptr : std::aligned_alloc(alignment, (size + alignment) / alignment * alignment);
    return memory != nullptr ? memory : throw std::bad_alloc();
}
} // namespace

void* operator new(std::size_t size) { return allocate(size, 16); }
void* operator new(std::size_t size, std::align_val_t alignment) { return allocate(size, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

/// Ends the program where a refused allocation has another end than a status that says so. Every one of the first 40 is tried, then fewer and fewer.
template <typename Call>
void tryEach(const char* what, Call call)
{
    for (long allowed = 0;; allowed += 1 + allowed / 40) {
        allocationsLeft = allowed;
        const espalier_edge_status status = call();
        allocationsLeft = -1;
        if (status == ESPALIER_EDGE_OK) {
            std::printf("%s %ld\n", what, allowed);
            return;
        }
        if (status != ESPALIER_EDGE_OUT_OF_MEMORY || std::strstr(espalier_edge_last_error(), "memory") == nullptr) {
            std::printf("%s: after %ld allocations status %d: %s\n", what, allowed, static_cast<int>(status), espalier_edge_last_error());
            std::exit(1);
        }
    }
}

} // namespace

int main(int, char** values)
{
    const std::size_t bytes = std::strlen(values[2]);
    espalier_edge_session* session = nullptr;
    espalier_edge_session* other = nullptr;
    espalier_edge_answer answer;
    tryEach("open", [&] { return espalier_edge_open_file(values[1], &session); });
    tryEach("classify", [&] { return espalier_edge_classify(session, values[2], bytes, &answer); });
    tryEach("self-test", [&] { return espalier_edge_self_test(session, nullptr); });
    if (espalier_edge_open_file(values[1], &other) != ESPALIER_EDGE_OK || espalier_edge_classify(session, values[2], bytes, &answer) != ESPALIER_EDGE_OK)
        return 1;
    const std::string text = answer.text;
    const std::string probabilities(reinterpret_cast<const char*>(answer.probabilities), answer.probability_count * sizeof(float));
    const bool right = espalier_edge_classify(other, values[2], bytes, &answer) == ESPALIER_EDGE_OK && text == answer.text &&
                       std::memcmp(probabilities.data(), answer.probabilities, probabilities.size()) == 0;
    espalier_edge_close(other);
    espalier_edge_close(session);
    std::printf(right ? "still right\n" : "answers otherwise than before\n");
    return right ? 0 : 1;
}
