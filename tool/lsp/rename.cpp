#include "lsp/rename.hpp"

#include <algorithm>

#include "lsp/occurrences.hpp"

namespace lamina::lsp {
namespace {

using support::Problem;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name(std::string_view text) {
    if (text.empty() || !is_letter(text.front())) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

// Of `db.VarChar` only `db` is the datasource's name.
Span name_of(const Symbol& symbol, const Occurrence& one) {
    Span span = one.span;
    if (one.role == Role::NativeType) span.end = span.begin + static_cast<std::uint32_t>(symbol.name.size());
    return span;
}

class Renamer {
public:
    Renamer(const Snapshot& snapshot, const Symbol& symbol, std::string_view new_name)
        : snapshot_{snapshot}, symbol_{symbol}, new_name_{new_name} {}

    support::Outcome<Rename> run() {
        if (!is_name(new_name_)) return Problem{"`" + std::string{new_name_} + "` is not a name"};
        if (new_name_ == symbol_.name) return Rename{};
        if (is_taken()) return Problem{"there is a `" + std::string{new_name_} + "` already"};
        for (const Occurrence& one : occurrences(snapshot_, symbol_))
            edit(name_of(symbol_, one), std::string{new_name_});
        keep_database_name();
        auto& edits = out_.edits;
        std::sort(edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) {
            if (a.span.file != b.span.file) return a.span.file < b.span.file;
            return a.span.begin < b.span.begin;
        });
        return std::move(out_);
    }

private:
    void edit(Span span, std::string text) { out_.edits.push_back({span, std::move(text)}); }

    [[nodiscard]] bool is_taken() const {
        switch (symbol_.kind) {
            case SymbolKind::Type: return snapshot_.type(new_name_).has_value();
            case SymbolKind::Field: return find_field(*symbol_.block, new_name_).has_value();
            case SymbolKind::EnumValue:
                for (const ast::Item& value : symbol_.block->enum_values()) {
                    if (value.name() == new_name_) return true;
                }
                return false;
            case SymbolKind::ScalarType:
            case SymbolKind::Datasource: return false;
        }
        return false;
    }

    void keep_database_name() {
        switch (symbol_.kind) {
            case SymbolKind::Type:
                if (symbol_.block->kind() == NodeKind::CompositeType) return;
                map_block();
                if (is_model(*symbol_.block)) keep_join_tables();
                return;
            case SymbolKind::Field: return map_field();
            case SymbolKind::EnumValue:
                for (const ast::Item& value : symbol_.block->enum_values()) {
                    if (value.name_span() == symbol_.declaration) map_item(value);
                }
                return;
            case SymbolKind::ScalarType:
            case SymbolKind::Datasource: return;
        }
    }

    void map_block() {
        if (find_attribute(*symbol_.block, "map")) return;
        const std::string attribute = "@@map(\"" + std::string{symbol_.name} + "\")";
        TextEdit added =
            add_attribute_line(snapshot_, *symbol_.block, indentation(snapshot_, *symbol_.block), attribute);
        // An insertion before the brace, so that it meets no other edit.
        added.text.pop_back();
        added.span.end = added.span.begin;
        out_.edits.push_back(std::move(added));
    }

    void map_field() {
        for (const ast::Field& field : symbol_.block->fields()) {
            if (field.name_span() != symbol_.declaration) continue;
            const auto type = snapshot_.type(type_name(field));
            if (type && is_model(*type)) return;  // relations have no column
            return map_item(field);
        }
    }

    void map_item(const ast::Item& item) {
        if (find_attribute(item, "map")) return;
        out_.edits.push_back(add_attribute(item, "@map(\"" + std::string{symbol_.name} + "\")"));
    }

    // The table of an implicit many-to-many relation is called after its models, unless the relation has a name.
    void keep_join_tables() {
        for (const ast::Field& field : symbol_.block->fields()) {
            const auto sides = relation_of(snapshot_, *symbol_.block, field);
            if (!sides || !sides->opposite || !is_list(field) || !is_list(*sides->opposite)) continue;
            if (names_relation(field)) continue;
            name_relation(field, sides->name);
            if (*sides->opposite != field) name_relation(*sides->opposite, sides->name);
            const std::string_view other = sides->target.name();
            if (other == symbol_.name || (other < symbol_.name) == (other < new_name_)) continue;
            out_.warnings.push_back("The columns A and B of the join table _" + sides->name +
                                    " follow the models' names in alphabetical order, which this rename changes: " +
                                    "its rows would be read the wrong way round.");
        }
    }

    static bool names_relation(const ast::Field& field) {
        const auto attribute = find_attribute(field, "relation");
        return attribute && default_argument(*attribute, "name").has_value();
    }

    void name_relation(const ast::Field& field, const std::string& name) {
        if (!find_attribute(field, "relation"))
            out_.edits.push_back(add_attribute(field, "@relation(\"" + name + "\")"));
    }

    const Snapshot& snapshot_;
    const Symbol& symbol_;
    std::string_view new_name_;
    Rename out_;
};

}  // namespace

std::optional<Span> renameable(const Snapshot& snapshot, FileId file, std::size_t offset) {
    const auto symbol = symbol_at(snapshot, file, offset);
    if (!symbol || !symbol->declaration) return std::nullopt;
    return name_of(*symbol, symbol->at);
}

support::Outcome<Rename> rename(const Snapshot& snapshot, FileId file, std::size_t offset, std::string_view new_name) {
    const auto symbol = symbol_at(snapshot, file, offset);
    if (!symbol || !symbol->declaration) return Problem{"there is nothing here that can be renamed"};
    return Renamer{snapshot, *symbol, new_name}.run();
}

}  // namespace lamina::lsp
