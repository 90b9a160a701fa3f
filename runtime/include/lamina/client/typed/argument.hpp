#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/typed/model.hpp>
#include <lamina/client/typed/words.hpp>
#include <lamina/value/bytes.hpp>
#include <lamina/value/datetime.hpp>
#include <lamina/value/decimal.hpp>
#include <lamina/value/json.hpp>

namespace lamina {

class Value;

namespace typed {

/// A lamina::Value in its room: what fields are compared with and set to. The default is "not given".
class AnyValue {
public:
    AnyValue() noexcept { std::memset(&room_, 0, sizeof room_); }
    explicit AnyValue(Null) noexcept;
    explicit AnyValue(std::int32_t value) noexcept;
    explicit AnyValue(std::int64_t value) noexcept;
    explicit AnyValue(double value) noexcept;
    explicit AnyValue(bool value) noexcept;
    explicit AnyValue(std::string_view value);
    explicit AnyValue(Decimal&& value) noexcept;
    explicit AnyValue(DateTime value) noexcept;
    explicit AnyValue(const Json& value);
    explicit AnyValue(const Bytes& value);
    /// The enumerator of that number.
    AnyValue(const EnumLabels& labels, std::int32_t number);
    AnyValue(const AnyValue& other);
    AnyValue(AnyValue&& other) noexcept : room_(other.room_) { std::memset(&other.room_, 0, sizeof room_); }
    AnyValue& operator=(AnyValue other) noexcept {
        std::swap(room_, other.room_);
        return *this;
    }
    ~AnyValue() {
        if (room_.bytes[0] != 0) destroy();
    }

    /// An empty list, and room for some items.
    static AnyValue list(std::size_t capacity);
    /// Adds an item to a list.
    void push(AnyValue&& item);

    /// The value itself; "not given" is Value::unset().
    Value& get() noexcept;
    const Value& get() const noexcept;
    /// Whether it was given.
    bool is_set() const noexcept { return room_.bytes[0] != 0; }

private:
    void destroy() noexcept;
    Room<24> room_;
};

template <class I>
inline constexpr bool kIsInteger = std::is_integral_v<I> && !std::is_same_v<I, bool> && !std::is_same_v<I, char>;

/// What a field of C++ type T is compared with or set to: made implicitly from what fits T without loss, from nothing
/// else.
template <class T>
struct Arg : AnyValue {
    static_assert(std::is_enum_v<T>, "not the type of a field");
    Arg() noexcept = default;
    Arg(T label) : AnyValue(Enumeration<T>::labels, static_cast<std::int32_t>(label)) {}
};

template <>
struct Arg<std::int32_t> : AnyValue {
    Arg() noexcept = default;
    template <class I>
    requires(kIsInteger<I> && (sizeof(I) < 4 || (sizeof(I) == 4 && std::is_signed_v<I>))) Arg(I number)
    noexcept : AnyValue(static_cast<std::int32_t>(number)) {}
};

template <>
struct Arg<std::int64_t> : AnyValue {
    Arg() noexcept = default;
    template <class I>
    requires(kIsInteger<I> && (sizeof(I) < 8 || std::is_signed_v<I>)) Arg(I number)
    noexcept : AnyValue(static_cast<std::int64_t>(number)) {}
};

template <>
struct Arg<double> : AnyValue {
    Arg() noexcept = default;
    template <class N>
    requires(std::is_floating_point_v<N> || (kIsInteger<N> && sizeof(N) <= 4)) Arg(N number)
    noexcept : AnyValue(static_cast<double>(number)) {}
};

template <>
struct Arg<bool> : AnyValue {
    Arg() noexcept = default;
    template <class B>
    requires std::is_same_v<B, bool> Arg(B truth)
    noexcept : AnyValue(truth) {}
};

template <>
struct Arg<std::string> : AnyValue {
    Arg() noexcept = default;
    template <class S>
    requires(std::is_convertible_v<const S&, std::string_view> && !std::is_same_v<S, std::nullptr_t>) Arg(const S& text)
        : AnyValue(std::string_view(text)) {}
};

template <>
struct Arg<Decimal> : AnyValue {
    Arg() noexcept = default;
    Arg(Decimal number) noexcept : AnyValue(std::move(number)) {}
    template <class I>
    requires kIsInteger<I> Arg(I number) : AnyValue(Decimal(number)) {}
};

template <>
struct Arg<DateTime> : AnyValue {
    Arg() noexcept = default;
    Arg(DateTime time) noexcept : AnyValue(time) {}
};

template <>
struct Arg<Json> : AnyValue {
    Arg() noexcept = default;
    Arg(const Json& json) : AnyValue(json) {}
    Arg(JsonNull) : AnyValue(Json()) {}
};

template <>
struct Arg<Bytes> : AnyValue {
    Arg() noexcept = default;
    Arg(const Bytes& bytes) : AnyValue(bytes) {}
};

/// A value or null: `null`, std::nullopt, a std::optional, or what Arg<T> takes.
template <class T>
struct Arg<std::optional<T>> : Arg<T> {
    using Arg<T>::Arg;
    Arg() noexcept = default;
    Arg(Null) noexcept { static_cast<AnyValue&>(*this) = AnyValue(null); }
    Arg(std::nullopt_t) noexcept : Arg(null) {}
    template <class U>
    requires std::is_constructible_v < Arg<T>,
    const U& > Arg(const std::optional<U>& optional) {
        static_cast<AnyValue&>(*this) = optional ? AnyValue(Arg<T>(*optional)) : AnyValue(null);
    }
};

/// A list: braces, or anything with begin() and end() over what Arg<T> takes.
template <class T>
struct ListArg : AnyValue {
    ListArg(std::initializer_list<Arg<T>> items) : AnyValue(list(items.size())) {
        for (const Arg<T>& item : items) push(AnyValue(item));
    }
    template <class Range>
    requires requires(const Range& range) { Arg<T>(*range.begin()), range.end(); }
    ListArg(const Range& range) : AnyValue(list(0)) {
        for (const auto& item : range) push(Arg<T>(item));
    }

protected:
    struct NotGiven {};
    explicit ListArg(NotGiven) noexcept {}
};

template <class T>
struct Arg<std::vector<T>> : ListArg<T> {
    using ListArg<T>::ListArg;
    /// Not given. `= {}` means this as well: an empty list is std::vector<T>().
    Arg() noexcept : ListArg<T>(typename ListArg<T>::NotGiven{}) {}
};

}  // namespace typed
}  // namespace lamina
