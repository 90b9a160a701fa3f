#include "check.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace conformance {
namespace {

/// What a kind of id is made of: 'h' a hexadecimal digit, 'b' a letter or digit, 'a' a letter, 'u' one of Crockford's
/// 32 characters; anything else stands for itself.
bool fits(char c, char kind) {
    const bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'z';
    switch (kind) {
        case 'h': return digit || (c >= 'a' && c <= 'f');
        case 'b': return digit || letter;
        case 'a': return letter;
        case 'u': return digit || (c >= 'A' && c <= 'Z' && std::string_view("ILOU").find(c) == std::string_view::npos);
        default: return c == kind;
    }
}

bool has_format(const std::string& text, const std::string& format) {
    std::string form;
    if (format == "uuid") form = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    if (format == "cuid1") form = "c" + std::string(24, 'b');
    if (format == "cuid2") form = "a" + std::string(23, 'b');
    if (format == "ulid") form = std::string(26, 'u');
    return !form.empty() && std::equal(text.begin(), text.end(), form.begin(), form.end(), fits);
}

const Json* find(const Json& json, const std::string& pointer) {
    try {
        return &json.at(Json::json_pointer(pointer));
    } catch (const Json::exception&) {
        return nullptr;
    }
}

/// An object's member that is an object, or an empty one. Not a copy: loops go over its parts.
const Json& object_of(const Json& json, const char* name) {
    static const Json empty = Json::object();
    return json.contains(name) ? json.at(name) : empty;
}

/// Equal as JSON: members in any order, numbers by value.
bool same(const Json& a, const Json& b) {
    if (a.is_object() && b.is_object()) {
        if (a.size() != b.size()) return false;
        for (const auto& [name, value] : a.items()) {
            if (!b.contains(name) || !same(value, b.at(name))) return false;
        }
        return true;
    }
    if (a.is_array() && b.is_array()) {
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same);
    }
    // The last bits of a sum depend on the order of its parts.
    if (a.is_number_float() && b.is_number_float()) {
        const double x = a, y = b;
        return std::abs(x - y) <= 1e-14 * std::abs(x);
    }
    return a == b;
}

Json without_spaces(const Json& json) {
    Json result = json;
    if (json.is_string()) {
        std::string text = json;
        std::erase(text, ' ');
        result = text;
    } else if (json.is_structured()) {
        for (auto& item : result) item = without_spaces(item);
    }
    return result;
}

/// Members in alphabetical order, so that equal objects have equal texts.
Json sorted(const Json& json) {
    if (json.is_array()) {
        Json result = Json::array();
        for (const Json& item : json) result.push_back(sorted(item));
        return result;
    }
    if (!json.is_object()) return json;
    std::vector<std::string> names;
    for (const auto& [name, value] : json.items()) names.push_back(name);
    std::sort(names.begin(), names.end());
    Json result = Json::object();
    for (const std::string& name : names) result[name] = sorted(json.at(name));
    return result;
}

Json as_multiset(const Json& list) {
    if (!list.is_array()) return list;
    std::vector<Json> items;
    for (const Json& item : list) items.push_back(sorted(item));
    std::sort(items.begin(), items.end(), [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
    return Json(items);
}

/// One step's look at an answer.
class Checker {
public:
    Checker(const Json& step, const Json& answer, const Captured& captured)
        : step_(step), answer_(answer), captured_(captured) {
        collect_errors(answer);
    }

    std::string check() {
        errors();
        if (problem_.empty()) whole();
        if (problem_.empty()) parts();
        return problem_;
    }

private:
    void fail(const std::string& what, const Json& expected, const Json& found) {
        if (problem_.empty()) problem_ = what + "\n    expected " + expected.dump() + "\n    found    " + found.dump();
    }

    void collect_errors(const Json& json) {
        if (!json.is_object()) return;
        if (json.contains("errors")) {
            for (const Json& error : json["errors"]) errors_.push_back(error);
        }
        if (json.contains("batchResult")) {
            for (const Json& item : json["batchResult"]) collect_errors(item);
        }
    }

    void errors() {
        const bool wanted = step_.contains("expect_error") || step_.contains("expect_error_code") ||
                            step_.contains("expect_error_message_contains") ||
                            step_.contains("expect_batch_request_idx");
        if (wanted && errors_.empty()) {
            fail("an error is missing", step_.value("expect_error_code", Json("an error")), answer_);
        } else if (!wanted && !errors_.empty() && (step_.contains("expect_success") || step_.contains("capture"))) {
            fail("there is an error", "success", answer_);
        }
        if (step_.contains("expect_error_code")) {
            const Json& code = step_["expect_error_code"];
            if (std::none_of(errors_.begin(), errors_.end(),
                             [&](const Json& e) { return e.value("code", Json()) == code; }))
                fail("the error's code", code, answer_);
        }
        for (const Json& text : step_.value("expect_error_message_contains", Json::array())) {
            const auto has = [&](const Json& error) {
                return error.value("message", "").find(text.get<std::string>()) != std::string::npos;
            };
            if (std::none_of(errors_.begin(), errors_.end(), has)) fail("the error's message", text, answer_);
        }
        if (step_.contains("expect_batch_request_idx")) {
            const Json& index = step_["expect_batch_request_idx"];
            if (!errors_.empty() && errors_[0].value("batchRequestIdx", Json()) != index) {
                fail("batchRequestIdx", index, errors_[0]);
            }
        }
    }

    bool equal(Json expected, Json found, const std::string& at = "") const {
        expected = with_captured(expected, captured_);
        if (step_.value("ignore_spaces_in_strings", false)) {
            expected = without_spaces(expected);
            found = without_spaces(found);
        }
        for (const Json& pointer : step_.value("unordered_at", Json::array())) {
            const std::string path = pointer;
            if (!path.starts_with(at)) continue;
            const Json::json_pointer below(path.substr(at.size()));
            if (expected.contains(below)) expected[below] = as_multiset(expected[below]);
            if (found.contains(below)) found[below] = as_multiset(found[below]);
        }
        return same(expected, found);
    }

    void whole() {
        if (step_.contains("expect_json") && !equal(step_["expect_json"], answer_)) {
            fail("the answer", with_captured(step_["expect_json"], captured_), answer_);
        }
        if (step_.contains("expect_one_of")) {
            const Json& all = step_["expect_one_of"];
            if (std::none_of(all.begin(), all.end(), [&](const Json& one) { return equal(one, answer_); }))
                fail("the answer (one of)", all, answer_);
        }
    }

    /// The value at a pointer; fails when there is none.
    const Json* at(const std::string& pointer) {
        const Json* found = find(answer_, pointer);
        if (found == nullptr) fail("there is no " + pointer, "a value", answer_);
        return found;
    }

    void parts() {
        for (const auto& [pointer, expected] : object_of(step_, "expect_at").items()) {
            const Json* found = at(pointer);
            if (found != nullptr && !equal(expected, *found, pointer)) fail(pointer, expected, *found);
        }
        for (const auto& [pointer, expected] : object_of(step_, "expect_at_one_of").items()) {
            const Json* found = at(pointer);
            const std::string path = pointer;
            if (found == nullptr) continue;
            if (std::none_of(expected.begin(), expected.end(),
                             [&](const Json& one) { return equal(one, *found, path); }))
                fail(pointer + " (one of)", expected, *found);
        }
        for (const auto& [pointer, expected] : object_of(step_, "expect_len").items()) {
            const Json* found = at(pointer);
            if (found == nullptr) continue;
            const std::size_t length = found->is_string() ? found->get<std::string>().size() : found->size();
            if (Json(length) != expected) fail("the length of " + pointer, expected, length);
        }
        texts("expect_contains", true);
        texts("expect_not_contains", false);
        for (const auto& [pointer, expected] : object_of(step_, "expect_eq_captured").items()) {
            const Json* found = at(pointer);
            if (found != nullptr && !equal(expected, *found)) fail(pointer, with_captured(expected, captured_), *found);
        }
        for (const auto& [pointer, expected] : object_of(step_, "expect_ne_captured").items()) {
            const Json* found = find(answer_, pointer);  // nothing at all is something else, too
            if (found != nullptr && equal(expected, *found)) fail(pointer + " (should differ)", expected, *found);
        }
        formats();
        existing();
    }

    void texts(const char* member, bool wanted) {
        for (const Json& item : step_.value(member, Json::array())) {
            const Json* found = at(item.value("at", ""));
            if (found == nullptr) continue;
            const std::string text = found->is_string() ? found->get<std::string>() : found->dump();
            const bool there = text.find(item.value("text", "")) != std::string::npos;
            if (there != wanted) fail(member, item, *found);
        }
    }

    void formats() {
        for (const auto& [pointer, expected] : object_of(step_, "expect_format").items()) {
            const Json* found = at(pointer);
            if (found == nullptr) continue;
            if (!found->is_string() || !has_format(found->get<std::string>(), expected.get<std::string>())) {
                fail("the format of " + pointer, expected, *found);
            }
        }
    }

    void existing() {
        const Json& pointers = step_.value("expect_exists", Json::array());
        for (const Json& pointer : pointers.is_array() ? pointers : Json::array({pointers})) {
            if (pointer.is_string()) at(pointer);
        }
    }

    const Json& step_;
    const Json& answer_;
    const Captured& captured_;
    std::vector<Json> errors_;
    std::string problem_;
};

}  // namespace

Json with_captured(const Json& json, const Captured& captured) {
    if (json.is_string()) {
        std::string text = json;
        for (const auto& [name, value] : captured) {
            const std::string mark = "${" + name + "}";
            if (text == mark) return value;
            const std::string shown = value.is_string() ? value.get<std::string>() : value.dump();
            for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + shown.size())) {
                text.replace(at, mark.size(), shown);
            }
        }
        return text;
    }
    Json result = json;
    if (json.is_structured()) {
        for (auto& item : result) item = with_captured(item, captured);
    }
    return result;
}

Json without_tags(const Json& json) {
    if (json.is_object() && json.size() == 2 && json.contains("$type") && json.contains("value")) return json["value"];
    Json result = json;
    if (json.is_structured()) {
        for (auto& item : result) item = without_tags(item);
    }
    return result;
}

std::string check(const Json& step, const Json& answer, const Captured& captured) {
    return Checker(step, answer, captured).check();
}

std::string capture(const Json& step, const Json& answer, Captured& captured) {
    for (const auto& [name, pointer] : object_of(step, "capture").items()) {
        const Json* found = find(answer, pointer);
        if (found == nullptr) return "nothing to capture at " + pointer.get<std::string>() + " of " + answer.dump();
        captured[name] = *found;
    }
    return {};
}

}  // namespace conformance
