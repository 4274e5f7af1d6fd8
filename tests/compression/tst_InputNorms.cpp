// SPDX-License-Identifier: GPL-3.0-or-later
// What models say about the inputs of their weights, against the op program that the reference runner computes one sentence at a time.
#include "engine/compression/LossGradients.h"

#include "engine/edge/NgramHash.h"
#include "engine/exporting/ReferenceRunner.h"
#include "tests/compression/LabelledSentences.h"

#include <QTest>

using namespace espalier;

namespace {

/// Sums of squares by parameter, with an entry for every weight of the parameter.
class NaiveInputs {
public:
    explicit NaiveInputs(const Checkpoint& checkpoint) : m_checkpoint(checkpoint), m_program((*modelCatalog().get(checkpoint.model.architecture))->lower(checkpoint.model)) {}

    void add(std::span<const std::int32_t> ids)
    {
        ReferenceValues values;
        for (const edge::Op& op : m_program.ops) {
            if (op.output == "probabilities")
                break;
            if (!op.inputs.empty() && values.contains(op.inputs[0]))
                addInputs(op, values.at(op.inputs[0]));
            if (op.kind == "embedding")
                addTokens(op, ids);
            if (op.kind == "ngram_mean")
                addFeatures(op, ids);
            const auto output = runReferenceOp(op, m_checkpoint.weights, values, {ids});
            if (!output)
                throw std::runtime_error(output.error().message());
            values[op.output] = *output;
            if (op.kind == "lstm" || op.kind == "gru")
                addStates(op, *output);
        }
    }

    [[nodiscard]] const std::map<std::string, std::vector<double>>& squares() const { return m_squares; }

private:
    std::vector<double>& of(const std::string& name)
    {
        auto& squares = m_squares[name];
        squares.resize(m_checkpoint.weights.at(name).values.size());
        return squares;
    }
    void addTo(const std::string& name, std::size_t element, double value) { of(name)[element] += value * value; }

    void addRow(const std::string& name, const float* row, std::size_t columns)
    {
        for (std::size_t i = 0; i < of(name).size(); ++i)
            addTo(name, i, row[i % columns]);
    }

    void addInputs(const edge::Op& op, const ReferenceValue& input)
    {
        if (op.kind == "linear" || op.tensors.contains("weight_ih"))
            for (std::size_t row = 0; row < input.rows; ++row)
                addRow(op.tensors.at(op.kind == "linear" ? "weight" : "weight_ih"), input.values.data() + row * input.columns, input.columns);
        if (op.kind != "conv1d_max")
            return;
        const std::string& name = op.tensors.at("weight");
        const auto width = static_cast<std::size_t>(m_checkpoint.weights.at(name).shape[2]);
        for (std::size_t place = 0; place + width <= std::max(width, input.rows); ++place)
            for (std::size_t i = 0; i < of(name).size(); ++i)
                if (const std::size_t row = place + i % width; row < input.rows)
                    addTo(name, i, input.values[row * input.columns + i / width % input.columns]);
    }

    /// The state before each step.
    void addStates(const edge::Op& op, const ReferenceValue& states)
    {
        const bool reverse = op.attributes.at("reverse") == "true";
        for (std::size_t row = 0; row + 1 < states.rows; ++row)
            addRow(op.tensors.at("weight_hh"), states.values.data() + (reverse ? row + 1 : row) * states.columns, states.columns);
    }

    void addTokens(const edge::Op& op, std::span<const std::int32_t> ids)
    {
        for (const std::int32_t id : ids)
            if (id != 0)
                addTableRow(op.tensors.at("weight"), static_cast<std::size_t>(id), 1);
    }

    void addTableRow(const std::string& name, std::size_t row, double value)
    {
        const auto columns = static_cast<std::size_t>(m_checkpoint.weights.at(name).shape[1]);
        for (std::size_t i = 0; i < columns; ++i)
            addTo(name, row * columns + i, value);
    }

    void addFeatures(const edge::Op& op, std::span<const std::int32_t> ids)
    {
        const auto order = std::stoul(op.attributes.at("order"));
        const std::string& ngrams = op.tensors.at("ngrams");
        std::map<std::pair<std::string, std::size_t>, double> counts;
        double all = 0;
        for (std::size_t begin = 0; begin < ids.size(); ++begin) {
            edge::NgramHash hash;
            for (std::size_t length = 1; length <= order && begin + length <= ids.size(); ++length, ++all) {
                hash.add(ids[begin + length - 1]);
                const bool word = length == 1;
                ++counts[{word ? op.tensors.at("weight") : ngrams, word ? static_cast<std::size_t>(ids[begin])
                                                                        : hash.bucket(static_cast<std::size_t>(m_checkpoint.weights.at(ngrams).shape[0]))}];
            }
        }
        for (const auto& [feature, count] : counts)
            addTableRow(feature.first, feature.second, count / all);
    }

    const Checkpoint& m_checkpoint;
    edge::Program m_program;
    std::map<std::string, std::vector<double>> m_squares;
};

} // namespace

class tst_InputNorms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyArchitectureTells_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("task");
        QTest::addColumn<Parameters>("parameters");
        for (const auto& type : modelCatalog().members())
            for (const Task task : (*architectures().get(type.id))->tasks)
                QTest::addRow("%s, %d", type.id.c_str(), static_cast<int>(task)) << type.id.c_str() << static_cast<int>(task) << Parameters();
        QTest::newRow("bigru, attention") << "bigru" << 0 << Parameters{{"recurrent_pooling", "attention"}};
        QTest::newRow("transformer, pooler, pre-norm") << "transformer" << 0 << Parameters{{"encoder_pooling", "cls"}, {"norm", "pre"}};
    }
    void everyArchitectureTells()
    {
        QFETCH(QString, architecture);
        QFETCH(int, task);
        QFETCH(Parameters, parameters);
        const Checkpoint checkpoint = test::randomCheckpointOf(architecture.toStdString(), static_cast<Task>(task), parameters);
        const ExampleTable examples = test::labelledSentences(checkpoint, 40);
        RunContext context;
        const auto norms = inputNorms(checkpoint, examples, 0, 1, context);
        QVERIFY2(norms, norms ? "" : norms.error().message().c_str());
        const auto encoded = encodeKnownExamples(checkpoint, examples, "training");
        NaiveInputs naive(checkpoint);
        std::vector<std::int32_t> buffer;
        for (std::size_t i = 0; i < examples.size(); ++i) {
            const auto ids = encoded->ids.read(i, buffer);
            const std::vector<std::int32_t> none{0};
            naive.add(ids.empty() ? std::span<const std::int32_t>(none) : ids);
        }
        for (const auto& tensor : (*modelCatalog().get(checkpoint.model.architecture))->prunable(checkpoint.model)) {
            const auto found = norms->find(tensor.name);
            QVERIFY2(found != norms->end(), tensor.name.c_str());
            compare(tensor.name, found->second, checkpoint.weights.at(tensor.name), naive.squares().at(tensor.name));
        }
    }

    void stopsWhenAsked()
    {
        const auto stop = std::make_unique<std::stop_source>(); // on the stack GCC 12 takes it for uninitialised
        RunContext context;
        context.stop = stop->get_token();
        stop->request_stop();
        const Checkpoint checkpoint = test::randomCheckpointOf("textcnn", Task::SingleLabel);
        QCOMPARE(inputNorms(checkpoint, test::labelledSentences(checkpoint, 8), 0, 1, context).error().code, ErrorCode::Cancelled);
        QCOMPARE(fisherBlocks(checkpoint, test::labelledSentences(checkpoint, 8), {}, context).error().code, ErrorCode::Cancelled);
    }

private:
    /// Every element of @p weight has its norm where the shapes say so.
    static void compare(const std::string& name, const Tensor& norms, const Tensor& weight, const std::vector<double>& squares)
    {
        QCOMPARE(norms.shape.size(), weight.shape.size());
        for (std::size_t i = 0; i < squares.size(); ++i) {
            std::size_t place = 0;
            std::size_t inner = squares.size();
            for (std::size_t d = 0; d < weight.shape.size(); ++d) {
                inner /= static_cast<std::size_t>(weight.shape[d]);
                const std::size_t index = i / inner % static_cast<std::size_t>(weight.shape[d]);
                place = norms.shape[d] == 1 ? place : place * static_cast<std::size_t>(norms.shape[d]) + index;
            }
            const double expected = std::sqrt(squares[i]);
            QVERIFY2(std::fabs(norms.values[place] - expected) < 1e-4 * (1 + expected),
                     qPrintable(QString("%1 [%2]: %3 for %4").arg(name.c_str()).arg(i).arg(static_cast<double>(norms.values[place])).arg(expected)));
        }
    }
};

QTEST_GUILESS_MAIN(tst_InputNorms)
#include "tst_InputNorms.moc"
