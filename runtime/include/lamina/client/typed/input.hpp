#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/typed/argument.hpp>
#include <lamina/client/typed/filter.hpp>

namespace lamina {

namespace query {
struct NestedWrite;
}

namespace typed {

/// A required field was left out. Deliberately without definition: the error names the field.
template <class Field>
struct this_required_field_is_missing;

/// A value does not fit a field. Deliberately without definition: the error names the field or its type, and the
/// value's.
template <class Field, class Given>
struct this_value_does_not_fit_the_field;

template <class U, class T>
concept Misfit = !std::is_base_of_v<AnyValue, std::remove_cvref_t<U>> && !std::is_constructible_v<Arg<T>, U>;

/// An arithmetic update, as increment() and its like give it.
template <class T>
struct Arithmetic {
    WriteKind kind;
    T operand;
};

/// Elements for the end of a list, as push() gives them.
template <class T>
struct Pushed {
    T items;
};

}  // namespace typed

/// A value for field F of a create input that must be given. An error that says `Required<…, F>` or
/// `this_required_field_is_missing<F>` means that it was not.
template <class T, class F>
class Required : public typed::Arg<T> {
public:
    using typed::Arg<T>::Arg;
    Required() { (void)sizeof(typed::this_required_field_is_missing<F>); }
    template <typed::Misfit<T> U>
    Required(U&&) {
        (void)sizeof(typed::this_value_does_not_fit_the_field<F, std::remove_cvref_t<U>>);
    }
};

/// A value for a field of an input that may be left out.
template <class T>
class Given : public typed::Arg<T> {
public:
    using typed::Arg<T>::Arg;
    Given() noexcept = default;
    template <typed::Misfit<T> U>
    Given(U&&) {
        (void)sizeof(typed::this_value_does_not_fit_the_field<T, std::remove_cvref_t<U>>);
    }
};

/// A value for a number field of an update, or a change to it: `.stock = decrement(1)`.
template <class T>
class GivenNumber : public Given<T> {
public:
    typed::WriteKind kind = typed::WriteKind::Set;
    using Given<T>::Given;
    GivenNumber() noexcept = default;
    template <class U>
    requires std::is_constructible_v<typed::Arg<T>, U> GivenNumber(typed::Arithmetic<U> change)
        : Given<T>(std::move(change.operand)), kind(change.kind) {}
};

/// A value for a list field of an update, or elements that are added to its end: `.tags = push("new")`.
template <class T>
class GivenList : public Given<T> {
public:
    typed::WriteKind kind = typed::WriteKind::Set;
    using Given<T>::Given;
    GivenList() noexcept = default;
    template <class U>
    requires std::is_constructible_v<typed::Arg<typename T::value_type>, U> GivenList(typed::Pushed<U> pushed)
        : kind(typed::WriteKind::Push) {
        static_cast<typed::AnyValue&>(*this) = typed::Arg<typename T::value_type>(std::move(pushed.items));
    }
    template <class U>
    requires std::is_constructible_v<typed::ListArg<typename T::value_type>, U> GivenList(typed::Pushed<U> pushed)
        : kind(typed::WriteKind::Push) {
        static_cast<typed::AnyValue&>(*this) = typed::ListArg<typename T::value_type>(pushed.items);
    }
};

inline namespace words {

/// Adds an element to the end of a list field, or those of a container or of braces.
template <class T>
typed::Pushed<T> push(T items) {
    return {std::move(items)};
}
template <class T>
typed::Pushed<std::vector<T>> push(std::initializer_list<T> items) {
    return {items};
}

template <class T>
typed::Arithmetic<T> increment(T by) {
    return {typed::WriteKind::Increment, std::move(by)};
}
template <class T>
typed::Arithmetic<T> decrement(T by) {
    return {typed::WriteKind::Decrement, std::move(by)};
}
template <class T>
typed::Arithmetic<T> multiply(T by) {
    return {typed::WriteKind::Multiply, std::move(by)};
}
template <class T>
typed::Arithmetic<T> divide(T by) {
    return {typed::WriteKind::Divide, std::move(by)};
}

}  // namespace words

namespace typed {

/// A scalar member of an input struct.
struct InputField {
    std::uint32_t offset = 0;
    FieldId field = kNone;
    bool changes = false;  ///< a GivenNumber or GivenList
};

struct InputLayout;

/// Of which type a relation member of an input struct is.
enum class InputKind : std::uint8_t { ToOneInput, ToManyInput, ToManyChange, ToOneChange };

/// A relation member of an input struct.
struct InputRelation {
    std::uint32_t offset = 0;
    FieldId field = kNone;
    FieldId opposite = kNone;       ///< the relation field on the other side
    bool required = false;          ///< a create must give it, or its foreign key
    const FieldId* keys = nullptr;  ///< its foreign key's fields in this model, if it has it
    std::uint32_t key_count = 0;
    std::string_view name;
    std::string_view key_names;                  ///< "mentorId", for messages
    const InputLayout* target = nullptr;         ///< of the other model's create input
    const InputLayout* target_update = nullptr;  ///< … and of its update input
    InputKind kind = InputKind::ToOneInput;
};

/// Where the members of an input struct are: constant data of the generated client.cpp.
struct InputLayout {
    std::string_view model;
    std::size_t size = 0;
    const InputField* fields = nullptr;
    std::size_t field_count = 0;
    const InputRelation* relations = nullptr;
    std::size_t relation_count = 0;
};

/// Writes to related rows, waiting in an input struct.
class Writes {
public:
    Writes() noexcept = default;
    Writes(const Writes& other) : items_(other.items_ == nullptr ? nullptr : other.copy()) {}
    Writes(Writes&& other) noexcept : items_(std::exchange(other.items_, nullptr)) {}
    Writes& operator=(Writes other) noexcept {
        std::swap(items_, other.items_);
        return *this;
    }
    ~Writes() {
        if (items_ != nullptr) clear();
    }
    /// What was given; null when nothing was.
    const std::vector<query::NestedWrite>* items() const noexcept { return items_; }

protected:
    /// Adds a create of the input at `input`.
    void add_create(const InputLayout& layout, const void* input);
    void add_connect(AnyFilter&& where);
    void add_connect_or_create(AnyFilter&& where, const InputLayout& layout, const void* input);
    /// Adds a condition; which write it belongs to is told by the member.
    void add_where(AnyFilter&& where) { add_connect(std::move(where)); }
    void add_update(AnyFilter&& where, const InputLayout& layout, const void* input);
    void add_upsert(AnyFilter&& where, const InputLayout& create_layout, const void* create,
                    const InputLayout& update_layout, const void* update);
    /// Given, but without any row.
    void add_none();

private:
    std::vector<query::NestedWrite>* copy() const;
    void clear() noexcept;
    std::vector<query::NestedWrite>* items_ = nullptr;
};

/// The unique key of a row of M, for connect.
template <class M>
struct Connection {
    Unique<M> where;
    template <class E>
    requires std::is_base_of_v<AnyFilter, E> Connection(E key) : where(unique_key<M>(std::move(key))) {}
};

/// `{.where = topic::name == "C++", .create = {.name = "C++"}}`
template <class M, class Create>
struct ConnectOrCreate {
    Connection<M> where;
    Create create;
};

/// Rows of M to be created: `{{.title = "Intro"}, {.title = "Review"}}`.
template <class M, class Create>
class CreateList : public Writes {
public:
    CreateList() noexcept = default;
    CreateList(std::initializer_list<Create> rows) {
        for (const Create& row : rows) add_create(Model<M>::create, &row);
    }
    CreateList(const std::vector<Create>& rows) {
        for (const Create& row : rows) add_create(Model<M>::create, &row);
    }
    CreateList& operator+=(const Create& row) {
        add_create(Model<M>::create, &row);
        return *this;
    }
};

/// Existing rows of M to be connected: `topic::id == 3`, or several in braces.
template <class M>
class ConnectList : public Writes {
public:
    ConnectList() noexcept = default;
    template <class E>
    requires std::is_base_of_v<AnyFilter, E> ConnectList(E key) { add_connect(unique_key<M>(std::move(key))); }
    ConnectList(std::initializer_list<Connection<M>> keys) {
        for (const Connection<M>& key : keys) add_connect(AnyFilter(key.where));
    }
    ConnectList& operator+=(Unique<M> key) {
        add_connect(std::move(key));
        return *this;
    }
};

/// Rows of M to be connected, or created where they do not exist.
template <class M, class Create>
class ConnectOrCreateList : public Writes {
public:
    ConnectOrCreateList() noexcept = default;
    ConnectOrCreateList(std::initializer_list<ConnectOrCreate<M, Create>> rows) {
        for (const auto& row : rows) *this += row;
    }
    ConnectOrCreateList& operator+=(const ConnectOrCreate<M, Create>& row) {
        add_connect_or_create(AnyFilter(row.where.where), Model<M>::create, &row.create);
        return *this;
    }
};

/// The row of M to be created: `{{.name = "Ann"}}`.
template <class M, class Create>
class CreateOne : public Writes {
public:
    CreateOne() noexcept = default;
    CreateOne(const Create& row) { add_create(Model<M>::create, &row); }
};

/// The row of M to be connected: `mentor::id == 3`.
template <class M>
class ConnectOne : public Writes {
public:
    ConnectOne() noexcept = default;
    template <class E>
    requires std::is_base_of_v<AnyFilter, E> ConnectOne(E key) { add_connect(unique_key<M>(std::move(key))); }
};

/// The row of M to be connected, or created where it does not exist: `{{.where = …, .create = {…}}}`.
template <class M, class Create>
class ConnectOrCreateOne : public Writes {
public:
    ConnectOrCreateOne() noexcept = default;
    ConnectOrCreateOne(const ConnectOrCreate<M, Create>& row) {
        add_connect_or_create(AnyFilter(row.where.where), Model<M>::create, &row.create);
    }
};

/// Rows to be created by one statement, and whether those whose key is taken are left out.
template <class M, class Create>
struct CreateManyInput {
    CreateList<M, Create> data{};
    bool skip_duplicates = false;
};

/// A filter on rows of M that stands in an input: an error names the field of another model.
template <class M>
struct When : Filter<M> {
    When() noexcept = default;
    template <class E>
    requires std::is_base_of_v<AnyFilter, std::remove_cvref_t<E>> When(E&& filter)
        : Filter<M>(AnyFilter(std::forward<E>(filter))) {
        using Given = std::remove_cvref_t<E>;
        if constexpr (!std::is_same_v<typename Given::Model, M>) (void)sizeof(this_belongs_to_another_model<Given, M>);
    }
};

/// A condition on the related row, or `true`.
template <class M>
class WhereOne : public Writes {
public:
    WhereOne() noexcept = default;
    WhereOne(bool does) {
        if (does) add_where(AnyFilter());
    }
    template <class E>
    requires std::is_base_of_v<AnyFilter, E> WhereOne(E where) { add_where(When<M>(std::move(where))); }
};

/// Conditions on related rows: `session::paid == false`, or several in braces.
template <class M>
class WhereList : public Writes {
public:
    WhereList() noexcept = default;
    template <class E>
    requires std::is_base_of_v<AnyFilter, E> WhereList(E where) { add_where(When<M>(std::move(where))); }
    WhereList(std::initializer_list<When<M>> conditions) {
        for (const When<M>& where : conditions) add_where(AnyFilter(where));
    }
};

/// `{.where = session::id == 3, .data = {.title = "Outro"}}`
template <class M, class Where>
struct ChangeOf {
    Where where;
    typename Model<M>::Update data;
};

/// Rows of M to be changed.
template <class M, class Where>
class UpdateList : public Writes {
public:
    UpdateList() noexcept = default;
    UpdateList(std::initializer_list<ChangeOf<M, Where>> changes) {
        for (const auto& change : changes) *this += change;
    }
    UpdateList& operator+=(const ChangeOf<M, Where>& change) {
        if constexpr (std::is_same_v<Where, Connection<M>>) {
            add_update(AnyFilter(change.where.where), Model<M>::update, &change.data);
        } else {
            add_update(AnyFilter(change.where), Model<M>::update, &change.data);
        }
        return *this;
    }
};

/// The related row is changed: `{{.name = "Ann"}}`, or, if it meets a condition, `{mentor::id == 3, {.name = "Ann"}}`.
template <class M, class Update>
class UpdateOne : public Writes {
public:
    UpdateOne() noexcept = default;
    UpdateOne(const Update& data) { add_update(AnyFilter(), Model<M>::update, &data); }
    UpdateOne(When<M> where, const Update& data) { add_update(std::move(where), Model<M>::update, &data); }
};

/// `{.where = topic::name == "C++", .create = {.name = "C++"}, .update = {.name = "C++20"}}`
template <class M>
struct UpsertOf {
    Connection<M> where;
    typename Model<M>::Create create;
    typename Model<M>::Update update;
};

/// Rows of M to be changed, or created where they do not exist.
template <class M>
class UpsertList : public Writes {
public:
    UpsertList() noexcept = default;
    UpsertList(std::initializer_list<UpsertOf<M>> rows) {
        for (const auto& row : rows) *this += row;
    }
    UpsertList& operator+=(const UpsertOf<M>& row) {
        add_upsert(AnyFilter(row.where.where), Model<M>::create, &row.create, Model<M>::update, &row.update);
        return *this;
    }
};

/// The related row, if it meets a condition, is changed, else one is created: `{.create = {…}, .update = {…}}` in
/// braces of its own.
template <class M>
struct UpsertOneOf {
    When<M> where{};
    typename Model<M>::Create create;
    typename Model<M>::Update update;
};
template <class M>
class UpsertOne : public Writes {
public:
    UpsertOne() noexcept = default;
    template <class U = UpsertOneOf<M>>
    UpsertOne(const U& row) {
        add_upsert(AnyFilter(row.where), Model<M>::create, &row.create, Model<M>::update, &row.update);
    }
};

/// The rows that are related afterwards: as for a connect, or `nothing`.
struct Nothing {};
template <class M>
class SetList : public ConnectList<M> {
public:
    using ConnectList<M>::ConnectList;
    SetList() noexcept = default;
    SetList(Nothing) { this->add_none(); }
};

}  // namespace typed

inline namespace words {

/// `.set = nothing`: no row is related any more.
inline constexpr typed::Nothing nothing{};

}  // namespace words

/// What an input may do with the rows of a to-many relation. Carried out in this order.
template <class M, class Create>
struct ToManyInput {
    typed::CreateList<M, Create> create{};
    typed::ConnectList<M> connect{};
    typed::ConnectOrCreateList<M, Create> connect_or_create{};
    typed::CreateManyInput<M, Create> create_many{};
};

/// What an update may do with the rows of a to-many relation. Carried out in this order.
template <class M, class Create, class Update>
struct ToManyChange {
    typed::CreateList<M, Create> create{};
    typed::ConnectList<M> connect{};
    typed::ConnectOrCreateList<M, Create> connect_or_create{};
    typed::SetList<M> set{};
    typed::ConnectList<M> disconnect{};
    typed::UpdateList<M, typed::Connection<M>> update{};
    typed::UpsertList<M> upsert{};
    typed::UpdateList<M, typed::When<M>> update_many{};
    typed::ConnectList<M> delete_{};
    typed::WhereList<M> delete_many{};
    typed::CreateManyInput<M, Create> create_many{};
};

/// What an input may do with the row of a to-one relation.
template <class M, class Create>
struct ToOneInput {
    typed::CreateOne<M, Create> create{};
    typed::ConnectOne<M> connect{};
    typed::ConnectOrCreateOne<M, Create> connect_or_create{};
};

/// What an update may do with the row of a to-one relation. Carried out in this order.
template <class M, class Create, class Update>
struct ToOneChange {
    typed::CreateOne<M, Create> create{};
    typed::ConnectOne<M> connect{};
    typed::ConnectOrCreateOne<M, Create> connect_or_create{};
    typed::WhereOne<M> disconnect{};
    typed::UpdateOne<M, Update> update{};
    typed::UpsertOne<M> upsert{};
    typed::WhereOne<M> delete_{};
};

namespace typed {

/// The rows of a create_many.
template <class M>
class Rows {
    using Create = typename Model<M>::Create;

public:
    Rows(std::initializer_list<Create> rows) : count_(rows.size()) {
        data_ = rows.begin();  // not in the initialiser: g++ warns there that the list's rows end with the call, as
                               // they should
    }
    Rows(const std::vector<Create>& rows) : data_(rows.data()), count_(rows.size()) {}
    Rows(std::vector<Create>&& rows) : data_(rows.data()), count_(rows.size()), move_(true) {}
    Rows(const Create* rows, std::size_t count) : data_(rows), count_(count) {}
    const Create* data() const noexcept { return data_; }
    std::size_t count() const noexcept { return count_; }
    bool may_move() const noexcept { return move_; }

private:
    const Create* data_ = nullptr;  ///< of the caller's rows, which outlive the call
    std::size_t count_;
    bool move_ = false;
};

}  // namespace typed
}  // namespace lamina
