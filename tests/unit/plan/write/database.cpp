#include "unit/plan/write/database.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <deque>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/plan/interpreter.hpp>
#include <lamina/plan/planner.hpp>
#include <lamina/plan/shape.hpp>

namespace test {
namespace {

using namespace lamina;

void* append(void* vector) { return &static_cast<std::vector<DynamicRow>*>(vector)->emplace_back(); }
void* data(void* vector) { return static_cast<std::vector<DynamicRow>*>(vector)->data(); }

/// Layouts for a selection, made while the test runs.
class Layouts {
public:
    explicit Layouts(const meta::Schema& schema) : schema_(schema) {}

    const RowLayout* make(meta::ModelId model, const query::Selection& selection) {
        auto& slots = slots_.emplace_back();
        for (const meta::FieldId field : fields_of(schema_, model, selection)) {
            const meta::Field& found = schema_.models[model].fields[field];
            Slot slot;
            slot.offset = static_cast<std::uint32_t>(offsetof(DynamicRow, values) + slots.size() * sizeof(Value));
            slot.type = found.type;
            slot.optional = !found.required;
            slot.list = found.list;
            slot.dynamic = true;
            if (found.type == Type::Enum) slot.labels = &schema_.enums[found.enumeration].labels;
            slots.push_back(slot);
        }
        auto& children = children_.emplace_back();
        for (const query::RelationSelection& relation : selection.relations) {
            ChildLayout child;
            child.offset = static_cast<std::uint32_t>(offsetof(DynamicRow, related) +
                                                      children.size() * sizeof(std::vector<DynamicRow>));
            child.layout = make(related(schema_, model, relation.field), relation.selection);
            children.push_back(child);
        }
        RowLayout& layout = layouts_.emplace_back();
        layout.slots = slots;
        layout.children = children;
        layout.size = sizeof(DynamicRow);
        layout.append = append;
        layout.data = data;
        return &layout;
    }

    static std::vector<meta::FieldId> fields_of(const meta::Schema& schema, meta::ModelId model,
                                                const query::Selection& selection) {
        if (!selection.all_scalars) return selection.fields;
        std::vector<meta::FieldId> all;
        const auto fields = schema.models[model].fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (!fields[i].is_relation) all.push_back(static_cast<meta::FieldId>(i));
        }
        return all;
    }

    static meta::ModelId related(const meta::Schema& schema, meta::ModelId model, meta::FieldId field) {
        const meta::Relation& relation = schema.relations[schema.models[model].fields[field].relation];
        return relation.model_a == model && relation.field_a == field ? relation.model_b : relation.model_a;
    }

private:
    const meta::Schema& schema_;
    std::deque<std::vector<Slot>> slots_;
    std::deque<std::vector<ChildLayout>> children_;
    std::deque<RowLayout> layouts_;
};

/// What is different in every run gets a name.
std::string value_text(const Value& value) {
    if (value.kind() == Value::Kind::DateTime) {
        return value.as_datetime() > DateTime::from_unix_seconds(1'750'000'000)
                   ? "<now>"
                   : "\"" + value.as_datetime().to_string() + "\"";
    }
    if (value.kind() == Value::Kind::String) {
        const std::string_view text = value.as_string();
        const bool uuid = text.size() == 36 && std::count(text.begin(), text.end(), '-') == 4;
        const bool cuid = text.size() == 25 && text[0] == 'c';
        return uuid ? "<uuid>" : cuid ? "<cuid>" : "\"" + std::string(text) + "\"";
    }
    if (value.kind() == Value::Kind::Enum) return std::string(value.as_string());
    return value.to_debug_string();
}

std::string row_text(const meta::Schema& schema, meta::ModelId model, const query::Selection& selection,
                     const DynamicRow& row) {
    std::string text = "{";
    std::size_t i = 0;
    for (const meta::FieldId field : Layouts::fields_of(schema, model, selection)) {
        if (text.size() > 1) text += ", ";
        text += std::string(schema.models[model].fields[field].name) + ": " + value_text(row.values[i++]);
    }
    for (std::size_t j = 0; j < selection.relations.size(); ++j) {
        const query::RelationSelection& relation = selection.relations[j];
        if (text.size() > 1) text += ", ";
        text += std::string(schema.models[model].fields[relation.field].name) + ": [";
        for (const DynamicRow& child : row.related[j]) {
            if (text.back() != '[') text += ", ";
            text += row_text(schema, Layouts::related(schema, model, relation.field), relation.selection, child);
        }
        text += "]";
    }
    return text + "}";
}

}  // namespace

Result<void> Database::script(const char* sql) {
    executed_.emplace_back(sql);
    return driver::run_script(connection_, sql);
}

Result<std::uint64_t> Database::interpret(const query::Operation& operation, std::vector<DynamicRow>& rows,
                                          bool& in_transaction) {
    LAMINA_TRY_ASSIGN(const plan::Plan plan, plan::plan(operation, schema_.schema(), dialect_));
    if (plan.transactional) {
        LAMINA_TRY(script("BEGIN"));
        in_transaction = true;
    }
    const plan::Shape shape(operation);
    Layouts layouts(schema_.schema());
    plan::Interpreter interpreter(plan, shape, layouts.make(operation.model, operation.selection), &rows);
    std::size_t number = 0;
    for (;;) {
        LAMINA_TRY_ASSIGN(const std::span<plan::Execution> batch, interpreter.next());
        if (batch.empty()) return interpreter.count();
        for (plan::Execution& execution : batch) {
            if (number++ == fail_at_) return Error(ErrorCode::ConnectionLost, "failed as the test wants");
            executed_.push_back(execution.statement->text);
            driver::Call call;
            call.id = execution.statement->id;
            call.sql = execution.statement->text;
            call.type_codes = execution.statement->type_codes;
            call.parameters = execution.parameters;
            call.sink = execution.sink;
            LAMINA_TRY(driver::run(connection_, {&call, 1}));
            execution.affected = call.affected;
        }
    }
}

Result<std::uint64_t> Database::execute(const query::Operation& operation, std::vector<DynamicRow>& rows) {
    executed_.clear();
    bool in_transaction = false;
    Result<std::uint64_t> result = interpret(operation, rows, in_transaction);
    fail_at_ = SIZE_MAX;
    if (in_transaction) LAMINA_TRY(script(result ? "COMMIT" : "ROLLBACK"));
    return result;
}

std::string Database::to_json(const query::Operation& operation, const std::vector<DynamicRow>& rows,
                              std::uint64_t count) const {
    using query::Action;
    const bool counts = operation.action == Action::CreateMany || operation.action == Action::UpdateMany ||
                        operation.action == Action::DeleteMany || operation.action == Action::UpsertMany ||
                        operation.action == Action::Count;
    if (counts) return "{count: " + std::to_string(count) + "}";
    std::string text;
    for (const DynamicRow& row : rows) {
        if (!text.empty()) text += ", ";
        text += row_text(schema_.schema(), operation.model, operation.selection, row);
    }
    const bool many = operation.action == Action::FindMany || operation.action == Action::CreateManyAndReturn ||
                      operation.action == Action::UpdateManyAndReturn;
    return many ? "[" + text + "]" : text.empty() ? "null" : text;
}

Result<std::string> Database::run(const query::Operation& operation) {
    std::vector<DynamicRow> rows;
    LAMINA_TRY_ASSIGN(const std::uint64_t count, execute(operation, rows));
    return to_json(operation, rows, count);
}

}  // namespace test
