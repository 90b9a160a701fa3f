#pragma once

#include <new>
#include <type_traits>
#include <utility>

#include <lamina/base/assert.hpp>

namespace lamina {

/// A value of type T or an error of type E, one of the two. Use `Result<T>` of error/error.hpp for lamina's own error.
///
/// Both convert implicitly, so that `return value;` and `return error;` read alike.
template <class T, class E>
class [[nodiscard]] BasicResult {
    static_assert(!std::is_reference_v<T> && !std::is_same_v<T, E>);

public:
    using value_type = T;
    using error_type = E;

    BasicResult() requires std::is_default_constructible_v<T> : has_value_(true) { ::new (&value_) T(); }

    template <class U = T>
    requires(!std::is_same_v<std::remove_cvref_t<U>, BasicResult> && !std::is_same_v<std::remove_cvref_t<U>, E> &&
             std::is_convertible_v<U, T>) BasicResult(U&& value)
        : has_value_(true) {
        ::new (&value_) T(std::forward<U>(value));
    }
    BasicResult(const E& error) : has_value_(false) { ::new (&error_) E(error); }
    BasicResult(E&& error) noexcept : has_value_(false) { ::new (&error_) E(std::move(error)); }

    BasicResult(const BasicResult& other) : has_value_(other.has_value_) {
        if (has_value_) {
            ::new (&value_) T(other.value_);
        } else {
            ::new (&error_) E(other.error_);
        }
    }
    BasicResult(BasicResult&& other) noexcept(std::is_nothrow_move_constructible_v<T>) : has_value_(other.has_value_) {
        if (has_value_) {
            ::new (&value_) T(std::move(other.value_));
        } else {
            ::new (&error_) E(std::move(other.error_));
        }
    }
    BasicResult& operator=(const BasicResult& other) { return *this = BasicResult(other); }
    BasicResult& operator=(BasicResult&& other) noexcept(std::is_nothrow_move_constructible_v<T>) {
        // Values here move without throwing, so that destroy-and-rebuild cannot leave a hole behind.
        if (this != &other) {
            this->~BasicResult();
            ::new (this) BasicResult(std::move(other));
        }
        return *this;
    }
    ~BasicResult() {
        if (has_value_) {
            value_.~T();
        } else {
            error_.~E();
        }
    }

    /// Whether this holds a value.
    bool has_value() const noexcept { return has_value_; }
    explicit operator bool() const noexcept { return has_value_; }

    /// The value; throws the error if there is none.
    T& value() & { return has_value_ ? value_ : throw error_; }
    const T& value() const& { return has_value_ ? value_ : throw error_; }
    T value() && { return has_value_ ? std::move(value_) : throw std::move(error_); }

    /// The value if there is one, else the given one.
    template <class U>
    T value_or(U&& otherwise) const& {
        return has_value_ ? value_ : static_cast<T>(std::forward<U>(otherwise));
    }
    template <class U>
    T value_or(U&& otherwise) && {
        return has_value_ ? std::move(value_) : static_cast<T>(std::forward<U>(otherwise));
    }

    /// The error; the caller knows that there is one.
    E& error() & noexcept { return LAMINA_ASSERT(!has_value_), error_; }
    const E& error() const& noexcept { return LAMINA_ASSERT(!has_value_), error_; }
    E&& error() && noexcept { return LAMINA_ASSERT(!has_value_), std::move(error_); }

    /// The value, unchecked in release builds; the caller has looked.
    T& operator*() & noexcept { return LAMINA_ASSERT(has_value_), value_; }
    const T& operator*() const& noexcept { return LAMINA_ASSERT(has_value_), value_; }
    T&& operator*() && noexcept { return LAMINA_ASSERT(has_value_), std::move(value_); }
    T* operator->() noexcept { return LAMINA_ASSERT(has_value_), &value_; }
    const T* operator->() const noexcept { return LAMINA_ASSERT(has_value_), &value_; }

private:
    union {
        T value_;
        E error_;
    };
    bool has_value_;
};

/// Success without a value, or an error.
template <class E>
class [[nodiscard]] BasicResult<void, E> {
public:
    using value_type = void;
    using error_type = E;

    BasicResult() noexcept : ok_(true) {}
    BasicResult(const E& error) : ok_(false) { ::new (&error_) E(error); }
    BasicResult(E&& error) noexcept : ok_(false) { ::new (&error_) E(std::move(error)); }
    BasicResult(const BasicResult& other) : ok_(other.ok_) {
        if (!ok_) ::new (&error_) E(other.error_);
    }
    BasicResult(BasicResult&& other) noexcept : ok_(other.ok_) {
        if (!ok_) ::new (&error_) E(std::move(other.error_));
    }
    BasicResult& operator=(const BasicResult& other) { return *this = BasicResult(other); }
    BasicResult& operator=(BasicResult&& other) noexcept {
        if (this != &other) {
            this->~BasicResult();
            ::new (this) BasicResult(std::move(other));
        }
        return *this;
    }
    ~BasicResult() {
        if (!ok_) error_.~E();
    }

    /// Whether this is a success.
    bool has_value() const noexcept { return ok_; }
    explicit operator bool() const noexcept { return ok_; }

    /// Throws the error if there is one.
    void value() const {
        if (!ok_) throw error_;
    }
    void operator*() const noexcept { LAMINA_ASSERT(ok_); }

    /// The error; the caller knows that there is one.
    E& error() & noexcept { return LAMINA_ASSERT(!ok_), error_; }
    const E& error() const& noexcept { return LAMINA_ASSERT(!ok_), error_; }
    E&& error() && noexcept { return LAMINA_ASSERT(!ok_), std::move(error_); }

private:
    union {
        E error_;
    };
    bool ok_;
};

}  // namespace lamina
