#include <string>

#include "lsp/actions/context.hpp"

namespace lamina::lsp {
namespace {

std::string begin_small(std::string_view text) {
    std::string out{text};
    if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
    return out;
}

// The argument that names a relation, as it is written.
std::optional<std::string> name_argument(const ast::Attribute& relation) {
    for (const ast::Argument& one : ast::arguments_of(relation)) {
        const auto value = one.value();
        if ((one.name().empty() || one.name() == "name") && value && value->is_string()) return std::string{one.text()};
    }
    return std::nullopt;
}

std::string join(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

std::vector<std::string> names_in(const ast::Attribute& relation, std::string_view list) {
    std::vector<std::string> out;
    for (const ast::Expression& element : elements_of(argument(relation, list))) out.emplace_back(element.text());
    return out;
}

// ---- unique keys and indexes ----

void make_unique(FixContext& context, const ast::Block& model, const std::vector<std::string>& fields,
                 const std::string& title) {
    if (fields.empty()) return;
    if (fields.size() > 1) {
        const std::string_view indent = indentation(context.snapshot, model);
        return context.add(title,
                           {add_attribute_line(context.snapshot, model, indent, "@@unique([" + join(fields) + "])")});
    }
    if (const auto field = find_field(model, fields.front())) context.add(title, {add_attribute(*field, "@unique")});
}

void unique_keys(FixContext& context, const ast::Attribute& relation) {
    const auto fields = names_in(relation, "fields");
    const auto references = names_in(relation, "references");
    const auto target = context.snapshot.type(type_name(*context.field));
    if (context.says("must refer to a unique criterion in the related model") && target &&
        fields.size() == references.size())
        make_unique(context, *target, references, "Make referenced field(s) unique");
    if (context.says("A one-to-one relation must use unique fields on the defining side"))
        make_unique(context, *context.block, fields, "Make referencing fields unique");
}

void index_for_fields(FixContext& context, const ast::Attribute& relation) {
    if (!context.says("With `relationMode = \"prisma\"`, no foreign keys are used")) return;
    const auto fields = names_in(relation, "fields");
    if (fields.empty()) return;
    const std::string_view indent = indentation(context.snapshot, *context.block);
    context.add("Add an index for the relation's field(s)",
                {add_attribute_line(context.snapshot, *context.block, indent, "@@index([" + join(fields) + "])")});
}

void replace_set_default(FixContext& context, const ast::Attribute& relation) {
    if (!context.says("does not actually support the `SetDefault` referential action")) return;
    for (const ast::Argument& one : ast::arguments_of(relation)) {
        const auto value = one.value();
        if (one.span().begin != context.problem.span.begin || !value) continue;
        context.add("Replace SetDefault with NoAction", {{value->span(), "NoAction"}});
    }
}

// ---- what a relation lacks ----

// The fields that a foreign key to a model would hold, and what it would point at.
struct ForeignKey {
    std::vector<std::string> fields, types, references;
};

std::vector<std::string> primary_key(const ast::Block& model) {
    for (const ast::Field& field : model.fields()) {
        if (find_attribute(field, "id")) return {std::string{field.name()}};
    }
    const auto id = find_attribute(model, "id");
    if (id) {
        std::vector<std::string> out;
        for (const ast::Expression& element : elements_of(default_argument(*id, "fields"))) {
            const auto name = field_name_in(element);
            if (name) out.emplace_back(model.tree().text().substr(name->begin, name->size()));
        }
        return out;
    }
    for (const ast::Field& field : model.fields()) {
        if (find_attribute(field, "unique")) return {std::string{field.name()}};
    }
    return {};
}

ForeignKey foreign_key(const ast::Field& field, const ast::Block& target) {
    ForeignKey out;
    for (const std::string& name : primary_key(target)) {
        const auto referenced = find_field(target, name);
        if (!referenced) continue;
        out.references.push_back(name);
        out.fields.push_back(std::string{field.name()} + name);
        out.types.emplace_back(type_name(*referenced));
    }
    return out;
}

std::string relation_attribute(const std::optional<ast::Attribute>& written, const ForeignKey& key) {
    const auto given = written ? name_argument(*written) : std::nullopt;
    const std::string name = given ? *given + ", " : "";
    return "@relation(" + name + "fields: [" + join(key.fields) + "], references: [" + join(key.references) + "])";
}

void add_relation_attribute(FixContext& context, const ast::Block& target) {
    const ast::Field& field = *context.field;
    const ForeignKey key = foreign_key(field, target);
    if (key.fields.empty()) return;
    const auto written = find_attribute(field, "relation");
    const std::string attribute = relation_attribute(written, key);
    const Span whole = field.span();
    Span behind = to_end_of_line(context.snapshot, {whole.file, whole.end, whole.end});
    const std::string newline{line_break(context.snapshot, whole.file)};
    const bool has_break = context.snapshot.text(behind).ends_with('\n');

    std::vector<TextEdit> edits;
    std::string lines;
    if (!context.full()) {
        // As the engine does it: optional fields, not indented, and edits that meet.
        lines = newline;
        for (std::size_t i = 0; i < key.fields.size(); ++i) lines += key.fields[i] + " " + key.types[i] + "?" + newline;
        if (written) {
            edits.push_back({written->span(), attribute});
            edits.push_back(
                {{behind.file, behind.end - static_cast<std::uint32_t>(newline.size()), behind.end}, lines});
        } else {
            edits.push_back({behind, " " + attribute + newline});
            edits.push_back({behind, lines});
        }
        return context.add("Add relation attribute for relation field", edits);
    }
    edits.push_back(written ? TextEdit{written->span(), attribute} : add_attribute(field, attribute));
    const std::string_view indent = indentation(context.snapshot, *context.block);
    for (std::size_t i = 0; i < key.fields.size(); ++i) {
        if (find_field(*context.block, key.fields[i])) continue;
        lines.append(indent).append(key.fields[i]).append(" ").append(key.types[i]);
        lines += (is_optional(field) ? "?" : "") + newline;
    }
    if (!lines.empty()) edits.push_back({{behind.file, behind.end, behind.end}, has_break ? lines : newline + lines});
    context.add("Add relation attribute for relation field", edits);
}

void mark_as_list(FixContext& context) {
    const ast::Field& field = *context.field;
    if (is_optional(field) || is_list(field) || !field.attributes().empty()) return;
    if (!context.full() && !context.snapshot.datasource()) return;
    const Span whole = field.span();
    if (context.full()) {
        return context.add("Mark relation field as many `[]`", {{{whole.file, whole.end, whole.end}, "[]"}});
    }
    const Span behind = to_end_of_line(context.snapshot, {whole.file, whole.end, whole.end});
    context.add("Mark relation field as many `[]`",
                {{behind, "[]" + std::string{line_break(context.snapshot, whole.file)}}});
}

// Which of two sides without a key should have it: the one that cannot be empty, else the first by name.
bool holds_key(const RelationSides& sides) {
    const bool optional = is_optional(sides.field);
    if (optional != is_optional(*sides.opposite)) return !optional;
    if (sides.owner != sides.target) return sides.owner.name() < sides.target.name();
    return sides.field.name() < sides.opposite->name();
}

void missing_attribute(FixContext& context, const ast::Block& target) {
    if (context.says("must specify the `fields` argument in the @relation attribute.")) {
        add_relation_attribute(context, target);
        mark_as_list(context);
    } else if (context.says("do not provide the `fields` argument in the @relation attribute.")) {
        const auto sides = relation_of(context.snapshot, *context.block, *context.field);
        if (!sides || !sides->opposite || holds_key(*sides)) add_relation_attribute(context, target);
    }
}

void missing_opposite(FixContext& context, const ast::Block& target) {
    if (!context.says("is missing an opposite relation field on the model")) return;
    const std::string owner{context.block->name()};
    std::string line = begin_small(owner) + "s " + owner + "[]";
    if (const auto written = find_attribute(*context.field, "relation")) {
        if (const auto name = name_argument(*written)) line += " @relation(" + *name + ")";
    }
    Span brace = target.span();
    brace.begin = brace.end = brace.end - 1;
    const std::string newline{line_break(context.snapshot, brace.file)};
    const std::string indent{indentation(context.snapshot, target)};
    context.add("Add missing relation field to model " + std::string{target.name()},
                {{brace, newline + indent + line + newline}});
}

}  // namespace

void fix_relations(FixContext& context) {
    if (!context.block || !context.field || !is_model(*context.block)) return;
    if (const auto relation = find_attribute(*context.field, "relation")) {
        unique_keys(context, *relation);
        index_for_fields(context, *relation);
        replace_set_default(context, *relation);
    }
    const auto target = context.snapshot.type(type_name(*context.field));
    if (!target || !is_model(*target)) return;
    missing_attribute(context, *target);
    missing_opposite(context, *target);
}

}  // namespace lamina::lsp
