#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <lamina/value/bytes.hpp>
#include <lamina/value/datetime.hpp>
#include <lamina/value/decimal.hpp>
#include <lamina/value/json.hpp>
#include <lamina/value/type.hpp>

namespace lamina {

/// Any value that a field can have, as a program hands it to a query or gets it from a dynamic row: 24 bytes.
///
/// Regular: copies, compares and hashes by content. Texts of up to 22 bytes need no allocation. A moved-from value is
/// null.
class Value {
public:
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ takes Kind::Bytes for a shadow of lamina::Bytes
    enum class Kind : std::uint8_t {
        Unset,  ///< not given at all, as opposed to null
        Null,
        Boolean,
        Int,
        BigInt,
        Float,
        DateTime,
        Decimal,
        String,
        Enum,  ///< an enum's label
        Json,
        Bytes,
        List
    };
#pragma GCC diagnostic pop
    using List = std::vector<Value>;

    /// Null.
    Value() noexcept : Value(Kind::Null) {}
    Value(std::nullptr_t) noexcept : Value(Kind::Null) {}
    Value(std::nullopt_t) noexcept : Value(Kind::Null) {}

    template <class B>
    requires std::is_same_v<B, bool> Value(B value)
    noexcept : Value(Kind::Boolean) { integer_ = value; }
    /// Int for integers of up to 32 bits, BigInt for wider ones and for unsigned 32-bit ones.
    template <class I>
    requires(std::is_integral_v<I> && !std::is_same_v<I, bool> && !std::is_same_v<I, char> &&
             (sizeof(I) < 8 || std::is_signed_v<I>)) Value(I value)
    noexcept : Value(sizeof(I) < 4 || (sizeof(I) == 4 && std::is_signed_v<I>) ? Kind::Int : Kind::BigInt) {
        integer_ = static_cast<std::int64_t>(value);
    }
    /// A template, so that a 64-bit unsigned integer does not slip into a double.
    template <class F>
    requires(std::is_same_v<F, double> || std::is_same_v<F, float>) Value(F value)
    noexcept : Value(Kind::Float) { float_ = static_cast<double>(value); }
    Value(lamina::DateTime value) noexcept : Value(Kind::DateTime) { integer_ = value.unix_microseconds(); }
    template <class D>
    requires std::is_same_v<std::remove_cvref_t<D>, lamina::Decimal> Value(D&& value)
    noexcept : Value(Kind::Decimal) { ::new (&decimal_) lamina::Decimal(std::forward<D>(value)); }
    Value(std::string_view value) : Value(Kind::String, value) {}
    Value(const std::string& value) : Value(Kind::String, value) {}
    Value(const char* value) : Value(Kind::String, std::string_view(value)) {}
    Value(const lamina::Json& value) : Value(Kind::Json, value.text()) {}
    /// Templates, so that compilers need not ask of every other type whether it makes a std::span or a std::vector:
    /// that took a third of this header's compile time.
    template <class B, std::size_t N>
    requires std::is_same_v<std::remove_const_t<B>, std::byte> Value(std::span<B, N> value)
        : Value(Kind::Bytes, as_text(value)) {}
    template <class B>
    requires std::is_same_v<B, lamina::Bytes> Value(const B& value) : Value(Kind::Bytes, as_text(value)) {}
    Value(List value);
    /// Null when there is none.
    template <class T>
    requires std::is_constructible_v<Value, const T&> Value(const std::optional<T>& value)
        : Value(value ? Value(*value) : Value()) {}
    /// A list of anything that a value can be made of.
    template <class T>
    requires(!std::is_same_v<T, Value> && !std::is_same_v<T, std::byte> && std::is_constructible_v<Value, const T&>)
        Value(const std::vector<T>& values)
        : Value(list_of(values)) {}

    /// Not given: its default applies. Not the same as null.
    static Value unset() noexcept { return Value(Kind::Unset); }
    /// The label of an enum.
    static Value enumeration(std::string_view label) { return Value(Kind::Enum, label); }
    static Value string(std::string_view text) { return Value(Kind::String, text); }
    static Value json(std::string_view text) { return Value(Kind::Json, text); }
    static Value bytes(std::string_view bytes) { return Value(Kind::Bytes, bytes); }

    Value(const Value& other) : Value(other.kind_) { copy(other); }
    Value(Value&& other) noexcept : Value(Kind::Null) { steal(other); }
    Value& operator=(const Value& other) { return *this = Value(other); }
    Value& operator=(Value&& other) noexcept {
        Value taken(std::move(other));  // first of all: the other may be a part of this
        destroy();
        steal(taken);
        return *this;
    }
    ~Value() { destroy(); }

    Kind kind() const noexcept { return kind_; }
    bool is_unset() const noexcept { return kind_ == Kind::Unset; }
    bool is_null() const noexcept { return kind_ == Kind::Null; }
    bool is_list() const noexcept { return kind_ == Kind::List; }
    /// The scalar type; nothing for Unset, Null and List.
    std::optional<Type> type() const noexcept;

    // The content. The caller knows the kind, which is checked in debug builds only.

    bool as_boolean() const noexcept { return LAMINA_ASSERT(kind_ == Kind::Boolean), integer_ != 0; }
    std::int32_t as_int() const noexcept {
        return LAMINA_ASSERT(kind_ == Kind::Int), static_cast<std::int32_t>(integer_);
    }
    /// Of an Int or a BigInt.
    std::int64_t as_bigint() const noexcept {
        return LAMINA_ASSERT(kind_ == Kind::Int || kind_ == Kind::BigInt), integer_;
    }
    double as_float() const noexcept { return LAMINA_ASSERT(kind_ == Kind::Float), float_; }
    lamina::DateTime as_datetime() const noexcept {
        return LAMINA_ASSERT(kind_ == Kind::DateTime), lamina::DateTime::from_unix_microseconds(integer_);
    }
    const lamina::Decimal& as_decimal() const noexcept { return LAMINA_ASSERT(kind_ == Kind::Decimal), decimal_; }
    /// The text of a String, Enum or Json, or the bytes of a Bytes. The view depends on this value and its address.
    std::string_view as_string() const noexcept {
        LAMINA_ASSERT(is_text());
        return text_size_ == kOnHeap ? std::string_view(heap_.data, heap_.size)
                                     : std::string_view(inline_text(), text_size_);
    }
    std::span<const std::byte> as_bytes() const noexcept;
    lamina::Json as_json() const { return lamina::Json::unchecked(std::string(as_string())); }
    const List& as_list() const noexcept { return LAMINA_ASSERT(kind_ == Kind::List), *list_; }
    List& as_list() noexcept { return LAMINA_ASSERT(kind_ == Kind::List), *list_; }

    /// Same kind and content; Int and BigInt compare as numbers. NaN is equal to itself, JSON compares as Json does.
    friend bool operator==(const Value& left, const Value& right) noexcept { return equal(left, right); }
    /// Equal values have equal hashes.
    std::uint64_t hash() const noexcept;

    /// For messages in tests and logs of the application: `"text"`, 95.50, [1, 2], null. Contains the value: never log
    /// it.
    std::string to_debug_string() const;

private:
    static constexpr std::uint8_t kOnHeap = 0xff;
    static constexpr std::size_t kInlineCapacity = 22;
    struct Heap {
        char* data;
        std::size_t size;
    };

    explicit Value(Kind kind) noexcept : kind_(kind), integer_(0) {}
    Value(Kind kind, std::string_view text);
    template <class T>
    static List list_of(const std::vector<T>& values) {
        List list;
        list.reserve(values.size());
        for (const auto& value : values) list.emplace_back(static_cast<const T&>(value));
        return list;
    }

    bool is_text() const noexcept { return kind_ >= Kind::String && kind_ <= Kind::Bytes; }
    /// Inline text fills the object behind its first two bytes.
    const char* inline_text() const noexcept { return reinterpret_cast<const char*>(this) + 2; }
    char* inline_text() noexcept { return reinterpret_cast<char*>(this) + 2; }
    void copy(const Value& other) {
        if (kind_ < Kind::Decimal) {
            integer_ = other.integer_;
        } else {
            copy_slowly(other);
        }
    }
    /// Takes the other's representation as it stands.
    void steal_bytes(const Value& other) noexcept {
        std::memcpy(static_cast<void*>(this), static_cast<const void*>(&other), sizeof(Value));
    }
    void steal(Value& other) noexcept {
        steal_bytes(other);
        other.kind_ = Kind::Null;
    }
    void destroy() noexcept {
        if (kind_ >= Kind::Decimal) destroy_slowly();
    }
    void copy_slowly(const Value& other);
    void destroy_slowly() noexcept;
    static bool equal(const Value& left, const Value& right) noexcept;

    Kind kind_;
    std::uint8_t text_size_ = 0;
    /// The first bytes of inline text, which goes on over the union.
    [[maybe_unused]] char text_head_[6];
    union {
        std::int64_t integer_;
        double float_;
        lamina::Decimal decimal_;
        Heap heap_;
        List* list_;
    };
};

}  // namespace lamina

template <>
struct std::hash<lamina::Value> {
    std::size_t operator()(const lamina::Value& value) const noexcept { return static_cast<std::size_t>(value.hash()); }
};
