#include "schema/analyze/rules/rules.hpp"

namespace lamina::schema::rules {

bool check_settings(Context& context, const ast::Block& block, std::string_view word) {
    bool all = true;
    for (const ast::KeyValue& setting : block.settings()) {
        if (setting.value()) continue;
        all = false;
        context.push(messages::plain("Property " + std::string{setting.name()} + " in " + std::string{word} + " " +
                                         std::string{block.name()} + " needs to be assigned a value",
                                     block.span()));
    }
    return all;
}

}  // namespace lamina::schema::rules
