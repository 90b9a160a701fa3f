#include "schema/analyze/values.hpp"

#include <charconv>

#include "schema/diagnostics/messages.hpp"

namespace lamina::schema {
namespace {

void mismatch(std::string_view expected, const ast::Expression& value, Diagnostics& out) {
    out.push(messages::type_mismatch(expected, value.kind_name(), value.display(), value.span()));
}

}  // namespace

std::optional<std::string> as_string(const ast::Expression& value, Diagnostics& out) {
    if (value.is_string()) return value.string_value();
    mismatch("string", value, out);
    return std::nullopt;
}

std::optional<std::string> as_constant(const ast::Expression& value, Diagnostics& out) {
    if (value.is_constant()) return std::string{value.text()};
    mismatch("constant", value, out);
    return std::nullopt;
}

std::optional<bool> as_boolean(const ast::Expression& value, Diagnostics& out) {
    if (value.is_constant() && (value.text() == "true" || value.text() == "false")) return value.text() == "true";
    mismatch("boolean", value, out);
    return std::nullopt;
}

std::optional<std::int64_t> as_integer(const ast::Expression& value, Diagnostics& out) {
    if (value.is_number()) {
        const std::string_view text = value.text();
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return number;
    }
    mismatch("numeric", value, out);
    return std::nullopt;
}

std::vector<ast::Expression> as_array(const ast::Expression& value) {
    return value.is_array() ? value.elements() : std::vector<ast::Expression>{value};
}

}  // namespace lamina::schema
