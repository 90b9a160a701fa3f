#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lamina::migrate {

/// A text in single quotes at the start of some SQL.
struct QuotedText {
    std::string value;      ///< without quotes, doubled ones undone
    std::string_view rest;  ///< what follows the closing quote
};

/// Reads `'it''s'::text`; nothing when the SQL does not begin with a complete quoted text.
[[nodiscard]] std::optional<QuotedText> read_quoted(std::string_view sql);

/// Is it a decimal number, `-1.50e+3` included?
[[nodiscard]] bool is_number(std::string_view text) noexcept;

/// Do two decimal numbers have the same value? (`1.50` and `1.5`, `1e3` and `1000`.)
[[nodiscard]] bool same_number(std::string_view a, std::string_view b);

/// Without white space and with ASCII letters in lower case, both only outside of quotes.
[[nodiscard]] std::string canonical_sql(std::string_view sql);

/// Equal but for white space and the case of ASCII letters, both only outside of quotes.
[[nodiscard]] bool same_sql(std::string_view a, std::string_view b);

/// Equal but for the case of ASCII letters.
[[nodiscard]] bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;

}  // namespace lamina::migrate
