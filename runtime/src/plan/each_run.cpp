#include "plan/each_run.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/hash.hpp>

namespace lamina::plan {

EachRun::EachRun(const Each& each, std::uint32_t begin, std::span<const Lanes* const> lists,
                 std::span<const std::uint32_t> parents)
    : each_(each) {
    std::size_t total = 0;
    for (const Lanes* list : lists) total += list->lanes.size();
    elements_.reserve(total);
    registers_.resize(total * each.registers);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (const Lane& lane : lists[i]->lanes) {
            Element& element = elements_.emplace_back();
            element.input = &lane;
            element.parent = parents[i];
            element.at = begin;
            element.feed.arguments = {lane.arguments.data(), lane.arguments.size()};
            element.feed.tables = {lane.tables.data(), lane.tables.size()};
            element.feed.registers = registers_.data() + (elements_.size() - 1) * each.registers;
            element.feed.first = each.first_register;
        }
    }
}

std::span<const std::uint32_t> EachRun::active() {
    if (!active_.empty()) return active_;
    next = 0;
    if (one_by_one_) {
        while (first_ < elements_.size() && elements_[first_].at >= each_.end) ++first_;
        if (first_ == elements_.size()) return {};
        at_ = elements_[first_].at;
        active_.push_back(first_);
        return active_;
    }
    std::uint32_t reached = each_.end;  // by those that do not wait
    for (const Element& element : elements_) {
        if (element.held == 0) reached = std::min(reached, element.at);
    }
    at_ = reached;
    for (Element& element : elements_) {
        if (element.held == 0 || reached < element.held) continue;
        element.held = 0;
        at_ = std::min(at_, element.at);
    }
    if (at_ >= each_.end) return {};
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
        if (elements_[i].at == at_ && elements_[i].held == 0) active_.push_back(i);
    }
    return active_;
}

void EachRun::advance() noexcept {
    for (const std::uint32_t i : active_) elements_[i].at = at_ + 1;
    active_.clear();
}

std::vector<bool> occurred_before(std::span<const Value> tuples, std::size_t width, std::size_t count) {
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    order.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t hash = 0;
        for (std::size_t j = 0; j < width; ++j) hash = base::hash_combine(hash, tuples[i * width + j].hash());
        order.emplace_back(hash, i);
    }
    std::sort(order.begin(), order.end());
    std::vector<bool> before(count);
    const auto same = [&](std::size_t a, std::size_t b) {
        return std::equal(tuples.begin() + static_cast<std::ptrdiff_t>(a * width),
                          tuples.begin() + static_cast<std::ptrdiff_t>((a + 1) * width),
                          tuples.begin() + static_cast<std::ptrdiff_t>(b * width));
    };
    std::size_t first = 0;  // of those with the same hash
    for (std::size_t i = 1; i < count; ++i) {
        if (order[i].first != order[first].first) first = i;
        for (std::size_t j = first; j < i && !before[order[i].second]; ++j) {
            // What occurred before is told by the first of its kind: the others need not be looked at.
            if (!before[order[j].second] && same(order[j].second, order[i].second)) before[order[i].second] = true;
        }
    }
    return before;
}

}  // namespace lamina::plan
