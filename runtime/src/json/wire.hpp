#pragma once

#include <optional>
#include <string>

#include <lamina/error/error.hpp>
#include <lamina/value/json_document.hpp>

// Inner header: the protocol's own forms, before the schema has a say.

namespace lamina::json {

/// What a value in the arguments is: JSON's kinds, and the tagged ones, {"$type": "DateTime", "value": "…"}.
enum class Given : std::uint8_t {
    Null,
    Boolean,
    Int,    ///< a number without point and exponent that fits 64 bits
    Float,  ///< any other number, and Decimal
    String,
    List,
    Object,  ///< an unknown tag is a member like any other
    DateTime,
    BigInt,
    Bytes,
    Json,
    Enum,
    Raw,
    FieldRef,
    Param
};

/// What the value is. A tagged one may still be malformed: see check_wire.
Given given(JsonView json);
/// What stands inside of a tag; the value itself when there is none.
JsonView untagged(JsonView json);

/// The text of a word, which may be tagged as Enum; else the value itself.
JsonView word_of(JsonView json);

/// Whether it can be JSON content: no list of words or of references to fields.
bool is_document(JsonView json);
/// JSON content as text. Tagged values in it become what JSON has for them: texts, numbers.
std::string document_text(JsonView json);

/// Whether text can be base64 as the protocol has it: padded, and not of the alphabet for addresses.
bool is_base64(std::string_view text);
/// Checks that text is a moment of RFC 3339: empty, or what is wrong, in the words of the engine.
std::string_view moment_fault(std::string_view text);

/// The request with every member once, if any object in it names one twice: the last one counts, as everywhere in JSON.
std::optional<std::string> said_once(JsonView request);
/// Checks the form of a request: its members, the selection down to the last. Fails with P2008.
Result<void> check_envelope(JsonView request);
/// Checks that the tagged values of all arguments are what their tags say. Fails with P2008, P2026 for placeholders.
Result<void> check_tags(JsonView request);

}  // namespace lamina::json
