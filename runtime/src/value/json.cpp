#include <algorithm>

#include <lamina/base/hash.hpp>
#include <lamina/value/json.hpp>
#include <lamina/value/json_document.hpp>
#include <lamina/value/json_writer.hpp>

#include "json_parser.hpp"

namespace lamina {
namespace {

/// A number's text as 0.digits × 10^exponent without zeros at either end: equal numbers have equal forms.
struct NumberForm {
    bool negative = false;
    std::string digits;
    std::string exponent;  ///< as digits too where it is beyond 18 of them, so that nothing overflows
    friend bool operator==(const NumberForm&, const NumberForm&) = default;
};

NumberForm form_of(std::string_view text) {
    NumberForm form;
    form.negative = text[0] == '-';
    if (form.negative) text.remove_prefix(1);
    const std::size_t e = text.find_first_of("eE");
    const std::string_view mantissa = text.substr(0, e);
    std::int64_t point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
    for (const char c : mantissa) {
        if (c != '.') form.digits += c;
    }
    const std::size_t leading = std::min(form.digits.find_first_not_of('0'), form.digits.size());
    form.digits.erase(0, leading);
    point -= static_cast<std::int64_t>(leading);
    form.digits.erase(form.digits.find_last_not_of('0') + 1);
    if (form.digits.empty()) return {};  // zero has no sign and no exponent
    if (e == std::string_view::npos) {
        form.exponent = std::to_string(point);
        return form;
    }
    std::string_view exponent = text.substr(e + 1);
    const bool negative = exponent[0] == '-';
    if (exponent[0] == '-' || exponent[0] == '+') exponent.remove_prefix(1);
    exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size()));
    if (exponent.size() > 18) {
        form.exponent.assign(negative ? "-" : "").append(exponent).append("/").append(std::to_string(point));
        return form;
    }
    std::int64_t number = 0;
    for (const char digit : exponent) number = number * 10 + (digit - '0');
    form.exponent = std::to_string(point + (negative ? -number : number));
    return form;
}

/// Reads an index of nodes over text that somebody else owns.
class Tree {
public:
    explicit Tree(std::string_view text) : text_(text), nodes_(JsonParser::index(text)) {}

    bool is_json() const noexcept { return !nodes_.empty(); }
    JsonView::Kind kind(std::uint32_t node) const noexcept { return static_cast<JsonView::Kind>(nodes_[node].kind); }
    std::uint32_t count(std::uint32_t node) const noexcept { return nodes_[node].count; }
    std::uint32_t next(std::uint32_t node) const noexcept { return nodes_[node].next; }
    std::string_view text(std::uint32_t node) const noexcept {
        return text_.substr(nodes_[node].begin, nodes_[node].end - nodes_[node].begin);
    }
    std::string string(std::uint32_t node) const {
        const std::string_view quoted = text(node);
        return nodes_[node].escaped ? unescape_json_string(quoted) : std::string(quoted.substr(1, quoted.size() - 2));
    }

    struct Member {
        std::string name;
        std::uint32_t value;
    };
    /// The members sorted by name; of equal names the last.
    std::vector<Member> members(std::uint32_t object) const {
        std::vector<Member> all;
        all.reserve(count(object));
        for (std::uint32_t node = object + 1; node != next(object); node = next(node + 1))
            all.push_back({string(node), node + 1});
        std::stable_sort(all.begin(), all.end(), [](const Member& a, const Member& b) { return a.name < b.name; });
        std::vector<Member> kept;
        for (Member& member : all) {
            if (!kept.empty() && kept.back().name == member.name) {
                kept.back().value = member.value;
            } else {
                kept.push_back(std::move(member));
            }
        }
        return kept;
    }

private:
    std::string_view text_;
    std::vector<JsonParser::Node> nodes_;
};

// Recursion is bounded by Json::kMaxDepth, which the parser keeps.

bool equal_nodes(const Tree& a, std::uint32_t x, const Tree& b, std::uint32_t y) {
    if (a.kind(x) != b.kind(y)) return false;
    switch (a.kind(x)) {
        case JsonView::Kind::Null:
        case JsonView::Kind::False:
        case JsonView::Kind::True: return true;
        case JsonView::Kind::Number: return a.text(x) == b.text(y) || form_of(a.text(x)) == form_of(b.text(y));
        case JsonView::Kind::String: return a.string(x) == b.string(y);
        case JsonView::Kind::Array: {
            if (a.count(x) != b.count(y)) return false;
            std::uint32_t i = x + 1, j = y + 1;
            for (; i != a.next(x); i = a.next(i), j = b.next(j)) {
                if (!equal_nodes(a, i, b, j)) return false;
            }
            return true;
        }
        case JsonView::Kind::Object: {
            const auto left = a.members(x), right = b.members(y);
            return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                              [&a, &b](const auto& m, const auto& n) {
                                  return m.name == n.name && equal_nodes(a, m.value, b, n.value);
                              });
        }
    }
    return false;
}

std::uint64_t hash_node(const Tree& tree, std::uint32_t node) {
    const JsonView::Kind kind = tree.kind(node);
    const auto seed = static_cast<std::uint64_t>(kind);
    std::uint64_t hash = base::hash_combine(seed, 0);
    switch (kind) {
        case JsonView::Kind::Null:
        case JsonView::Kind::False:
        case JsonView::Kind::True: break;
        case JsonView::Kind::Number: {
            const NumberForm form = form_of(tree.text(node));
            hash = base::hash_bytes(form.digits, base::hash_bytes(form.exponent, seed + form.negative));
            break;
        }
        case JsonView::Kind::String: hash = base::hash_bytes(tree.string(node), seed); break;
        case JsonView::Kind::Array:
            for (std::uint32_t i = node + 1; i != tree.next(node); i = tree.next(i))
                hash = base::hash_combine(hash, hash_node(tree, i));
            break;
        case JsonView::Kind::Object:
            for (const auto& member : tree.members(node))
                hash = base::hash_combine(base::hash_bytes(member.name, hash), hash_node(tree, member.value));
            break;
    }
    return hash;
}

}  // namespace

Result<Json> Json::parse(std::string text) {
    if (Result<void> checked = JsonParser(text, nullptr).run(); !checked) return checked.error();
    return Json(std::move(text));
}

Json Json::boolean(bool value) { return Json(value ? "true" : "false"); }

Json Json::integer(std::int64_t value) { return Json(std::to_string(value)); }

Json Json::string(std::string_view content) {
    std::string text;
    append_json_string(text, content);
    return Json(std::move(text));
}

Result<JsonDocument> Json::document() const { return JsonDocument::parse(text_); }

bool Json::equal(std::string_view left, std::string_view right) {
    if (left == right) return true;
    const Tree a(left), b(right);
    return a.is_json() && b.is_json() && equal_nodes(a, 0, b, 0);
}

std::uint64_t Json::hash(std::string_view text) noexcept {
    const Tree tree(text);
    return tree.is_json() ? hash_node(tree, 0) : base::hash_bytes(text);
}

}  // namespace lamina
