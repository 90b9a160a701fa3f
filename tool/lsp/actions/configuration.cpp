#include "lsp/actions/context.hpp"

namespace lamina::lsp {
namespace {

void add_schema_attribute(FixContext& context) {
    const bool model = context.says("This model is missing an `@@schema` attribute.");
    const bool enumeration = context.says("This enum is missing an `@@schema` attribute.");
    const bool view = context.full() && context.says("This view is missing an `@@schema` attribute.");
    if ((!model && !enumeration && !view) || !context.block) return;
    std::string attribute = "@@schema()";
    const auto schemas = context.snapshot.schemas();
    if (context.full() && !schemas.empty()) attribute = "@@schema(\"" + schemas.front() + "\")";
    const bool as_field = context.full() || !enumeration;
    const std::string_view indent = as_field ? indentation(context.snapshot, *context.block) : "  ";
    context.add("Add `@@schema` attribute", {add_attribute_line(context.snapshot, *context.block, indent, attribute)});
}

std::optional<ast::KeyValue> setting(const FixContext& context, std::string_view name) {
    if (!context.snapshot.datasource()) return std::nullopt;
    for (const ast::KeyValue& one : context.snapshot.datasource()->settings()) {
        if (one.name() == name) return one;
    }
    return std::nullopt;
}

void add_to_schemas(FixContext& context) {
    if (!context.says("This schema is not defined in the datasource.")) return;
    const std::string_view literal = context.snapshot.text(context.problem.span);
    if (!literal.starts_with('"')) return;
    const std::string name{literal};
    if (const auto schemas = setting(context, "schemas")) {
        const auto list = schemas->value();
        if (!list || !list->is_array() || list->elements().empty()) return;
        // The closing quote of the last one makes room for `", "new"`.
        Span quote = list->elements().back().span();
        quote.begin = quote.end - 1;
        return context.add("Add schema to schemas", {{quote, "\", " + name}});
    }
    const auto provider = setting(context, "provider");
    if (!provider) return;
    Span behind = provider->span();
    behind.begin = behind.end;
    const std::string newline{line_break(context.snapshot, behind.file)};
    context.add("Add schema to schemas", {{behind, newline + "  schemas = [" + name + "]"}});
}

void rename_setting(FixContext& context) {
    if (!context.says("The `referentialIntegrity` attribute is deprecated.") || !context.block) return;
    for (const ast::KeyValue& one : context.block->settings()) {
        if (one.name() != "referentialIntegrity") continue;
        context.add("Rename property to relationMode", {{one.name_span(), "relationMode"}});
        return;
    }
}

}  // namespace

void fix_configuration(FixContext& context) {
    add_schema_attribute(context);
    add_to_schemas(context);
    rename_setting(context);
}

}  // namespace lamina::lsp
