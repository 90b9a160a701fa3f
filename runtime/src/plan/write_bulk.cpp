#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/messages.hpp"
#include "plan/read_planner.hpp"
#include "plan/write_defaults.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {

/// A column of an INSERT of many rows: one value for all of them, or one for each.
struct Writes::BulkColumn {
    FieldId field = meta::kNone;
    std::optional<std::uint32_t> same;  ///< a bind
    InputColumn each;
};

namespace {

std::uint16_t position_of(std::span<const FieldId> fields, FieldId field) {
    const auto found = std::find(fields.begin(), fields.end(), field);
    return found == fields.end() ? InputColumn::kNoColumn : static_cast<std::uint16_t>(found - fields.begin());
}

bool given_by_first(const Table& table, std::uint16_t column) {
    return table.rows() != 0 && table.cell(0, column) != nullptr;
}

/// Which of the mixed columns of a table a row has to leave out to get the database's default, in all combinations that
/// occur. Rows that give the most come first: the numbers that the database then makes up for others are not taken.
std::vector<std::vector<bool>> divisions(const MixedColumns& mixed, const std::vector<bool>& divides) {
    std::vector<std::vector<bool>> found;
    for (const std::vector<bool>& combination : mixed.combinations) {
        std::vector<bool> division;
        for (std::size_t i = 0; i < combination.size(); ++i) {
            if (divides[i]) division.push_back(combination[i]);
        }
        if (std::find(found.begin(), found.end(), division) == found.end()) found.push_back(std::move(division));
    }
    const auto given = [](const std::vector<bool>& division) {
        return std::count(division.begin(), division.end(), true);
    };
    std::stable_sort(found.begin(), found.end(),
                     [&given](const auto& a, const auto& b) { return given(a) > given(b); });
    return found;
}

}  // namespace

RowSetId Writes::row_set(RowSet set) {
    auto& sets = builder_.plan().row_sets;
    const auto same = [&set](const RowSet& other) {
        return other.table == set.table && other.given == set.given && other.unset == set.unset;
    };
    const auto found = std::find_if(sets.begin(), sets.end(), same);
    if (found != sets.end()) return static_cast<RowSetId>(found - sets.begin());
    sets.push_back(std::move(set));
    return static_cast<RowSetId>(sets.size() - 1);
}

std::uint32_t Writes::add_input(const InputColumn& input) {
    auto& columns = builder_.plan().input_columns;
    columns.push_back(input);
    return static_cast<std::uint32_t>(columns.size() - 1);
}

std::uint32_t Writes::bind_list(const InputColumn& input, const EnumLabels* labels) {
    return builder_.add_bind(
        {Bind::Source::InputList, Bind::Transform::None, builder_.level(), 0, add_input(input), labels});
}

Result<std::vector<StatementId>> Writes::insert_rows(const Bulk& bulk) {
    const meta::Model& own = model(bulk.model);
    for (std::size_t i = 0; i < bulk.fields.size(); ++i) {
        LAMINA_TRY(check_scalar(own, {bulk.fields[i], query::FieldWrite::Kind::Set, {}}));
        const bool twice = position_of(bulk.fields, bulk.fields[i]) != i || knows(*bulk.links, bulk.fields[i]);
        if (twice) return messages::field_written_twice(own, own.fields[bulk.fields[i]]);
    }
    // A default that the database makes is had only by leaving the column out.
    const MixedColumns mixed = mixed_columns(*bulk.table);
    std::vector<bool> divides;
    std::vector<std::uint16_t> dividing;
    for (const std::uint16_t column : mixed.columns) {
        divides.push_back(made_by_database(own.fields[bulk.fields[column]]));
        if (divides.back()) dividing.push_back(column);
    }
    std::vector<std::vector<bool>> sets = divisions(mixed, divides);
    if (sets.empty()) sets.emplace_back();

    std::vector<StatementId> statements;
    for (const std::vector<bool>& set : sets) {
        RowSet rows{bulk.number, {}, {}};
        for (std::size_t i = 0; i < set.size(); ++i) (set[i] ? rows.given : rows.unset).push_back(dividing[i]);
        const std::vector<std::uint16_t> omitted = rows.unset;
        const RowSetId id = row_set(std::move(rows));
        LAMINA_TRY_ASSIGN(const std::vector<BulkColumn> columns, bulk_columns(bulk, id, omitted));
        statements.push_back(insert_set(bulk, id, columns));
    }
    return statements;
}

Result<std::vector<Writes::BulkColumn>> Writes::bulk_columns(const Bulk& bulk, RowSetId rows,
                                                             const std::vector<std::uint16_t>& omitted) {
    const meta::Model& own = model(bulk.model);
    const MixedColumns mixed = mixed_columns(*bulk.table);
    std::vector<BulkColumn> columns;
    for (FieldId id = 0; id < own.fields.size(); ++id) {
        const meta::Field& field = own.fields[id];
        if (field.is_relation) continue;
        BulkColumn column{id, std::nullopt, {}};
        column.each.rows = rows;
        if (knows(*bulk.links, id)) {
            column.same = bind_of(*bulk.links, id);
            columns.push_back(column);
            continue;
        }
        std::uint16_t at = position_of(bulk.fields, id);
        const bool is_mixed = std::find(mixed.columns.begin(), mixed.columns.end(), at) != mixed.columns.end();
        if (at != InputColumn::kNoColumn && !is_mixed && !given_by_first(*bulk.table, at)) at = InputColumn::kNoColumn;
        if (at != InputColumn::kNoColumn && std::find(omitted.begin(), omitted.end(), at) != omitted.end()) continue;
        column.each.column = at;
        const bool defaulted = at == InputColumn::kNoColumn || is_mixed;
        if (defaulted && field.default_value.kind == meta::DefaultKind::Literal) {
            LAMINA_TRY_ASSIGN(Value literal, literal_default(builder_.schema(), own, field));
            if (at == InputColumn::kNoColumn) {
                column.same = builder_.bind_constant(std::move(literal));
            } else {
                column.each.otherwise = InputColumn::Otherwise::Constant;
                builder_.plan().constants.push_back(std::move(literal));
                column.each.index = static_cast<std::uint32_t>(builder_.plan().constants.size() - 1);
            }
        } else if (defaulted && made_by_client(field)) {
            const auto kind =
                field.default_value.kind == meta::DefaultKind::None ? meta::DefaultKind::Now : field.default_value.kind;
            const Generator generator{kind, field.default_value.length};
            if (at == InputColumn::kNoColumn && kind == meta::DefaultKind::Now) {
                column.same = builder_.bind_generated(generator);
            } else {
                column.each.otherwise = InputColumn::Otherwise::Generated;
                column.each.index = builder_.add_generator(generator);
            }
        } else if (at == InputColumn::kNoColumn) {
            if (!made_by_database(field) && field.required && !field.list)
                return messages::required_field_missing(own, field);
            continue;
        }
        columns.push_back(column);
    }
    return columns;
}

/// What happens to rows that are there already: they get what the new ones would have held, but for the key.
dialect::Conflict Writes::overwriting(const Bulk& bulk) const {
    dialect::Conflict conflict;
    conflict.target = column_names(bulk.model, bulk.conflict);
    const auto& fields = model(bulk.model).fields;
    for (FieldId id = 0; id < fields.size(); ++id) {
        if (position_of(bulk.conflict, id) != InputColumn::kNoColumn) continue;
        if (position_of(bulk.fields, id) == InputColumn::kNoColumn && !fields[id].updated_at) continue;
        conflict.set.push_back({fields[id].column, Expression{dialect::Excluded{fields[id].column}}});
    }
    return conflict;
}

/// The rows of all elements of a list, as lists; what is the same for all rows of an element comes for each of them.
dialect::Select Writes::rows_together(const Bulk& bulk, RowSetId rows, const std::vector<BulkColumn>& columns) {
    dialect::ListTable lists;
    dialect::Select select;
    for (const BulkColumn& column : columns) {
        const meta::Field& found = field(bulk.model, column.field);
        const dialect::ValueType type = builder_.type_of(found);
        Expression expression;
        if (!column.same) {
            const Bind bind{Bind::Source::InputList, Bind::Transform::None, builder_.level(), 0,
                            add_input(column.each),  builder_.labels(found)};
            expression = together(lists, bind, type);
        } else if (Bind bind = builder_.bind(*column.same); bind.level > 0) {
            bind.rows = rows;
            expression = together(lists, bind, type);
        } else {
            expression = typed(dialect::parameter(*column.same, type));
        }
        select.outputs.push_back({std::move(expression), {}});
    }
    select.from = std::move(lists);
    return select;
}

StatementId Writes::insert_set(const Bulk& bulk, RowSetId rows, const std::vector<BulkColumn>& columns) {
    const auto is_list = [&](const BulkColumn& column) { return !column.same && field(bulk.model, column.field).list; };
    const auto is_each = [](const BulkColumn& column) { return !column.same; };
    // Lists of lists would have to be of equal length; a row without any column of its own cannot be counted by a list.
    const bool as_lists = builder_.dialect().has_typed_lists() &&
                          std::none_of(columns.begin(), columns.end(), is_list) &&
                          std::any_of(columns.begin(), columns.end(), is_each);
    dialect::Insert insert;
    insert.into = builder_.table(bulk.model, dialect::kNoTable);
    insert.returning = column_names(bulk.model, bulk.returning);
    if (bulk.skip_duplicates) insert.conflict.emplace();
    if (!bulk.conflict.empty()) insert.conflict = overwriting(bulk);
    dialect::Select select;
    dialect::ListTable lists;
    std::vector<Cell> cells;
    for (const BulkColumn& column : columns) {
        const meta::Field& found = field(bulk.model, column.field);
        const dialect::ValueType type = builder_.type_of(found);
        insert.columns.push_back(found.column);
        if (column.same) {
            Expression expression = dialect::parameter(*column.same, type);
            if (as_lists) {
                select.outputs.push_back({typed(std::move(expression)), {}});
            } else {
                insert.values.push_back(std::move(expression));
            }
        } else if (as_lists) {
            select.outputs.push_back(
                {dialect::column(dialect::kNoTable, dialect::list_column(lists.lists.size()), type), {}});
            lists.lists.push_back({bind_list(column.each, builder_.labels(found)), dialect::list_of(type)});
        } else {
            const Bind cell{Bind::Source::InputCell, Bind::Transform::None, builder_.level(), 0,
                            add_input(column.each),  builder_.labels(found)};
            insert.values.push_back(dialect::parameter(builder_.add_bind(cell), type));
            cells.push_back({insert.values.size() - 1, cell});
        }
    }
    if (as_lists) {
        select.from = std::move(lists);
        insert.source = std::move(select);
        const StatementId statement = builder_.add_statement(dialect::write(insert, builder_.dialect()));
        if (builder_.in_each() && !bulk.skip_duplicates) {
            insert.source = rows_together(bulk, rows, columns);
            const StatementId all = builder_.add_statement(dialect::write(insert, builder_.dialect()));
            builder_.plan().statements[statement].together = all;
        }
        return statement;
    }
    const StatementId statement = builder_.add_statement(dialect::write(insert, builder_.dialect()));
    builder_.plan().statements[statement].each = rows;
    add_block(statement, std::move(insert), cells);
    return statement;
}

/// The same INSERT with several rows: executing a statement costs more than a row does.
void Writes::add_block(StatementId single, dialect::Insert insert, const std::vector<Cell>& cells) {
    constexpr std::size_t kRows = 32;
    const std::size_t width = insert.columns.size();
    if (width == 0 || width * kRows > builder_.dialect().parameter_limit()) return;
    const std::vector<Expression> row = insert.values;
    for (std::size_t i = 1; i < kRows; ++i) {
        insert.values.insert(insert.values.end(), row.begin(), row.end());
        for (const Cell& cell : cells) {
            Bind bind = cell.bind;
            bind.column = static_cast<std::uint16_t>(i);
            auto& parameter = std::get<dialect::Parameter>(insert.values[i * width + cell.position].node);
            parameter.bind = builder_.add_bind(bind);
        }
    }
    const StatementId block = builder_.add_statement(dialect::write(insert, builder_.dialect()));
    Statement& statement = builder_.plan().statements[single];
    statement.block = block;
    statement.block_rows = kRows;
}

Result<void> Writes::plan_upsert_many(const query::Operation& operation) {
    const meta::Model& own = model(operation.model);
    const query::Rows& rows = operation.rows;
    if (rows.values.empty()) return {};
    const auto is_key = [&](const meta::Key& key) {
        return std::equal(key.fields.begin(), key.fields.end(), operation.conflict.begin(), operation.conflict.end());
    };
    const auto is_given = [&](FieldId id) { return position_of(rows.fields, id) != InputColumn::kNoColumn; };
    if (std::none_of(own.keys.begin(), own.keys.end(), is_key) ||
        !std::all_of(operation.conflict.begin(), operation.conflict.end(), is_given)) {
        return messages::no_such_key(own);
    }
    const Table table = table_of(rows);
    if (!mixed_columns(table).columns.empty()) return messages::uneven_rows(own);
    if (builder_.schema().relation_mode_prisma && !referring(operation.model, rows.fields).empty())
        return error::unsupported_feature("upsert_many of fields that others refer to is not supported yet");
    const Knowns none;
    Bulk bulk{operation.model,   &table, builder_.table_number(table.owner()), rows.fields, &none, {}, false,
              operation.conflict};
    LAMINA_TRY_ASSIGN(const std::vector<StatementId> statements, insert_rows(bulk));
    for (const StatementId statement : statements) builder_.add(Change{statement, kNoRegister, true});
    return {};
}

Result<void> Writes::plan_create_many(const query::Operation& operation) {
    if (operation.rows.values.empty()) return {};
    const Table table = table_of(operation.rows);
    const Knowns none;
    Bulk bulk{operation.model,          &table, builder_.table_number(table.owner()), operation.rows.fields, &none, {},
              operation.skip_duplicates};
    if (operation.action == query::Action::CreateMany) {
        LAMINA_TRY_ASSIGN(const std::vector<StatementId> statements, insert_rows(bulk));
        for (const StatementId statement : statements) builder_.add(Change{statement, kNoRegister, true});
        return {};
    }
    LAMINA_TRY_ASSIGN(RowColumns columns, row_columns(builder_, operation.model, operation.selection));
    columns.fields.insert(columns.fields.end(), columns.keys.begin(), columns.keys.end());
    bulk.returning = columns.fields;
    LAMINA_TRY_ASSIGN(const std::vector<StatementId> statements, insert_rows(bulk));
    // Rows that are left out leave no place free, and children are linked to rows as they come.
    const bool placed = statements.size() > 1 && !operation.skip_duplicates && operation.selection.relations.empty();
    for (const StatementId statement : statements) {
        Read read;
        LAMINA_TRY_ASSIGN(read.root, read_rows(builder_, operation.model, operation.selection, statement));
        read.placed = placed;
        builder_.add(std::move(read));
    }
    return {};
}

}  // namespace lamina::plan
