#include "client/unique_reads.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace lamina;
using query::Filter;
using query::Operation;

namespace {

/// Model 0: id, email, code, label (CHAR, which comes back padded), at (DateTime); unique: id, email, (email, code),
/// label, at. Model 1: id.
struct World {
    std::vector<meta::Field> fields{5};
    meta::FieldId id[1] = {0}, email[1] = {1}, both[2] = {1, 2}, label[1] = {3}, at[1] = {4};
    std::vector<meta::Key> keys = {
        {"id", id, true}, {"email", email}, {"email_code", both}, {"label", label}, {"at", at}};
    std::vector<meta::Model> models{2};
    meta::Schema schema;

    World() {
        for (std::size_t i : {1U, 2U, 3U}) fields[i].type = Type::String;
        fields[3].native.name = "Char";
        fields[4].type = Type::DateTime;
        for (meta::Model& model : models) {
            model.fields = fields;
            model.keys = keys;
        }
        schema.models = models;
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;
};

Filter equals(meta::FieldId field, Value value) {
    Filter filter;
    filter.kind = Filter::Kind::Compare;
    filter.field = field;
    filter.value = std::move(value);
    return filter;
}

Filter all_of(std::vector<Filter> children) {
    Filter filter;
    filter.children = std::move(children);
    return filter;
}

Operation find_unique(Filter where, query::Action action = query::Action::FindUnique) {
    Operation operation;
    operation.action = action;
    operation.arguments.where = std::move(where);
    return operation;
}

Operation by_id(int id) { return find_unique(equals(0, id)); }

template <class Change>
Operation changed(Operation operation, Change change) {
    change(operation);
    return operation;
}

std::size_t together(const std::vector<Operation>& operations) {
    const World world;
    std::vector<const Operation*> pointers;
    for (const Operation& operation : operations) pointers.push_back(&operation);
    return client::unique_reads_together(world.schema, pointers);
}

}  // namespace

TEST_CASE("reads by values of one key go together, up to the first that is another") {
    CHECK(together({}) == 1);
    CHECK(together({by_id(1)}) == 1);
    CHECK(together({by_id(1), by_id(2), by_id(1)}) == 3);
    CHECK(together({by_id(1), find_unique(all_of({equals(0, std::int64_t{2})}))}) == 1);  // another shape
    CHECK(together({by_id(1), by_id(2), find_unique(equals(1, "a")), by_id(3)}) == 2);
    CHECK(together({find_unique(equals(1, "a")), find_unique(equals(1, "b"))}) == 2);
    const auto both = [](const char* email, const char* code) {
        return find_unique(all_of({equals(1, email), equals(2, code)}));
    };
    CHECK(together({both("a", "x"), both("b", "x"), both("b", "y")}) == 3);
}

TEST_CASE("reads that are more than a key, or lock, or write, stand alone") {
    const auto pair = [](const Operation& operation) { return together({operation, operation}); };
    CHECK(pair(by_id(1)) == 2);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.action = query::Action::FindUniqueOrThrow; })) == 2);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.action = query::Action::FindFirst; })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.action = query::Action::Delete; })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.lock = query::Lock::ForUpdate; })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.arguments.where.insensitive = true; })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.arguments.where.comparison = query::Comparison::Less; })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.arguments.where.value = Value(); })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.arguments.where.value = Value("1"); })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.arguments.where.other = 1; })) == 1);
    CHECK(pair(changed(by_id(1), [](Operation& o) { o.model = 7; })) == 1);
    CHECK(pair(find_unique(all_of({equals(0, 1), equals(1, "a")}))) == 1);
    CHECK(pair(find_unique(all_of({equals(0, 1), equals(0, 2)}))) == 1);
    CHECK(pair(find_unique(all_of({}))) == 1);
    CHECK(pair(find_unique(equals(2, "no key"))) == 1);
    CHECK(pair(find_unique(equals(9, "no field"))) == 1);
    Filter either = all_of({equals(0, 1)});
    either.kind = Filter::Kind::Or;
    CHECK(pair(find_unique(either)) == 1);
    // Values that the database may give back in another form do not tell rows apart.
    CHECK(pair(find_unique(equals(3, "padded"))) == 1);
    CHECK(pair(find_unique(equals(4, DateTime::from_unix_microseconds(1)))) == 1);
}

TEST_CASE("reads of different models, actions and rows do not go together") {
    const auto with = [](auto change) { return together({by_id(1), changed(by_id(2), change)}); };
    CHECK(with([](Operation& o) { o.model = 1; }) == 1);
    CHECK(with([](Operation& o) { o.action = query::Action::FindUniqueOrThrow; }) == 1);
    CHECK(with([](Operation& o) {
              o.selection.all_scalars = false;
              o.selection.fields = {0};
          }) == 1);
    const auto counting = [](int id, const char* email) {
        return changed(by_id(id), [email](Operation& o) { o.selection.counts.push_back({2, equals(1, email)}); });
    };
    CHECK(together({counting(1, "a"), counting(2, "a")}) == 2);
    CHECK(together({counting(1, "a"), counting(2, "b")}) == 1);
    const auto loading = [](int id, query::Load load) {
        return changed(by_id(id), [load](Operation& o) {
            o.selection.relations.emplace_back();
            o.load = load;
        });
    };
    CHECK(together({loading(1, query::Load::Join), loading(2, query::Load::Join)}) == 2);
    CHECK(together({loading(1, query::Load::Join), loading(2, query::Load::Batch)}) == 1);
}

TEST_CASE("joined reads have the keys of all, in their order") {
    const Operation first = find_unique(all_of({equals(1, "a"), equals(2, "x")}));
    const Operation second = find_unique(all_of({equals(1, "b"), equals(2, "y")}));
    const Operation* const operations[] = {&first, &second, &first};
    const Operation joined = client::join_unique_reads(operations);
    CHECK(joined.action == query::Action::FindUnique);
    CHECK(joined.arguments.where.children.empty());
    CHECK(joined.rows.fields == std::vector<meta::FieldId>{1, 2});
    CHECK(joined.rows.values == std::vector<Value>{"a", "x", "b", "y", "a", "x"});
}
