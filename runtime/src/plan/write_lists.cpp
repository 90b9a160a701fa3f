#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>

#include "plan/writes.hpp"

// Lists of nested writes whose elements are planned once, and carried out together (Each).

namespace lamina::plan {
namespace {

using query::Filter;
using query::NestedWrite;

/// The equalities that a row has to meet, whatever else it has to.
void demanded(const Filter& filter, std::vector<const Filter*>& found) {
    if (filter.kind == Filter::Kind::And) {
        for (const Filter& child : filter.children) demanded(child, found);
        return;
    }
    const bool equality = filter.kind == Filter::Kind::Compare && filter.comparison == query::Comparison::Equals &&
                          !filter.insensitive && filter.other == meta::kNone && filter.path.is_null() &&
                          filter.value.kind() > Value::Kind::Null;
    if (equality) found.push_back(&filter);
}

}  // namespace

Result<void> Writes::each_of(const Pending& pending, std::size_t run_index,
                             base::FunctionRef<Result<void>(const NestedWrite&)> plan) {
    const NestedRun& run = pending.runs[run_index];
    const ModelId related = pending.relations[run_index].link.related;
    for (const NestedRun::List& list : run.lists) {
        const NestedWrite& write = pending.data->nested[list.first];
        LAMINA_TRY(builder_.begin_each(&write));
        const std::size_t before = builder_.plan().statements.size();
        LAMINA_TRY(plan(write));
        // One statement is executed for one element after the other anyway.
        const bool several = builder_.plan().statements.size() > before + 1;
        if (several && run.kind == NestedWrite::Kind::Update) exclude(related, write.where);
        if (several && run.kind == NestedWrite::Kind::UpdateMany) builder_.add_exclusive({});
        if (run.kind == NestedWrite::Kind::Upsert) {
            exclude(related, write.where);
            if (!creates_what_it_seeks(write)) builder_.add_exclusive({});
        }
        builder_.end_each();
    }
    return {};
}

std::optional<std::size_t> Writes::once(const NestedWrite& write) {
    if (!builder_.in_each()) return std::nullopt;
    if (!creates_what_it_seeks(write)) {
        // What one element creates may be what another one seeks: nobody can tell.
        builder_.add_exclusive({});
        return std::nullopt;
    }
    Once once;
    for (const Filter* equality : equalities_of(write.where))
        once.key.push_back(builder_.bind(builder_.bind_argument(equality->value)));
    builder_.add(std::move(once));
    return here() - 1;
}

void Writes::land_once(std::optional<std::size_t> once) {
    if (once) std::get<Once>(builder_.plan().instructions[*once]).until = static_cast<std::uint32_t>(here());
}

void Writes::exclude(ModelId model_id, const Filter& where) {
    if (!builder_.in_each()) return;
    std::vector<const Filter*> equalities;
    demanded(where, equalities);
    for (const meta::Key& key : model(model_id).keys) {
        std::vector<std::uint32_t> binds;
        for (const FieldId id : key.fields) {
            const auto found = std::find_if(equalities.begin(), equalities.end(),
                                            [id](const Filter* equality) { return equality->field == id; });
            if (found != equalities.end()) binds.push_back(builder_.bind_argument((*found)->value));
        }
        if (binds.size() == key.fields.size()) return builder_.add_exclusive(binds);
    }
    builder_.add_exclusive({});
}

Expression Writes::together(dialect::ListTable& lists, Bind bind, const dialect::ValueType& type) {
    bind.all = true;
    lists.lists.push_back({builder_.add_bind(bind), dialect::list_of(type)});
    return dialect::column(dialect::kNoTable, dialect::list_column(lists.lists.size() - 1), type);
}

void Writes::insert_together(StatementId single, dialect::Insert insert) {
    const bool divides = insert.conflict && (!insert.returning.empty() || !insert.conflict->set.empty());
    if (!builder_.in_each() || !builder_.dialect().has_typed_lists() || insert.source || divides) return;
    dialect::ListTable lists;
    dialect::Select select;
    for (const Expression& value : insert.values) {
        const auto* parameter = std::get_if<dialect::Parameter>(&value.node);
        if (parameter == nullptr) return;
        const Bind bind = builder_.bind(parameter->bind);
        if (bind.level == 0) {
            select.outputs.push_back({typed(value), {}});
        } else if (parameter->type.list) {
            return;  // lists of lists would have to be of equal length
        } else {
            select.outputs.push_back({together(lists, bind, parameter->type), {}});
        }
    }
    if (lists.lists.empty()) return;
    select.from = std::move(lists);
    insert.values.clear();
    insert.source = std::move(select);
    const StatementId all = builder_.add_statement(dialect::write(insert, builder_.dialect()));
    builder_.plan().statements[single].together = all;
}

}  // namespace lamina::plan
