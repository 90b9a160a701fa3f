#include "oracle.hpp"

#include <algorithm>
#include <cctype>
#include <compare>
#include <cstdlib>

namespace fixture {
namespace {

using namespace lamina::query;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

int compare_values(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return static_cast<int>(right.is_null()) - static_cast<int>(left.is_null());
    const auto sign = [](auto ordering) { return std::is_lt(ordering) ? -1 : std::is_gt(ordering) ? 1 : 0; };
    switch (left.kind()) {
        case Value::Kind::Int:
        case Value::Kind::BigInt: return sign(left.as_bigint() <=> right.as_bigint());
        case Value::Kind::Decimal: return sign(left.as_decimal() <=> right.as_decimal());
        case Value::Kind::DateTime:
            return sign(left.as_datetime().unix_microseconds() <=> right.as_datetime().unix_microseconds());
        // Filters name labels as the schema does; rows hold the database's names, which are the same in small letters.
        case Value::Kind::Enum: return sign(lower(left.as_string()).compare(lower(right.as_string())) <=> 0);
        default: return sign(left.as_string().compare(right.as_string()) <=> 0);
    }
}

std::string to_sql(const Value& value, bool blobs) {
    if (value.is_null()) return "NULL";
    switch (value.kind()) {
        case Value::Kind::Int:
        case Value::Kind::BigInt: return std::to_string(value.as_bigint());
        case Value::Kind::Decimal: {
            const std::string text = value.as_decimal().normalized().to_string();
            return value.as_decimal().significant_digits() <= 15 || !blobs ? text : "CAST('" + text + "' AS BLOB)";
        }
        case Value::Kind::DateTime: {
            // As a driver stores it: with an offset.
            std::string text = value.as_datetime().to_string();
            text.back() = '+';
            return "'" + text + "00:00'";
        }
        default: return "'" + std::string(value.as_string()) + "'";
    }
}

}  // namespace

Oracle::Truth Oracle::negate(Truth truth) {
    return truth == Truth::Unknown ? Truth::Unknown : truth == Truth::True ? Truth::False : Truth::True;
}

Oracle::Rows Oracle::related(std::uint16_t model, std::size_t row, FieldId field, std::uint16_t& other) const {
    const auto& relation = schema().relations[schema().models[model].fields[field].relation];
    const bool side_a = relation.model_a == model && relation.field_a == field;
    other = side_a ? relation.model_b : relation.model_a;
    const Row& own = tables[model][row];
    Rows rows;
    for (std::size_t i = 0; i < tables[other].size(); ++i) {
        const Row& candidate = tables[other][i];
        bool match = true;
        if (!relation.join_table.empty()) {
            const int own_id = own[0].as_int(), other_id = candidate[0].as_int();
            const auto pair = side_a ? std::pair(own_id, other_id) : std::pair(other_id, own_id);
            match = std::find(tags_of_users.begin(), tags_of_users.end(), pair) != tags_of_users.end();
        } else {
            for (std::size_t k = 0; k < relation.fields.size(); ++k) {
                const Value& foreign = side_a ? own[relation.fields[k]] : candidate[relation.fields[k]];
                const Value& referenced = side_a ? candidate[relation.references[k]] : own[relation.references[k]];
                match = match && !foreign.is_null() && compare_values(foreign, referenced) == 0;
            }
        }
        if (match) rows.push_back(i);
    }
    return rows;
}

Oracle::Truth Oracle::compare(const Value& value, const Filter& filter) const {
    const auto truth = [](bool is) { return is ? Truth::True : Truth::False; };
    const bool positive = filter.comparison == Comparison::Equals || filter.comparison == Comparison::In;
    if (filter.value.is_null()) return truth(value.is_null() == positive);
    if (filter.comparison == Comparison::In || filter.comparison == Comparison::NotIn) {
        const auto& list = filter.value.as_list();
        if (list.empty()) return truth(!positive);
        if (value.is_null()) return Truth::Unknown;
        const bool found = std::any_of(list.begin(), list.end(), [&](const Value& item) {
            return filter.insensitive ? lower(item.as_string()) == lower(value.as_string())
                                      : compare_values(item, value) == 0;
        });
        return truth(found == positive);
    }
    if (value.is_null()) return Truth::Unknown;
    if (filter.comparison >= Comparison::Contains) {
        const bool match_case = patterns_match_case && !filter.insensitive;
        const auto form = [&](std::string_view raw) { return match_case ? std::string(raw) : lower(raw); };
        const std::string text = form(value.as_string()), part = form(filter.value.as_string());
        if (filter.comparison == Comparison::Contains) return truth(text.find(part) != std::string::npos);
        if (filter.comparison == Comparison::StartsWith) return truth(text.starts_with(part));
        return truth(text.ends_with(part));
    }
    const int sign = filter.insensitive ? lower(value.as_string()).compare(lower(filter.value.as_string()))
                                        : compare_values(value, filter.value);
    switch (filter.comparison) {
        case Comparison::Equals: return truth(sign == 0);
        case Comparison::Not: return truth(sign != 0);
        case Comparison::Less: return truth(sign < 0);
        case Comparison::LessOrEqual: return truth(sign <= 0);
        case Comparison::Greater: return truth(sign > 0);
        default: return truth(sign >= 0);
    }
}

Oracle::Truth Oracle::matches(std::uint16_t model, std::size_t row, const Filter& filter) const {
    const auto all = [&](bool inverted) {
        Truth result = Truth::True;
        for (const Filter& child : filter.children) {
            Truth truth = matches(model, row, child);
            if (inverted) truth = negate(truth);
            if (truth == Truth::False) return Truth::False;
            if (truth == Truth::Unknown) result = Truth::Unknown;
        }
        return result;
    };
    const auto any = [&] {
        Truth result = Truth::False;
        for (const Filter& child : filter.children) {
            const Truth truth = matches(model, row, child);
            if (truth == Truth::True) return Truth::True;
            if (truth == Truth::Unknown) result = Truth::Unknown;
        }
        return result;
    };
    if (filter.kind == Filter::Kind::And) return all(false);
    if (filter.kind == Filter::Kind::Or) return any();
    if (filter.kind == Filter::Kind::Not) return all(true);
    if (filter.kind == Filter::Kind::Compare) return compare(tables[model][row][filter.field], filter);

    std::uint16_t other = 0;
    const Rows rows = related(model, row, filter.field, other);
    const auto truth = [](bool is) { return is ? Truth::True : Truth::False; };
    const auto inner = [&](std::size_t i) {
        return filter.children.empty() ? Truth::True : matches(other, i, filter.children.front());
    };
    switch (filter.kind) {
        case Filter::Kind::Some:
            return truth(std::any_of(rows.begin(), rows.end(), [&](std::size_t i) { return inner(i) == Truth::True; }));
        case Filter::Kind::None:
            return truth(
                std::none_of(rows.begin(), rows.end(), [&](std::size_t i) { return inner(i) == Truth::True; }));
        case Filter::Kind::Every:
            return truth(
                std::none_of(rows.begin(), rows.end(), [&](std::size_t i) { return inner(i) == Truth::False; }));
        default: {
            Truth is = Truth::False;
            if (filter.children.empty()) {
                is = truth(rows.empty());
            } else if (!rows.empty()) {
                is = inner(rows.front());
            }
            return filter.kind == Filter::Kind::Is ? is : negate(is);
        }
    }
}

int Oracle::order(std::uint16_t model, std::size_t left, std::size_t right, const Arguments& arguments) const {
    const auto key = [&](std::size_t row, const OrderBy& by) -> Value {
        std::uint16_t at = model;
        for (const FieldId field : by.path) {
            std::uint16_t other = 0;
            const Rows rows = related(at, row, field, other);
            if (rows.empty()) return {};
            at = other;
            row = rows.front();
        }
        if (!by.count) return tables[at][row][by.field];
        std::uint16_t other = 0;
        return static_cast<std::int64_t>(related(at, row, by.field, other).size());
    };
    for (const OrderBy& by : arguments.order_by) {
        const Value a = key(left, by), b = key(right, by);
        const bool descending = by.direction == Direction::Descending;
        int sign = compare_values(a, b);
        if (sign == 0) continue;
        // NULL is the least value, or the greatest, unless it was asked to come first or last.
        if (a.is_null() != b.is_null()) {
            if (by.nulls != Nulls::Default) return a.is_null() == (by.nulls == Nulls::First) ? -1 : 1;
            if (nulls_are_greatest) sign = -sign;
        }
        return descending ? -sign : sign;
    }
    for (const FieldId field : schema().models[model].keys.front().fields) {
        const int sign = compare_values(tables[model][left][field], tables[model][right][field]);
        if (sign != 0) return sign;
    }
    return 0;
}

Oracle::Rows Oracle::apply(std::uint16_t model, Rows rows, const Arguments& arguments, bool nested) const {
    Rows kept;
    for (const std::size_t row : rows) {
        if (matches(model, row, arguments.where) == Truth::True) kept.push_back(row);
    }
    const bool backwards = arguments.take && *arguments.take < 0;
    const auto before = [&](std::size_t a, std::size_t b) {
        const int sign = order(model, a, b, arguments);
        return backwards ? sign > 0 : sign < 0;
    };
    std::sort(kept.begin(), kept.end(), before);
    if (!arguments.cursor.empty()) {
        Rows all;
        for (std::size_t i = 0; i < tables[model].size(); ++i) all.push_back(i);
        const Rows& candidates = nested ? rows : all;
        const auto cursor = std::find_if(candidates.begin(), candidates.end(), [&](std::size_t row) {
            return std::all_of(arguments.cursor.begin(), arguments.cursor.end(), [&](const FieldValue& item) {
                return !tables[model][row][item.field].is_null() &&
                       compare_values(tables[model][row][item.field], item.value) == 0;
            });
        });
        if (cursor == candidates.end()) return {};
        std::erase_if(kept, [&](std::size_t row) { return before(row, *cursor); });
    }
    if (!arguments.distinct.empty()) {
        std::vector<Row> seen;
        std::erase_if(kept, [&](std::size_t row) {
            Row key;
            for (const FieldId field : arguments.distinct) key.push_back(tables[model][row][field]);
            if (std::find(seen.begin(), seen.end(), key) != seen.end()) return true;
            seen.push_back(key);
            return false;
        });
    }
    const std::size_t skip = std::min(kept.size(), static_cast<std::size_t>(arguments.skip));
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(skip));
    if (arguments.take) kept.resize(std::min(kept.size(), static_cast<std::size_t>(std::abs(*arguments.take))));
    if (backwards) std::reverse(kept.begin(), kept.end());
    return kept;
}

Node Oracle::make(std::uint16_t model, std::size_t row, const Selection& selection) const {
    Node node;
    std::vector<FieldId> fields = selection.fields;
    const auto& all = schema().models[model].fields;
    for (std::size_t i = 0; selection.all_scalars && selection.fields.empty() && i < all.size(); ++i) {
        if (!all[i].is_relation) fields.push_back(static_cast<FieldId>(i));
    }
    for (std::size_t i = 0; i < fields.size(); ++i) node.cells[i] = tables[model][row][fields[i]];
    for (std::size_t i = 0; i < selection.relations.size(); ++i) {
        const RelationSelection& relation = selection.relations[i];
        std::uint16_t other = 0;
        Rows rows = related(model, row, relation.field, other);
        Arguments arguments = relation.arguments;
        if (!all[relation.field].list) {
            const Filter where = arguments.where;
            arguments = {};
            arguments.where = where;
        }
        for (const std::size_t child : apply(other, std::move(rows), arguments, true)) {
            node.children[i].push_back(make(other, child, relation.selection));
        }
    }
    return node;
}

std::vector<Node> Oracle::find_many(const Operation& operation) const {
    Rows rows;
    for (std::size_t i = 0; i < tables[operation.model].size(); ++i) rows.push_back(i);
    std::vector<Node> result;
    for (const std::size_t row : apply(operation.model, std::move(rows), operation.arguments, false)) {
        result.push_back(make(operation.model, row, operation.selection));
    }
    return result;
}

std::size_t Oracle::count(const Operation& operation) const { return find_many(operation).size(); }

std::string Oracle::inserts() const {
    std::string sql;
    for (std::size_t model = 0; model < std::size(tables); ++model) {
        for (const Row& row : tables[model]) {
            std::string columns, values;
            const auto& fields = schema().models[model].fields;
            for (std::size_t i = 0; i < fields.size(); ++i) {
                if (fields[i].is_relation) continue;
                columns += (columns.empty() ? "\"" : ", \"") + std::string(fields[i].column) + "\"";
                values += (values.empty() ? "" : ", ") + to_sql(row[i], long_decimals_are_blobs);
            }
            sql += "INSERT INTO \"" + std::string(schema().models[model].table) + "\" (" + columns + ") VALUES (" +
                   values + ");\n";
        }
    }
    for (const auto& [tag, user] : tags_of_users) {
        sql += "INSERT INTO \"_TagToUser\" VALUES (" + std::to_string(tag) + ", " + std::to_string(user) + ");\n";
    }
    return sql;
}

std::string to_text(const std::vector<Node>& rows) {
    std::string text = "[";
    for (const Node& row : rows) {
        text += "{";
        for (const Value& cell : row.cells) {
            if (cell.kind() == Value::Kind::Decimal) {
                text += cell.as_decimal().normalized().to_string() + " ";
            } else {
                text += cell.to_debug_string() + " ";
            }
        }
        for (const auto& children : row.children) {
            if (!children.empty()) text += to_text(children);
        }
        text += "}";
    }
    return text + "]";
}

}  // namespace fixture
