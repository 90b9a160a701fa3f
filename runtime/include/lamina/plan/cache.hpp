#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <lamina/plan/plan.hpp>
#include <lamina/plan/shape.hpp>

namespace lamina::plan {

/// Shared ownership of a plan that the cache may drop at any time. May be empty.
class PlanHandle {
public:
    PlanHandle() noexcept = default;
    PlanHandle(const PlanHandle& other) noexcept;
    PlanHandle(PlanHandle&& other) noexcept : entry_(std::exchange(other.entry_, nullptr)) {}
    PlanHandle& operator=(PlanHandle other) noexcept { return std::swap(entry_, other.entry_), *this; }
    ~PlanHandle();

    explicit operator bool() const noexcept { return entry_ != nullptr; }
    const Plan& operator*() const noexcept;
    const Plan* operator->() const noexcept { return &**this; }

private:
    friend class PlanCache;
    struct Entry;
    explicit PlanHandle(Entry* entry) noexcept : entry_(entry) {}
    Entry* entry_ = nullptr;
};

/// Plans by shape, for one schema and one dialect. Bounded: plans that were not used lately make room. Thread-safe.
class PlanCache {
public:
    struct Stats {
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
        std::uint64_t evictions = 0;
        std::size_t size = 0;
    };

    explicit PlanCache(std::size_t capacity = 1024);
    PlanCache(const PlanCache&) = delete;
    PlanCache& operator=(const PlanCache&) = delete;
    ~PlanCache();

    /// The plan of a shape; empty if it is not here. Keys are compared in full.
    PlanHandle find(const Shape& shape);
    /// Keeps a plan; when another thread was faster, gives that one's.
    PlanHandle insert(const Shape& shape, Plan plan);
    Stats stats() const;

private:
    struct Shard;
    std::size_t shard_capacity_;
    Shard* shards_;
};

}  // namespace lamina::plan
