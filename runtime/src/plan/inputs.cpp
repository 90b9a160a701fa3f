#include "plan/inputs.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/assert.hpp>
#include <lamina/base/hash.hpp>
#include <lamina/value/ids.hpp>

namespace lamina::plan {
namespace {

bool rows_equal(const Table& table, std::size_t a, std::size_t b) {
    for (std::size_t column = 0; column < table.width(); ++column) {
        const Value* left = table.cell(a, column);
        const Value* right = table.cell(b, column);
        if (left == nullptr || right == nullptr ? left != right : !(*left == *right)) return false;
    }
    return true;
}

std::uint64_t row_hash(const Table& table, std::size_t row) {
    std::uint64_t hash = 0;
    for (std::size_t column = 0; column < table.width(); ++column) {
        const Value* cell = table.cell(row, column);
        hash = base::hash_combine(hash, cell == nullptr ? 0 : cell->hash());
    }
    return hash;
}

std::size_t distinct_rows(const Table& table) {
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    order.reserve(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) order.emplace_back(row_hash(table, row), row);
    std::sort(order.begin(), order.end());
    std::size_t count = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        bool fresh = true;
        for (std::size_t j = i; fresh && j > 0 && order[j - 1].first == order[i].first; --j) {
            fresh = !rows_equal(table, order[j - 1].second, order[i].second);
        }
        count += fresh;
    }
    return count;
}

}  // namespace

Value generate(const Generator& generator, const Value& now) {
    using meta::DefaultKind;
    switch (generator.kind) {
        case DefaultKind::Now: return now;
        case DefaultKind::Cuid: return ids::cuid();
        case DefaultKind::Cuid2: return ids::cuid2();
        case DefaultKind::Uuid4: return ids::uuid4();
        case DefaultKind::Uuid7: return ids::uuid7();
        case DefaultKind::Ulid: return ids::ulid();
        case DefaultKind::Nanoid: return generator.length == 0 ? ids::nanoid() : ids::nanoid(generator.length);
        case DefaultKind::None:
        case DefaultKind::Literal:
        case DefaultKind::Autoincrement:
        case DefaultKind::Database: break;
    }
    LAMINA_ASSERT(false);
    return nullptr;
}

Value with_database_label(const Value& value, const EnumLabels& labels) {
    if (value.is_list()) {
        Value::List list;
        list.reserve(value.as_list().size());
        for (const Value& item : value.as_list()) list.push_back(with_database_label(item, labels));
        return list;
    }
    if (value.kind() != Value::Kind::Enum && value.kind() != Value::Kind::String) return value;
    const auto found = std::find(labels.names.begin(), labels.names.end(), value.as_string());
    if (found == labels.names.end()) return value;
    return Value::enumeration(labels.db_names[static_cast<std::size_t>(found - labels.names.begin())]);
}

Inputs::Inputs(const Plan& plan, std::span<const Table> tables, Value now)
    : plan_(plan),
      tables_(tables),
      now_(std::move(now)),
      sets_(plan.row_sets.size()),
      made_(plan.input_columns.size()) {}

const Inputs::Members& Inputs::members(RowSetId set) {
    Members& members = sets_[set];
    if (members.known) return members;
    members.known = true;
    const RowSet& wanted = plan_.row_sets[set];
    members.all = wanted.given.empty() && wanted.unset.empty();
    if (members.all) return members;
    const Table& table = tables_[wanted.table];
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto given = [&table, row](std::uint16_t column) { return table.cell(row, column) != nullptr; };
        if (std::all_of(wanted.given.begin(), wanted.given.end(), given) &&
            std::none_of(wanted.unset.begin(), wanted.unset.end(), given)) {
            members.rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return members;
}

std::size_t Inputs::rows(RowSetId set) {
    const Members& found = members(set);
    return found.all ? total(set) : found.rows.size();
}

std::size_t Inputs::total(RowSetId set) const { return tables_[plan_.row_sets[set].table].rows(); }

std::size_t Inputs::place(RowSetId set, std::size_t row) {
    const Members& found = members(set);
    return found.all ? row : found.rows[row];
}

const Value* Inputs::given(const InputColumn& column, std::size_t row) {
    if (column.column == InputColumn::kNoColumn) return nullptr;
    return tables_[plan_.row_sets[column.rows].table].cell(place(column.rows, row), column.column);
}

Value Inputs::make(const InputColumn& column, const EnumLabels* labels, const Value* given) const {
    if (given != nullptr) return labels == nullptr ? *given : with_database_label(*given, *labels);
    switch (column.otherwise) {
        case InputColumn::Otherwise::Null: return nullptr;
        case InputColumn::Otherwise::Constant: return plan_.constants[column.index];
        case InputColumn::Otherwise::Generated: return generate(plan_.generators[column.index], now_);
    }
    return nullptr;
}

const Value* Inputs::cell(std::uint32_t index, const EnumLabels* labels, std::size_t row) {
    static const Value kNull;
    const InputColumn& column = plan_.input_columns[index];
    const Value* found = given(column, row);
    if (found != nullptr && labels == nullptr) return found;
    if (found == nullptr) {
        if (column.otherwise == InputColumn::Otherwise::Null) return &kNull;
        if (column.otherwise == InputColumn::Otherwise::Constant) return &plan_.constants[column.index];
        if (plan_.generators[column.index].kind == meta::DefaultKind::Now) return &now_;
    }
    std::vector<Value>& made = made_[index];
    if (made.empty()) made.resize(rows(column.rows), Value::unset());
    if (made[row].is_unset()) made[row] = make(column, labels, found);
    return &made[row];
}

Value Inputs::list(std::uint32_t index, const EnumLabels* labels) {
    const InputColumn& column = plan_.input_columns[index];
    const std::size_t count = rows(column.rows);
    Value::List list;
    list.reserve(count);
    for (std::size_t row = 0; row < count; ++row) list.push_back(make(column, labels, given(column, row)));
    return list;
}

std::size_t Inputs::count(std::span<const std::uint16_t> tables, bool distinct) const {
    std::size_t count = 0;
    for (const std::uint16_t number : tables) {
        const Table& table = tables_[number];
        count += distinct ? distinct_rows(table) : table.rows();
    }
    return count;
}

}  // namespace lamina::plan
