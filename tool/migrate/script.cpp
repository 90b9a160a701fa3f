#include "migrate/script.hpp"

#include <utility>

namespace lamina::migrate {
namespace {

std::string quoted(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char c : text) {
        if (c == quote) result += quote;
        result += c;
    }
    result += quote;
    return result;
}

}  // namespace

void Script::add(std::string_view title, std::string_view statement) {
    if (!text_.empty()) text_ += '\n';
    text_ += "-- ";
    text_ += title;
    text_ += '\n';
    text_ += statement;
    text_ += ";\n";
}

std::string Script::finish() && {
    if (text_.empty()) text_ = "-- This is an empty migration.\n";
    return std::move(text_);
}

std::string quote_identifier(std::string_view name) { return quoted(name, '"'); }
std::string quote_text(std::string_view text) { return quoted(text, '\''); }

std::string_view keyword(catalog::ForeignKeyAction action) noexcept {
    using catalog::ForeignKeyAction;
    switch (action) {
        case ForeignKeyAction::NoAction: return "NO ACTION";
        case ForeignKeyAction::Restrict: return "RESTRICT";
        case ForeignKeyAction::Cascade: return "CASCADE";
        case ForeignKeyAction::SetNull: return "SET NULL";
        case ForeignKeyAction::SetDefault: return "SET DEFAULT";
    }
    return {};
}

}  // namespace lamina::migrate
