#include <array>

#include "schema/analyze/rules/attribute_rules.hpp"

namespace lamina::schema::rules {

void read_composite_attributes(Context& context, CompositeId id) {
    static constexpr std::array<std::string_view, 2> kKnown{"map", "default"};
    const ast::Block& block = context.composite_nodes[static_cast<std::size_t>(id)];
    for (const ast::Field& field : block.fields()) {
        AttributeReader attributes{field, *context.out};
        if (auto map = attributes.single("map")) map->discard();
        if (auto value = attributes.single("default")) value->discard();
        static_cast<void>(attributes.scoped());
        attributes.finish(kKnown);
    }
}

}  // namespace lamina::schema::rules
