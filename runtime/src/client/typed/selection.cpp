#include <lamina/client/typed/order.hpp>
#include <lamina/client/typed/shape.hpp>
#include <lamina/query/operation.hpp>

#include "client/typed/room.hpp"

namespace lamina::typed {

static_assert(static_cast<int>(Direction::Descending) == static_cast<int>(query::Direction::Descending));
static_assert(static_cast<int>(Lock::ForKeyShare) == static_cast<int>(query::Lock::ForKeyShare));
static_assert(static_cast<int>(LockWait::SkipLocked) == static_cast<int>(query::LockWait::SkipLocked));
static_assert(static_cast<int>(Load::Join) == static_cast<int>(query::Load::Join));
static_assert(static_cast<int>(Nulls::Last) == static_cast<int>(query::Nulls::Last));

// ---- orderings ----

AnyOrderTerm::AnyOrderTerm(FieldId field, Direction direction, Nulls nulls, bool count) {
    query::OrderBy& order = make<query::OrderBy>(room_);
    order.field = field;
    order.direction = static_cast<query::Direction>(direction);
    order.nulls = static_cast<query::Nulls>(nulls);
    order.count = count;
}
AnyOrderTerm::AnyOrderTerm(FieldId field, Aggregate aggregate, Direction direction, Nulls nulls)
    : AnyOrderTerm(field, direction, nulls) {
    data().aggregate = static_cast<query::Aggregate>(aggregate);
}
AnyOrderTerm::AnyOrderTerm(const FieldId* fields, std::size_t count, AnyValue&& search, Direction direction)
    : AnyOrderTerm(kNone, direction) {
    data().relevance.assign(fields, fields + count);
    data().search = std::move(search.get());
}
AnyOrderTerm::AnyOrderTerm(FieldId relation, AnyOrderTerm&& term) : AnyOrderTerm(std::move(term)) {
    data().path.insert(data().path.begin(), relation);
}
AnyOrderTerm::AnyOrderTerm(const AnyOrderTerm& other) { make<query::OrderBy>(room_, other.data()); }
AnyOrderTerm::AnyOrderTerm(AnyOrderTerm&& other) noexcept { make<query::OrderBy>(room_, std::move(other.data())); }
AnyOrderTerm& AnyOrderTerm::operator=(const AnyOrderTerm& other) {
    data() = other.data();
    return *this;
}
AnyOrderTerm& AnyOrderTerm::operator=(AnyOrderTerm&& other) noexcept {
    data() = std::move(other.data());
    return *this;
}
AnyOrderTerm::~AnyOrderTerm() { unmake<query::OrderBy>(room_); }
query::OrderBy& AnyOrderTerm::data() noexcept { return in<query::OrderBy>(room_); }
const query::OrderBy& AnyOrderTerm::data() const noexcept { return in<query::OrderBy>(room_); }

using Orders = std::vector<query::OrderBy>;

AnyOrder::AnyOrder() noexcept { make<Orders>(room_); }
AnyOrder::AnyOrder(const AnyOrder& other) { make<Orders>(room_, other.data()); }
AnyOrder::AnyOrder(AnyOrder&& other) noexcept { make<Orders>(room_, std::move(other.data())); }
AnyOrder& AnyOrder::operator=(const AnyOrder& other) {
    data() = other.data();
    return *this;
}
AnyOrder& AnyOrder::operator=(AnyOrder&& other) noexcept {
    data() = std::move(other.data());
    return *this;
}
AnyOrder::~AnyOrder() { unmake<Orders>(room_); }
void AnyOrder::add(AnyOrderTerm&& term) { data().push_back(std::move(term.data())); }
Orders& AnyOrder::data() noexcept { return in<Orders>(room_); }
const Orders& AnyOrder::data() const noexcept { return in<Orders>(room_); }

// ---- loaded relations and selections ----

AnyLoaded::AnyLoaded(FieldId relation) { make<query::RelationSelection>(room_).field = relation; }
AnyLoaded::AnyLoaded(const AnyLoaded& other) { make<query::RelationSelection>(room_, other.data()); }
AnyLoaded::AnyLoaded(AnyLoaded&& other) noexcept { make<query::RelationSelection>(room_, std::move(other.data())); }
AnyLoaded::~AnyLoaded() { unmake<query::RelationSelection>(room_); }
query::RelationSelection& AnyLoaded::data() noexcept { return in<query::RelationSelection>(room_); }
const query::RelationSelection& AnyLoaded::data() const noexcept { return in<query::RelationSelection>(room_); }
Parts AnyLoaded::parts() noexcept { return {data().arguments, data().selection}; }

AnySelection::AnySelection() noexcept { make<query::Selection>(room_); }
AnySelection::AnySelection(const FieldId* fields, std::size_t count) {
    query::Selection& selection = make<query::Selection>(room_);
    selection.all_scalars = false;
    selection.fields.assign(fields, fields + count);
}
AnySelection::AnySelection(const AnySelection& other) { make<query::Selection>(room_, other.data()); }
AnySelection::AnySelection(AnySelection&& other) noexcept { make<query::Selection>(room_, std::move(other.data())); }
AnySelection::~AnySelection() { unmake<query::Selection>(room_); }
void AnySelection::add(AnyLoaded&& relation) { data().relations.push_back(std::move(relation.data())); }
void AnySelection::add_plain(FieldId relation) { data().relations.emplace_back().field = relation; }
void AnySelection::add_count(FieldId relation, AnyFilter&& filter) {
    data().counts.push_back({relation, std::move(filter.data())});
}
query::Selection& AnySelection::data() noexcept { return in<query::Selection>(room_); }
const query::Selection& AnySelection::data() const noexcept { return in<query::Selection>(room_); }

// ---- arguments ----

void add(Parts parts, AnyWhere&& where) {
    query::Filter& filter = parts.arguments.where;
    if (filter.kind == query::Filter::Kind::And && filter.children.empty()) {
        filter = std::move(where.filter.data());
    } else {
        AnyFilter both;  // several where(): all of them hold
        both.data() = std::move(filter);
        both.and_with(std::move(where.filter));
        filter = std::move(both.data());
    }
}

void add(Parts parts, AnyOrder&& order) {
    for (query::OrderBy& term : order.data()) parts.arguments.order_by.push_back(std::move(term));
}

void add(Parts parts, Take take) {
    if (!take.all) parts.arguments.take = take.count;
}

void add(Parts parts, Skip skip) { parts.arguments.skip = skip.count; }

namespace {

void add_key(std::vector<query::FieldValue>& cursor, const query::Filter& filter) {
    if (filter.kind == query::Filter::Kind::Compare) {
        cursor.push_back({filter.field, filter.value});
    } else {
        for (const query::Filter& part : filter.children) add_key(cursor, part);
    }
}

}  // namespace

void add(Parts parts, const AnyCursor& cursor) { add_key(parts.arguments.cursor, cursor.key.data()); }

void add(Parts parts, AnyDistinct distinct) {
    parts.arguments.distinct.assign(distinct.fields, distinct.fields + distinct.count);
}

void add(Parts parts, RowLock lock) {
    parts.operation->lock = static_cast<query::Lock>(lock.lock);
    parts.operation->lock_wait = static_cast<query::LockWait>(lock.wait);
}

void add(Parts parts, Loading loading) { parts.operation->load = static_cast<query::Load>(loading.how); }

void add(Parts parts, Limit limit) { parts.operation->limit = limit.count; }

void add(Parts parts, const AnyConflict& conflict) {
    std::vector<query::FieldValue> key;
    add_key(key, conflict.key.data());
    for (const query::FieldValue& part : key) parts.operation->conflict.push_back(part.field);
}

void add(Parts parts, AnyBy by) { parts.operation->by.assign(by.fields, by.fields + by.count); }

void add(Parts parts, AnyHaving&& having) { parts.operation->having = std::move(having.filter.data()); }

void add_aggregate(Parts parts, Aggregate aggregate, FieldId field) {
    parts.operation->aggregates.push_back({static_cast<query::Aggregate>(aggregate), field});
}

void add(Parts parts, AnySelection&& selection) {
    // Of omit() and include() each brings what the other leaves open.
    query::Selection& from = selection.data();
    query::Selection& to = parts.selection;
    if (!from.all_scalars) {
        to.all_scalars = false;
        to.fields = std::move(from.fields);
    }
    for (query::CountSelection& count : from.counts) to.counts.push_back(std::move(count));
    for (query::RelationSelection& relation : from.relations) to.relations.push_back(std::move(relation));
}

}  // namespace lamina::typed
