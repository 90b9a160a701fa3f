#include "plan/write_shape.hpp"

#include <algorithm>

#include "plan/shape_walk.hpp"

namespace lamina::plan {
namespace {

using query::Data;
using query::FieldId;
using query::Filter;
using query::NestedWrite;

std::uint32_t pack(std::uint32_t low, std::uint32_t high) { return low | high << 16; }
std::uint32_t count(std::size_t size) { return static_cast<std::uint32_t>(size); }

/// The comparisons of a filter that is nothing but `field = value` on different fields, joined by And.
bool simple_equalities(const Filter& filter, std::vector<const Filter*>& out) {
    if (filter.kind == Filter::Kind::And) {
        return std::all_of(filter.children.begin(), filter.children.end(),
                           [&out](const Filter& child) { return simple_equalities(child, out); });
    }
    if (filter.kind != Filter::Kind::Compare || filter.comparison != query::Comparison::Equals || filter.insensitive ||
        filter.value.is_null() || filter.value.is_unset() || filter.value.is_list()) {
        return false;
    }
    for (const Filter* other : out) {
        if (other->field == filter.field) return false;
    }
    out.push_back(&filter);
    return true;
}

bool is_leaf(const NestedWrite& write) {
    return write.create.nested.empty() &&
           std::all_of(write.create.fields.begin(), write.create.fields.end(),
                       [](const query::FieldWrite& field) { return field.kind == query::FieldWrite::Kind::Set; });
}

/// Leaves may give different fields; the table has them all.
NestedRun::Group leaves(std::span<const NestedWrite> nested, std::uint32_t begin, std::uint32_t end) {
    NestedRun::Group group;
    for (std::uint32_t i = begin; i < end; ++i) {
        group.members.push_back(i);
        for (const query::FieldWrite& field : nested[i].create.fields) {
            if (!field.value.is_unset() &&
                std::find(group.fields.begin(), group.fields.end(), field.field) == group.fields.end()) {
                group.fields.push_back(field.field);
            }
        }
    }
    return group;
}

/// Divides members by the unique key that their filters use.
void divide_keys(std::span<const NestedWrite> nested, std::uint32_t begin, std::uint32_t end, NestedRun& run) {
    std::vector<const Filter*> equalities;
    for (std::uint32_t i = begin; i < end; ++i) {
        equalities.clear();
        if (!simple_equalities(filter_of(nested, run, i), equalities) || equalities.empty()) {
            run.others.push_back(i);
            continue;
        }
        std::vector<FieldId> fields;
        for (const Filter* equality : equalities) fields.push_back(equality->field);
        const auto same = [&fields](const NestedRun::Group& group) { return group.fields == fields; };
        auto group = std::find_if(run.groups.begin(), run.groups.end(), same);
        if (group == run.groups.end()) group = run.groups.insert(group, NestedRun::Group{fields, {}});
        group->members.push_back(i);
    }
}

/// Whether what several entries mean is told by their keys alone.
bool has_only_keys(NestedWrite::Kind kind) {
    return kind == NestedWrite::Kind::Connect || kind == NestedWrite::Kind::Set ||
           kind == NestedWrite::Kind::Disconnect || kind == NestedWrite::Kind::Delete;
}

const Value* given_value(const NestedWrite& write, FieldId field) {
    for (const query::FieldWrite& given : write.create.fields) {
        if (given.field == field && !given.value.is_unset()) return &given.value;
    }
    return nullptr;
}

const Value* key_value(const Filter& filter, FieldId field, std::vector<const Filter*>& scratch) {
    scratch.clear();
    (void)simple_equalities(filter, scratch);
    for (const Filter* equality : scratch) {
        if (equality->field == field) return &equality->value;
    }
    return nullptr;
}

void walk_table(ShapeParts& parts, Table table, std::span<const FieldId> fields) {
    parts.key.push_back(count(fields.size()));
    for (const FieldId field : fields) parts.key.push_back(field);
    const MixedColumns mixed = mixed_columns(table);
    for (std::size_t column = 0; column < fields.size(); ++column) {
        // Given by all or by none; the mixed ones are told by their combinations.
        parts.key.push_back(table.rows() != 0 && table.cell(0, column) != nullptr);
    }
    parts.key.push_back(pack(count(mixed.columns.size()), count(mixed.combinations.size())));
    for (const std::uint16_t column : mixed.columns) parts.key.push_back(column);
    for (const std::vector<bool>& combination : mixed.combinations) {
        for (const bool given : combination) parts.key.push_back(given);
    }
    parts.tables.push_back(std::move(table));
}

void walk_data(ShapeParts& parts, const Data& data);

void walk_write(ShapeParts& parts, const NestedWrite& write) {
    using Kind = NestedWrite::Kind;
    if (write.kind == Kind::CreateMany) {
        parts.key.push_back(static_cast<std::uint32_t>(write.skip_duplicates) |
                            static_cast<std::uint32_t>(write.rows.values.empty()) << 1);
        walk_table(parts, table_of(write.rows), write.rows.fields);
        return;
    }
    if (write.kind != Kind::Create) walk_filter(parts, write.where);
    if (write.kind == Kind::ConnectOrCreate && parts.in_list) parts.key.push_back(creates_what_it_seeks(write));
    if (write.kind == Kind::Create || write.kind == Kind::ConnectOrCreate || write.kind == Kind::Upsert)
        walk_data(parts, write.create);
    if (write.kind == Kind::Update || write.kind == Kind::UpdateMany || write.kind == Kind::Upsert)
        walk_data(parts, write.update);
}

void walk_run(ShapeParts& parts, std::span<const NestedWrite> nested, NestedRun& run) {
    parts.key.push_back(pack(run.field, static_cast<std::uint32_t>(run.kind)));
    parts.key.push_back(count(run.groups.size()));
    for (const NestedRun::Group& group : run.groups) walk_table(parts, table_of(nested, run, group), group.fields);
    parts.key.push_back(count(run.lists.size()));
    for (NestedRun::List& list : run.lists) {
        parts.key.push_back(count(list.key.size()));
        parts.key.append(list.key.data(), list.key.size());
        parts.lists.push_back(std::move(list.lanes));
    }
    parts.key.push_back(count(run.others.size()));
    for (const std::uint32_t other : run.others) {
        if (run.kind == NestedWrite::Kind::Set) {
            walk_filter(parts, run.keys[other]);
        } else {
            walk_write(parts, nested[other]);
        }
    }
}

void walk_data(ShapeParts& parts, const Data& data) {
    parts.key.push_back(count(data.fields.size()));
    for (const query::FieldWrite& field : data.fields) {
        const bool pushes_list = field.kind == query::FieldWrite::Kind::Push && field.value.is_list();
        parts.key.push_back(pack(field.field, static_cast<std::uint32_t>(field.kind) << 2 |
                                                  static_cast<std::uint32_t>(pushes_list) << 1 |
                                                  static_cast<std::uint32_t>(field.value.is_unset())));
        if (!field.value.is_unset()) parts.arguments.push_back(Argument{&field.value, 0, nullptr});
    }
    if (data.nested.empty()) {
        parts.key.push_back(0);
        return;
    }
    std::vector<NestedRun> runs = nested_runs(data.nested, parts.in_list);
    parts.key.push_back(count(runs.size()));
    for (NestedRun& run : runs) walk_run(parts, data.nested, run);
}

/// Divides elements where their shape changes: they are written in the order of the request.
std::vector<NestedRun::List> lists_of(std::span<const NestedWrite> nested, std::uint32_t begin, std::uint32_t end) {
    std::vector<NestedRun::List> lists;
    for (std::uint32_t i = begin; i < end; ++i) {
        NestedRun::List element;
        Lane lane;
        ShapeParts parts{element.key, lane.arguments, lane.tables, lane.lists, true};
        walk_write(parts, nested[i]);
        if (lists.empty() || !(lists.back().key == element.key)) {
            element.first = i;
            element.lanes.owner = &nested[i];
            lists.push_back(std::move(element));
        }
        lists.back().lanes.lanes.push_back(std::move(lane));
    }
    return lists;
}

/// Whether elements are planned one for all where there are several.
bool makes_lists(NestedWrite::Kind kind) {
    return kind == NestedWrite::Kind::Create || kind == NestedWrite::Kind::ConnectOrCreate ||
           kind == NestedWrite::Kind::Update || kind == NestedWrite::Kind::UpdateMany ||
           kind == NestedWrite::Kind::Upsert;
}

/// How many rows a *_many may write.
void walk_limit(ShapeParts& parts, const query::Operation& operation) {
    parts.key.push_back(operation.limit.has_value());
    if (operation.limit) parts.arguments.push_back({nullptr, *operation.limit, &operation.limit});
}

}  // namespace

const Filter& filter_of(std::span<const NestedWrite> nested, const NestedRun& run, std::uint32_t member) {
    return run.kind == NestedWrite::Kind::Set ? run.keys[member] : nested[member].where;
}

Table table_of(std::span<const NestedWrite> nested, const NestedRun& run, const NestedRun::Group& group) {
    std::vector<const Value*> cells;
    cells.reserve(group.members.size() * group.fields.size());
    std::vector<const Filter*> scratch;
    const bool creates = run.kind == NestedWrite::Kind::Create;
    for (const std::uint32_t member : group.members) {
        for (const FieldId field : group.fields)
            cells.push_back(creates ? given_value(nested[member], field)
                                    : key_value(filter_of(nested, run, member), field, scratch));
    }
    const void* owner = creates ? static_cast<const void*>(&nested[group.members.front()])
                                : &filter_of(nested, run, group.members.front());
    return Table(owner, std::move(cells), group.fields.size(), group.members.size());
}

Table table_of(const query::Rows& rows) {
    const std::size_t width = rows.fields.size();
    return Table(&rows, rows.values.data(), width, width == 0 ? 0 : rows.values.size() / width);
}

std::vector<NestedRun> nested_runs(std::span<const NestedWrite> nested, bool in_list) {
    using Kind = NestedWrite::Kind;
    std::vector<NestedRun> runs;
    for (std::uint32_t begin = 0, end = 0; begin < nested.size(); begin = end) {
        const Kind kind = nested[begin].kind;
        const auto joins = [&](const NestedWrite& other) {
            return other.field == nested[begin].field && other.kind == kind && kind != Kind::Set;
        };
        end = begin + 1;
        while (end < nested.size() && joins(nested[end])) ++end;
        NestedRun run;
        run.field = nested[begin].field;
        run.kind = kind;
        run.first = begin;
        std::uint32_t members_begin = begin, members_end = end;
        if (kind == Kind::Set) {
            const Filter& where = nested[begin].where;
            run.keys = where.kind == Filter::Kind::Or ? std::span<const Filter>(where.children)
                                                      : std::span<const Filter>(&where, 1);
            members_begin = 0;
            members_end = count(run.keys.size());
        }
        const bool alike = in_list && (nested[begin].list || kind == Kind::Set);
        const bool several = members_end - members_begin > 1 || (alike && members_end > members_begin);
        if (several && kind == Kind::Create && std::all_of(nested.begin() + begin, nested.begin() + end, is_leaf)) {
            run.groups.push_back(leaves(nested, begin, end));
        } else if (several && has_only_keys(kind)) {
            divide_keys(nested, members_begin, members_end, run);
        } else if (several && makes_lists(kind)) {
            run.lists = lists_of(nested, begin, end);
        } else {
            for (std::uint32_t i = members_begin; i < members_end; ++i) run.others.push_back(i);
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

MixedColumns mixed_columns(const Table& table) {
    MixedColumns mixed;
    for (std::size_t column = 0; column < table.width(); ++column) {
        for (std::size_t row = 1; row < table.rows(); ++row) {
            if ((table.cell(row, column) == nullptr) == (table.cell(0, column) == nullptr)) continue;
            mixed.columns.push_back(static_cast<std::uint16_t>(column));
            break;
        }
    }
    if (mixed.columns.empty()) return mixed;
    std::vector<bool> combination(mixed.columns.size());
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t i = 0; i < combination.size(); ++i)
            combination[i] = table.cell(row, mixed.columns[i]) != nullptr;
        const auto at = std::lower_bound(mixed.combinations.begin(), mixed.combinations.end(), combination);
        if (at == mixed.combinations.end() || *at != combination) mixed.combinations.insert(at, combination);
    }
    return mixed;
}

std::vector<const Filter*> equalities_of(const Filter& filter) {
    std::vector<const Filter*> found;
    if (!simple_equalities(filter, found)) found.clear();
    return found;
}

bool creates_what_it_seeks(const NestedWrite& write) {
    std::vector<const Filter*> equalities;
    if (!simple_equalities(write.where, equalities)) return false;
    // What the database makes up is nothing that anybody seeks.
    return std::all_of(equalities.begin(), equalities.end(), [&write](const Filter* equality) {
        const Value* given = given_value(write, equality->field);
        return given == nullptr || *given == equality->value;
    });
}

std::vector<FieldId> upsert_key(const query::Operation& operation) {
    std::vector<const Filter*> equalities;
    std::vector<FieldId> key;
    if (!simple_equalities(operation.arguments.where, equalities)) return key;
    for (const Filter* equality : equalities) {
        const auto same = [equality](const query::FieldWrite& write) {
            return write.field == equality->field && write.kind == query::FieldWrite::Kind::Set &&
                   write.value == equality->value;
        };
        if (std::none_of(operation.data.fields.begin(), operation.data.fields.end(), same)) return {};
        key.push_back(equality->field);
    }
    return key;
}

void walk_writes(ShapeParts& parts, const query::Operation& operation) {
    using query::Action;
    switch (operation.action) {
        case Action::CreateMany:
        case Action::CreateManyAndReturn: {
            const query::Rows& rows = operation.rows;
            parts.key.push_back(operation.skip_duplicates);
            parts.key.push_back(!rows.values.empty());
            walk_table(parts, table_of(rows), rows.fields);
            break;
        }
        case Action::UpsertMany:
            parts.key.push_back(count(operation.conflict.size()));
            for (const FieldId field : operation.conflict) parts.key.push_back(field);
            parts.key.push_back(!operation.rows.values.empty());
            walk_table(parts, table_of(operation.rows), operation.rows.fields);
            break;
        case Action::Upsert:
            parts.key.push_back(!upsert_key(operation).empty());
            walk_data(parts, operation.data);
            walk_data(parts, operation.update);
            break;
        case Action::Create:
        case Action::Update: walk_data(parts, operation.data); break;
        case Action::UpdateMany:
        case Action::UpdateManyAndReturn:
            walk_limit(parts, operation);
            walk_data(parts, operation.data);
            break;
        case Action::DeleteMany: walk_limit(parts, operation); break;
        case Action::FindUnique:
        case Action::FindUniqueOrThrow:
        case Action::FindFirst:
        case Action::FindFirstOrThrow:
        case Action::FindMany:
        case Action::Count:
        case Action::Aggregate:
        case Action::GroupBy:
        case Action::Delete: break;
    }
}

}  // namespace lamina::plan
