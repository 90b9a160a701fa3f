#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {

void check_extensions(const Validation& v) {
    if (!v.context.extensions) return;
    if (!v.context.previews("postgresqlExtensions")) {
        v.push(messages::plain(
            "The `extensions` property is only available with the `postgresqlExtensions` preview feature.",
            v.context.extensions->span()));
        return;
    }
    for (const ast::Expression& element : v.context.extensions->is_array()
                                              ? v.context.extensions->elements()
                                              : std::vector<ast::Expression>{*v.context.extensions}) {
        const std::string_view name = element.is_call() ? element.function_name() : element.text();
        if (name.find('-') == std::string_view::npos) continue;
        v.push(messages::validation("The character `-` is not allowed in extension names.", element.span()));
    }
}

}  // namespace lamina::schema::rules
