#include <algorithm>

#include "schema/analyze/rules/validation.hpp"

// A view has no keys and indexes in the database; `@unique` only says how its rows are told apart.
namespace lamina::schema::rules {
namespace {

void check_view_index(const Validation& v, const Index& index) {
    static constexpr std::string_view kNotBacked =
        "@@unique annotations on views are not backed by unique indexes in the database and cannot ";
    const support::Span span = index.data().span;
    const auto error = [&](std::string_view text) { v.push(messages::validation(text, span)); };
    if (index.kind() != IndexKind::Unique) error("Views cannot have indexes.");
    if (index.data().mapped_name) error(std::string{kNotBacked} + "specify a mapped database name.");
    if (index.clustered()) error(std::string{kNotBacked} + "be clustered.");
    for (const IndexField& part : index.index_fields()) {
        if (!part.sort && !part.length && !part.operator_class) continue;
        v.index_error(index, "Scalar fields in @@unique attributes in views cannot have arguments.");
    }
}

}  // namespace

void check_view(const Validation& v, const Model& view) {
    if (!v.context.previews("views")) {
        v.push(messages::validation("View definitions are only available with the `views` preview feature.",
                                    view.data().span));
    }
    if (const auto key = view.primary_key()) {
        v.push(messages::validation("Views cannot have primary keys.", key->data().span));
    }
    for (const Index index : view.indexes()) check_view_index(v, index);
}

}  // namespace lamina::schema::rules
