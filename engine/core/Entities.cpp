// SPDX-License-Identifier: Apache-2.0
#include "engine/core/Entities.h"

namespace espalier {
namespace {

struct Tag {
    char part = 'O'; ///< B, I, E, S or O
    std::string_view type;
};

Tag parsed(std::string_view tag)
{
    if (tag.size() < 2 || tag[1] != '-')
        return {};
    return {tag[0], tag.substr(2)};
}

bool begins(const Tag& before, const Tag& now)
{
    if (now.part == 'O')
        return false;
    return now.part == 'B' || now.part == 'S' || before.part == 'O' || before.part == 'E' || before.part == 'S' || before.type != now.type;
}

} // namespace

std::vector<Entity> entitiesOf(const std::vector<std::string_view>& tags)
{
    std::vector<Entity> entities;
    Tag before;
    for (std::size_t word = 0; word < tags.size(); ++word) {
        const Tag now = parsed(tags[word]);
        if (begins(before, now))
            entities.push_back({now.type, word, word});
        else if (now.part != 'O')
            entities.back().last = word;
        before = now;
    }
    return entities;
}

} // namespace espalier
