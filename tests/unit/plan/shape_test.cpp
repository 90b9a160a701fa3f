#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/plan/cache.hpp>
#include <lamina/plan/shape.hpp>

#include "fixture.hpp"

using namespace fixture;
using namespace lamina::query;
using lamina::plan::PlanCache;
using lamina::plan::PlanHandle;
using lamina::plan::Shape;

namespace {

bool same_shape(const Operation& left, const Operation& right) {
    const Shape a(left), b(right);
    const bool same = std::vector(a.key().begin(), a.key().end()) == std::vector(b.key().begin(), b.key().end());
    CHECK((a.hash() == b.hash()) == same);
    return same;
}

Operation by_id(int id) {
    Operation operation = find(Action::FindUnique, kUser);
    operation.arguments.where = eq(user::id, id);
    return operation;
}

/// Operations of as many shapes as there are numbers.
Operation numbered(std::size_t number) {
    Operation operation = find_many(kUser);
    for (; number > 0; number /= 2)
        operation.arguments.where.children.push_back(eq(number % 2 == 0 ? user::id : user::bossId, 1));
    return operation;
}

lamina::plan::Plan plan_of(const std::string& text) {
    lamina::plan::Plan plan;
    plan.statements.push_back({1, text, {}, {}});
    return plan;
}

}  // namespace

TEST_CASE("a_read_of_several_keys_is_another_shape_than_a_read_of_one") {
    const auto by_keys = [](std::vector<FieldId> fields, std::vector<Value> values) {
        Operation operation = find(Action::FindUnique, kUser);
        operation.rows = {std::move(fields), std::move(values)};
        return operation;
    };
    CHECK(same_shape(by_keys({user::id}, {1, 2}), by_keys({user::id}, {3, 4, 5})));
    CHECK_FALSE(same_shape(by_keys({user::id}, {1}), by_keys({user::email}, {"a"})));
    CHECK_FALSE(same_shape(by_keys({user::id}, {1}), by_id(1)));
    CHECK_FALSE(same_shape(by_keys({user::id}, {1}), find(Action::FindUnique, kUser)));
    Operation many = by_keys({user::id}, {1});
    many.action = Action::FindMany;  // which has no keys
    CHECK(same_shape(many, find_many(kUser)));
}

TEST_CASE("values_are_no_part_of_the_shape_but_their_presence_is") {
    CHECK(same_shape(by_id(1), by_id(2)));
    Operation null = by_id(1);
    null.arguments.where.value = Value();
    CHECK_FALSE(same_shape(by_id(1), null));
    Operation other = by_id(1);
    other.arguments.where.comparison = Comparison::Less;
    CHECK_FALSE(same_shape(by_id(1), other));
    other = by_id(1);
    other.arguments.where.field = user::bossId;
    CHECK_FALSE(same_shape(by_id(1), other));
    other = by_id(1);
    other.action = Action::FindMany;
    CHECK_FALSE(same_shape(by_id(1), other));
    other = by_id(1);
    other.selection = select({user::id});
    CHECK_FALSE(same_shape(by_id(1), other));
}

TEST_CASE("how_relations_are_loaded_is_part_of_the_shape_where_there_are_some") {
    Operation batch = by_id(1), join = by_id(1);
    join.load = Load::Join;
    CHECK(same_shape(batch, join));
    batch.selection.relations = join.selection.relations = {include(user::posts)};
    CHECK_FALSE(same_shape(batch, join));
}

TEST_CASE("the_length_of_a_list_is_no_part_of_the_shape") {
    Operation one = find_many(kUser), many = find_many(kUser);
    one.arguments.where = compare(user::id, Comparison::In, Value::List{1});
    many.arguments.where = compare(user::id, Comparison::In, Value::List{1, 2, 3});
    CHECK(same_shape(one, many));
}

TEST_CASE("how_many_rows_are_taken_is_an_argument_and_in_which_direction_is_not") {
    Operation two = find_many(kUser), three = find_many(kUser), back = find_many(kUser), none = find_many(kUser);
    two.arguments.take = 2;
    three.arguments.take = 3;
    back.arguments.take = -3;
    CHECK(same_shape(two, three));
    CHECK_FALSE(same_shape(three, back));
    CHECK_FALSE(same_shape(two, none));
    const Shape shape(back);
    REQUIRE(shape.arguments().size() == 1);
    CHECK(shape.arguments()[0].value == nullptr);
    CHECK(shape.arguments()[0].number == 3);
    back.arguments.take = INT64_MIN;
    CHECK(Shape(back).arguments()[0].number == INT64_MAX);
}

TEST_CASE("nesting_cannot_be_confused") {
    Operation left = find_many(kUser), right = find_many(kUser);
    left.arguments.where = all({any({eq(user::id, 1), eq(user::id, 2)}), eq(user::id, 3)});
    right.arguments.where = all({any({eq(user::id, 1)}), eq(user::id, 2), eq(user::id, 3)});
    CHECK_FALSE(same_shape(left, right));
}

TEST_CASE("arguments_come_in_the_order_of_the_walk") {
    Operation operation = find_many(kUser);
    operation.arguments.where = all({eq(user::id, 1), eq(user::name, Value()), eq(user::email, "x")});
    operation.arguments.cursor = {{user::id, 7}};
    Arguments inner;
    inner.where = eq(post::title, "y");
    operation.selection.relations = {include(user::posts, {}, inner)};
    const Shape shape(operation);
    REQUIRE(shape.arguments().size() == 4);
    CHECK(shape.arguments()[0].value == &operation.arguments.where.children[0].value);
    CHECK(shape.arguments()[1].value == &operation.arguments.where.children[2].value);
    CHECK(shape.arguments()[2].value == &operation.arguments.cursor[0].value);
    CHECK(shape.arguments()[3].value == &operation.selection.relations[0].arguments.where.value);
}

TEST_CASE("the_cache_finds_plans_by_their_whole_key") {
    PlanCache cache;
    const Operation first = by_id(1), second = by_id(2), other = numbered(5);
    CHECK_FALSE(cache.find(Shape(first)));
    cache.insert(Shape(first), plan_of("one"));
    REQUIRE(cache.find(Shape(second)));
    CHECK(cache.find(Shape(second))->statements[0].text == "one");
    CHECK_FALSE(cache.find(Shape(other)));
    const auto stats = cache.stats();
    CHECK(stats.hits == 2);
    CHECK(stats.misses == 2);
    CHECK(stats.size == 1);
}

TEST_CASE("the_plan_of_the_faster_thread_is_kept") {
    PlanCache cache;
    const Operation operation = by_id(1);
    const PlanHandle first = cache.insert(Shape(operation), plan_of("one"));
    const PlanHandle second = cache.insert(Shape(operation), plan_of("two"));
    CHECK(&*first == &*second);
    CHECK(cache.stats().size == 1);
}

TEST_CASE("the_cache_is_bounded_and_handles_outlive_their_plans_in_it") {
    PlanCache cache(64);
    const Operation operation = numbered(1);
    const PlanHandle kept = cache.insert(Shape(operation), plan_of("kept"));
    for (std::size_t i = 2; i < 1000; ++i) {
        const Operation next = numbered(i);
        cache.insert(Shape(next), plan_of(std::to_string(i)));
    }
    CHECK(cache.stats().size <= 64);
    CHECK(cache.stats().evictions >= 900);
    CHECK(kept->statements[0].text == "kept");
}

TEST_CASE("many_threads_use_the_cache") {
    PlanCache cache(48);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&cache, thread] {
            for (std::size_t i = 0; i < 2000; ++i) {
                const Operation operation = numbered((i * 7 + static_cast<std::size_t>(thread)) % 100);
                const Shape shape(operation);
                PlanHandle plan = cache.find(shape);
                if (!plan) plan = cache.insert(shape, plan_of(std::to_string(shape.hash())));
                if (plan->statements[0].text != std::to_string(shape.hash())) std::abort();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(cache.stats().size <= 48);
}
