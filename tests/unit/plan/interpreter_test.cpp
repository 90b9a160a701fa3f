#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/try.hpp>
#include <lamina/plan/interpreter.hpp>
#include <lamina/plan/planner.hpp>
#include <lamina/sql/postgresql/dialect.hpp>

#include "fixture.hpp"

// The interpreter with scripted answers instead of a database.

using namespace fixture;
using namespace lamina::query;
using lamina::ChildLayout;
using lamina::Error;
using lamina::ErrorCode;
using lamina::Result;
using lamina::RowLayout;
using lamina::Slot;
using lamina::Type;
using lamina::plan::Execution;
using lamina::plan::Interpreter;
using lamina::plan::Plan;
using lamina::plan::Shape;

namespace {

using Row = std::vector<Value>;

/// Gives scripted values; a list of lists holds rows.
class ScriptedReader final : public lamina::RowReader {
public:
    explicit ScriptedReader(const Row& row) : row_(row) {}

    Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) override {
        for (const Slot& slot : slots) {
            if (first_column >= row_.size()) return Error(ErrorCode::Internal, "the script has no such column");
            const Value& value = row_[first_column++];
            void* out = static_cast<char*>(base) + slot.offset;
            if (slot.dynamic) {
                *static_cast<Value*>(out) = value;
            } else if (value.is_null()) {
                return Error(ErrorCode::InconsistentColumnData, "null");
            } else if (slot.type == Type::Int) {
                *static_cast<std::int32_t*>(out) = value.as_int();
            } else {
                *static_cast<std::string*>(out) = value.as_string();
            }
        }
        return {};
    }

    Result<void> rows(std::size_t column, lamina::RowSink& sink) override {
        if (column >= row_.size()) return Error(ErrorCode::Internal, "the script has no such column");
        for (const Value& item : row_[column].as_list()) {
            const Row row(item.as_list().begin(), item.as_list().end());
            ScriptedReader reader(row);
            LAMINA_TRY(sink.row(reader));
        }
        return {};
    }

private:
    const Row& row_;
};

/// What the database is asked, and what it answers: per statement of a run, in order.
struct Script {
    std::vector<std::vector<Row>> answers;
    std::size_t fail_at = static_cast<std::size_t>(-1);  ///< statement or row that fails, counted over the run

    std::vector<std::vector<std::string>> batches;  ///< asked: text and parameters
    std::size_t steps = 0;

    Result<std::uint64_t> run(const Plan& plan, const Operation& operation, const RowLayout* layout, void* rows) {
        const Shape shape(operation);
        Interpreter interpreter(plan, shape, layout, rows);
        std::size_t answer = 0;
        for (;;) {
            LAMINA_TRY_ASSIGN(const std::span<Execution> batch, interpreter.next());
            if (batch.empty()) return interpreter.count();
            batches.emplace_back();
            for (Execution& execution : batch) {
                std::string asked = execution.statement->text;
                for (const Value* parameter : execution.parameters) asked += " | " + parameter->to_debug_string();
                batches.back().push_back(asked);
                if (steps++ == fail_at) return Error(ErrorCode::DatabaseError, "scripted");
                if (answer == answers.size()) return Error(ErrorCode::Internal, "nothing is scripted for " + asked);
                const std::vector<Row>& answered = answers[answer++];
                execution.affected = answered.size();
                for (const Row& row : answered) {
                    if (steps++ == fail_at) return Error(ErrorCode::DatabaseError, "scripted");
                    ScriptedReader reader(row);
                    if (execution.sink) LAMINA_TRY(execution.sink->row(reader));
                }
            }
        }
    }
};

// Rows as a typed client has them.

struct PersonRow {
    std::int32_t id = 0;
    std::string email;
};
struct PostRow {
    std::string title;
    std::optional<PersonRow> author;
};
struct UserRow {
    std::int32_t id = 0;
    std::vector<PostRow> posts;
    std::optional<PersonRow> boss;
};
struct ProfileRow {
    std::int32_t id = 0;
    PersonRow user;
};

Slot slot(std::size_t offset, Type type) {
    Slot result;
    result.offset = static_cast<std::uint32_t>(offset);
    result.type = type;
    return result;
}

template <class T>
RowLayout layout(std::span<const Slot> slots, std::span<const ChildLayout> children = {}) {
    RowLayout result;
    result.slots = slots;
    result.children = children;
    result.size = sizeof(T);
    result.append = [](void* vector) -> void* { return &static_cast<std::vector<T>*>(vector)->emplace_back(); };
    result.data = [](void* vector) -> void* { return static_cast<std::vector<T>*>(vector)->data(); };
    result.emplace = [](void* optional) -> void* { return &static_cast<std::optional<T>*>(optional)->emplace(); };
    return result;
}

const Slot kPersonSlots[] = {slot(offsetof(PersonRow, id), Type::Int), slot(offsetof(PersonRow, email), Type::String)};
const RowLayout kPerson = layout<PersonRow>(kPersonSlots);
const Slot kPostSlots[] = {slot(offsetof(PostRow, title), Type::String)};
const ChildLayout kPostChildren[] = {{offsetof(PostRow, author), ChildLayout::Kind::Optional, &kPerson}};
const RowLayout kPost_ = layout<PostRow>(kPostSlots, kPostChildren);
const RowLayout kPlainPost = layout<PostRow>(kPostSlots);
const Slot kUserSlots[] = {slot(offsetof(UserRow, id), Type::Int)};
const ChildLayout kUserChildren[] = {{offsetof(UserRow, posts), ChildLayout::Kind::Many, &kPost_},
                                     {offsetof(UserRow, boss), ChildLayout::Kind::Optional, &kPerson}};
const RowLayout kUser_ = layout<UserRow>(kUserSlots, kUserChildren);
const RowLayout kPlainUser = layout<UserRow>(kUserSlots);
const Slot kProfileSlots[] = {slot(offsetof(ProfileRow, id), Type::Int)};
const ChildLayout kProfileChildren[] = {{offsetof(ProfileRow, user), ChildLayout::Kind::One, &kPerson}};
const RowLayout kProfile_ = layout<ProfileRow>(kProfileSlots, kProfileChildren);

Plan plan_of(const Operation& operation) {
    auto plan = lamina::plan::plan(operation, schema(), lamina::dialect::postgresql::dialect());
    REQUIRE_MESSAGE(plan.has_value(), (plan ? "" : plan.error().what()));
    return *std::move(plan);
}

/// Users with their posts, these with their authors, and with their bosses.
Operation users() {
    Operation operation = find_many(kUser);
    const Selection person = select({user::id, user::email});
    operation.selection = select(
        {user::id},
        {include(user::posts, select({post::title}, {include(post::author, person)})), include(user::boss, person)});
    return operation;
}

/// Users 1, 2 and 3; 1 is the boss of the others. Statement columns: id, bossId | title, authorId | id, email | …
Script users_script() {
    Script script;
    script.answers = {{{1, Value()}, {2, 1}, {3, 1}},
                      {{"a", 2}, {"b", 1}, {"c", 2}, {"lost", 9}},
                      {{1, "one@x"}},
                      {{2, "two@x"}, {1, "one@x"}}};
    return script;
}

}  // namespace

TEST_CASE("a_point_read_is_one_statement") {
    Operation operation = find(Action::FindUnique, kUser);
    operation.arguments.where = eq(user::id, 7);
    operation.selection = select({user::id});
    Script script;
    script.answers = {{{7}}};
    std::vector<UserRow> rows(1);  // rows are appended to what is there
    const auto count = script.run(plan_of(operation), operation, &kPlainUser, &rows);
    REQUIRE(count.has_value());
    CHECK(*count == 1);
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].id == 7);
    CHECK(script.batches == std::vector<std::vector<std::string>>{{R"(SELECT "id" FROM "User" WHERE "id" = $1 | 7)"}});
}

TEST_CASE("relations_of_one_level_are_one_batch_and_are_bound_to_distinct_keys") {
    const Operation operation = users();
    Script script = users_script();
    std::vector<UserRow> rows;
    const auto count = script.run(plan_of(operation), operation, &kUser_, &rows);
    REQUIRE_MESSAGE(count.has_value(), (count ? "" : count.error().what()));
    CHECK(*count == 3);
    REQUIRE(script.batches.size() == 3);
    CHECK(script.batches[1] ==
          std::vector<std::string>{R"(SELECT "title", "authorId" FROM "Post" WHERE "authorId" = ANY ($1) | [1, 2, 3])",
                                   R"(SELECT "id", "email" FROM "User" WHERE "id" = ANY ($1) | [1])"});
    CHECK(script.batches[2] ==
          std::vector<std::string>{R"(SELECT "id", "email" FROM "User" WHERE "id" = ANY ($1) | [2, 1])"});

    REQUIRE(rows.size() == 3);
    REQUIRE(rows[0].posts.size() == 1);
    REQUIRE(rows[1].posts.size() == 2);
    CHECK(rows[2].posts.empty());
    CHECK(rows[0].posts[0].title == "b");
    CHECK(rows[1].posts[0].title == "a");
    CHECK(rows[1].posts[1].title == "c");
    CHECK(rows[1].posts[1].author->email == "two@x");
    CHECK(rows[0].posts[0].author->email == "one@x");
    CHECK_FALSE(rows[0].boss.has_value());
    CHECK(rows[1].boss->email == "one@x");
    CHECK(rows[2].boss->email == "one@x");
}

TEST_CASE("without_keys_nothing_is_asked") {
    Operation operation = users();
    Script script;
    script.answers = {{}};
    std::vector<UserRow> rows;
    CHECK(*script.run(plan_of(operation), operation, &kUser_, &rows) == 0);
    CHECK(script.batches.size() == 1);

    script = {};
    script.answers = {{{1, Value()}}, {}};
    CHECK(*script.run(plan_of(operation), operation, &kUser_, &rows) == 1);
    REQUIRE(script.batches.size() == 2);
    CHECK(script.batches[1].size() == 1);
}

TEST_CASE("every_parent_gets_its_required_row_or_the_run_fails") {
    Operation operation = find_many(kProfile);
    operation.selection = select({profile::id}, {include(profile::user, select({user::id, user::email}))});
    Script script;
    script.answers = {{{1, 5}, {2, 6}, {3, 5}}, {{5, "five"}, {6, "six"}}};
    std::vector<ProfileRow> rows;
    REQUIRE(script.run(plan_of(operation), operation, &kProfile_, &rows).has_value());
    CHECK(rows[0].user.email == "five");
    CHECK(rows[1].user.email == "six");
    CHECK(rows[2].user.email == "five");

    script = {};
    script.answers = {{{1, 5}, {2, 6}}, {{5, "five"}}};
    const auto result = script.run(plan_of(operation), operation, &kProfile_, &rows);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code() == ErrorCode::InconsistentColumnData);
}

TEST_CASE("joined_relations_are_columns_of_their_rows_in_one_statement") {
    Operation operation = users();
    operation.load = Load::Join;
    const Value one(Value::List{1, "one@x"}), two(Value::List{2, "two@x"});
    const Value none(Value::List{}), only_one(Value::List{one}), only_two(Value::List{two});
    Script script;
    script.answers = {
        {{1, Value(Value::List{Value(Value::List{"b", only_one})}), none},
         {2, Value(Value::List{Value(Value::List{"a", only_two}), Value(Value::List{"c", none})}), only_one},
         {3, none, only_one}}};
    std::vector<UserRow> rows;
    CHECK(*script.run(plan_of(operation), operation, &kUser_, &rows) == 3);
    CHECK(script.batches.size() == 1);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].posts[0].author->email == "one@x");
    CHECK(!rows[0].boss);
    REQUIRE(rows[1].posts.size() == 2);
    CHECK(rows[1].posts[0].author->email == "two@x");
    CHECK(rows[1].posts[1].title == "c");
    CHECK(!rows[1].posts[1].author);
    CHECK(rows[1].boss->id == 1);
    CHECK(rows[2].posts.empty());
    CHECK(rows[2].boss->email == "one@x");

    // Nothing is to come: COMMIT could go with it.
    const Plan plan = plan_of(operation);
    const Shape shape(operation);
    Interpreter interpreter(plan, shape, &kUser_, &rows);
    REQUIRE(interpreter.next()->size() == 1);
    CHECK(interpreter.last_batch());
    std::vector<UserRow> other;
    CHECK_FALSE(script.run(plan, operation, &kPlainUser, &other).has_value());
    static const ChildLayout kWrong[] = {{offsetof(UserRow, posts), ChildLayout::Kind::Many, &kPlainPost},
                                         {offsetof(UserRow, boss), ChildLayout::Kind::Optional, &kPerson}};
    static const RowLayout kMisfit = layout<UserRow>(kUserSlots, kWrong);
    const auto misfit = script.run(plan, operation, &kMisfit, &other);
    REQUIRE_FALSE(misfit.has_value());
    CHECK(misfit.error().code() == ErrorCode::Internal);
}

TEST_CASE("a_joined_row_that_must_be_there_and_is_not_fails_as_in_a_batch") {
    Operation operation = find_many(kProfile);
    operation.selection = select({profile::id}, {include(profile::user, select({user::id, user::email}))});
    std::vector<ProfileRow> rows;
    Script batched;
    batched.answers = {{{1, 5}}, {}};
    const auto batch = batched.run(plan_of(operation), operation, &kProfile_, &rows);
    operation.load = Load::Join;
    Script joined;
    joined.answers = {{{1, Value(Value::List{Value(Value::List{5, "five"})})}, {2, Value(Value::List{})}}};
    rows.clear();
    const auto join = joined.run(plan_of(operation), operation, &kProfile_, &rows);
    CHECK(rows[0].user.email == "five");
    REQUIRE_FALSE(batch.has_value());
    REQUIRE_FALSE(join.has_value());
    CHECK(join.error().code() == ErrorCode::InconsistentColumnData);
    CHECK(std::string(join.error().what()) == batch.error().what());
}

TEST_CASE("a_row_that_must_be_there_and_is_not_is_p2025") {
    Operation operation = find(Action::FindFirstOrThrow, kUser);
    operation.selection = select({user::id});
    Script script;
    script.answers = {{}};
    std::vector<UserRow> rows;
    const auto result = script.run(plan_of(operation), operation, &kPlainUser, &rows);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code() == ErrorCode::RecordMissing);
    CHECK(result.error().model() == "User");
    script.answers = {{{3}}};
    CHECK(*script.run(plan_of(operation), operation, &kPlainUser, &rows) == 1);
}

TEST_CASE("rows_of_several_keys_go_to_the_places_of_their_keys") {
    Operation operation = find(Action::FindUnique, kUser);
    operation.selection = select({user::id});
    operation.rows = {{user::email}, {"c", "nobody", "a", "c"}};
    std::optional<UserRow> rows[4];
    void* const places[] = {&rows[0], &rows[1], &rows[2], &rows[3]};
    lamina::plan::RowPlaces to{{0, ChildLayout::Kind::Optional, &kPlainUser}, places};
    Script script;
    script.answers = {{{1, "a"}, {3, "c"}}};
    REQUIRE(script.run(plan_of(operation), operation, &kPlainUser, &to));
    CHECK(script.batches ==
          std::vector<std::vector<std::string>>{
              {R"(SELECT "id", "email" FROM "User" WHERE "email" = ANY ($1) | ["c", "nobody", "a"])"}});
    REQUIRE(rows[0]);
    CHECK(rows[0]->id == 3);
    CHECK_FALSE(rows[1]);
    CHECK(rows[2]->id == 1);
    CHECK(rows[3]->id == 3);

    // Where each must have a row, the first that has none is named; nothing is asked for the others then.
    operation.action = Action::FindUniqueOrThrow;
    operation.selection = select({user::id}, {include(user::posts, select({post::title}))});
    UserRow required[4];
    void* const required_places[] = {&required[0], &required[1], &required[2], &required[3]};
    const ChildLayout posts[] = {{offsetof(UserRow, posts), ChildLayout::Kind::Many, &kPlainPost}};
    const RowLayout with_posts = layout<UserRow>(kUserSlots, posts);
    to = {{0, ChildLayout::Kind::One, &with_posts}, required_places};
    script.batches.clear();
    const auto missing = script.run(plan_of(operation), operation, &with_posts, &to);
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code() == ErrorCode::RecordMissing);
    CHECK(missing.error().model() == "User");
    CHECK(missing.error().detail("batch_index") == "1");
    CHECK(script.batches.size() == 1);
    operation.rows.values = {"c", "a", "a", "c"};
    script.answers = {{{1, "a"}, {3, "c"}}, {{"first", 1}, {"third", 3}}};
    REQUIRE(script.run(plan_of(operation), operation, &with_posts, &to));
    CHECK(required[3].id == 3);
    CHECK(required[3].posts.at(0).title == "third");
    CHECK(required[2].posts.at(0).title == "first");
}

TEST_CASE("count_gives_the_number") {
    const Operation operation = find(Action::Count, kUser);
    Script script;
    script.answers = {{{std::int64_t{42}}}};
    CHECK(*script.run(plan_of(operation), operation, nullptr, nullptr) == 42);
}

TEST_CASE("patterns_are_escaped_and_labels_are_the_databases") {
    Operation operation = find_many(kPost);
    operation.selection = select({post::title});
    operation.arguments.where =
        all({compare(post::title, Comparison::Contains, R"(50%_\)"), eq(post::kind, Value::enumeration("News")),
             compare(post::title, Comparison::StartsWith, "a")});
    Script script;
    script.answers = {{}};
    std::vector<PostRow> rows;
    REQUIRE(script.run(plan_of(operation), operation, &kPlainPost, &rows).has_value());
    CHECK(script.batches[0][0].ends_with(R"( | "%50\\%\\_\\\\%" | news | "a%")"));
}

TEST_CASE("take_and_skip_are_bound_as_numbers") {
    Operation operation = find_many(kUser);
    operation.selection = select({user::id});
    operation.arguments.take = -3;
    operation.arguments.skip = 2;
    Script script;
    script.answers = {{}};
    std::vector<UserRow> rows;
    REQUIRE(script.run(plan_of(operation), operation, &kPlainUser, &rows).has_value());
    CHECK(script.batches[0][0].ends_with(" | 3 | 2"));
}

TEST_CASE("a_failure_at_any_step_ends_the_run") {
    const Operation operation = users();
    const Plan plan = plan_of(operation);
    std::size_t steps = 0;
    {
        Script script = users_script();
        std::vector<UserRow> rows;
        REQUIRE(script.run(plan, operation, &kUser_, &rows).has_value());
        steps = script.steps;
    }
    CHECK(steps == 14);
    for (std::size_t i = 0; i < steps; ++i) {
        Script script = users_script();
        script.fail_at = i;
        std::vector<UserRow> rows;
        const auto result = script.run(plan, operation, &kUser_, &rows);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code() == ErrorCode::DatabaseError);
    }
}

TEST_CASE("a_row_that_does_not_decode_fails_the_run") {
    const Operation operation = users();
    Script script = users_script();
    script.answers[1][1][0] = Value();
    std::vector<UserRow> rows;
    const auto result = script.run(plan_of(operation), operation, &kUser_, &rows);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code() == ErrorCode::InconsistentColumnData);
}

TEST_CASE("a_layout_that_is_not_the_plans_is_refused") {
    const Operation operation = users();
    Script script = users_script();
    std::vector<UserRow> rows;
    const auto result = script.run(plan_of(operation), operation, &kPlainUser, &rows);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code() == ErrorCode::Internal);
}

TEST_CASE("instructions_pass_registers_and_jump") {
    using namespace lamina::plan;
    Plan plan;
    const auto statement = [&](std::string text, std::vector<Bind> binds = {}) {
        plan.statements.push_back({plan.statements.size() + 1, std::move(text), std::move(binds), {}});
        return static_cast<StatementId>(plan.statements.size() - 1);
    };
    plan.registers = 3;
    plan.constants = {Value("c")};
    const StatementId find_ids = statement("ids", {{Bind::Source::Constant, Bind::Transform::None, 0, 0, 0}});
    const StatementId other = statement("other");
    const StatementId change = statement("change", {{Bind::Source::RegisterList, Bind::Transform::None, 0, 1, 0},
                                                    {Bind::Source::RegisterCell, Bind::Transform::None, 0, 0, 0}});
    const StatementId never = statement("never");
    plan.instructions = {lamina::plan::Query{find_ids, 0, {Type::Int, Type::String}},
                         lamina::plan::Query{other, 1, {Type::Int}},
                         Change{change, 2, true},
                         JumpIfEmpty{1, 5},
                         Change{never, kNoRegister, true},
                         Require{2, 2, {}, ErrorCode::RecordMissing, "{found} of {expected}", "User"}};
    const Operation operation = find_many(kUser);
    Script script;
    script.answers = {{{1, "x"}, {2, "y"}}, {}, {{}, {}}};
    const auto count = script.run(plan, operation, nullptr, nullptr);
    REQUIRE_MESSAGE(count.has_value(), (count ? "" : count.error().what()));
    CHECK(*count == 2);
    // The change reads a register that the first batch fills.
    CHECK(script.batches ==
          std::vector<std::vector<std::string>>{{R"(ids | "c")", "other"}, {R"(change | ["x", "y"] | 1)"}});

    script = {};
    script.answers = {{{1, "x"}}, {}, {{}}};
    const auto failed = script.run(plan, operation, nullptr, nullptr);
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().message() == "1 of 2");
}
