#include <charconv>

#include <lamina/value/json_document.hpp>

#include "json_parser.hpp"

namespace lamina {

Result<JsonDocument> JsonDocument::parse(std::string text) {
    JsonDocument document;
    document.text_ = std::move(text);
    if (Result<void> checked = JsonParser(document.text_, &document.nodes_).run(); !checked) return checked.error();
    return document;
}

std::string_view JsonView::text() const noexcept {
    return std::string_view(document_->text_).substr(node().begin, node().end - node().begin);
}

std::optional<std::int64_t> JsonView::as_int64() const noexcept {
    if (!is_number()) return std::nullopt;
    const std::string_view digits = text();
    std::int64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::string JsonView::as_string() const {
    if (!is_string()) return {};
    if (node().escaped) return unescape_json_string(text());
    return std::string(text().substr(1, text().size() - 2));
}

bool JsonView::is_string(std::string_view content) const {
    if (!is_string()) return false;
    return node().escaped ? as_string() == content : text().substr(1, text().size() - 2) == content;
}

std::optional<JsonView> JsonView::at(std::size_t index) const noexcept {
    if (!is_array() || index >= size()) return std::nullopt;
    Iterator it = begin();
    for (; index > 0; --index) ++it;
    return *it;
}

std::optional<JsonView> JsonView::find(std::string_view name) const {
    std::optional<JsonView> found;
    if (!is_object()) return found;
    for (Iterator it = begin(); it != end(); ++it) {
        if (it.named(name)) found = *it;
    }
    return found;
}

std::string JsonView::Iterator::name() const {
    return object_ ? JsonView(document_, node_).as_string() : std::string();
}

bool JsonView::Iterator::named(std::string_view name) const {
    return object_ && JsonView(document_, node_).is_string(name);
}

}  // namespace lamina
