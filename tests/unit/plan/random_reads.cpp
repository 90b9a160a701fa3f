#include "random_reads.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

namespace fixture {

using namespace lamina::query;
using lamina::Decimal;
using lamina::Type;

namespace {

class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}

    int below(int limit) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(limit)); }
    bool chance(int percent) { return below(100) < percent; }
    template <class T>
    const T& of(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
    }

private:
    std::mt19937 engine_;
};

const std::vector<std::string> kTexts = {"", "a", "A", "ab", "100%", "a_b", "x\\y", "Ann", "bob", "zoe", "_", "%"};

/// A value that a field of the tables may hold.
Value value_for(Random& random, const lamina::meta::Field& field) {
    static const std::vector<std::string> kDecimals = {
        "0",    "1.5",  "-2", "10",     "9.99", "100000000000000000000.5",
        "-0.5", "1e-7", "3",  "1234.5", "2.00", "-99999999999999999999"};
    switch (field.type) {
        case Type::Int: return random.below(7) + 1;
        case Type::BigInt: return std::int64_t{random.below(4)} * 4000000000;
        case Type::Decimal: return Decimal(random.of(kDecimals));
        case Type::DateTime:
            return lamina::DateTime::from_unix_milliseconds(random.below(5) * 86400000LL + random.below(2) * 789);
        case Type::Enum: return Value::enumeration(random.chance(50) ? "News" : "Story");
        default: return Value::string(random.of(kTexts));
    }
}

void make_rows(Random& random, Oracle& oracle) {
    const int sizes[] = {7, 14, 5, 4, 6, 12};
    for (std::uint16_t model = 0; model < 6; ++model) {
        const auto& fields = schema().models[model].fields;
        for (int i = 1; i <= sizes[model]; ++i) {
            Oracle::Row row(fields.size());
            for (std::size_t f = 0; f < fields.size(); ++f) {
                if (fields[f].is_relation || (!fields[f].required && random.chance(25))) continue;
                row[f] = value_for(random, fields[f]);
                if (fields[f].type == Type::Enum) row[f] = Value::enumeration(random.chance(50) ? "news" : "story");
            }
            row[0] = i;
            if (model == kUser) row[user::email] = Value::string("user" + std::to_string(random.below(1000) * 10 + i));
            if (model == kProfile) row[profile::userId] = i + 1;
            if (model == kLine) {
                row[0] = i / 2 + 1;
                row[line::sku] = Value::string(i % 2 == 0 ? "even" : "odd");
            }
            if (model == kNote) {
                // A foreign key that names a line, or is incomplete.
                if (!row[note::lineNo].is_null() && !row[note::lineSku].is_null()) {
                    const Oracle::Row& target = random.of(oracle.tables[kLine]);
                    row[note::lineNo] = target[line::orderNo];
                    row[note::lineSku] = target[line::sku];
                }
            }
            oracle.tables[model].push_back(std::move(row));
        }
    }
    for (int tag = 1; tag <= 5; ++tag) {
        for (int user = 1; user <= 7; ++user) {
            if (random.chance(30)) oracle.tags_of_users.emplace_back(tag, user);
        }
    }
}

std::uint16_t other_model(std::uint16_t model, FieldId field) {
    const auto& relation = schema().relations[schema().models[model].fields[field].relation];
    return relation.model_a == model && relation.field_a == field ? relation.model_b : relation.model_a;
}

std::vector<FieldId> fields_of(std::uint16_t model, bool relations) {
    std::vector<FieldId> result;
    const auto& fields = schema().models[model].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].is_relation == relations) result.push_back(static_cast<FieldId>(i));
    }
    return result;
}

Filter random_filter(Random& random, std::uint16_t model, int depth);

Filter random_compare(Random& random, std::uint16_t model) {
    const FieldId id = random.of(fields_of(model, false));
    const auto& field = schema().models[model].fields[id];
    auto comparison = static_cast<Comparison>(random.below(field.type == Type::String ? 11 : 8));
    // The order of an enum's labels is the database's.
    if (field.type == Type::Enum && comparison >= Comparison::Less) comparison = Comparison::Not;
    Filter filter = compare(id, comparison, Value());
    if (comparison <= Comparison::NotIn && random.chance(15)) return filter;
    const bool list = comparison == Comparison::In || comparison == Comparison::NotIn;
    if (list) {
        Value::List items;
        for (int i = random.below(4); i > 0; --i) items.push_back(value_for(random, field));
        filter.value = Value(std::move(items));
    } else {
        filter.value = value_for(random, field);
    }
    filter.insensitive = field.type == Type::String && random.chance(30);
    return filter;
}

Filter random_filter(Random& random, std::uint16_t model, int depth) {
    if (depth <= 0 || random.chance(35)) return random_compare(random, model);
    if (random.chance(50)) {
        std::vector<Filter> children;
        for (int i = random.below(3); i >= 0; --i) children.push_back(random_filter(random, model, depth - 1));
        if (random.chance(10)) children.clear();
        const int kind = random.below(3);
        return kind == 0 ? all(children) : kind == 1 ? any(children) : none_of(children);
    }
    const FieldId id = random.of(fields_of(model, true));
    std::vector<Filter> inner;
    if (random.chance(85)) inner.push_back(random_filter(random, other_model(model, id), depth - 1));
    if (inner.size() == 1 && random.chance(10)) inner.front() = all({});
    if (!schema().models[model].fields[id].list) {
        return relation(random.chance(50) ? Filter::Kind::Is : Filter::Kind::IsNot, id, std::move(inner));
    }
    static const std::vector<Filter::Kind> kKinds = {Filter::Kind::Some, Filter::Kind::Every, Filter::Kind::None};
    return relation(random.of(kKinds), id, std::move(inner));
}

OrderBy random_order(Random& random, std::uint16_t model) {
    OrderBy order;
    order.direction = random.chance(50) ? Direction::Ascending : Direction::Descending;
    const auto relations = fields_of(model, true);
    if (random.chance(35)) {
        const FieldId id = random.of(relations);
        if (schema().models[model].fields[id].list) {
            order.field = id;
            order.count = true;
            return order;
        }
        order.path = {id};
        model = other_model(model, id);
    }
    auto fields = fields_of(model, false);
    std::erase_if(fields, [&](FieldId id) { return schema().models[model].fields[id].type == Type::Enum; });
    order.field = random.of(fields);
    if (random.chance(40)) order.nulls = random.chance(50) ? Nulls::First : Nulls::Last;
    return order;
}

/// Arguments whose answer does not depend on ties.
Arguments random_arguments(Random& random, const Oracle& oracle, std::uint16_t model) {
    Arguments arguments;
    if (random.chance(50)) arguments.where = random_filter(random, model, 2);
    for (int i = random.below(3); i > 0; --i) arguments.order_by.push_back(random_order(random, model));
    if (random.chance(40)) arguments.take = random.below(9) - 4;
    if (random.chance(30)) arguments.skip = random.below(3);
    if (random.chance(25)) {
        const Oracle::Row& row = random.of(oracle.tables[model]);
        for (const FieldId field : schema().models[model].keys.front().fields)
            arguments.cursor.push_back({field, row[field]});
        if (random.chance(10)) arguments.cursor.front().value = 999;
    }
    if (random.chance(20)) {
        arguments.distinct.push_back(random.of(fields_of(model, false)));
        if (random.chance(30)) arguments.distinct.push_back(random.of(fields_of(model, false)));
    }
    const bool appended = !arguments.cursor.empty() || !arguments.distinct.empty();
    if (!appended && (!arguments.order_by.empty() || (!arguments.take && arguments.skip == 0))) {
        for (const FieldId field : schema().models[model].keys.front().fields) arguments.order_by.push_back(by(field));
    }
    return arguments;
}

Selection random_selection(Random& random, const Oracle& oracle, std::uint16_t model, int depth) {
    Selection selection;
    if (random.chance(60)) {
        selection.all_scalars = false;
        for (const FieldId field : fields_of(model, false)) {
            if (random.chance(50)) selection.fields.push_back(field);
        }
    }
    if (depth <= 0) return selection;
    for (const FieldId field : fields_of(model, true)) {
        if (selection.relations.size() == 4 || !random.chance(40)) continue;
        const std::uint16_t other = other_model(model, field);
        selection.relations.push_back(include(field, random_selection(random, oracle, other, depth - 1),
                                              random_arguments(random, oracle, other)));
    }
    return selection;
}

}  // namespace

void check_random_reads(std::uint32_t seed, int count, Oracle& oracle, Database& database) {
    Random random(seed);
    make_rows(random, oracle);
    database.script(oracle.inserts());
    for (int i = 0; i < count; ++i) {
        Operation operation = find_many(static_cast<std::uint16_t>(random.below(6)));
        operation.arguments = random_arguments(random, oracle, operation.model);
        operation.selection = random_selection(random, oracle, operation.model, random.below(4));
        operation.load = random.chance(50) ? Load::Join : Load::Batch;
        std::vector<Node> rows;
        const auto result = database.run(operation, rows);
        CAPTURE(seed);
        CAPTURE(i);
        REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what()));
        const std::string found = to_text(rows), expected = to_text(oracle.find_many(operation));
        if (found != expected) {
            for (const std::string& text : database.sql) MESSAGE(text);
        }
        REQUIRE(found == expected);
        CHECK(*result == rows.size());

        // Where the database can, a join is one statement.
        if (operation.load == Load::Join && database.joins()) CHECK(database.sql.size() == 1);

        operation.action = Action::Count;
        operation.selection = {};
        std::vector<Node> none;
        const auto counted = database.run(operation, none);
        REQUIRE_MESSAGE(counted.has_value(), (counted ? "" : counted.error().what()));
        CHECK(*counted == oracle.count(operation));
    }
}

}  // namespace fixture
