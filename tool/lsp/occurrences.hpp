#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lsp/nodes.hpp"

/// What a name in a schema stands for, and everywhere that it is written. Go to definition, references, highlighting
/// and renaming are made of it. Works on trees alone, so that it works while the schema is being written.
namespace lamina::lsp {

enum class SymbolKind : std::uint8_t {
    Type,        // a model, view, composite type or enum
    ScalarType,  // Int, String, …: declared nowhere
    Field,
    EnumValue,
    Datasource,
};

/// Where in the grammar a name stands.
enum class Role : std::uint8_t {
    Declaration,
    FieldType,
    IndexField,         // @@index([it])
    IndexFieldCall,     // @@index([it(sort: Desc)])
    RelationField,      // @relation(fields: [it])
    RelationReference,  // @relation(references: [it])
    DefaultValue,       // @default(IT)
    NativeType,         // @it.VarChar
};

struct Occurrence {
    Span span;  ///< the name; of a native type with its datasource: `db.VarChar`
    Role role = Role::Declaration;
    friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

struct Symbol {
    SymbolKind kind = SymbolKind::Type;
    std::string_view name;
    std::optional<ast::Block> block;  ///< what is declared, or what the field or value belongs to
    std::optional<Span> declaration;
    Occurrence at;  ///< the occurrence that was asked about
};

/// What the name at the cursor stands for.
[[nodiscard]] std::optional<Symbol> symbol_at(const Snapshot& snapshot, FileId file, std::size_t offset);

/// Every place that names it: the declaration first, then in the order of the files. Takes linear time.
[[nodiscard]] std::vector<Occurrence> occurrences(const Snapshot& snapshot, const Symbol& symbol);

}  // namespace lamina::lsp
