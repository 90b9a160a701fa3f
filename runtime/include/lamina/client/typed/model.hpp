#pragma once

#include <lamina/meta/meta.hpp>
#include <lamina/value/row.hpp>

#include <cstdint>
#include <type_traits>

/// The typed face: what turns `mentor::rate > 5` and `include(mentor::sessions)` into a `query::Operation` and its rows into
/// C++ structs. Users name what stands in `lamina`; `lamina::typed` is for generated code and for the face itself.
namespace lamina::typed {

using meta::FieldId;
using meta::ModelId;

/// What generated code tells about a model; specialised in the model's header. An error about an incomplete `Model<X>` means
/// that the header of X is not included.
template <class M>
struct Model;

/// What generated code tells about an enum: its labels. Specialised in the header of the enums.
template <class E>
struct Enumeration;

/// A list of field types.
template <class... F>
struct Fields {};

/// Base of every field object, so that operators can tell a field from other types.
struct AnyField {};
/// Base of every scalar field object.
struct AnyScalar : AnyField {};
/// Base of every relation field object.
struct AnyRelation : AnyField {};

template <class F>
concept ScalarField = std::is_base_of_v<AnyScalar, F>;
template <class F>
concept RelationField = std::is_base_of_v<AnyRelation, F>;

/// Properties of a scalar field, as generated code writes them into the field's type.
enum Property : std::uint8_t { kPlain = 0, kNullable = 1, kUnique = 2 };

}  // namespace lamina::typed
