#include "json/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include <lamina/base/try.hpp>
#include <lamina/value/bytes.hpp>
#include <lamina/value/datetime.hpp>
#include <lamina/value/decimal.hpp>
#include <lamina/value/json_writer.hpp>

#include "json/context.hpp"

namespace lamina::json {
namespace {

constexpr std::array<std::pair<std::string_view, Given>, 9> kTags = {{{"DateTime", Given::DateTime},
                                                                      {"BigInt", Given::BigInt},
                                                                      {"Decimal", Given::Float},
                                                                      {"Bytes", Given::Bytes},
                                                                      {"Json", Given::Json},
                                                                      {"Enum", Given::Enum},
                                                                      {"Raw", Given::Raw},
                                                                      {"FieldRef", Given::FieldRef},
                                                                      {"Param", Given::Param}}};

bool is_big_integer(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool is_decimal(std::string_view text) {
    const bool digits = text.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
    return digits && Decimal::parse(text);
}

bool is_placeholder(JsonView value) {
    const auto name = value.find("name"), type = value.find("type");
    return name && name->is_string() && type && (type->is_string() || (type->is_object() && type->size() == 1));
}

/// Whether a tagged value is one of its tag.
bool is_of_tag(Given tag, JsonView value) {
    switch (tag) {
        case Given::DateTime: return value.is_string() && moment_fault(value.as_string()).empty();
        case Given::BigInt: return value.is_string() && is_big_integer(value.as_string());
        case Given::Float: return value.is_string() && is_decimal(value.as_string());
        case Given::Bytes: return value.is_string() && is_base64(value.as_string()) && from_base64(value.as_string());
        case Given::Json:
        case Given::Enum: return value.is_string();
        case Given::FieldRef: return value.is_object();
        case Given::Param: return is_placeholder(value);
        case Given::Null:
        case Given::Boolean:
        case Given::Int:
        case Given::String:
        case Given::List:
        case Given::Object:
        case Given::Raw: break;
    }
    return true;
}

Error malformed(JsonView json) {
    constexpr std::size_t kLong = 200;
    std::string text(json.text().substr(0, kLong));
    if (json.text().size() > kLong) text += "…";
    return problems::not_a_request("`" + text + "` is not what its `$type` says");
}

/// `tags`: whether there may be any.
Result<void> check_value(JsonView json, std::size_t depth, bool tags) {
    if (depth > kMaxNesting) return problems::too_deep(Place("arguments"));
    if (!json.is_array() && !json.is_object()) return {};
    const Given kind = tags ? given(json) : Given::Object;
    if (kind != Given::List && kind != Given::Object) {
        const auto value = json.find("value");
        if (!value || !is_of_tag(kind, *value)) return malformed(json);
        if (kind == Given::Raw) return {};
        if (kind == Given::Param) return problems::not_yet("A placeholder (`Param`)");
        return check_value(*value, depth + 1, tags);
    }
    for (const JsonView inside : json) LAMINA_TRY(check_value(inside, depth + 1, tags));
    return {};
}

Result<void> check_tags_of(JsonView field, std::size_t depth, bool tags) {
    if (depth > kMaxNesting) return problems::too_deep(Place("selection"));
    if (!field.is_object()) return {};
    if (const auto arguments = field.find("arguments")) LAMINA_TRY(check_value(*arguments, 0, tags));
    if (const auto selection = field.find("selection")) {
        for (const JsonView member : *selection) LAMINA_TRY(check_tags_of(member, depth + 1, tags));
    }
    return {};
}

bool names_twice(JsonView json, std::vector<std::string>& names) {
    constexpr std::size_t kFew = 8;
    if (json.size() <= kFew) {
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            auto other = member;
            while (++other != json.end()) {
                if (other.named(name)) return true;
            }
        }
        return false;
    }
    names.clear();
    for (auto member = json.begin(); member != json.end(); ++member) names.push_back(member.name());
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

/// Does any object in it name a member twice?
bool repeats(JsonView json, std::vector<std::string>& names) {
    if (!json.is_object() && !json.is_array()) return false;
    if (json.is_object() && json.size() > 1 && names_twice(json, names)) return true;
    for (const JsonView inside : json) {
        if (repeats(inside, names)) return true;
    }
    return false;
}

void write_once(JsonView json, JsonWriter& out) {
    if (json.is_array()) {
        out.begin_array();
        for (const JsonView item : json) write_once(item, out);
        out.end_array();
    } else if (json.is_object()) {
        std::vector<std::string> names;
        out.begin_object();
        for (auto member = json.begin(); member != json.end(); ++member) {
            std::string name = member.name();
            if (std::find(names.begin(), names.end(), name) != names.end()) continue;
            out.name(name);
            write_once(*json.find(name), out);
            names.push_back(std::move(name));
        }
        out.end_object();
    } else {
        out.raw(json.text());
    }
}

Result<void> check_field(JsonView field, std::size_t depth) {
    if (depth > kMaxNesting) return problems::too_deep(Place("selection"));
    const auto arguments = field.find("arguments");
    if (arguments && !arguments->is_null() && !arguments->is_object()) {
        return problems::not_a_request("`arguments` must be an object");
    }
    const auto selection = field.find("selection");
    if (!selection || !selection->is_object()) {
        return problems::not_a_request("`selection` is missing, or no object");
    }
    for (auto member = selection->begin(); member != selection->end(); ++member) {
        const JsonView inner = *member;
        if (inner.is_boolean()) continue;
        if (!inner.is_object()) {
            return problems::not_a_request("`" + member.name() + "` of a selection must be true, false or an object");
        }
        for (auto part = inner.begin(); part != inner.end(); ++part) {
            if (part.named("arguments") || part.named("selection")) continue;
            return problems::not_a_request("unknown member `" + part.name() + "` of `" + member.name() + "`");
        }
        LAMINA_TRY(check_field(inner, depth + 1));
    }
    return {};
}

void write_document(JsonView json, JsonWriter& out) {
    switch (given(json)) {
        case Given::List:
            out.begin_array();
            for (const JsonView item : json) write_document(item, out);
            out.end_array();
            return;
        case Given::Object:
            out.begin_object();
            for (auto member = json.begin(); member != json.end(); ++member) {
                out.name(member.name());
                write_document(*member, out);
            }
            out.end_object();
            return;
        case Given::DateTime: {
            const auto moment = DateTime::parse(untagged(json).as_string());
            return moment ? static_cast<void>(out.string(moment->to_string())) : static_cast<void>(out.raw("null"));
        }
        case Given::Float:
            if (json.is_number()) break;
            if (const auto number = Decimal::parse(untagged(json).as_string())) {
                out.raw(number->to_string());
                return;
            }
            break;
        case Given::BigInt:
        case Given::Bytes:
        case Given::Json:
        case Given::Enum: out.string(untagged(json).as_string()); return;
        case Given::FieldRef: return write_document(untagged(json), out);
        case Given::Null:
        case Given::Boolean:
        case Given::Int:
        case Given::String:
        case Given::Raw:
        case Given::Param: break;
    }
    out.raw(untagged(json).text());
}

}  // namespace

Given given(JsonView json) {
    switch (json.kind()) {
        case JsonView::Kind::Null: return Given::Null;
        case JsonView::Kind::False:
        case JsonView::Kind::True: return Given::Boolean;
        case JsonView::Kind::Number: return json.as_int64() ? Given::Int : Given::Float;
        case JsonView::Kind::String: return Given::String;
        case JsonView::Kind::Array: return Given::List;
        case JsonView::Kind::Object: break;
    }
    const auto tag = json.find("$type");
    if (!tag || !tag->is_string()) return Given::Object;
    for (const auto& [name, kind] : kTags) {
        if (tag->is_string(name)) return kind;
    }
    return Given::Object;
}

JsonView untagged(JsonView json) {
    if (!json.is_object() || given(json) == Given::Object) return json;
    return json.find("value").value_or(json);
}

JsonView word_of(JsonView json) { return given(json) == Given::Enum ? untagged(json) : json; }

bool is_document(JsonView json) {
    if (!json.is_array()) return given(json) != Given::Enum && given(json) != Given::FieldRef;
    for (const JsonView item : json) {
        if (!is_document(item)) return false;
    }
    return true;
}

std::string document_text(JsonView json) {
    if (json.text().find("$type") == std::string_view::npos) return compact_json(json.text());
    JsonWriter out;
    write_document(json, out);
    return compact_json(out.text());
}

bool is_base64(std::string_view text) {
    return text.size() % 4 == 0 && text.find_first_of("-_") == std::string_view::npos;
}

std::string_view moment_fault(std::string_view text) {
    // Years beyond 9999 carry a sign; what we tell of them can be given back.
    const bool far = text.starts_with('+') || text.starts_with('-');
    std::size_t at = far ? 1 : 0;
    constexpr std::string_view kEnd = "premature end of input", kWrong = "input contains invalid characters";
    const auto read = [&](std::string_view pattern) -> std::string_view {
        for (const char wanted : pattern) {
            if (at >= text.size()) return kEnd;
            const char c = text[at];
            const bool fits = wanted == '0'   ? c >= '0' && c <= '9'
                              : wanted == 'T' ? c == 'T' || c == 't' || c == ' '
                                              : c == wanted;
            if (!fits) return kWrong;
            ++at;
        }
        return {};
    };
    if (const auto fault = read(far ? "000000-00-00T00:00:00" : "0000-00-00T00:00:00"); !fault.empty()) return fault;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (const auto fault = read("0"); !fault.empty()) return fault;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    }
    if (at >= text.size()) return kEnd;
    if (text[at] == 'Z' || text[at] == 'z') {
        ++at;
    } else {
        if (text[at] != '+' && text[at] != '-') return kWrong;
        ++at;
        if (const auto fault = read("00:00"); !fault.empty()) return fault;
    }
    return at == text.size() ? std::string_view() : "trailing input";
}

Result<void> check_envelope(JsonView request) {
    if (!request.is_object()) return problems::not_a_request("it must be an object");
    const auto query = request.find("query");
    if (!query || !query->is_object()) return problems::not_a_request("`query` is missing, or no object");
    return check_field(*query, 0);
}

std::optional<std::string> said_once(JsonView request) {
    std::vector<std::string> names;
    if (!repeats(request, names)) return std::nullopt;
    JsonWriter out;
    write_once(request, out);
    return out.take_text();
}

Result<void> check_tags(JsonView request) {
    // Most requests have none, and then their names need no look.
    const std::string_view text = request.text();
    const bool tags = text.find("$type") != std::string_view::npos || text.find('\\') != std::string_view::npos;
    return check_tags_of(*request.find("query"), 0, tags);
}

}  // namespace lamina::json
