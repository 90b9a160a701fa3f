#include "lsp/references.hpp"

namespace lamina::lsp {
namespace {

// Which of a field's places Prisma's engine names, asked at `at`.
bool named_by_prisma(const Symbol& symbol, Role role) {
    if (role == Role::Declaration) return true;
    const Role at = symbol.at.role;
    switch (symbol.kind) {
        case SymbolKind::Type:
        case SymbolKind::ScalarType:
        case SymbolKind::Datasource: return true;
        case SymbolKind::EnumValue: return false;
        case SymbolKind::Field: break;
    }
    if (role == Role::IndexField) return true;
    return role == Role::RelationField && (at == Role::Declaration || at == Role::IndexField);
}

bool asked_by_prisma(const Symbol& symbol) {
    if (symbol.kind == SymbolKind::EnumValue || symbol.at.role == Role::IndexFieldCall) return false;
    return symbol.kind != SymbolKind::Field || (symbol.block && is_model(*symbol.block));
}

}  // namespace

std::optional<Span> definition(const Snapshot& snapshot, FileId file, std::size_t offset) {
    const auto symbol = symbol_at(snapshot, file, offset);
    return symbol ? symbol->declaration : std::nullopt;
}

std::vector<Span> references(const Snapshot& snapshot, FileId file, std::size_t offset, Answers answers) {
    const auto symbol = symbol_at(snapshot, file, offset);
    if (!symbol || (answers == Answers::Prisma && !asked_by_prisma(*symbol))) return {};
    std::vector<Span> out;
    for (const Occurrence& one : occurrences(snapshot, *symbol)) {
        if (answers == Answers::Full || named_by_prisma(*symbol, one.role)) out.push_back(one.span);
    }
    return out;
}

}  // namespace lamina::lsp
