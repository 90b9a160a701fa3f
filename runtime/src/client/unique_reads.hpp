#pragma once

#include <cstddef>
#include <span>

#include <lamina/meta/meta.hpp>
#include <lamina/query/operation.hpp>

namespace lamina::client {

/// How many operations of a batch, from its first one on, a single statement can read; at least 1, also of none.
///
/// They are find_unique, or all of them find_unique_or_throw, of one model by the same unique key, and select the same.
/// A key serves when its values come back from the database as they were sent, so that rows can be told by it.
std::size_t unique_reads_together(const meta::Schema& schema, std::span<const query::Operation* const> operations);

/// The operation that reads the rows of these operations, which unique_reads_together() has found: its rows go to
/// plan::RowPlaces, those of the k-th operation to the k-th place.
query::Operation join_unique_reads(std::span<const query::Operation* const> operations);

}  // namespace lamina::client
