#include "text_rows.hpp"

#include <lamina/base/try.hpp>

namespace fixture {
namespace {

using lamina::Result;
using lamina::Type;
using lamina::Value;
using Columns = std::vector<std::optional<std::string>>;

Value value_of(const std::optional<std::string>& column, Type type) {
    if (!column) return {};
    const std::string& text = *column;
    switch (type) {
        case Type::Int: return std::stoi(text);
        case Type::BigInt: return std::int64_t{std::stoll(text)};
        case Type::Decimal: return lamina::Decimal(text);
        case Type::Enum: return Value::enumeration(text);
        case Type::DateTime: return *lamina::DateTime::parse(text + "Z");
        default: return Value::string(text);
    }
}

/// The parts of "{…,…}" or "(…,…)": quoted ones without their quotes and escapes. What is empty and not quoted is null.
Columns parts_of(std::string_view text) {
    Columns parts;
    text = text.substr(1, text.size() - 2);
    std::optional<std::string> part;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ',' && !quoted) {
            parts.push_back(std::move(part));
            part.reset();
            continue;
        }
        if (!part) part.emplace();
        const bool doubled = quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"';
        if (c == '\\' || doubled) {
            part->push_back(text[++i]);
        } else if (c == '"') {
            quoted = !quoted;
        } else {
            part->push_back(c);
        }
    }
    parts.push_back(std::move(part));
    return parts;
}

}  // namespace

Result<void> TextReader::read(std::span<const lamina::Slot> slots, std::size_t first_column, void* base) {
    for (const lamina::Slot& slot : slots) {
        *reinterpret_cast<Value*>(static_cast<char*>(base) + slot.offset) =
            value_of(columns_.at(first_column++), slot.type);
    }
    return {};
}

Result<void> TextReader::rows(std::size_t column, lamina::RowSink& sink) {
    const std::string& array = columns_.at(column).value();
    if (array == "{}") return {};
    for (const auto& record : parts_of(array)) {
        TextReader reader(parts_of(record.value()));
        LAMINA_TRY(sink.row(reader));
    }
    return {};
}

std::string to_text_format(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Int:
        case Value::Kind::BigInt: return std::to_string(value.as_bigint());
        case Value::Kind::Decimal: return value.as_decimal().to_string();
        case Value::Kind::DateTime: return value.as_datetime().to_string();
        case Value::Kind::List: {
            std::string list = "{";
            for (const Value& item : value.as_list()) {
                list += list.size() > 1 ? ",\"" : "\"";
                for (const char c : to_text_format(item)) {
                    if (c == '"' || c == '\\') list += '\\';
                    list += c;
                }
                list += "\"";
            }
            return list + "}";
        }
        default: return std::string(value.as_string());
    }
}

}  // namespace fixture
