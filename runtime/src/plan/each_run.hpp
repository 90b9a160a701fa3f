#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <lamina/plan/plan.hpp>
#include <lamina/plan/shape.hpp>

#include "plan/binder.hpp"

namespace lamina::plan {

/// An Each while it is carried out: where every element of its list is. Elements that are furthest behind go on
/// together, so that all meet again where their ways join.
class EachRun {
public:
    /// `begin` is its first instruction. `parents[i]` is the element of the list around to which the elements of
    /// `lists[i]` belong (0 for the request).
    EachRun(const Each& each, std::uint32_t begin, std::span<const Lanes* const> lists,
            std::span<const std::uint32_t> parents);

    const Each& each() const noexcept { return each_; }
    std::size_t size() const noexcept { return elements_.size(); }
    Feed& feed(std::uint32_t element) noexcept { return elements_[element].feed; }
    std::uint32_t parent(std::uint32_t element) const noexcept { return elements_[element].parent; }
    const Lane& input(std::uint32_t element) const noexcept { return *elements_[element].input; }

    /// Only one element after the other.
    void one_by_one() noexcept { one_by_one_ = true; }
    /// The elements that go on together; none at the end.
    std::span<const std::uint32_t> active();
    /// The instruction that they are at.
    std::uint32_t at() const noexcept { return at_; }
    /// The active elements have carried it out.
    void advance() noexcept;
    /// An active element goes on elsewhere than the others.
    void go(std::uint32_t element, std::uint32_t target) noexcept { elements_[element].at = target; }
    /// The element waits until all that do not wait have come to `until`.
    void hold(std::uint32_t element, std::uint32_t until) noexcept { elements_[element].held = until; }
    /// The active elements have gone each its way.
    void part() noexcept { active_.clear(); }

    std::size_t next = 0;  ///< of the active elements: those before it are in the batch

private:
    struct Element {
        const Lane* input = nullptr;
        std::uint32_t parent = 0;
        std::uint32_t at = 0;
        std::uint32_t held = 0;
        Feed feed;
    };

    const Each& each_;
    std::uint32_t at_ = 0;
    bool one_by_one_ = false;
    std::uint32_t first_ = 0;  ///< one by one: the element whose turn it is
    std::vector<Element> elements_;
    std::vector<Register> registers_;
    std::vector<std::uint32_t> active_;
};

/// Which of several tuples of values occurred before. Tuples are `width` values, one behind the other.
std::vector<bool> occurred_before(std::span<const Value> tuples, std::size_t width, std::size_t count);

}  // namespace lamina::plan
