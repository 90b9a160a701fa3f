#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/value/json.hpp>

namespace lamina {

class JsonView;

/// Parsed JSON text: the text and an index over it. Views (`root()`) depend on the document and on its address.
class JsonDocument {
public:
    /// Fails with P2007 and the offset of the first mistake.
    static Result<JsonDocument> parse(std::string text);

    JsonView root() const noexcept;
    const std::string& text() const noexcept { return text_; }

private:
    friend class JsonView;
    friend class JsonParser;

    /// A value in the text. The values inside follow it at once; `next` is the index behind the last of them.
    struct Node {
        std::uint8_t kind = 0;
        bool escaped = false;     ///< a string with escapes
        std::uint32_t count = 0;  ///< elements, or members
        std::uint32_t next = 0;
        std::size_t begin = 0;  ///< in the text
        std::size_t end = 0;
    };

    std::string text_;
    std::vector<Node> nodes_;
};

/// A value inside a JsonDocument. Cheap to copy; depends on the document.
class JsonView {
public:
    enum class Kind : std::uint8_t { Null, False, True, Number, String, Array, Object };

    Kind kind() const noexcept { return static_cast<Kind>(node().kind); }
    bool is_null() const noexcept { return kind() == Kind::Null; }
    bool is_boolean() const noexcept { return kind() == Kind::True || kind() == Kind::False; }
    bool is_number() const noexcept { return kind() == Kind::Number; }
    bool is_string() const noexcept { return kind() == Kind::String; }
    bool is_array() const noexcept { return kind() == Kind::Array; }
    bool is_object() const noexcept { return kind() == Kind::Object; }

    /// The value's exact text.
    std::string_view text() const noexcept;
    /// Whether it is the literal true.
    bool as_boolean() const noexcept { return kind() == Kind::True; }
    /// A number as an integer, if it is one without point and exponent and fits.
    std::optional<std::int64_t> as_int64() const noexcept;
    /// A string's content, unescaped.
    std::string as_string() const;
    /// Whether it is a string with this content; does not allocate.
    bool is_string(std::string_view content) const;

    /// Elements of an array, members of an object; 0 for others.
    std::size_t size() const noexcept { return node().count; }
    /// The element at an index, in linear time; use the iterator to walk. Nothing when out of range or not an array.
    std::optional<JsonView> at(std::size_t index) const noexcept;
    /// The member of that name (the last, if there are several). Nothing when there is none or not an object.
    std::optional<JsonView> find(std::string_view name) const;

    /// Walks the elements of an array, or the members of an object, in the order of the text.
    class Iterator {
    public:
        /// The element, or the member's value.
        JsonView operator*() const noexcept { return value(); }
        JsonView value() const noexcept { return JsonView(document_, object_ ? node_ + 1 : node_); }
        /// The member's name, unescaped; empty in an array.
        std::string name() const;
        /// Whether the member's name is this; does not allocate.
        bool named(std::string_view name) const;
        Iterator& operator++() noexcept {
            node_ = document_->nodes_[object_ ? node_ + 1 : node_].next;
            return *this;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.node_ == b.node_; }

    private:
        friend class JsonView;
        Iterator(const JsonDocument* document, std::uint32_t node, bool object) noexcept
            : document_(document), node_(node), object_(object) {}
        // A member is two nodes: its name, then its value.
        const JsonDocument* document_;
        std::uint32_t node_;
        bool object_;
    };
    Iterator begin() const noexcept { return size() == 0 ? end() : Iterator(document_, node_ + 1, is_object()); }
    Iterator end() const noexcept { return Iterator(document_, node().next, is_object()); }

private:
    friend class JsonDocument;
    JsonView(const JsonDocument* document, std::uint32_t node) noexcept : document_(document), node_(node) {}
    const JsonDocument::Node& node() const noexcept { return document_->nodes_[node_]; }

    const JsonDocument* document_;
    std::uint32_t node_;
};

inline JsonView JsonDocument::root() const noexcept { return JsonView(this, 0); }

}  // namespace lamina
