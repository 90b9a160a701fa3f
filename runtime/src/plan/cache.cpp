#include <atomic>
#include <cstring>
#include <mutex>
#include <vector>

#include <lamina/plan/cache.hpp>

namespace lamina::plan {

struct PlanHandle::Entry {
    Entry(const Shape& shape, Plan&& made)
        : hash(shape.hash()), key(shape.key().begin(), shape.key().end()), plan(std::move(made)) {}

    bool is(const Shape& shape) const noexcept {
        return hash == shape.hash() && key.size() == shape.key().size() &&
               std::memcmp(key.data(), shape.key().data(), key.size() * sizeof(std::uint32_t)) == 0;
    }

    std::atomic<std::uint32_t> owners{1};  ///< the cache and handles
    const std::uint64_t hash;
    const std::vector<std::uint32_t> key;
    const Plan plan;
    Entry* next = nullptr;  ///< in its bucket
    bool used = true;       ///< since the hand passed; guarded by the shard's mutex
};

PlanHandle::PlanHandle(const PlanHandle& other) noexcept : entry_(other.entry_) {
    if (entry_) entry_->owners.fetch_add(1, std::memory_order_relaxed);
}

PlanHandle::~PlanHandle() {
    if (entry_ && entry_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete entry_;
}

const Plan& PlanHandle::operator*() const noexcept { return entry_->plan; }

namespace {

constexpr std::size_t kShards = 16;
constexpr std::size_t kBuckets = 128;  ///< per shard; a shard of the default capacity holds half as many plans

}  // namespace

/// A part of the cache with a lock of its own. The hand goes round over the buckets and takes out what was not used
/// since it last came by (CLOCK).
struct alignas(64) PlanCache::Shard {
    mutable std::mutex mutex;
    PlanHandle::Entry* buckets[kBuckets] = {};
    std::size_t hand = 0;
    Stats stats;

    PlanHandle::Entry*& bucket(const Shape& shape) noexcept { return buckets[(shape.hash() >> 8) % kBuckets]; }

    PlanHandle::Entry* find(const Shape& shape) noexcept {
        for (PlanHandle::Entry* entry = bucket(shape); entry; entry = entry->next) {
            if (entry->is(shape)) return entry;
        }
        return nullptr;
    }

    void evict_one() {
        for (;; hand = (hand + 1) % kBuckets) {
            for (PlanHandle::Entry** link = &buckets[hand]; *link; link = &(*link)->next) {
                PlanHandle::Entry* entry = *link;
                if (std::exchange(entry->used, false)) continue;
                *link = entry->next;
                --stats.size;
                ++stats.evictions;
                const PlanHandle dropped(entry);
                return;
            }
        }
    }
};

PlanCache::PlanCache(std::size_t capacity)
    : shard_capacity_(capacity < kShards ? 1 : capacity / kShards), shards_(new Shard[kShards]) {}

PlanCache::~PlanCache() {
    for (std::size_t i = 0; i < kShards; ++i) {
        for (PlanHandle::Entry* entry : shards_[i].buckets) {
            while (entry) {
                const PlanHandle dropped(std::exchange(entry, entry->next));
            }
        }
    }
    delete[] shards_;
}

PlanHandle PlanCache::find(const Shape& shape) {
    Shard& shard = shards_[shape.hash() % kShards];
    const std::lock_guard lock(shard.mutex);
    PlanHandle::Entry* entry = shard.find(shape);
    if (!entry) {
        ++shard.stats.misses;
        return {};
    }
    ++shard.stats.hits;
    entry->used = true;
    entry->owners.fetch_add(1, std::memory_order_relaxed);
    return PlanHandle(entry);
}

PlanHandle PlanCache::insert(const Shape& shape, Plan plan) {
    PlanHandle made(new PlanHandle::Entry(shape, std::move(plan)));
    Shard& shard = shards_[shape.hash() % kShards];
    const std::lock_guard lock(shard.mutex);
    PlanHandle::Entry* entry = shard.find(shape);
    if (!entry) {
        if (shard.stats.size >= shard_capacity_) shard.evict_one();
        entry = made.entry_;
        PlanHandle::Entry*& first = shard.bucket(shape);
        entry->next = std::exchange(first, entry);
        ++shard.stats.size;
        entry->owners.fetch_add(1, std::memory_order_relaxed);
        return made;
    }
    entry->used = true;
    entry->owners.fetch_add(1, std::memory_order_relaxed);
    return PlanHandle(entry);
}

PlanCache::Stats PlanCache::stats() const {
    Stats total;
    for (std::size_t i = 0; i < kShards; ++i) {
        const std::lock_guard lock(shards_[i].mutex);
        const Stats& stats = shards_[i].stats;
        total.hits += stats.hits;
        total.misses += stats.misses;
        total.evictions += stats.evictions;
        total.size += stats.size;
    }
    return total;
}

}  // namespace lamina::plan
