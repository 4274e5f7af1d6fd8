// SPDX-License-Identifier: GPL-3.0-or-later
// What a session asks of memory: nothing for a request once it has answered one like it; and its weights once, however many sessions share them. Counts all of this process.
#include "engine/edge/Session.h"
#include "engine/edge/Workers.h"
#include "tests/edge/TaskPackages.h"

#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <new>

using namespace espalier;
using namespace espalier::edge;

namespace {

std::atomic<std::size_t> allocations{0};
std::atomic<std::size_t> allocatedBytes{0};

void* counted(std::size_t bytes, std::size_t alignment)
{
    ++allocations;
    allocatedBytes += bytes;
    void* memory = alignment > alignof(std::max_align_t) ? std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment) : std::malloc(std::max<std::size_t>(bytes, 1));
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}

} // namespace

void* operator new(std::size_t bytes) { return counted(bytes, 0); }
void* operator new(std::size_t bytes, std::align_val_t alignment) { return counted(bytes, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

class tst_SessionMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestsAllocateNothing_data()
    {
        QTest::addColumn<QString>("package");
        for (const char* package : {"fp32", "int8", "encoder", "several labels", "wordpiece"})
            QTest::newRow(package) << QString(package);
    }

    void requestsAllocateNothing()
    {
        QFETCH(QString, package);
        auto builder = package == "encoder" ? test::encoderPackage("i8_rans") : package == "several labels" ? test::taskPackage(Task::MultiLabel)
                                                                                                            : test::textCnnPackage({.encoding = package == "fp32" ? "f32" : "i8_rans"});
        if (package == "wordpiece")
            useWordPiece(builder);
        auto session = Session::fromBytes(builder.build());
        QVERIFY2(session.ok(), session ? "" : session.error().message().c_str());
        std::vector<std::string> sentences{""};
        for (std::uint64_t i = 0; i < 20; ++i)
            sentences.push_back(test::randomSentence(i));
        for (const std::string& sentence : sentences)
            session->classify(sentence);
        const std::size_t before = allocations;
        for (std::size_t i = 0; i < 100; ++i)
            session->classify(sentences[i % sentences.size()]);
        QCOMPARE(allocations - before, std::size_t{0});
    }

    void sessionsShareTheirWeights()
    {
        const std::string bytes = test::textCnnPackage({.encoding = "i8_rans", .embedding = 256, .filters = 300}).build();
        auto session = Session::fromBytes(bytes);
        QVERIFY(session.ok());
        const std::vector<float> expected = answerOf(*session, "w2 w3 w4");
        const std::size_t before = allocatedBytes;
        auto other = session->another();
        QVERIFY(other.ok());
        const std::size_t arena = allocatedBytes - before;
        QVERIFY2(arena < std::size_t{256} << 10, qPrintable(QString::number(arena)));
        *session = std::move(*Session::fromBytes(test::textCnnPackage().build())); // the weights stay with the other
        QCOMPARE(answerOf(*other, "w2 w3 w4"), expected);
    }

    void workersDoEachTaskOnce()
    {
        for (const std::size_t threads : {1U, 2U, 5U}) {
            Workers workers(threads);
            std::vector<std::atomic<int>> done(200);
            workers.forEach(10, [&](std::size_t outer) { workers.forEach(20, [&](std::size_t inner) { ++done[outer * 20 + inner]; }); });
            for (const auto& times : done)
                QCOMPARE(times.load(), 1);
            workers.forEach(0, [](std::size_t) { QFAIL("there is nothing to do"); });
        }
    }

    void workersHandOnWhatIsThrown()
    {
        Workers workers(3);
        std::atomic<int> done = 0;
        const auto throwing = [&](std::size_t i) {
            ++done;
            if (i == 7)
                throw std::bad_alloc();
        };
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, workers.forEach(30, throwing));
        QCOMPARE(done.load(), 30);
    }

    /// The same bits on any number of threads.
    void threadsChangeNoAnswer()
    {
        const std::string bytes = test::textCnnPackage({.encoding = "i8_rans", .embedding = 2000, .filters = 300, .sparsity = 0.6}).build();
        const auto reader = PackageReader::fromBytes(std::string_view(bytes));
        QVERIFY(reader.ok());
        auto alone = Session::create(*reader, chosenKernels(), 1);
        auto together = Session::create(*reader, chosenKernels(), 4);
        QVERIFY(alone.ok() && together.ok());
        for (std::uint64_t i = 0; i < 20; ++i)
            QCOMPARE(answerOf(*together, test::randomSentence(i)), answerOf(*alone, test::randomSentence(i)));
    }

private:
    static std::vector<float> answerOf(Session& session, const std::string& text)
    {
        const auto probabilities = session.classify(text).probabilities;
        return {probabilities.begin(), probabilities.end()};
    }

    /// The package's words as WordPieces.
    static void useWordPiece(test::PackageBuilder& builder)
    {
        Json& tokenizer = builder.header.tokenizer;
        const Json vocabulary = tokenizer["vocabulary"];
        tokenizer = {{"kind", "wordpiece"}, {"max_length", 32}, {"vocabulary", vocabulary}, {"outside", {0, 1}}, {"added_tokens", Json::array()}, {"post_processor", nullptr},
                     {"normalizer", {{"type", "BertNormalizer"}, {"clean_text", true}, {"handle_chinese_chars", true}, {"strip_accents", nullptr}, {"lowercase", true}}},
                     {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
                     {"model", {{"type", "WordPiece"}, {"continuing_subword_prefix", "##"}, {"max_input_chars_per_word", 100}}}};
    }
};

QTEST_GUILESS_MAIN(tst_SessionMemory)
#include "tst_SessionMemory.moc"
