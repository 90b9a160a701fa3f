#include <doctest/doctest.h>

#include "client/typed/recording_session.hpp"
#include "generate/mentoring/generated/client.hpp"

namespace {

using namespace db;  // NOLINT: as programs write
using namespace lamina::literals;
using lamina::query::Action;
using lamina::query::NestedWrite;
using WriteKind = lamina::query::FieldWrite::Kind;
using lamina::typed_tests::RecordingSession;

struct Fixture {
    RecordingSession session;
    Delegates db{session};
    const lamina::query::Operation& operation() const { return session.operation; }
};

TEST_CASE_FIXTURE(Fixture, "create writes what is given and nothing else") {
    const Mentor ann = db.mentor.create({.email = "ann@x.org", .rate = "95.50"_dec});
    CHECK(operation().action == Action::Create);
    const auto& fields = operation().data.fields;
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].field == 1);
    CHECK(fields[0].value == lamina::Value("ann@x.org"));
    CHECK(fields[1].value == lamina::Value("95.50"_dec));
    CHECK(operation().data.nested.empty());
    CHECK(ann.id == 0);
}

TEST_CASE_FIXTURE(Fixture, "null is written, not given is not") {
    (void)db.mentor.create({.email = "a", .name = null, .role = Role::ADMIN, .rate = 1});
    const auto& fields = operation().data.fields;
    REQUIRE(fields.size() == 4);
    CHECK(fields[1].value.is_null());
    CHECK(fields[2].value == lamina::Value::enumeration("ADMIN"));
}

TEST_CASE_FIXTURE(Fixture, "nested creates, connects and connect_or_creates") {
    (void)db.mentor.create(
        {.email = "a",
         .rate = 1,
         .sessions = {.create = {{.title = "Intro"}, {.title = "Review", .paid = true}}, .connect = {session::id == 3}},
         .topics = {.connect = topic::name == "C++",
                    .connect_or_create = {{.where = topic::name == "SQL", .create = {.name = "SQL"}}}},
         .profile = {.create = {{.bio = "short"}}}});
    const auto& nested = operation().data.nested;
    REQUIRE(nested.size() == 6);
    CHECK(nested[0].kind == NestedWrite::Kind::Create);
    CHECK(nested[0].field == 5);
    // One element of a to-many relation is an element of a list, too.
    for (const auto& write : nested) CHECK(write.list == (write.field != 7));
    CHECK(nested[1].create.fields.size() == 2);
    CHECK(nested[2].kind == NestedWrite::Kind::Connect);
    CHECK(nested[2].where.value == lamina::Value(3));
    CHECK(nested[3].field == 6);
    CHECK(nested[4].kind == NestedWrite::Kind::ConnectOrCreate);
    CHECK(nested[4].where.value == lamina::Value("SQL"));
    CHECK(nested[5].field == 7);
    CHECK(nested[5].create.fields[0].value == lamina::Value("short"));
}

TEST_CASE_FIXTURE(Fixture, "a to-one relation is given by its foreign key or by connecting") {
    (void)db.session.create({.title = "x", .mentorId = 3});
    CHECK(operation().data.fields.size() == 2);
    (void)db.session.create({.title = "x", .mentor = {.connect = mentor::id == 3}});
    CHECK(operation().data.nested.size() == 1);
    (void)db.session.create({.title = "x", .mentor = {.create = {{.email = "a", .rate = 1}}}});
    CHECK(operation().data.nested[0].create.fields.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "a required relation that is not given is an error before anything runs") {
    const auto result = db.session.try_create({.title = "x"});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code() == lamina::ErrorCode::RequiredValueMissing);
    CHECK(result.error().model() == "Session");
    CHECK(result.error().message().find("`mentorId`") != std::string::npos);
    CHECK(session.runs == 0);
    CHECK_THROWS_AS(db.session.create({.title = "x"}), lamina::Error);
}

TEST_CASE_FIXTURE(Fixture, "a relation given twice is an error") {
    CHECK(db.session.try_create({.title = "x", .mentorId = 3, .mentor = {.connect = mentor::id == 3}}).error().code() ==
          lamina::ErrorCode::QueryInvalid);
    CHECK(db.mentor.try_create({.email = "a", .rate = 1, .sessions = {.create = {{.title = "x", .mentorId = 4}}}})
              .error()
              .code() == lamina::ErrorCode::QueryInvalid);
    CHECK(session.runs == 0);
}

TEST_CASE_FIXTURE(Fixture, "inputs are values: they can be built step by step and used again") {
    MentorCreate input{.email = "a", .rate = 1};
    input.name = "Ann";
    input.sessions.create += SessionCreate{.title = "later"};
    const MentorCreate copy = input;
    (void)db.mentor.create(copy);
    CHECK(operation().data.nested.size() == 1);
    (void)db.mentor.create(input);
    CHECK(operation().data.fields.size() == 3);
    CHECK(operation().data.nested.size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "update sets and counts") {
    (void)db.mentor.update(mentor::id == 3, {.name = "Ann", .rate = multiply("1.05"_dec)});
    const auto& fields = operation().data.fields;
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].kind == WriteKind::Set);
    CHECK(fields[1].kind == WriteKind::Multiply);
    CHECK(fields[1].value == lamina::Value("1.05"_dec));
    CHECK(operation().arguments.where.value == lamina::Value(3));
    (void)db.session.update_many(where(session::paid == false), {.minutes = increment(5)});
    CHECK(operation().action == Action::UpdateMany);
    CHECK(operation().data.fields[0].kind == WriteKind::Increment);
    auto rows =
        db.session.update_many_and_return(where(session::id > 1), {.minutes = decrement(5)}, select(session::id));
    CHECK(rows.size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "an update may leave required relations alone") {
    CHECK(db.session.try_update(session::id == 1, {.title = "x"}).has_value());
    CHECK(db.session.try_update(session::id == 1, {.mentorId = 4}).has_value());
}

TEST_CASE_FIXTURE(Fixture, "upsert has a create and an update") {
    auto row = db.topic.upsert(topic::name == "C++", {.name = "C++"}, {.name = "C++20"}, include(topic::mentors));
    CHECK(row.mentors.empty());
    CHECK(operation().action == Action::Upsert);
    CHECK(operation().data.fields[0].value == lamina::Value("C++"));
    CHECK(operation().update.fields[0].value == lamina::Value("C++20"));
}

TEST_CASE_FIXTURE(Fixture, "delete_one gives the row, delete_many the number") {
    const Topic gone = db.topic.delete_one(topic::id == 1);
    CHECK(gone.id == 0);
    CHECK(operation().action == Action::Delete);
    session.row_count = 7;
    CHECK(db.topic.delete_many(where(topic::name.contains("x"))) == 7);
    CHECK(db.topic.delete_many() == 7);
}

TEST_CASE_FIXTURE(Fixture, "create_many is a table of values, unset where a row gives none") {
    session.row_count = 2;
    CHECK(db.session.create_many({{.title = "a", .mentorId = 1}, {.title = "b", .minutes = 5, .mentorId = 2}},
                                 skip_duplicates) == 2);
    const lamina::query::Rows& rows = operation().rows;
    CHECK(rows.fields == std::vector<lamina::query::FieldId>{1, 4, 5});
    REQUIRE(rows.values.size() == 6);
    CHECK(rows.values[1].is_unset());
    CHECK(rows.values[4] == lamina::Value(5));
    CHECK(operation().skip_duplicates);
}

TEST_CASE_FIXTURE(Fixture, "create_many takes a vector, and moves out of one that is given away") {
    std::vector<TopicCreate> topics;
    for (int i = 0; i < 3; ++i)
        topics.push_back({.name = "a name that is too long for a small text " + std::to_string(i)});
    (void)db.topic.create_many(topics);
    (void)db.topic.create_many(topics);
    CHECK(operation().rows.values.size() == 3);
    CHECK_FALSE(operation().rows.values[2].is_unset());
    auto rows = db.topic.create_many_and_return(std::move(topics), select(topic::name));
    CHECK(operation().rows.values[2].as_string().ends_with("2"));
    CHECK(operation().action == Action::CreateManyAndReturn);
}

TEST_CASE_FIXTURE(Fixture, "create_many refuses related rows and missing keys") {
    CHECK(
        db.mentor.try_create_many({{.email = "a", .rate = 1, .topics = {.connect = topic::id == 1}}}).error().code() ==
        lamina::ErrorCode::QueryInvalid);
    CHECK(db.session.try_create_many({{.title = "a"}}).error().code() == lamina::ErrorCode::RequiredValueMissing);
    CHECK(session.runs == 0);
}

TEST_CASE("transactions give what their body gives") {
    RecordingSession session;
    lamina::TransactionOf<Delegates> outer(session);
    const auto total = outer.transaction([](auto& tx) { return tx.mentor.count(); }, {.retries = 2});
    CHECK(total == 1);
    int runs = 0;
    outer.transaction([&runs](auto& tx) {
        (void)tx.topic.find_many();
        ++runs;
    });
    CHECK(runs == 1);
}

}  // namespace
