#pragma once

#include <lamina/client/typed/input.hpp>
#include <lamina/error/error.hpp>
#include <lamina/query/operation.hpp>

/// Inner header of the typed face: from input structs to plain data.
namespace lamina::typed {

/// What an input struct says. Nothing is checked.
query::Data lower(const InputLayout& layout, const void* input);

/// The same for an input whose values may be moved away.
query::Data lower_moving(const InputLayout& layout, void* input);

/// Fails with P2012 when a create, or one nested in it, gives neither a required relation nor its foreign key, and with
/// P2009 when it gives both. `creates`: the data themselves are a create, not an update.
Result<void> check(const InputLayout& layout, const query::Data& data, bool creates);

/// Lowers `count` inputs for create_many. Fails with P2012 as above, with P2009 when one writes to related rows.
Result<query::Rows> lower_rows(const InputLayout& layout, const void* inputs, std::size_t count, bool may_move);

}  // namespace lamina::typed
