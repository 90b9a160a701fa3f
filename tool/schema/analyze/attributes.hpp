#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/analyze/context.hpp"

/// Reading attributes: each is asked for by name, what nobody asked for is reported as unknown. The same for arguments.
namespace lamina::schema {

/// The arguments of one attribute. Ask for each, then call `finish`.
class ArgumentReader {
public:
    ArgumentReader(const ast::Attribute& attribute, Diagnostics& out);

    [[nodiscard]] const ast::Attribute& attribute() const noexcept { return attribute_; }
    /// `name: value`, if it is there.
    [[nodiscard]] std::optional<ast::Expression> optional(std::string_view name);
    /// `name: value` or the unnamed argument, if there is one; none when both are there.
    [[nodiscard]] std::optional<ast::Expression> optional_default(std::string_view name);
    /// `name: value` or the unnamed argument; reported when neither is there, or both.
    [[nodiscard]] std::optional<ast::Expression> required_default(std::string_view name);
    /// `map: "…"` and the like: an optional string that must not be empty.
    [[nodiscard]] std::optional<std::string> optional_name(std::string_view name);
    /// False when an argument has no value: that has been said, and the attribute should not be looked at.
    [[nodiscard]] bool usable() const noexcept { return usable_; }
    /// Something inside an argument was wrong and has been said; its value should not be looked at.
    [[nodiscard]] bool broken() const noexcept { return broken_; }
    /// Reports an error of the whole attribute, or of `span` in it.
    void error(std::string_view text);
    void error(std::string_view text, support::Span span);
    /// Takes everything that is left without a word.
    void discard();
    /// Reports every argument that nobody asked for.
    void finish();

private:
    struct Entry {
        ast::Argument argument;
        std::string_view name;
        bool used = false;
    };
    void check_shape();
    void check_commas(const ast::Node& node);
    void check_call(const ast::Node& call);
    std::optional<ast::Expression> take(Entry& entry);
    Entry* find(std::string_view name);
    // When an argument is given both ways: the named one. Both are taken then.
    std::optional<ast::Argument> named_and_unnamed(std::string_view name);

    ast::Attribute attribute_;
    Diagnostics* out_;
    std::vector<Entry> entries_;
    bool usable_ = true;
    bool broken_ = false;  // an argument inside a call has no value
};

/// The attributes of one field, enum value or block. Ask for each, then call `finish`.
class AttributeReader {
public:
    AttributeReader(const ast::Item& item, Diagnostics& out);

    /// The attribute of that name; reported when it stands there more than once (then there is none).
    [[nodiscard]] std::optional<ArgumentReader> single(std::string_view name);
    /// The next attribute of that name that was not asked for yet.
    [[nodiscard]] std::optional<ArgumentReader> next(std::string_view name);
    /// All attributes with a dot in their names (`db.Text`).
    [[nodiscard]] std::vector<ast::Attribute> scoped();
    /// Reports every attribute that nobody asked for.
    void finish(std::span<const std::string_view> known);

private:
    struct Entry {
        ast::Attribute attribute;
        std::string_view name;
        bool used = false;
    };
    Diagnostics* out_;
    std::vector<Entry> entries_;
    std::string_view asked_;     // what `next` was asked for last, and how far it has looked: a block may have
    std::size_t looked_at_ = 0;  // thousands of indexes
};

}  // namespace lamina::schema
