#include <algorithm>
#include <string>

#include "lsp/completion/completion.hpp"
#include "lsp/docs.hpp"
#include "lsp/nodes.hpp"
#include "schema/model/types.hpp"

namespace lamina::lsp {
namespace {

using schema::Capability;
using schema::DefaultFunction;
using schema::ScalarType;
using Format = CompletionItem::Format;

// Functions of @default that make a value of that type.
bool fits(std::string_view function, std::string_view type, const schema::Connector& connector) {
    const auto one_of = [&](std::initializer_list<std::string_view> types) {
        return std::find(types.begin(), types.end(), type) != types.end();
    };
    if (function == "dbgenerated") return true;
    if (function == "autoincrement") return one_of({"Int", "BigInt"});
    if (function == "sequence") return one_of({"Int", "BigInt"}) && connector.can(Capability::Sequences);
    if (function == "now") return type == "DateTime";
    if (function == "env") return false;
    return type == "String";
}

class Completer {
public:
    Completer(const Snapshot& snapshot, const Place& place, const CompletionOptions& options,
              std::vector<CompletionItem>& out)
        : snapshot_{snapshot},
          place_{place},
          options_{options},
          out_{out},
          tree_{snapshot.tree(place.typed_span.file)} {}

    void run() {
        switch (place_.block) {
            case NodeKind::File: return top_level();
            case NodeKind::Datasource: return datasource();
            case NodeKind::Generator: return generator();
            case NodeKind::Enum: return enumeration();
            case NodeKind::Model:
            case NodeKind::View:
            case NodeKind::CompositeType: return model();
            default: return;
        }
    }

private:
    [[nodiscard]] std::string_view text(const Token& token) const { return tree_.text(token); }
    [[nodiscard]] bool writes_word() const { return place_.before.empty() && !place_.in_string; }

    void add(std::string_view label, ItemKind kind, std::string detail = {}) {
        CompletionItem item;
        item.label = label;
        item.kind = kind;
        item.detail = std::move(detail);
        out_.push_back(std::move(item));
    }

    void add(const Doc& doc, ItemKind kind, std::string label) {
        CompletionItem item;
        item.label = std::move(label);
        item.kind = kind;
        item.documentation = explain(doc);
        if (!doc.snippet.empty()) {
            item.insert_text = doc.snippet;
            item.format = Format::Snippet;
        }
        out_.push_back(std::move(item));
    }

    void text_value(std::string_view value) {
        if (place_.in_string) return add(value, ItemKind::Constant);
        add(value, ItemKind::Constant);
        out_.back().insert_text = "\"" + std::string{value} + "\"";
        out_.back().format = Format::Plain;
    }

    // ---- outside, and settings ----

    void top_level() {
        if (!writes_word()) return;
        for (const Doc& doc : docs(Topic::Block)) {
            if (doc.name == "datasource" && snapshot_.datasource()) continue;
            if (doc.name == "type" && !snapshot_.connector().can(Capability::CompositeTypes)) continue;
            if (doc.name == "enum" && !snapshot_.connector().can(Capability::Enums)) continue;
            add(doc, ItemKind::Class, std::string{doc.name});
        }
    }

    // The setting whose value is written; empty when none is.
    [[nodiscard]] std::string_view setting() const {
        if (place_.before.size() < 2 || place_.before[1].kind != TokenKind::Equals) return {};
        return text(place_.before[0]);
    }

    void datasource() {
        if (place_.before.size() > 2) return;
        if (setting() == "provider") {
            for (const std::string_view provider : options_.providers) text_value(provider);
        } else if (setting() == "relationMode") {
            text_value("foreignKeys");
            text_value("prisma");
        }
    }

    void generator() {
        if (writes_word()) {
            if (place_.line.size() > 1) return;
            for (const Doc& doc : docs(Topic::GeneratorSetting)) add(doc, ItemKind::Field, std::string{doc.name});
        } else if (setting() == "provider" && place_.before.size() == 2) {
            text_value("lamina");
            text_value("prisma-client");
            text_value("prisma-client-js");
        }
    }

    // ---- attributes ----

    // Where the `@` or `@@` before the cursor's word begins.
    [[nodiscard]] std::optional<Token> sign() const {
        if (place_.before.empty()) return std::nullopt;
        const Token& last = place_.before.back();
        const bool is_sign = last.kind == TokenKind::At || last.kind == TokenKind::AtAt;
        if (!is_sign || last.end != place_.typed_span.begin) return std::nullopt;
        return last;
    }

    void attributes(Topic topic, std::string_view at, const std::vector<std::string_view>& leave_out) {
        const auto written = sign();
        for (const Doc& doc : docs(topic)) {
            if (std::find(leave_out.begin(), leave_out.end(), doc.name) != leave_out.end()) continue;
            attribute(doc, at, written);
        }
    }

    void attribute(const Doc& doc, std::string_view at, const std::optional<Token>& written) {
        add(doc, ItemKind::Property, std::string{at} + std::string{doc.name});
        CompletionItem& item = out_.back();
        item.insert_text = item.insert_text.empty() ? item.label : std::string{at} + item.insert_text;
        Span span = place_.typed_span;
        if (written) span.begin = written->begin;
        item.replaces = span;
    }

    [[nodiscard]] bool on_line(TokenKind at, std::string_view name) const {
        for (std::size_t i = 0; i + 1 < place_.before.size(); ++i) {
            if (place_.before[i].kind == at && text(place_.before[i + 1]) == name) return true;
        }
        return false;
    }

    void enumeration() {
        if (!place_.open.empty() || place_.in_string || (place_.before.empty() && !place_.typed.empty())) return;
        const std::vector<std::string_view> not_here{"id", "unique", "index", "fulltext", "ignore"};
        if (place_.before.empty() || place_.before[0].kind == TokenKind::AtAt) {
            if (place_.before.size() < 2) attributes(Topic::BlockAttribute, "@@", without_schemas(not_here));
        } else if (!on_line(TokenKind::At, "map")) {
            attribute(*find_doc(Topic::FieldAttribute, "map"), "@", sign());
        }
    }

    [[nodiscard]] std::vector<std::string_view> without_schemas(std::vector<std::string_view> names) const {
        if (!snapshot_.connector().can(Capability::MultiSchema)) names.push_back("schema");
        if (!snapshot_.connector().can(Capability::FulltextIndex)) names.push_back("fulltext");
        return names;
    }

    // ---- models, views and composite types ----

    void model() {
        const auto& before = place_.before;
        if (!place_.open.empty()) return argument();
        if (place_.in_string || (before.empty() && !place_.typed.empty())) return;  // a name is being made up
        if (before.empty() || before[0].kind == TokenKind::AtAt) {
            const bool at_start = before.size() < 2;
            if (at_start && place_.block != NodeKind::CompositeType)
                attributes(Topic::BlockAttribute, "@@", without_schemas({}));
        } else if (before.size() == 1) {
            if (before[0].end < place_.typed_span.begin) types();
        } else {
            after_type();
        }
    }

    void types() {
        for (const Doc& doc : docs(Topic::ScalarType)) {
            if (doc.name == "Decimal" && !snapshot_.connector().can(Capability::DecimalType)) continue;
            if (doc.name == "Json" && !snapshot_.connector().can(Capability::Json)) continue;
            add(doc, ItemKind::Struct, std::string{doc.name});
        }
        for (const ast::Block& block : snapshot_.blocks()) {
            if (block.kind() > NodeKind::Enum) continue;
            if (place_.block == NodeKind::CompositeType && is_model(block)) continue;
            add(block.name(), block.kind() == NodeKind::Enum ? ItemKind::Enum : ItemKind::Class,
                std::string{keyword(block)});
        }
        add("Unsupported", ItemKind::Struct, "a type that only the database knows");
        out_.back().insert_text = "Unsupported(\"$0\")";
        out_.back().format = Format::Snippet;
    }

    [[nodiscard]] std::optional<FieldOnLine> field() const {
        return field_on_line(snapshot_, place_, place_.typed_span.file);
    }

    [[nodiscard]] std::string_view datasource_name() const {
        return snapshot_.datasource() ? snapshot_.datasource()->name() : std::string_view{"db"};
    }

    void after_type() {
        const auto here = field();
        if (!here) return;
        const auto& before = place_.before;
        if (before.back().kind == TokenKind::Dot && before.size() >= 2) return native_types(*here);
        const auto target = snapshot_.type(here->type);
        const bool relation = target && is_model(*target);
        std::vector<std::string_view> leave_out;
        for (const Doc& doc : docs(Topic::FieldAttribute)) {
            const bool of_scalars = doc.name != "relation" && doc.name != "ignore";
            const bool wrong_type = doc.name == "updatedAt" && here->type != "DateTime";
            if (on_line(TokenKind::At, doc.name) || relation == of_scalars || wrong_type)
                if (doc.name != "ignore" || on_line(TokenKind::At, doc.name)) leave_out.push_back(doc.name);
        }
        attributes(Topic::FieldAttribute, "@", leave_out);
        const auto scalar = schema::scalar_type(here->type);
        const bool has_native_type = on_line(TokenKind::At, datasource_name());
        if (!scalar || has_native_type || snapshot_.connector().native_types.empty()) return;
        Doc doc{Topic::FieldAttribute, datasource_name(), "@db.Type", "A type of the database.", ""};
        attribute(doc, "@", sign());
        out_.back().insert_text += ".";
        out_.back().format = Format::Plain;
    }

    void native_types(const FieldOnLine& here) {
        const auto& before = place_.before;
        const Token& scope = before[before.size() - 2];
        const auto scalar = schema::scalar_type(here.type);
        if (text(scope) != datasource_name() || !scalar) return;
        for (const schema::NativeTypeRule& rule : snapshot_.connector().native_types) {
            if (!rule.types.has(*scalar)) continue;
            add(rule.name, ItemKind::Struct);
            if (rule.required_arguments == 0) continue;
            out_.back().insert_text = std::string{rule.name} + "($0)";
            out_.back().format = Format::Snippet;
        }
    }

    // ---- inside brackets ----

    void argument() {
        const OpenBracket& outer = *place_.outer();
        const OpenBracket& inner = *place_.inner();
        if (!inner.fresh || place_.in_string) return;
        const bool in_list = inner.kind == TokenKind::OpenBracket;
        if (outer.callee_sign == TokenKind::AtAt) return in_block_attribute(outer, inner, in_list);
        if (outer.callee_sign != TokenKind::At) return;
        if (outer.callee == "default") return default_value(inner, in_list);
        if (outer.callee == "relation") return relation(outer, inner, in_list);
        if (outer.callee == "id" || outer.callee == "unique") {
            if (inner.argument == "sort") return sort_orders();
            if (inner.argument.empty()) key_arguments(false);
        }
    }

    void arguments(std::initializer_list<std::string_view> names) {
        for (const std::string_view name : names) {
            const Doc* doc = find_doc(Topic::Argument, name);
            if (doc == nullptr || names_argument(name)) continue;
            add(*doc, ItemKind::Property, std::string{name});
        }
    }

    // `name:` stands on the line already.
    [[nodiscard]] bool names_argument(std::string_view name) const {
        for (std::size_t i = 0; i + 1 < place_.line.size(); ++i) {
            if (text(place_.line[i]) == name && place_.line[i + 1].kind == TokenKind::Colon) return true;
        }
        return false;
    }

    void key_arguments(bool compound) {
        const auto& connector = snapshot_.connector();
        if (compound) arguments({"name"});
        arguments({"map"});
        if (!compound) arguments({"sort"});
        if (!compound && connector.can(Capability::IndexLengthPrefix)) arguments({"length"});
        if (connector.can(Capability::Clustering)) arguments({"clustered"});
    }

    void sort_orders() {
        for (const std::string_view order : {"Asc", "Desc"})
            add(*find_doc(Topic::Constant, order), ItemKind::Enum, std::string{order});
    }

    void in_block_attribute(const OpenBracket& outer, const OpenBracket& inner, bool in_list) {
        const bool index = outer.callee == "index";
        if (outer.callee != "id" && outer.callee != "unique" && outer.callee != "fulltext" && !index) return;
        if (in_list) return fields_of(place_.block_name, true);
        if (place_.open.size() > 1) {  // `[name(sort: …`
            if (inner.argument == "sort") return sort_orders();
            if (!inner.argument.empty()) return;
            arguments({"sort"});
            if (snapshot_.connector().can(Capability::IndexLengthPrefix)) arguments({"length"});
            if (index && snapshot_.connector().operator_classes != nullptr) arguments({"ops"});
            return;
        }
        if (!inner.argument.empty()) return;
        if (inner.first) arguments({"fields"});
        if (inner.first) return;
        if (index) {
            arguments({"map"});
            if (snapshot_.connector().operator_classes != nullptr) arguments({"type"});
            if (snapshot_.connector().can(Capability::PartialIndexes)) arguments({"where"});
            if (snapshot_.connector().can(Capability::Clustering)) arguments({"clustered"});
        } else if (outer.callee == "fulltext") {
            arguments({"map"});
        } else {
            key_arguments(true);
        }
    }

    // The fields of a model that have a column.
    void fields_of(std::string_view model, bool leave_out_written) {
        const auto block = snapshot_.type(model);
        if (!block) return;
        for (const ast::Field& field : block->fields()) {
            const auto target = snapshot_.type(type_name(field));
            if (target && is_model(*target)) continue;
            if (leave_out_written && is_listed(field.name())) continue;
            add(field.name(), ItemKind::Field, std::string{field.type() ? field.type()->text() : ""});
        }
    }

    // Does the list at the cursor hold that name?
    [[nodiscard]] bool is_listed(std::string_view name) const {
        std::size_t at = place_.before.size();
        while (at > 0 && place_.before[at - 1].kind != TokenKind::OpenBracket) {
            if (text(place_.before[--at]) == name) return true;
        }
        return false;
    }

    void relation(const OpenBracket& outer, const OpenBracket& inner, bool in_list) {
        if (in_list && outer.argument == "fields") return fields_of(place_.block_name, true);
        const auto here = field();
        if (in_list && outer.argument == "references" && here) return fields_of(here->type, true);
        if (in_list || !inner.argument.empty()) return;
        arguments({"fields", "references", "onDelete", "onUpdate", "name", "map"});
    }

    void default_value(const OpenBracket& inner, bool in_list) {
        const auto here = field();
        if (!here || (place_.open.size() > 1 && !in_list)) return;
        if (!in_list && (!inner.first || (!inner.argument.empty() && inner.argument != "value"))) return;
        if (const auto type = snapshot_.type(here->type); type && type->kind() == NodeKind::Enum) {
            for (const ast::Item& value : type->enum_values())
                add(value.name(), ItemKind::EnumMember, std::string{type->name()});
        }
        if (here->type == "Boolean") {
            add("true", ItemKind::Constant);
            add("false", ItemKind::Constant);
        }
        if (in_list || here->is_list) return;
        for (const Doc& doc : docs(Topic::Function)) {
            if (fits(doc.name, here->type, snapshot_.connector()))
                add(doc, ItemKind::Function, std::string{doc.name} + "()");
        }
    }

    const Snapshot& snapshot_;
    const Place& place_;
    const CompletionOptions& options_;
    std::vector<CompletionItem>& out_;
    const Tree& tree_;
};

}  // namespace

void complete_rest(const Snapshot& snapshot, const Place& place, const CompletionOptions& options,
                   std::vector<CompletionItem>& out) {
    Completer{snapshot, place, options, out}.run();
}

}  // namespace lamina::lsp
