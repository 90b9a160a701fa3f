#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <lamina/value/json.hpp>

namespace lamina {

/// Appends a text as a JSON string, quoted and escaped.
void append_json_string(std::string& out, std::string_view content);

/// Writes JSON text, commas and colons included. The caller keeps begin and end in balance and names before members.
class JsonWriter {
public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    /// A member's name; its value comes next.
    JsonWriter& name(std::string_view name);

    JsonWriter& null() { return raw("null"); }
    JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
    JsonWriter& integer(std::int64_t value);
    /// The shortest text that reads back as the same double; null if not finite.
    JsonWriter& number(double value);
    JsonWriter& string(std::string_view content);
    /// A value that is JSON text already.
    JsonWriter& raw(std::string_view json);
    JsonWriter& value(const Json& json) { return raw(json.text()); }

    /// What was written so far.
    const std::string& text() const noexcept { return text_; }
    std::string take_text() noexcept { return std::move(text_); }
    Json take() noexcept { return Json::unchecked(std::move(text_)); }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string text_;
    bool comma_ = false;
};

}  // namespace lamina
