// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/Session.h"

#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <new>

namespace {
std::atomic<long> allocations{0};
}

// Counts every allocation of this program, so that a request can be shown to make none.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (void* memory = std::malloc(size > 0 ? size : 1))
        return memory;
    throw std::bad_alloc();
}
// None of them inlined, where GCC 14 would see free() on what operator new gave.
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace espalier;
using namespace espalier::edge;

class tst_Session : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Two words with opposite embeddings, one filter that reads two tokens; every number below was computed by hand.
    void answersWhatPaperSays()
    {
        test::PackageBuilder builder;
        builder.setVocabulary({"on", "off"});
        builder.header.labels = {"light", "dark"};
        builder.addTensor("e", {4, 2}, {9, 9, 0, 0, 1, 2, -1, -2});
        builder.addTensor("w", {1, 2, 2}, {0.5F, 0.25F, 1, 0}); // filter: column 0 [0.5 now, 0.25 next], column 1 [1 now, 0 next]
        builder.addTensor("b", {1}, {0.5F});
        builder.addTensor("l", {2, 1}, {1, -1});
        builder.addTensor("lb", {2}, {0, 0});
        builder.header.program.ops = {{"embedding", {"ids"}, "x", {{"weight", "e"}}, {}},
                                      {"conv1d_max", {"x"}, "c", {{"weight", "w"}, {"bias", "b"}}, {{"activation", "relu"}}},
                                      {"linear", {"c"}, "o", {{"weight", "l"}, {"bias", "lb"}}, {}},
                                      {"softmax", {"o"}, "p", {}, {}}};
        auto session = Session::fromBytes(builder.build());
        QVERIFY2(session.ok(), session ? "" : session.error().message().c_str());
        // "on off": 0.5*1 + 0.25*-1 + 1*2 = 2.25, + 0.5 = 2.75; softmax of (2.75, -2.75).
        const auto both = session->classify("ON off");
        QCOMPARE(both.label, std::size_t{0});
        QVERIFY(std::fabs(double{both.probabilities[0]} - 1 / (1 + std::exp(-5.5))) < 1e-6);
        // "off": one token, the second row is zero: -0.5 - 2 + 0.5 < 0, so ReLU gives 0 and both labels tie; the first wins.
        const auto off = session->classify("off");
        QCOMPARE(off.label, std::size_t{0});
        QCOMPARE(off.probabilities[0], 0.5F);
        // "off on": -0.5 + 0.25 - 2 + 0.5 < 0 as well.
        QCOMPARE(session->classify("off on").probabilities[1], 0.5F);
    }

    void int8AgreesWithFp32()
    {
        auto dense = Session::fromBytes(test::textCnnPackage({.embedding = 64, .filters = 32}).build());
        auto small = Session::fromBytes(test::textCnnPackage({.encoding = "i8_sparse", .embedding = 64, .filters = 32}).build());
        QVERIFY(dense.ok() && small.ok());
        int equal = 0;
        float largest = 0;
        constexpr int sentences = 1000;
        for (int i = 0; i < sentences; ++i) {
            const std::string text = test::randomSentence(static_cast<std::uint64_t>(i) + 100);
            const auto a = dense->classify(text);
            const auto b = small->classify(text);
            equal += a.label == b.label ? 1 : 0;
            for (std::size_t k = 0; k < a.probabilities.size(); ++k)
                largest = std::max(largest, std::fabs(a.probabilities[k] - b.probabilities[k]));
        }
        qInfo("%d of %d labels equal, largest difference of a probability %.4f", equal, sentences, double(largest));
        // Random weights leave far more sentences near a tie than trained ones do.
        QVERIFY(equal >= sentences * 985 / 1000);
        QVERIFY(largest < 0.06F);
    }

    void entropyCodingChangesNoAnswer()
    {
        auto builder = test::textCnnPackage({.encoding = "i8_rans", .embedding = 64, .filters = 32, .sparsity = 0.8});
        const std::string coded = builder.build();
        const auto reader = PackageReader::fromBytes(std::string_view(coded));
        QVERIFY(reader.ok());
        test::PackageBuilder plain;
        plain.header = reader->header();
        plain.header.tokenizer = builder.header.tokenizer; // whose vocabulary stands apart in the file
        for (const TensorRecord& record : std::exchange(plain.header.tensors, {})) {
            const auto tensor = reader->tensor(record.name);
            QVERIFY2(tensor.ok(), tensor ? "" : tensor.error().message().c_str());
            std::string bytes;
            const auto append = [&](const auto& numbers) { bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof numbers[0]); };
            append(tensor->scales);
            append(tensor->codes);
            append(tensor->values);
            plain.addRawTensor(record.name, record.shape, tensor->quantized ? "i8" : "f32", bytes);
        }
        auto a = Session::fromBytes(coded);
        auto b = Session::fromBytes(plain.build());
        QVERIFY(a.ok() && b.ok());
        for (std::uint64_t i = 0; i < 200; ++i) {
            const auto first = a->classify(test::randomSentence(i));
            const auto second = b->classify(test::randomSentence(i));
            QVERIFY(std::memcmp(first.probabilities.data(), second.probabilities.data(), first.probabilities.size_bytes()) == 0);
        }
    }

    void codesAreTheSameWithAllKernels_data()
    {
        QTest::addColumn<QString>("encoding");
        for (const char* encoding : {"i8", "i8:8", "i8_rans:32", "i4:8", "i4_rans:16"})
            QTest::newRow(encoding) << encoding;
    }

    void codesAreTheSameWithAllKernels()
    {
        QFETCH(QString, encoding);
        const std::string package = test::textCnnPackage({.encoding = encoding.toStdString(), .embedding = 50, .filters = 37, .sparsity = 0.6}).build();
        auto reference = Session::fromBytes(package, scalarKernels());
        for (const Kernels* kernels : availableKernels()) {
            auto session = Session::fromBytes(package, *kernels);
            for (std::uint64_t i = 0; i < 200; ++i) {
                const auto a = reference->classify(test::randomSentence(i));
                const auto b = session->classify(test::randomSentence(i));
                QVERIFY(std::memcmp(a.probabilities.data(), b.probabilities.data(), a.probabilities.size_bytes()) == 0);
            }
        }
    }

    /// The same numbers as fp32 give the same answers, but for the rounding of what flows between the ops.
    void groupsHaveTheirScales()
    {
        for (const char* encoding : {"i8:8", "i4:8"})
            for (const auto& builder : {test::textCnnPackage({.encoding = encoding, .embedding = 50, .filters = 37}), test::encoderPackage(encoding)}) {
                const auto bytes = builder.build();
                const auto reader = PackageReader::fromBytes(bytes);
                test::PackageBuilder floats;
                floats.header = builder.header;
                floats.header.tensors.clear();
                for (const TensorRecord& record : reader->header().tensors) {
                    const auto tensor = reader->tensor(record.name);
                    std::vector<float> values;
                    for (std::size_t i = 0; i < tensor->rows() * tensor->columns(); ++i)
                        values.push_back(tensor->at(i));
                    floats.addTensor(record.name, record.shape, values);
                }
                auto session = Session::fromBytes(bytes);
                auto exact = Session::fromBytes(floats.build());
                QVERIFY(session.ok() && exact.ok());
                for (std::uint64_t i = 0; i < 50; ++i) {
                    const auto a = session->classify(test::randomSentence(i)).probabilities;
                    const auto b = exact->classify(test::randomSentence(i)).probabilities;
                    for (std::size_t label = 0; label < a.size(); ++label)
                        QVERIFY2(std::fabs(a[label] - b[label]) < 0.02F, encoding);
                }
            }
    }

    /// A range as wide as the values changes little, one that cuts them off much, and one that is none is refused.
    void rangesAreObeyed()
    {
        const auto answerOf = [](const char* op, const char* range) {
            auto builder = test::textCnnPackage({.encoding = "i8", .embedding = 64, .filters = 32});
            for (Op& o : builder.header.program.ops)
                if (o.kind == op && range != nullptr)
                    o.attributes["input_range"] = range;
            auto session = Session::fromBytes(builder.build());
            if (!session)
                return std::vector<float>();
            const auto answer = session->classify(test::randomSentence(4)).probabilities;
            return std::vector<float>(answer.begin(), answer.end());
        };
        const auto difference = [](const std::vector<float>& a, const std::vector<float>& b) {
            float largest = 0;
            for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
                largest = std::max(largest, std::fabs(a[i] - b[i]));
            return largest;
        };
        const auto own = answerOf("conv1d_max", nullptr);
        for (const auto& [op, wide] : {std::pair{"conv1d_max", "1.0"}, {"linear", "8"}}) {
            const auto calibrated = answerOf(op, wide);
            QVERIFY2(calibrated.size() == 4 && calibrated != own && difference(calibrated, own) < 0.1F, op);
            QVERIFY2(difference(answerOf(op, "1e-3"), own) > 0.1F, op);
            for (const char* none : {"", "0", "-1", "nan", "1e40", "2x"})
                QVERIFY2(answerOf(op, none).empty(), none);
        }
    }

    void aRequestAllocatesNothing()
    {
        for (const std::string& package : {test::textCnnPackage().build(), test::textCnnPackage({.encoding = "i8"}).build(), test::encoderPackage("f32").build(),
                                           test::encoderPackage("i8").build(), test::textCnnPackage({.encoding = "i4:8"}).build()}) {
            auto session = Session::fromBytes(package);
            QVERIFY2(session.ok(), session ? "" : session.error().message().c_str());
            const std::string texts[] = {"", "w2 w3", test::randomSentence(4), std::string(100000, 'w'), "打开 caf\u0301 \xff don't",
                                         "averyveryverylongwordthatfitsnosmallstring w2"};
            const long before = allocations;
            for (const auto& text : texts)
                session->classify(text);
            QCOMPARE(allocations.load(), before);
        }
    }

    void outlivesItsBytesAndMoves()
    {
        auto made = [] { return Session::fromBytes(test::textCnnPackage().build()); }();
        const std::vector<float> before(made->classify("w5 w6").probabilities.begin(), made->classify("w5 w6").probabilities.end());
        Session moved = std::move(*made);
        const auto after = moved.classify("w5 w6").probabilities;
        QVERIFY(std::equal(after.begin(), after.end(), before.begin(), before.end()));
    }

    void strangeIdsAreSafe()
    {
        auto session = Session::fromBytes(test::textCnnPackage().build());
        const std::vector<std::int32_t> strange{-1, 60, INT32_MAX, INT32_MIN, 0};
        const std::vector<std::int32_t> same{1, 1, 1, 1, 0};
        const auto seen = session->classifyIds(strange).probabilities;
        const std::vector<float> first(seen.begin(), seen.end());
        const auto expected = session->classifyIds(same).probabilities;
        QVERIFY(std::equal(expected.begin(), expected.end(), first.begin(), first.end()));
        session->classifyIds({});
        session->classifyIds(std::vector<std::int32_t>(100000, 7));
    }

    void sessionsOfBadPackages_data()
    {
        QTest::addColumn<QString>("named");
        QTest::newRow("op") << "'convolve'";
        QTest::newRow("tensor missing") << "'nowhere'";
        QTest::newRow("role missing") << "'bias' is missing";
        QTest::newRow("attribute") << "'stride'";
        QTest::newRow("activation") << "'tanh'";
        QTest::newRow("vocabulary") << "60 rows";
        QTest::newRow("columns") << "its input has 20";
        QTest::newRow("bias length") << "needs 9";
        QTest::newRow("labels") << "each of the 5 labels";
        QTest::newRow("row per token") << "row a token";
        QTest::newRow("dimensions") << "3 dimensions";
        QTest::newRow("ids as matrix") << "no matrix";
        QTest::newRow("tokenizer") << "tokenizer.kind";
    }

    void sessionsOfBadPackages()
    {
        QFETCH(QString, named);
        auto builder = test::textCnnPackage();
        breakPackage(QTest::currentDataTag(), builder);
        const auto session = Session::fromBytes(builder.build());
        QVERIFY(!session.ok());
        QVERIFY2(QString::fromStdString(session.error().message()).contains(named), session.error().message().c_str());
    }

    /// A threshold in the package tells answers that count from those that do not; without one all count.
    void rejectsAnswersBelowTheThreshold()
    {
        auto builder = test::textCnnPackage();
        const std::string sentence = test::randomSentence(3);
        auto plain = Session::fromBytes(builder.build());
        QVERIFY(plain);
        const auto answer = plain->classify(sentence);
        const double best = double{answer.probabilities[answer.label]};
        QVERIFY(answer.inScope);
        for (const double threshold : {best - 0.01, best, best + 0.01}) {
            builder.header.rejectBelow = threshold;
            auto session = Session::fromBytes(builder.build());
            QVERIFY(session);
            QCOMPARE(session->classify(sentence).inScope, threshold <= best);
        }
        builder.header.rejectBelow = 1.5;
        QVERIFY(!Session::fromBytes(builder.build()));
    }

private:
    static void breakPackage(const std::string& how, test::PackageBuilder& builder)
    {
        auto& ops = builder.header.program.ops;
        const std::map<std::string, std::function<void()>> ways{
            {"op", [&] { ops[1].kind = "convolve"; }},
            {"tensor missing", [&] { ops[1].tensors["weight"] = "nowhere"; }},
            {"role missing", [&] { ops[1].tensors.erase("bias"); }},
            {"attribute", [&] { ops[1].attributes["stride"] = "2"; }},
            {"activation", [&] { ops[1].attributes["activation"] = "tanh"; }},
            {"vocabulary", [&] { builder.header.tokenizer["vocabulary"].push_back("one more"); }},
            {"columns", [&] {
                 builder.addTensor("wide", {9, 21, 2}, std::vector<float>(378, 0));
                 ops[1].tensors["weight"] = "wide";
             }},
            {"bias length", [&] {
                 builder.addTensor("short", {8}, std::vector<float>(8, 0));
                 ops[1].tensors["bias"] = "short";
             }},
            {"labels", [&] { builder.header.labels.push_back("epsilon"); }},
            {"row per token", [&] { ops[4].inputs[0] = "e"; }},
            {"dimensions", [&] { ops[1].tensors["weight"] = "embedding"; }},
            {"ids as matrix", [&] { ops[1].inputs[0] = "ids"; }},
            {"tokenizer", [&] { builder.header.tokenizer.erase("kind"); }},
        };
        ways.at(how)();
    }
};

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_Session.moc"
