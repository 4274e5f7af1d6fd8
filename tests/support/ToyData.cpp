// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ToyData.h"

#include "engine/core/Random.h"

namespace espalier::test {
namespace {

template <typename T>
T must(Result<T> result)
{
    if (!result)
        throw result.error();
    return std::move(result).value();
}

std::vector<Example> sentences(std::size_t count, Random& random)
{
    const std::vector<std::pair<std::string, std::vector<std::string>>> things{
        {"lamp", {"lamp", "light", "bulb"}}, {"heater", {"heater", "radiator", "stove"}}, {"radio", {"radio", "music", "speaker"}}};
    const std::vector<std::string> verbs{"turn on", "switch off", "please start", "stop", "would you use"};
    const std::vector<std::string> places{"in the kitchen", "upstairs", "now", "in the room of my sister", ""};
    std::vector<Example> examples;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [label, names] = things[i % things.size()];
        examples.push_back({verbs[random.below(verbs.size())] + " the " + names[random.below(names.size())] + " " + places[random.below(places.size())], {label}});
    }
    return examples;
}

} // namespace

ToyTask makeToyTask(const Parameters& modelParameters)
{
    Random random(7);
    Splits splits;
    splits.labels = LabelMap({"lamp", "heater", "radio"});
    splits.train = sentences(240, random);
    splits.validation = sentences(48, random);
    splits.test = sentences(48, random);
    VocabularyBuilder builder = must(VocabularyBuilder::create({}));
    for (const auto& example : splits.train)
        builder.add(example.text);
    Tokenizer tokenizer = must(Tokenizer::create({}, builder.build(1, 0)));
    const auto words = static_cast<std::int64_t>(tokenizer.vocabulary().size());
    ModelSpec model = must(makeModelSpec("textcnn", modelParameters, words, splits.labels.size()));
    return {std::move(splits), std::move(tokenizer), std::move(model)};
}

} // namespace espalier::test
