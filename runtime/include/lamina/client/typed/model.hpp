#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <lamina/value/layout.hpp>

/// The typed face: what turns `mentor::rate > 5` and `include(mentor::sessions)` into a `query::Operation` and its rows
/// into C++ structs. Users name what stands in `lamina`; `lamina::typed` is for generated code and for the face itself.
namespace lamina::typed {

// The ids of meta/meta.hpp, which is not included here: these headers are part of every program's compile time.
using FieldId = std::uint16_t;
using ModelId = std::uint16_t;
inline constexpr std::uint16_t kNone = 0xffff;

/// What generated code tells about a model; specialised in the model's header. An error about an incomplete `Model<X>`
/// means that the header of X is not included.
template <class M>
struct Model;

/// What generated code tells about an enum: its labels. Specialised in the header of the enums.
template <class E>
struct Enumeration;

/// A list of field types.
template <class... F>
struct Fields {};
template <class... Left, class... Right>
Fields<Left..., Right...> operator+(Fields<Left...>, Fields<Right...>);

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

// The enumerations of query/operation.hpp, member by member (checked in typed.cpp).

enum class Comparison : std::uint8_t {
    Equals,
    Not,
    In,
    NotIn,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    EndsWith,
    Has,
    HasEvery,
    HasSome,
    IsEmpty,
    ArrayContains,
    ArrayStartsWith,
    ArrayEndsWith,
    Search
};
enum class Aggregate : std::uint8_t { None, Count, Sum, Average, Minimum, Maximum };
enum class Condition : std::uint8_t { And, Or, Not, Compare, Some, Every, None, Is, IsNot };
enum class Lock : std::uint8_t { None, ForUpdate, ForNoKeyUpdate, ForShare, ForKeyShare };
enum class LockWait : std::uint8_t { Wait, NoWait, SkipLocked };
enum class Load : std::uint8_t { Batch, Join };
enum class Direction : std::uint8_t { Ascending, Descending };
enum class Nulls : std::uint8_t { Default, First, Last };
enum class WriteKind : std::uint8_t { Set, Increment, Decrement, Multiply, Divide, Push };
enum class Action : std::uint8_t {
    FindUnique,
    FindUniqueOrThrow,
    FindFirst,
    FindFirstOrThrow,
    FindMany,
    Count,
    Aggregate,
    GroupBy,
    Create,
    CreateMany,
    CreateManyAndReturn,
    Update,
    UpdateMany,
    UpdateManyAndReturn,
    Upsert,
    Delete,
    DeleteMany,
    UpsertMany,
};

/// Room for an object of a type that only the .cpp files of the library know (which check the size). The face keeps
/// plain query data in such room instead of on the heap, and without making every program compile query/operation.hpp.
template <std::size_t Size>
struct alignas(8) Room {
    unsigned char bytes[Size];
};

}  // namespace lamina::typed
