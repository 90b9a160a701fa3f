#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

namespace lamina::schema {

class Schema;

/// The views of consecutive ids [first, last). Cheap to copy; lives as long as the schema.
template <class View>
class ViewRange {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = View;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = View;

        Iterator() = default;
        Iterator(const Schema* schema, std::uint32_t at) : schema_{schema}, at_{at} {}
        View operator*() const { return View{schema_, static_cast<typename View::Id>(at_)}; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        Iterator operator++(int) {
            Iterator old = *this;
            ++at_;
            return old;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        const Schema* schema_ = nullptr;
        std::uint32_t at_ = 0;
    };

    ViewRange(const Schema* schema, std::size_t first, std::size_t last)
        : schema_{schema}, first_{static_cast<std::uint32_t>(first)}, last_{static_cast<std::uint32_t>(last)} {}

    [[nodiscard]] Iterator begin() const { return {schema_, first_}; }
    [[nodiscard]] Iterator end() const { return {schema_, last_}; }
    [[nodiscard]] std::size_t size() const noexcept { return last_ - first_; }
    [[nodiscard]] bool empty() const noexcept { return first_ == last_; }
    [[nodiscard]] View operator[](std::size_t n) const {
        return View{schema_, static_cast<typename View::Id>(first_ + static_cast<std::uint32_t>(n))};
    }

private:
    const Schema* schema_;
    std::uint32_t first_, last_;
};

/// The views of a list of ids. Lives as long as the schema.
template <class View>
class ViewList {
public:
    using Id = typename View::Id;
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = View;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = View;

        Iterator() = default;
        Iterator(const Schema* schema, const Id* at) : schema_{schema}, at_{at} {}
        View operator*() const { return View{schema_, *at_}; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        Iterator operator++(int) {
            Iterator old = *this;
            ++at_;
            return old;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        const Schema* schema_ = nullptr;
        const Id* at_ = nullptr;
    };

    ViewList(const Schema* schema, std::span<const Id> ids) : schema_{schema}, ids_{ids} {}

    [[nodiscard]] Iterator begin() const { return {schema_, ids_.data()}; }
    [[nodiscard]] Iterator end() const { return {schema_, ids_.data() + ids_.size()}; }
    [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }
    [[nodiscard]] bool empty() const noexcept { return ids_.empty(); }
    [[nodiscard]] View operator[](std::size_t n) const { return View{schema_, ids_[n]}; }

private:
    const Schema* schema_;
    std::span<const Id> ids_;
};

}  // namespace lamina::schema
