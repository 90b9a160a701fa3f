#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.hpp"

namespace lamina::migrate {

/// Puts a migration's SQL together in Prisma's layout: each statement under a comment that names the step, an empty
/// line between them.
class Script {
public:
    /// Appends `-- title`, the statement and its semicolon.
    void add(std::string_view title, std::string_view statement);
    /// The text; of no statements, a comment that says so.
    [[nodiscard]] std::string finish() &&;

private:
    std::string text_;
};

/// An identifier in double quotes, as the SQL standard has it.
[[nodiscard]] std::string quote_identifier(std::string_view name);
/// A text in single quotes, as the SQL standard has it.
[[nodiscard]] std::string quote_text(std::string_view text);
/// `CASCADE`, `SET NULL`, …
[[nodiscard]] std::string_view keyword(catalog::ForeignKeyAction action) noexcept;

}  // namespace lamina::migrate
