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
    for (const Entry& entry : entries_) {
        if (entry.name.empty() || entry.argument.value()) continue;
        error("The `" + std::string{entry.name} + "` argument is missing a value.", entry.argument.span());
        usable_ = false;
    }
    if (!usable_) return;
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
        const bool of_block = attribute_.kind() == ast::NodeKind::BlockAttribute;
        out_->push(messages::attribute("The `" + std::string{argument.name()} + "` argument is missing a value.",
                                       (of_block ? "@@" : "@") + std::string{attribute_.name()}, argument.span()));
        broken_ = true;
    }
}

std::optional<ast::Expression> ArgumentReader::take(Entry& entry) {
    entry.used = true;
    return entry.argument.value();
}

ArgumentReader::Entry* ArgumentReader::find(std::string_view name) {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (entry->name == name && entry->argument.value()) return &*entry;
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
    if (const auto clash = named_and_unnamed(name)) return std::nullopt;
    if (find(name) != nullptr) return optional(name);
    Entry* unnamed = find("");
    return unnamed != nullptr ? take(*unnamed) : std::nullopt;
}

std::optional<ast::Expression> ArgumentReader::required_default(std::string_view name) {
    if (const auto clash = named_and_unnamed(name)) {
        out_->push(messages::argument_twice_unnamed(name, clash->span()));
        return find("")->argument.value();
    }
    auto value = optional_default(name);
    if (!value) out_->push(messages::argument_missing(name, attribute_.span()));
    return value;
}

std::optional<ast::Argument> ArgumentReader::named_and_unnamed(std::string_view name) {
    const Entry* named = find(name);
    Entry* unnamed = find("");
    if (named == nullptr || unnamed == nullptr) return std::nullopt;
    for (Entry& other : entries_) other.used = other.used || other.name == name;
    unnamed->used = true;
    return named->argument;
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
    if (count == 1) {
        ArgumentReader reader{found->attribute, *out_};
        return reader.usable() ? std::optional{std::move(reader)} : std::nullopt;
    }
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
        ArgumentReader reader{entry.attribute, *out_};
        if (reader.usable()) return reader;
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
