#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lamina/error/error.hpp>

namespace lamina {

class JsonDocument;

/// A JSON value as its exact text: numbers keep every digit, objects their order, strings their escapes.
///
/// Read it through `document()` (value/json_document.hpp), write it with JsonWriter (value/json_writer.hpp).
class Json {
public:
    /// The JSON value null.
    Json() : text_("null") {}

    /// Takes text that must be one JSON value of RFC 8259 in UTF-8, at most kMaxDepth deep.
    /// Fails with P2007 and the offset of the first mistake.
    static Result<Json> parse(std::string text);
    /// Takes text that is known to be JSON, such as a database's answer; it is not looked at.
    static Json unchecked(std::string text) noexcept { return Json(std::move(text)); }

    static Json null() { return Json(); }
    static Json boolean(bool value);
    static Json integer(std::int64_t value);
    /// A JSON string with this content, which must be UTF-8.
    static Json string(std::string_view content);

    /// The exact text. The reference depends on this object.
    const std::string& text() const& noexcept { return text_; }
    std::string text() && noexcept { return std::move(text_); }
    const std::string& to_string() const noexcept { return text_; }

    /// Parses the text for reading. Fails as parse does, if the text was unchecked.
    Result<JsonDocument> document() const;

    /// Same value: white space, escapes, the order of members and the spelling of numbers (1.0, 10e-1) do not matter;
    /// of members with the same name the last counts. Texts that are not JSON are equal if they are the same.
    friend bool operator==(const Json& left, const Json& right) { return equal(left.text_, right.text_); }
    /// Equal values have equal hashes.
    std::uint64_t hash() const noexcept { return hash(text_); }

    static bool equal(std::string_view left, std::string_view right);
    static std::uint64_t hash(std::string_view text) noexcept;

    /// How deep arrays and objects may nest.
    static constexpr std::uint32_t kMaxDepth = 512;

private:
    explicit Json(std::string text) noexcept : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lamina
