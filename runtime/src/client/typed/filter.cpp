#include <lamina/client/typed/filter.hpp>
#include <lamina/query/operation.hpp>

#include "client/typed/room.hpp"

namespace lamina::typed {

// The face's enumerations are the query's, by number.
static_assert(static_cast<int>(Comparison::Search) == static_cast<int>(query::Comparison::Search));
static_assert(static_cast<int>(Comparison::NotIn) == static_cast<int>(query::Comparison::NotIn));
static_assert(static_cast<int>(Aggregate::Maximum) == static_cast<int>(query::Aggregate::Maximum));
static_assert(static_cast<int>(Condition::Compare) == static_cast<int>(query::Filter::Kind::Compare));
static_assert(static_cast<int>(Condition::IsNot) == static_cast<int>(query::Filter::Kind::IsNot));

AnyFilter::AnyFilter() noexcept { make<query::Filter>(room_); }

AnyFilter::AnyFilter(FieldId field, Comparison comparison, AnyValue&& value, bool insensitive) noexcept {
    query::Filter& filter = make<query::Filter>(room_);
    filter.kind = query::Filter::Kind::Compare;
    filter.comparison = static_cast<query::Comparison>(comparison);
    filter.insensitive = insensitive;
    filter.field = field;
    filter.value = std::move(value.get());
}

AnyFilter::AnyFilter(FieldId field, Comparison comparison, OtherField other, bool insensitive) noexcept
    : AnyFilter(field, comparison, AnyValue(null), insensitive) {
    data().other = other.id;
}

AnyFilter::AnyFilter(FieldId field, Comparison comparison, AnyValue&& value, FieldId other, bool insensitive) noexcept
    : AnyFilter(field, comparison, std::move(value), insensitive) {
    data().other = other;
    if (other != kNone) data().value = Value();
}

AnyFilter::AnyFilter(FieldId field, Comparison comparison, AnyValue&& value, FieldId other, AnyValue&& path,
                     bool insensitive) noexcept
    : AnyFilter(field, comparison, std::move(value), other, insensitive) {
    data().path = std::move(path.get());
}

AnyFilter::AnyFilter(FieldId field, Aggregate aggregate, Comparison comparison, AnyValue&& value, FieldId other,
                     bool insensitive) noexcept
    : AnyFilter(field, comparison, std::move(value), other, insensitive) {
    data().aggregate = static_cast<query::Aggregate>(aggregate);
}

AnyFilter::AnyFilter(FieldId relation, Condition condition, const AnyFilter* other) {
    query::Filter& filter = make<query::Filter>(room_);
    filter.kind = static_cast<query::Filter::Kind>(condition);
    filter.field = relation;
    if (other != nullptr) filter.children.push_back(other->data());
}

AnyFilter::AnyFilter(const AnyFilter& other) { make<query::Filter>(room_, other.data()); }
AnyFilter::AnyFilter(AnyFilter&& other) noexcept { make<query::Filter>(room_, std::move(other.data())); }
AnyFilter& AnyFilter::operator=(const AnyFilter& other) {
    data() = query::Filter(other.data());
    return *this;
}
AnyFilter& AnyFilter::operator=(AnyFilter&& other) noexcept {
    data() = std::move(other.data());
    return *this;
}
AnyFilter::~AnyFilter() { unmake<query::Filter>(room_); }

query::Filter& AnyFilter::data() noexcept { return in<query::Filter>(room_); }
const query::Filter& AnyFilter::data() const noexcept { return in<query::Filter>(room_); }

namespace {

bool matches_everything(const query::Filter& filter) {
    return filter.kind == query::Filter::Kind::And && filter.children.empty();
}

/// Joins two filters, into one flat list where the left one is of that kind already.
void join(query::Filter& left, query::Filter::Kind kind, query::Filter&& right) {
    if (left.kind != kind) {
        query::Filter first = std::move(left);
        left = query::Filter{};
        left.kind = kind;
        left.children.reserve(2);
        left.children.push_back(std::move(first));
    }
    if (right.kind == kind) {
        for (query::Filter& child : right.children) left.children.push_back(std::move(child));
    } else {
        left.children.push_back(std::move(right));
    }
}

}  // namespace

void AnyFilter::and_with(AnyFilter&& other) {
    if (matches_everything(other.data())) return;
    if (matches_everything(data())) {
        data() = std::move(other.data());
    } else {
        join(data(), query::Filter::Kind::And, std::move(other.data()));
    }
}

void AnyFilter::or_with(AnyFilter&& other) { join(data(), query::Filter::Kind::Or, std::move(other.data())); }

void AnyFilter::negate() {
    query::Filter inner = std::move(data());
    data() = query::Filter{};
    data().kind = query::Filter::Kind::Not;
    data().children.push_back(std::move(inner));
}

}  // namespace lamina::typed
