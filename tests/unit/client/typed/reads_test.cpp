#include <doctest/doctest.h>

#include "client/typed/recording_session.hpp"
#include "generate/mentoring/generated/client.hpp"

namespace {

using namespace db;  // NOLINT: as programs write
using namespace lamina::literals;
using lamina::query::Action;
using lamina::query::Comparison;
using Kind = lamina::query::Filter::Kind;
using lamina::typed_tests::RecordingSession;

// Field numbers of the schema: Mentor id 0, email 1, name 2, role 3, rate 4, sessions 5; Session id 0, title 1, paid 2
// …

struct Fixture {
    RecordingSession session;
    Delegates db{session};
    const lamina::query::Operation& operation() const { return session.operation; }
    const lamina::query::Filter& filter() const { return session.operation.arguments.where; }
};

TEST_CASE_FIXTURE(Fixture, "find_many without arguments asks for all rows of the model") {
    session.row_count = 3;
    const std::vector<Mentor> mentors = db.mentor.find_many();
    CHECK(mentors.size() == 3);
    CHECK(operation().action == Action::FindMany);
    CHECK(operation().model == 0);
    CHECK(operation().selection.all_scalars);
    CHECK(filter().kind == Kind::And);
    CHECK(filter().children.empty());
}

TEST_CASE_FIXTURE(Fixture, "a comparison becomes a filter on the field") {
    (void)db.mentor.find_many(where(mentor::rate > "80.00"_dec));
    CHECK(filter().kind == Kind::Compare);
    CHECK(filter().comparison == Comparison::Greater);
    CHECK(filter().field == 4);
    CHECK(filter().value == lamina::Value("80.00"_dec));
}

TEST_CASE_FIXTURE(Fixture, "every operator and method means its comparison") {
    const auto comparison = [this](auto filter) {
        (void)db.mentor.find_many(where(std::move(filter)));
        return this->filter().comparison;
    };
    CHECK(comparison(mentor::id == 1) == Comparison::Equals);
    CHECK(comparison(mentor::id != 1) == Comparison::Not);
    CHECK(comparison(mentor::id < 1) == Comparison::Less);
    CHECK(comparison(mentor::id <= 1) == Comparison::LessOrEqual);
    CHECK(comparison(mentor::id > 1) == Comparison::Greater);
    CHECK(comparison(mentor::id >= 1) == Comparison::GreaterOrEqual);
    CHECK(comparison(mentor::id.equals(1)) == Comparison::Equals);
    CHECK(comparison(mentor::id.not_(1)) == Comparison::Not);
    CHECK(comparison(mentor::id.lt(1)) == Comparison::Less);
    CHECK(comparison(mentor::id.lte(1)) == Comparison::LessOrEqual);
    CHECK(comparison(mentor::id.gt(1)) == Comparison::Greater);
    CHECK(comparison(mentor::id.gte(1)) == Comparison::GreaterOrEqual);
    CHECK(comparison(mentor::id.in({1, 2})) == Comparison::In);
    CHECK(comparison(mentor::id.not_in(std::vector<int>{1, 2})) == Comparison::NotIn);
    CHECK(comparison(mentor::email.contains("x")) == Comparison::Contains);
    CHECK(comparison(mentor::email.starts_with("x")) == Comparison::StartsWith);
    CHECK(comparison(mentor::email.ends_with(std::string("x"))) == Comparison::EndsWith);
    CHECK_FALSE(filter().insensitive);
    CHECK(comparison(mentor::email.equals("x", insensitive)) == Comparison::Equals);
    CHECK(filter().insensitive);
}

TEST_CASE_FIXTURE(Fixture, "values keep their types") {
    const auto value = [this](auto filter) {
        (void)db.mentor.find_many(where(std::move(filter)));
        return this->filter().value;
    };
    CHECK(value(mentor::id == 7) == lamina::Value(7));
    CHECK(value(mentor::email == std::string_view("a")) == lamina::Value("a"));
    CHECK(value(mentor::rate == 5) == lamina::Value(lamina::Decimal(5)));
    CHECK(value(mentor::role == Role::ADMIN) == lamina::Value::enumeration("ADMIN"));
    CHECK(value(mentor::name == null).is_null());
    CHECK(value(mentor::name == std::nullopt).is_null());
    CHECK(value(mentor::name == std::optional<std::string>("b")) == lamina::Value("b"));
    CHECK(value(mentor::bossId == std::optional<int>()).is_null());
    CHECK(value(mentor::role.in({Role::ADMIN, Role::MENTOR})).as_list().size() == 2);
    CHECK(value(mentor::id.in({})).as_list().empty());
}

TEST_CASE_FIXTURE(Fixture, "filters are joined as values") {
    lamina::Filter<Mentor> filter = mentor::role == Role::MENTOR;
    filter &= mentor::id > 3;
    filter &= mentor::id < 9;
    (void)db.mentor.find_many(where(filter));
    CHECK(this->filter().kind == Kind::And);
    CHECK(this->filter().children.size() == 3);

    (void)db.mentor.find_many(where(mentor::id == 1 || mentor::email == "x" || !(mentor::name == null)));
    CHECK(this->filter().kind == Kind::Or);
    CHECK(this->filter().children.size() == 3);
    CHECK(this->filter().children[2].kind == Kind::Not);

    (void)db.mentor.find_many(where(lamina::Filter<Mentor>()));
    CHECK(this->filter().children.empty());
}

TEST_CASE_FIXTURE(Fixture, "or keeps a filter that matches everything") {
    lamina::Filter<Mentor> filter;
    filter |= mentor::id == 1;
    (void)db.mentor.find_many(where(filter));
    CHECK(this->filter().kind == Kind::Or);
    CHECK(this->filter().children.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "several where() must all hold") {
    (void)db.mentor.find_many(where(mentor::id > 1), take(2), where(mentor::id < 9));
    CHECK(filter().kind == Kind::And);
    CHECK(filter().children.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "relation filters hold the related model's filter") {
    (void)db.mentor.find_many(where(mentor::sessions.some(session::paid == true)));
    CHECK(filter().kind == Kind::Some);
    CHECK(filter().field == 5);
    REQUIRE(filter().children.size() == 1);
    CHECK(filter().children[0].field == 2);
    (void)db.mentor.find_many(where(mentor::sessions.every(session::paid == true)));
    CHECK(filter().kind == Kind::Every);
    (void)db.mentor.find_many(where(mentor::sessions.none()));
    CHECK(filter().kind == Kind::None);
    CHECK(filter().children.empty());
    (void)db.session.find_many(where(session::mentor.is(mentor::name == "Ann")));
    CHECK(filter().kind == Kind::Is);
    (void)db.mentor.find_many(where(mentor::boss.is(null)));
    CHECK(filter().kind == Kind::Is);
    CHECK(filter().children.empty());
    (void)db.mentor.find_many(where(mentor::boss.is_not(mentor::id == 1)));
    CHECK(filter().kind == Kind::IsNot);
}

TEST_CASE_FIXTURE(Fixture, "paging, order and distinct are arguments in any order") {
    (void)db.session.find_many(
        take(-5), skip(2), cursor(session::id == 9), distinct(session::title, session::paid),
        order_by(session::title.desc(nulls_last), session::mentor(mentor::name.asc()), session::id.asc()));
    const lamina::query::Arguments& arguments = operation().arguments;
    CHECK(arguments.take == -5);
    CHECK(arguments.skip == 2);
    REQUIRE(arguments.cursor.size() == 1);
    CHECK(arguments.cursor[0].value == lamina::Value(9));
    CHECK(arguments.distinct == std::vector<lamina::query::FieldId>{1, 2});
    REQUIRE(arguments.order_by.size() == 3);
    CHECK(arguments.order_by[0].direction == lamina::query::Direction::Descending);
    CHECK(arguments.order_by[0].nulls == lamina::query::Nulls::Last);
    CHECK(arguments.order_by[1].path == std::vector<lamina::query::FieldId>{6});
    CHECK(arguments.order_by[1].field == 2);

    (void)db.mentor.find_many(order_by(mentor::sessions.count().desc()), take(std::optional<int>()));
    CHECK(operation().arguments.order_by[0].count);
    CHECK_FALSE(operation().arguments.take.has_value());
}

TEST_CASE_FIXTURE(Fixture, "compound keys find and page") {
    const auto time = lamina::DateTime::from_unix_microseconds(5);
    (void)db.session.find_unique(session::mentorId_startedAt(3, time));
    CHECK(filter().kind == Kind::And);
    REQUIRE(filter().children.size() == 2);
    CHECK(filter().children[0].value == lamina::Value(3));
    (void)db.session.find_many(cursor(session::mentorId_startedAt(3, time)));
    CHECK(operation().arguments.cursor.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "find_unique gives a row, or nothing") {
    session.fill = [](void* row) { static_cast<Mentor*>(row)->email = "ann@x.org"; };
    std::optional<Mentor> ann = db.mentor.find_unique(mentor::email == "ann@x.org");
    REQUIRE(ann.has_value());
    CHECK(ann->email == "ann@x.org");
    CHECK(operation().action == Action::FindUnique);
    session.row_count = 0;
    CHECK_FALSE(db.mentor.find_unique(mentor::id == 3).has_value());
    CHECK_FALSE(db.mentor.find_first(where(mentor::id > 3)).has_value());
    CHECK(operation().action == Action::FindFirst);
}

TEST_CASE_FIXTURE(Fixture, "find_unique takes a unique field with a further filter, on either side") {
    (void)db.mentor.find_unique(mentor::id == 3 && mentor::role == Role::ADMIN);
    CHECK(filter().children.size() == 2);
    (void)db.mentor.find_unique(mentor::role == Role::ADMIN && mentor::id == 3);
    CHECK(filter().children.size() == 2);
    (void)db.mentor.find_unique(mentor::email == "x" && mentor::id == 3);
    CHECK(filter().children.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "select decides the row") {
    session.fill = [](void* row) { static_cast<mentor::field::email<>::RowMember<>*>(row)->email = "first base"; };
    auto rows = db.mentor.find_many(select(mentor::email, mentor::id, mentor::sessions(select(session::title))));
    static_assert(std::is_same_v<decltype(rows[0].id), std::int32_t>);
    static_assert(std::is_same_v<decltype(rows[0].sessions[0].title), std::string>);
    CHECK(rows[0].email == "first base");
    CHECK_FALSE(operation().selection.all_scalars);
    CHECK(operation().selection.fields == std::vector<lamina::query::FieldId>{1, 0});
    REQUIRE(operation().selection.relations.size() == 1);
    CHECK(operation().selection.relations[0].selection.fields == std::vector<lamina::query::FieldId>{1});
}

TEST_CASE_FIXTURE(Fixture, "include adds relations with arguments of their own") {
    auto rows = db.mentor.find_many(
        include(mentor::sessions(where(session::paid == true), order_by(session::startedAt.desc()), take(5)),
                mentor::boss, mentor::profile(select(profile::bio))));
    using R = decltype(rows)::value_type;
    static_assert(std::is_same_v<R, lamina::row_of<Mentor, decltype(include(mentor::sessions, mentor::boss,
                                                                            mentor::profile(select(profile::bio))))>>);
    static_assert(std::is_base_of_v<Mentor, R>);
    static_assert(std::is_same_v<decltype(rows[0].sessions), std::vector<Session>>);
    static_assert(std::is_same_v<decltype(rows[0].boss), std::optional<Mentor>>);
    const auto& relations = operation().selection.relations;
    REQUIRE(relations.size() == 3);
    CHECK(relations[0].arguments.take == 5);
    CHECK(relations[0].arguments.order_by.size() == 1);
    CHECK(relations[1].field == 9);
    CHECK(relations[1].selection.all_scalars);
    CHECK(operation().selection.all_scalars);
}

TEST_CASE_FIXTURE(Fixture, "omit leaves members out, also beside include") {
    auto rows = db.mentor.find_many(omit(mentor::email, mentor::rate), include(mentor::topics(omit(topic::id))));
    static_assert(std::is_same_v<decltype(rows[0].topics[0].name), std::string>);
    CHECK(operation().selection.fields == std::vector<lamina::query::FieldId>{0, 2, 3, 8});
    CHECK(operation().selection.relations.size() == 1);
    CHECK(rows[0].id == 0);
}

TEST_CASE_FIXTURE(Fixture, "layouts tell where the members of a composed row are") {
    auto rows = db.mentor.find_many(select(mentor::name, mentor::role, mentor::boss(select(mentor::id)), mentor::rate));
    using R = decltype(rows)::value_type;
    R& row = rows[0];
    const auto offset = [&row](const auto& member) {
        return static_cast<std::uint32_t>(reinterpret_cast<const char*>(&member) - reinterpret_cast<const char*>(&row));
    };
    const lamina::RowLayout& layout = *session.layout;
    REQUIRE(layout.slots.size() == 3);
    CHECK(layout.slots[0].offset == offset(row.name));
    CHECK(layout.slots[0].optional);
    CHECK(layout.slots[1].offset == offset(row.role));
    CHECK(layout.slots[1].type == lamina::Type::Enum);
    CHECK(layout.slots[1].labels->names[1] == "ADMIN");
    CHECK(layout.slots[2].offset == offset(row.rate));
    REQUIRE(layout.children.size() == 1);
    CHECK(layout.children[0].offset == offset(row.boss));
    CHECK(layout.children[0].kind == lamina::ChildLayout::Kind::Optional);
    CHECK(layout.size == sizeof(R));
}

TEST_CASE_FIXTURE(Fixture, "an included row keeps the model's slots at its beginning") {
    auto rows = db.mentor.find_many(include(mentor::sessions));
    CHECK(session.layout->slots.size() == 6);
    CHECK(static_cast<const void*>(static_cast<const Mentor*>(&rows[0])) == static_cast<const void*>(&rows[0]));
    CHECK(session.layout->children[0].layout == &lamina::typed::Model<Session>::layout);
}

TEST_CASE_FIXTURE(Fixture, "count takes a filter") {
    session.row_count = 42;
    CHECK(db.mentor.count(where(mentor::id > 2)) == 42);
    CHECK(db.mentor.count() == 42);
    CHECK(operation().action == Action::Count);
}

TEST_CASE_FIXTURE(Fixture, "try_ twins give results, sql() the statements") {
    lamina::Result<std::vector<Mentor>> rows = db.mentor.try_find_many(take(1));
    CHECK(rows->size() == 1);
    lamina::Result<std::optional<Mentor>> row = db.mentor.try_find_unique(mentor::id == 1);
    CHECK(row->has_value());
    CHECK(db.mentor.try_count().value() == 1);
    const std::vector<std::string> statements =
        db.mentor.sql().find_many(where(mentor::id == 1), include(mentor::sessions));
    CHECK(statements.size() == 1);
    CHECK(operation().action == Action::FindMany);
}

TEST_CASE("enums have labels") { CHECK(to_string(Role::ADMIN) == "ADMIN"); }

}  // namespace
