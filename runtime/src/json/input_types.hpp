#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include <lamina/base/function_ref.hpp>

#include "json/context.hpp"

// Inner header: what may stand where in a request's arguments, as types. They are made when asked for, not kept.

namespace lamina::json {

/// What kind of object an input object is. `WithoutParent` forms leave out the relation that they came through.
enum class InputForm : std::uint8_t {
    Where,
    ScalarWhere,
    Having,
    WhereUnique,
    CompoundUnique,  ///< of the key at index `field`
    ManyFilter,      ///< some, every, none
    OneFilter,       ///< is, isNot
    ScalarFilter,
    Reference,  ///< a reference to a field
    Order,
    GroupOrder,
    AggregateOrder,  ///< _sum of GroupOrder and the like, as `aggregate` says
    CountOrder,      ///< of related rows
    SortAndNulls,
    Relevance,
    Create,
    CreateMany,
    CreateList,
    Update,
    UpdateMany,
    UpdateList,
    UpdateOperations,
    NestedCreate,  ///< through the relation field `field`
    NestedUpdate,
    CreateOrConnect,
    CreateManyEnvelope,
    Upsert,
    UpdateWithWhere,
    UpdateManyWithWhere
};

/// What a scalar is compared or written as.
struct InputScalar {
    Type type = Type::Int;
    std::uint16_t enumeration = meta::kNone;
    bool uuid = false;
    bool nullable = false;
    bool list = false;        ///< a filter of a list
    bool nested = false;      ///< a filter inside `not`
    bool aggregates = false;  ///< a filter of `having`
};

/// An input object.
struct InputObject {
    InputForm form = InputForm::Where;
    ModelId model = meta::kNone;
    FieldId field = meta::kNone;    ///< of `model`: what the object is about
    FieldId without = meta::kNone;  ///< of `model`: the relation field that it leaves out
    bool unchecked = false;         ///< with foreign keys instead of relations
    query::Aggregate aggregate = query::Aggregate::None;
    InputScalar scalar;
};

/// Fixed words.
enum class InputWords : std::uint8_t {
    SortOrder,
    NullsOrder,
    QueryMode,
    JsonNullValueInput,
    NullableJsonNullValueInput,
    JsonNullValueFilter,
    ScalarFields,  ///< the names of a model's fields
    RelevanceFields,
    RelationLoadStrategy
};

/// What a value may be.
struct InputType {
    enum class Kind : std::uint8_t { Null, Scalar, Words, Object };
    Kind kind = Kind::Null;
    bool list = false;
    InputWords words = InputWords::SortOrder;
    InputObject object;  ///< its `scalar`, its `model` are those of Scalar and Words, too

    static InputType null() { return {}; }
    static InputType of(InputScalar scalar) {
        InputType type;
        type.kind = Kind::Scalar;
        type.object.scalar = scalar;
        return type;
    }
    static InputType of(Type scalar) {
        InputScalar plain;
        plain.type = scalar;
        return of(plain);
    }
    static InputType of(InputWords words, ModelId model = meta::kNone) {
        InputType type;
        type.kind = Kind::Words;
        type.words = words;
        type.object.model = model;
        return type;
    }
    static InputType of(InputObject object) {
        InputType type;
        type.kind = Kind::Object;
        type.object = object;
        return type;
    }
    InputType many() const {
        InputType type = *this;
        type.list = true;
        return type;
    }
};

/// A member of an input object, or an argument: any one of its types will do.
struct InputField {
    std::string_view name;
    std::array<InputType, 4> types;
    std::uint8_t count = 0;
    bool required = false;

    InputField(std::string_view called, std::initializer_list<InputType> alternatives, bool needed = false)
        : name(called), required(needed) {
        for (const InputType& type : alternatives) add(type);
    }
    void add(const InputType& type) { types[count++] = type; }
    std::span<const InputType> alternatives() const { return {types.data(), count}; }
};

/// How many members an object needs and takes.
struct InputLimits {
    std::size_t least = 0;
    std::size_t most = SIZE_MAX;
};

/// Tells an object's members, in the engine's order.
class InputFields {
public:
    using Take = base::FunctionRef<void(const InputField&)>;
    InputFields(const Context& context, const InputObject& object, Take take)
        : context_(context), object_(object), take_(take) {}

    void tell() const;

private:
    const meta::Model& model() const { return context_.model(object_.model); }
    InputScalar scalar_of(const meta::Field& field) const;
    InputType object(InputForm form, ModelId model = meta::kNone, FieldId field = meta::kNone) const;
    InputType reference(const InputScalar& scalar, bool list = false) const;

    void where(bool relations, bool having) const;
    void connectives() const;
    void where_field(FieldId id, bool having) const;
    void where_unique() const;
    void compound_unique() const;
    void one_filter() const;
    void scalar_filter() const;
    void list_filter() const;
    void json_filter() const;
    void aggregate_filters() const;
    void order(bool groups) const;
    void aggregate_order() const;

    bool left_out(FieldId field) const;
    void written(bool create, bool relations) const;
    void written_scalar(FieldId id, bool create) const;
    void written_relation(FieldId id, bool create) const;
    void operations() const;
    void nested(bool update) const;
    void around_nested() const;

    const Context& context_;
    const InputObject& object_;
    Take take_;
};

/// The type's name, as messages tell it: "UserWhereInput[]".
std::string input_name(const Context& context, const InputType& type);
InputLimits input_limits(const InputObject& object);
/// The words that a type takes.
bool takes_word(const Context& context, const InputType& type, std::string_view word);

}  // namespace lamina::json
