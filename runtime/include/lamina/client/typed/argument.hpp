#pragma once

#include <lamina/client/typed/model.hpp>
#include <lamina/client/typed/words.hpp>
#include <lamina/value/value.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace lamina::typed {

/// The value of an enum by its number.
Value enum_value(const EnumLabels& labels, std::int32_t number);

/// Says that a value is not given.
struct Unset {};

/// What a field of C++ type T is compared with or set to: made implicitly from what fits T without loss, from nothing else.
template <class T>
struct Arg {
  static_assert(std::is_enum_v<T>, "not the type of a field");
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  Arg(T label) : value(enum_value(Enumeration<T>::labels, static_cast<std::int32_t>(label))) {}
};

template <class I>
inline constexpr bool kIsInteger = std::is_integral_v<I> && !std::is_same_v<I, bool> && !std::is_same_v<I, char>;

template <>
struct Arg<std::int32_t> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  template <class I>
    requires(kIsInteger<I> && (sizeof(I) < 4 || (sizeof(I) == 4 && std::is_signed_v<I>)))
  Arg(I number) noexcept : value(static_cast<std::int32_t>(number)) {}
};

template <>
struct Arg<std::int64_t> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  template <class I>
    requires(kIsInteger<I> && (sizeof(I) < 8 || std::is_signed_v<I>))
  Arg(I number) noexcept : value(static_cast<std::int64_t>(number)) {}
};

template <>
struct Arg<double> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  template <class N>
    requires(std::is_floating_point_v<N> || (kIsInteger<N> && sizeof(N) <= 4))
  Arg(N number) noexcept : value(static_cast<double>(number)) {}
};

template <>
struct Arg<bool> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  template <class B>
    requires std::is_same_v<B, bool>
  Arg(B truth) noexcept : value(truth) {}
};

template <>
struct Arg<std::string> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  template <class S>
    requires(std::is_convertible_v<const S&, std::string_view> && !std::is_same_v<S, std::nullptr_t>)
  Arg(const S& text) : value(std::string_view(text)) {}
};

template <>
struct Arg<Decimal> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  Arg(Decimal number) noexcept : value(std::move(number)) {}
  template <class I>
    requires kIsInteger<I>
  Arg(I number) : value(Decimal(number)) {}
};

template <>
struct Arg<DateTime> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  Arg(DateTime time) noexcept : value(time) {}
};

template <>
struct Arg<Json> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  Arg(const Json& json) : value(json) {}
};

template <>
struct Arg<Bytes> {
  Value value;
  Arg(Unset) noexcept : value(Value::unset()) {}
  Arg(std::span<const std::byte> bytes) : value(bytes) {}
  Arg(const Bytes& bytes) : value(bytes) {}
};

/// A value or null: `null`, std::nullopt, a std::optional, or what Arg<T> takes.
template <class T>
struct Arg<std::optional<T>> : Arg<T> {
  using Arg<T>::Arg;
  Arg(Null) noexcept : Arg<T>(Unset{}) { this->value = nullptr; }
  Arg(std::nullopt_t) noexcept : Arg(null) {}
  template <class U>
    requires std::is_constructible_v<Arg<T>, const U&>
  Arg(const std::optional<U>& optional) : Arg<T>(Unset{}) {
    this->value = optional ? Arg<T>(*optional).value : Value();
  }
};

/// A list: braces, or anything with begin() and end() over what Arg<T> takes.
template <class T>
struct ListArg {
  Value value;
  ListArg(Unset) noexcept : value(Value::unset()) {}
  ListArg(std::initializer_list<Arg<T>> items) : value(Value::List()) {
    value.as_list().reserve(items.size());
    for (const Arg<T>& item : items) value.as_list().push_back(item.value);
  }
  template <class Range>
    requires requires(const Range& range) { Arg<T>(*range.begin()), range.end(); }
  ListArg(const Range& range) : value(Value::List()) {
    for (const auto& item : range) value.as_list().push_back(Arg<T>(static_cast<const decltype(item)&>(item)).value);
  }
};

template <class T>
struct Arg<std::vector<T>> : ListArg<T> {
  using ListArg<T>::ListArg;
};

}  // namespace lamina::typed
