#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <lamina/value/json_document.hpp>

namespace lamina {

/// Checks JSON text (RFC 8259) and, if asked, notes where its values are. Does not recurse.
class JsonParser {
public:
    using Node = JsonDocument::Node;

    /// With null nodes the text is only checked.
    JsonParser(std::string_view text, std::vector<JsonDocument::Node>* nodes) noexcept : text_(text), nodes_(nodes) {}

    Result<void> run();

    /// Parses text whose storage is the caller's: for comparing and hashing without a copy. Empty if it is not JSON.
    static std::vector<JsonDocument::Node> index(std::string_view text);

private:
    struct Level {
        std::uint32_t node;
        std::uint32_t count;
        bool object;
    };

    void skip_space() noexcept;
    bool accept(char c) noexcept;
    bool value(bool& opened);
    bool literal(std::string_view word, JsonView::Kind kind);
    bool number();
    bool string();
    bool escape();
    bool member_name();
    bool open(JsonView::Kind kind);
    bool after_value();
    void close();
    bool fail(const char* problem) noexcept;
    void add(JsonView::Kind kind, std::size_t begin, bool escaped);

    std::string_view text_;
    std::vector<Node>* nodes_;
    std::vector<Level> levels_;
    std::size_t at_ = 0;
    const char* problem_ = nullptr;
};

/// A string's content, given its text with quotes. Lone surrogates become U+FFFD.
std::string unescape_json_string(std::string_view quoted);

}  // namespace lamina
