#include "memory_database.hpp"

#include <cstddef>
#include <stdexcept>

#include <sqlite3.h>

#include <lamina/base/try.hpp>
#include <lamina/plan/shape.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

namespace fixture {
namespace {

using lamina::Error;
using lamina::ErrorCode;
using lamina::Result;
using lamina::Slot;
using lamina::Type;

/// As the driver stores it.
std::string stored_form(lamina::DateTime time) {
    std::string text = time.to_string();
    text.pop_back();
    return text + "+00:00";
}

std::string json_of(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Int:
        case Value::Kind::BigInt: return std::to_string(value.as_bigint());
        case Value::Kind::Decimal: {
            const std::string text = value.as_decimal().normalized().to_string();
            return value.as_decimal().significant_digits() <= 15 ? text : "\"" + text + "\"";
        }
        case Value::Kind::DateTime: return "\"" + stored_form(value.as_datetime()) + "\"";
        default: {
            std::string text = "\"";
            for (const char c : value.as_string()) {
                if (c == '"' || c == '\\') text += '\\';
                text += c;
            }
            return text + "\"";
        }
    }
}

void bind(sqlite3_stmt* statement, int index, const Value& value) {
    const auto text = [&](const std::string& content) {
        sqlite3_bind_text(statement, index, content.data(), static_cast<int>(content.size()), SQLITE_TRANSIENT);
    };
    switch (value.kind()) {
        case Value::Kind::Null: sqlite3_bind_null(statement, index); return;
        case Value::Kind::Int:
        case Value::Kind::BigInt: sqlite3_bind_int64(statement, index, value.as_bigint()); return;
        case Value::Kind::Decimal: {
            const std::string content = value.as_decimal().normalized().to_string();
            if (value.as_decimal().significant_digits() <= 15) {
                const auto whole = value.as_decimal().to_int64();
                if (whole) {
                    sqlite3_bind_int64(statement, index, *whole);
                } else {
                    sqlite3_bind_double(statement, index, value.as_decimal().to_double());
                }
            } else {
                sqlite3_bind_blob(statement, index, content.data(), static_cast<int>(content.size()), SQLITE_TRANSIENT);
            }
            return;
        }
        case Value::Kind::DateTime: text(stored_form(value.as_datetime())); return;
        case Value::Kind::List: {
            std::string json = "[";
            for (const Value& item : value.as_list()) json += (json.size() > 1 ? "," : "") + json_of(item);
            text(json + "]");
            return;
        }
        default: text(std::string(value.as_string()));
    }
}

class Reader final : public lamina::RowReader {
public:
    explicit Reader(sqlite3_stmt* statement) : statement_(statement) {}

    Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) override {
        for (const Slot& slot : slots) {
            auto* out = reinterpret_cast<Value*>(static_cast<char*>(base) + slot.offset);
            if (!slot.dynamic) return Error(ErrorCode::Internal, "this reader knows dynamic members only");
            *out = value(static_cast<int>(first_column++), slot.type);
        }
        return {};
    }

private:
    Value value(int column, Type type) {
        const int stored = sqlite3_column_type(statement_, column);
        if (stored == SQLITE_NULL) return {};
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        const std::string text(bytes == nullptr ? "" : bytes,
                               static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
        switch (type) {
            case Type::Int: return static_cast<std::int32_t>(sqlite3_column_int64(statement_, column));
            case Type::BigInt: return std::int64_t{sqlite3_column_int64(statement_, column)};
            case Type::Decimal:
                if (stored == SQLITE_INTEGER)
                    return lamina::Decimal(std::int64_t{sqlite3_column_int64(statement_, column)});
                if (stored == SQLITE_FLOAT)
                    return lamina::Decimal::from_double(sqlite3_column_double(statement_, column));
                return lamina::Decimal(text);
            case Type::Enum: return Value::enumeration(text);
            case Type::DateTime: return *lamina::DateTime::parse(text);
            default: return Value::string(text);
        }
    }

    sqlite3_stmt* statement_;
};

}  // namespace

const lamina::RowLayout* Layouts::make(std::uint16_t model_id, const lamina::query::Selection& selection) {
    const lamina::meta::Model& model = schema().models[model_id];
    std::vector<FieldId> fields = selection.fields;
    if (fields.empty() && selection.all_scalars) {
        for (std::size_t i = 0; i < model.fields.size(); ++i) {
            if (!model.fields[i].is_relation) fields.push_back(static_cast<FieldId>(i));
        }
    }
    auto made = std::make_unique<Made>();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        Slot slot;
        slot.offset = static_cast<std::uint32_t>(offsetof(Node, cells) + i * sizeof(Value));
        slot.type = model.fields[fields[i]].type;
        slot.dynamic = true;
        made->slots.push_back(slot);
    }
    for (std::size_t i = 0; i < selection.relations.size(); ++i) {
        const auto& field = model.fields[selection.relations[i].field];
        const auto& relation = schema().relations[field.relation];
        const bool side_a = relation.model_a == model_id && relation.field_a == selection.relations[i].field;
        lamina::ChildLayout child;
        child.offset = static_cast<std::uint32_t>(offsetof(Node, children) + i * sizeof(std::vector<Node>));
        child.kind = lamina::ChildLayout::Kind::Many;
        child.layout = make(side_a ? relation.model_b : relation.model_a, selection.relations[i].selection);
        made->children.push_back(child);
    }
    made->layout.slots = made->slots;
    made->layout.children = made->children;
    made->layout.size = sizeof(Node);
    made->layout.append = [](void* vector) -> void* {
        return &static_cast<std::vector<Node>*>(vector)->emplace_back();
    };
    made->layout.data = [](void* vector) -> void* { return static_cast<std::vector<Node>*>(vector)->data(); };
    made_.push_back(std::move(made));
    return &made_.back()->layout;
}

MemoryDatabase::MemoryDatabase() : Database(lamina::dialect::sqlite::dialect()) {
    sqlite3_open(":memory:", &database_);
    script(std::string(sqlite_ddl()));
}

MemoryDatabase::~MemoryDatabase() { sqlite3_close(database_); }

void MemoryDatabase::script(const std::string& text) {
    char* message = nullptr;
    if (sqlite3_exec(database_, text.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    const std::string what = message;
    sqlite3_free(message);
    throw std::runtime_error(what + " in " + text);
}

Result<void> MemoryDatabase::execute(lamina::plan::Execution& execution) {
    const std::string& text = execution.statement->text;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_, text.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        return Error(ErrorCode::DatabaseError, std::string(sqlite3_errmsg(database_)) + " in " + text);
    }
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
    for (std::size_t i = 0; i < execution.parameters.size(); ++i) {
        bind(statement, static_cast<int>(i + 1), *execution.parameters[i]);
    }
    Reader reader(statement);
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        if (execution.sink) LAMINA_TRY(execution.sink->row(reader));
    }
    if (status != SQLITE_DONE) return Error(ErrorCode::DatabaseError, sqlite3_errmsg(database_));
    execution.affected = static_cast<std::uint64_t>(sqlite3_changes(database_));
    return {};
}

Result<std::uint64_t> Database::run(const Operation& operation, std::vector<Node>& rows) {
    batches = 0;
    sql.clear();
    const lamina::plan::Shape shape(operation);
    LAMINA_TRY_ASSIGN(const lamina::plan::Plan plan, lamina::plan::plan(operation, schema(), dialect_));
    Layouts layouts;
    lamina::plan::Interpreter interpreter(plan, shape, layouts.make(operation.model, operation.selection), &rows);
    for (;;) {
        LAMINA_TRY_ASSIGN(const std::span<lamina::plan::Execution> batch, interpreter.next());
        if (batch.empty()) return interpreter.count();
        ++batches;
        for (lamina::plan::Execution& execution : batch) {
            sql.push_back(execution.statement->text);
            LAMINA_TRY(execute(execution));
        }
    }
}

}  // namespace fixture
