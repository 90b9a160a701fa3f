#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include <lamina/client/typed/request.hpp>

namespace lamina {

namespace typed {

struct Deferring;

/// The operations that read rows of model M. `End` decides what a call gives: Throwing, Trying, ShowingSql or
/// Deferring.
template <class M, class End>
class Reads {
protected:
    Session* session_;

public:
    explicit Reads(Session& session) noexcept : session_(&session) {}

    /// The row with this unique key, or nothing: `find_unique(mentor::id == 3)`. Further: select, include, omit.
    template <class E, class... A>
    auto find_unique(E&& key, A&&... a) const {
        check_unique<M, std::remove_cvref_t<E>>();
        (check_argument<M, kShapes | kLocks | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::FindUnique, Model<M>::id);
        request.where(std::forward<E>(key));
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template maybe<RowOf<M, A...>>(*session_, request);
    }
    /// The row with this unique key. Fails with P2025 when there is none.
    template <class E, class... A>
    auto find_unique_or_throw(E&& key, A&&... a) const {
        check_unique<M, std::remove_cvref_t<E>>();
        (check_argument<M, kShapes | kLocks | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::FindUniqueOrThrow, Model<M>::id);
        request.where(std::forward<E>(key));
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<RowOf<M, A...>>(*session_, request);
    }
    /// The first row, or nothing. Takes what find_many takes.
    template <class... A>
    auto find_first(A&&... a) const {
        (check_argument<M, kReading | kLocks | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::FindFirst, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template maybe<RowOf<M, A...>>(*session_, request);
    }
    /// The first row. Fails with P2025 when there is none.
    template <class... A>
    auto find_first_or_throw(A&&... a) const {
        (check_argument<M, kReading | kLocks | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::FindFirstOrThrow, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<RowOf<M, A...>>(*session_, request);
    }
    /// All rows that match: where, order_by, take, skip, cursor, distinct, select, include, omit, in any order.
    /// Further, as in all reads of rows: lock, load.
    template <class... A>
    auto find_many(A&&... a) const {
        (check_argument<M, kReading | kLocks | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::FindMany, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template many<RowOf<M, A...>>(*session_, request);
    }
    /// The number of rows: where, take, skip, cursor.
    template <class... A>
    auto count(A&&... a) const {
        (check_argument<M, kFilters | kPages, std::remove_cvref_t<A>>(), ...);
        Request request(Action::Count, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::count(*session_, request);
    }
    /// Numbers about the rows: `aggregate(count(), sum(mentor::rate), where(…))` gives `_count._all` and `_sum.rate`.
    /// Further: order_by, take, skip, cursor, which decide about the rows.
    template <class... A>
    auto aggregate(A&&... a) const {
        (check_argument<M, kCalculations | kFilters | kPages, std::remove_cvref_t<A>>(), ...);
        Request request(Action::Aggregate, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<CalculatedRowOf<A...>>(*session_, request);
    }
    /// The same about each group of rows: `group_by(by(mentor::role), avg(mentor::rate), having(count(mentor::id) > 2),
    /// order_by(avg(mentor::rate).desc()))`. Further: where, which decides about rows; take, skip: about groups.
    template <class... A>
    auto group_by(A&&... a) const {
        (check_argument<M, kGroups | kCalculations | kFilters | kPages, std::remove_cvref_t<A>>(), ...);
        Request request(Action::GroupBy, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template many<CalculatedRowOf<A...>>(*session_, request);
    }
};

/// The operations that read and write rows of model M.
template <class M, class End>
class Operations : public Reads<M, End> {
protected:
    using Create = typename Model<M>::Create;
    using Update = typename Model<M>::Update;
    using Reads<M, End>::session_;

public:
    using Reads<M, End>::Reads;

    /// Writes a row, and rows related to it, and gives it back as select, include, omit say.
    template <class... A>
    auto create(Create input, A&&... a) const {
        (check_argument<M, kShapes | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::Create, Model<M>::id);
        request.create(Model<M>::create, &input);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<RowOf<M, A...>>(*session_, request);
    }
    /// Writes many rows in a constant number of statements and gives their number. Further: skip_duplicates.
    template <class... A>
    auto create_many(Rows<M> rows, A&&... a) const {
        (check_argument<M, kSkips, std::remove_cvref_t<A>>(), ...);
        Request request(Action::CreateMany, Model<M>::id);
        request.rows(Model<M>::create, rows.data(), rows.count(), rows.may_move());
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::count(*session_, request);
    }
    /// Writes many rows and gives them back. Further: skip_duplicates, select, include, omit.
    template <class... A>
    auto create_many_and_return(Rows<M> rows, A&&... a) const {
        (check_argument<M, kSkips | kShapes | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::CreateManyAndReturn, Model<M>::id);
        request.rows(Model<M>::create, rows.data(), rows.count(), rows.may_move());
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template many<RowOf<M, A...>>(*session_, request);
    }
    /// Changes the row with this unique key and gives it back: `update(mentor::id == 3, {.name = "Ann"})`. Further:
    /// select, include, omit. Fails with P2025 when there is none.
    template <class E, class... A>
    auto update(E&& key, Update input, A&&... a) const {
        check_unique<M, std::remove_cvref_t<E>>();
        (check_argument<M, kShapes | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::Update, Model<M>::id);
        request.where(std::forward<E>(key));
        request.update(Model<M>::update, &input);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<RowOf<M, A...>>(*session_, request);
    }
    /// Changes all rows that match and gives their number: `update_many(where(…), {…})`. Further: limit.
    template <class W, class... A>
    auto update_many(W&& where, Update input, A&&... a) const {
        check_argument<M, kFilters, std::remove_cvref_t<W>>();
        (check_argument<M, kLimits, std::remove_cvref_t<A>>(), ...);
        Request request(Action::UpdateMany, Model<M>::id);
        add(request.parts(), std::forward<W>(where));
        request.update(Model<M>::update, &input);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::count(*session_, request);
    }
    /// Changes all rows that match and gives them back. Further: limit, select, include, omit.
    template <class W, class... A>
    auto update_many_and_return(W&& where, Update input, A&&... a) const {
        check_argument<M, kFilters, std::remove_cvref_t<W>>();
        (check_argument<M, kShapes | kLoads | kLimits, std::remove_cvref_t<A>>(), ...);
        Request request(Action::UpdateManyAndReturn, Model<M>::id);
        add(request.parts(), std::forward<W>(where));
        request.update(Model<M>::update, &input);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template many<RowOf<M, A...>>(*session_, request);
    }
    /// Writes many rows; one whose key is there already gets the other fields that the rows give. Gives their number:
    /// `upsert_many({{.email = "ann@x.org", .name = "Ann"}}, conflict(mentor::email))`. All rows give the same fields,
    /// those of the key among them, and no key twice.
    template <class C>
    auto upsert_many(Rows<M> rows, C&& conflict) const {
        check_argument<M, kConflicts, std::remove_cvref_t<C>>();
        Request request(Action::UpsertMany, Model<M>::id);
        request.rows(Model<M>::create, rows.data(), rows.count(), rows.may_move());
        add(request.parts(), std::forward<C>(conflict));
        return End::count(*session_, request);
    }
    /// Changes the row with this unique key or, when there is none, creates one; gives it back. Further: select,
    /// include, omit.
    template <class E, class... A>
    auto upsert(E&& key, Create create, Update update, A&&... a) const {
        check_unique<M, std::remove_cvref_t<E>>();
        (check_argument<M, kShapes | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::Upsert, Model<M>::id);
        request.where(std::forward<E>(key));
        request.upsert(Model<M>::create, &create, Model<M>::update, &update);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<RowOf<M, A...>>(*session_, request);
    }
    /// Deletes the row with this unique key and gives what it was. Further: select, include, omit. Fails with P2025
    /// when there is none.
    template <class E, class... A>
    auto delete_one(E&& key, A&&... a) const {
        check_unique<M, std::remove_cvref_t<E>>();
        (check_argument<M, kShapes | kLoads, std::remove_cvref_t<A>>(), ...);
        Request request(Action::Delete, Model<M>::id);
        request.where(std::forward<E>(key));
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::template one<RowOf<M, A...>>(*session_, request);
    }
    /// Deletes all rows that match, or all, and gives their number: `delete_many(where(…))`. Further: limit.
    template <class... A>
    auto delete_many(A&&... a) const {
        (check_argument<M, kFilters | kLimits, std::remove_cvref_t<A>>(), ...);
        Request request(Action::DeleteMany, Model<M>::id);
        (add(request.parts(), std::forward<A>(a)), ...);
        return End::count(*session_, request);
    }
};

/// The twins of the reading operations that give a Result and do not throw.
template <class M, class Base, template <class, class> class Twin>
class TryReads : public Base {
protected:
    Twin<M, Trying> trying() const noexcept { return Twin<M, Trying>(*this->session_); }

public:
    using Base::Base;

    /// The same operations, which give the statements that would run instead of running them:
    /// `db.mentor.sql().find_many()`.
    Twin<M, ShowingSql> sql() const noexcept { return Twin<M, ShowingSql>(*this->session_); }

    /// The same operations, which give calls for a batch() instead of running:
    /// `db.batch(db.mentor.later().find_unique(mentor::id == 1), db.mentor.later().count())`.
    Twin<M, Deferring> later() const noexcept { return Twin<M, Deferring>(*this->session_); }

    template <class... A>
    auto try_find_unique(A&&... a) const {
        return trying().find_unique(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_find_unique_or_throw(A&&... a) const {
        return trying().find_unique_or_throw(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_find_first(A&&... a) const {
        return trying().find_first(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_find_first_or_throw(A&&... a) const {
        return trying().find_first_or_throw(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_find_many(A&&... a) const {
        return trying().find_many(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_count(A&&... a) const {
        return trying().count(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_aggregate(A&&... a) const {
        return trying().aggregate(std::forward<A>(a)...);
    }
    template <class... A>
    auto try_group_by(A&&... a) const {
        return trying().group_by(std::forward<A>(a)...);
    }
};

}  // namespace typed

/// `db.mentor` of a view: reads its rows. Every operation throws lamina::Error; its `try_` twin gives a Result.
template <class M>
using ViewDelegate = typed::TryReads<M, typed::Reads<M, typed::Throwing>, typed::Reads>;

/// `db.mentor`: reads and writes the rows of model M. Every operation throws lamina::Error; its `try_` twin gives a
/// Result.
///
/// Copies refer to the same client or transaction, which must outlive them. As thread-safe as that is.
template <class M>
class Delegate : public typed::TryReads<M, typed::Operations<M, typed::Throwing>, typed::Operations> {
    using Create = typename typed::Model<M>::Create;
    using Update = typename typed::Model<M>::Update;

public:
    using typed::TryReads<M, typed::Operations<M, typed::Throwing>, typed::Operations>::TryReads;

    template <class... A>
    auto try_create(Create input, A&&... a) const {
        return this->trying().create(std::move(input), std::forward<A>(a)...);
    }
    template <class... A>
    auto try_create_many(typed::Rows<M> rows, A&&... a) const {
        return this->trying().create_many(rows, std::forward<A>(a)...);
    }
    template <class... A>
    auto try_create_many_and_return(typed::Rows<M> rows, A&&... a) const {
        return this->trying().create_many_and_return(rows, std::forward<A>(a)...);
    }
    template <class E, class... A>
    auto try_update(E&& key, Update input, A&&... a) const {
        return this->trying().update(std::forward<E>(key), std::move(input), std::forward<A>(a)...);
    }
    template <class W, class... A>
    auto try_update_many(W&& where, Update input, A&&... a) const {
        return this->trying().update_many(std::forward<W>(where), std::move(input), std::forward<A>(a)...);
    }
    template <class W, class... A>
    auto try_update_many_and_return(W&& where, Update input, A&&... a) const {
        return this->trying().update_many_and_return(std::forward<W>(where), std::move(input), std::forward<A>(a)...);
    }
    template <class E, class... A>
    auto try_upsert(E&& key, Create create, Update update, A&&... a) const {
        return this->trying().upsert(std::forward<E>(key), std::move(create), std::move(update), std::forward<A>(a)...);
    }
    template <class E, class... A>
    auto try_delete_one(E&& key, A&&... a) const {
        return this->trying().delete_one(std::forward<E>(key), std::forward<A>(a)...);
    }
    template <class... A>
    auto try_delete_many(A&&... a) const {
        return this->trying().delete_many(std::forward<A>(a)...);
    }
    template <class C>
    auto try_upsert_many(typed::Rows<M> rows, C&& conflict) const {
        return this->trying().upsert_many(rows, std::forward<C>(conflict));
    }
};

}  // namespace lamina
