#pragma once

#include <lamina/client/typed/model.hpp>

namespace lamina {

/// The words of the query language that are neither fields nor types; an inline namespace of `lamina`, so that
/// generated code can offer them beside the models.
inline namespace words {

/// SQL's NULL, to compare and to write: `mentor::name == null`.
struct Null {};
inline constexpr Null null{};

/// As the last argument of a filter of a text: letter case does not matter.
struct Insensitive {};
inline constexpr Insensitive insensitive{};

/// JSON's null, as opposed to `null`, the SQL NULL of a Json field that has no value; and any of both.
struct JsonNull {};
inline constexpr JsonNull json_null{};
struct AnyNull {};
inline constexpr AnyNull any_null{};

/// As an argument of asc() and desc(): where rows without a value go.
inline constexpr typed::Nulls nulls_first = typed::Nulls::First;
inline constexpr typed::Nulls nulls_last = typed::Nulls::Last;

/// As an argument of create_many: rows that would violate a unique key are left out.
struct SkipDuplicates {};
inline constexpr SkipDuplicates skip_duplicates{};

/// As an argument of reads: the rows are locked until the transaction ends. SQLite has no such locks (P2026).
struct RowLock {
    using Model = void;
    typed::Lock lock = typed::Lock::None;
    typed::LockWait wait = typed::LockWait::Wait;
};
inline constexpr typed::Lock for_update = typed::Lock::ForUpdate;
inline constexpr typed::Lock for_no_key_update = typed::Lock::ForNoKeyUpdate;
inline constexpr typed::Lock for_share = typed::Lock::ForShare;
inline constexpr typed::Lock for_key_share = typed::Lock::ForKeyShare;
/// Fails when another transaction has locked a row / leaves such rows out.
inline constexpr typed::LockWait no_wait = typed::LockWait::NoWait;
inline constexpr typed::LockWait skip_locked = typed::LockWait::SkipLocked;
constexpr RowLock lock(typed::Lock strength, typed::LockWait wait = typed::LockWait::Wait) noexcept {
    return {strength, wait};
}

/// As an argument of what gives rows: how their relations are loaded, `load(batch)` by a statement per relation and
/// level (so without it, too), `load(join)` by the statement that reads the rows, on PostgreSQL. SQLite reads both in
/// batches. The rows are the same.
struct Loading {
    using Model = void;
    typed::Load how = typed::Load::Batch;
};
inline constexpr typed::Load batch = typed::Load::Batch;
inline constexpr typed::Load join = typed::Load::Join;
constexpr Loading load(typed::Load how) noexcept { return {how}; }

}  // namespace words
}  // namespace lamina
