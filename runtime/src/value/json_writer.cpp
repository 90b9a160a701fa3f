#include <charconv>
#include <cmath>

#include <lamina/value/json_writer.hpp>

namespace lamina {
namespace {

bool needs_escape(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void append_escape(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += static_cast<char>('0' + (byte >> 4U));
    out += "0123456789abcdef"[byte & 15U];
}

}  // namespace

void append_json_string(std::string& out, std::string_view content) {
    out.reserve(out.size() + content.size() + 2);
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (!needs_escape(content[i])) continue;
        out += content.substr(plain, i - plain);
        append_escape(out, content[i]);
        plain = i + 1;
    }
    out += content.substr(plain);
    out += '"';
}

void JsonWriter::separate() {
    if (comma_) text_ += ',';
    comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    text_ += bracket;
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    text_ += bracket;
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
    separate();
    append_json_string(text_, name);
    text_ += ':';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) { return raw(std::to_string(value)); }

JsonWriter& JsonWriter::number(double value) {
    if (!std::isfinite(value)) return null();
    char text[32];
    return raw({text, static_cast<std::size_t>(std::to_chars(text, text + sizeof text, value).ptr - text)});
}

JsonWriter& JsonWriter::string(std::string_view content) {
    separate();
    append_json_string(text_, content);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
}

}  // namespace lamina
