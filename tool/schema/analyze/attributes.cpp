#include "schema/analyze/attributes.hpp"

#include <algorithm>
#include <unordered_set>

#include "schema/analyze/values.hpp"

namespace lamina::schema {

ArgumentReader::ArgumentReader(const ast::Attribute& attribute, Diagnostics& out) : attribute_{attribute}, out_{&out} {
    for (const ast::Argument& argument : attribute.arguments()) entries_.push_back({argument, argument.name(), false});
    check_shape();
}

void ArgumentReader::check_shape() {
    std::string unnamed;
    std::size_t unnamed_count = 0;
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const ast::Argument& argument = entries_[i].argument;
        const std::string_view name = entries_[i].name;
        if (name.empty()) {
            if (const auto value = argument.value()) {
                if (unnamed_count++ != 0) unnamed += ", ";
                unnamed += value->display();
            }
            continue;
        }
        if (!seen.insert(name).second) out_->push(messages::argument_twice(name, argument.span()));
        if (!argument.value()) {
            error("The `" + std::string{name} + "` argument is missing a value.", argument.span());
            entries_[i].used = true;
        }
    }
    if (unnamed_count > 1) {
        error(
            "You provided multiple unnamed arguments. This is not possible. Did you forget the brackets? Did you mean "
            "`[" +
            unnamed + "]`?");
        for (Entry& entry : entries_) entry.used = entry.used || entry.name.empty();
    }
    check_commas(attribute_);
    const auto& tree = attribute_.tree();
    for (auto i = static_cast<std::uint32_t>(attribute_.id()); i < tree[attribute_.id()].subtree_end; ++i) {
        const ast::Node node{&tree, syntax::NodeId{i}};
        if (node.kind() == ast::NodeKind::Call) check_call(node);
    }
}

void ArgumentReader::check_commas(const ast::Node& node) {
    if (const auto comma = ast::trailing_comma(node)) {
        error("Trailing commas are not valid in attribute arguments, please remove the comma.", *comma);
    }
}

void ArgumentReader::check_call(const ast::Node& call) {
    check_commas(call);
    for (const ast::Argument& argument : ast::arguments_of(call)) {
        if (argument.value()) continue;
        error("The `" + std::string{argument.name()} + "` argument is missing a value.", argument.span());
        broken_ = true;
    }
}

std::optional<ast::Expression> ArgumentReader::take(Entry& entry) {
    entry.used = true;
    return entry.argument.value();
}

ArgumentReader::Entry* ArgumentReader::find(std::string_view name) {
    for (Entry& entry : entries_) {
        if (entry.name == name && entry.argument.value()) return &entry;
    }
    return nullptr;
}

std::optional<ast::Expression> ArgumentReader::optional(std::string_view name) {
    Entry* entry = find(name);
    if (entry == nullptr) return std::nullopt;
    for (Entry& other : entries_) other.used = other.used || other.name == name;
    return take(*entry);
}

std::optional<ast::Expression> ArgumentReader::optional_default(std::string_view name) {
    Entry* named = find(name);
    Entry* unnamed = find("");
    if (named != nullptr && unnamed != nullptr && !unnamed->used) {
        out_->push(messages::argument_twice_unnamed(name, named->argument.span()));
        unnamed->used = true;
    }
    if (named != nullptr) return optional(name);
    if (unnamed != nullptr) return take(*unnamed);
    return std::nullopt;
}

std::optional<ast::Expression> ArgumentReader::required_default(std::string_view name) {
    auto value = optional_default(name);
    const bool empty =
        std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
    if (!value && !empty) out_->push(messages::argument_missing(name, attribute_.span()));
    return value;
}

std::optional<std::string> ArgumentReader::optional_name(std::string_view name) {
    const auto value = optional(name);
    if (!value) return std::nullopt;
    auto text = as_string(*value, *out_);
    if (text && text->empty()) {
        error("The `" + std::string{name} + "` argument cannot be an empty string.");
        return std::nullopt;
    }
    return text;
}

void ArgumentReader::error(std::string_view text) { error(text, attribute_.span()); }

void ArgumentReader::error(std::string_view text, support::Span span) {
    out_->push(messages::attribute(text, "@" + std::string{attribute_.name()}, span));
}

void ArgumentReader::discard() {
    for (Entry& entry : entries_) entry.used = true;
}

void ArgumentReader::finish() {
    for (Entry& entry : entries_) {
        if (!entry.used) out_->push(messages::argument_unknown(entry.argument.span()));
        entry.used = true;
    }
}

AttributeReader::AttributeReader(const ast::Item& item, Diagnostics& out) : out_{&out} {
    for (const ast::Attribute& attribute : item.attributes()) entries_.push_back({attribute, attribute.name(), false});
}

std::optional<ArgumentReader> AttributeReader::single(std::string_view name) {
    Entry* found = nullptr;
    std::size_t count = 0;
    for (Entry& entry : entries_) {
        if (entry.name != name) continue;
        entry.used = true;
        found = &entry;
        ++count;
    }
    if (count == 0) return std::nullopt;
    if (count == 1) return ArgumentReader{found->attribute, *out_};
    for (const Entry& entry : entries_) {
        if (entry.name == name) out_->push(messages::attribute_twice(name, entry.attribute.span()));
    }
    return std::nullopt;
}

std::optional<ArgumentReader> AttributeReader::next(std::string_view name) {
    if (asked_ != name) looked_at_ = 0;
    asked_ = name;
    while (looked_at_ < entries_.size()) {
        Entry& entry = entries_[looked_at_++];
        if (entry.used || entry.name != name) continue;
        entry.used = true;
        return ArgumentReader{entry.attribute, *out_};
    }
    return std::nullopt;
}

std::vector<ast::Attribute> AttributeReader::scoped() {
    std::vector<ast::Attribute> found;
    for (Entry& entry : entries_) {
        if (entry.used || entry.name.find('.') == std::string_view::npos) continue;
        entry.used = true;
        found.push_back(entry.attribute);
    }
    return found;
}

void AttributeReader::finish(std::span<const std::string_view> known) {
    for (const Entry& entry : entries_) {
        if (!entry.used) {
            out_->push(messages::attribute_unknown(entry.name, entry.attribute.name_span(), known));
        }
    }
}

}  // namespace lamina::schema
