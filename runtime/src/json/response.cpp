#include "json/response.hpp"

#include <array>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

namespace lamina::json {
namespace {

/// Without trailing zeros: 1.50 is 1.5.
std::string decimal_text(const Decimal& decimal) {
    std::string text = decimal.to_string();
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

using ColumnKind = ColumnType::Kind;

/// 2020-01-02T03:04:05.678+00:00, of which a date is the first part and a time the second.
std::string moment_text(const DateTime& moment, ColumnKind type) {
    std::string text = moment.to_string();
    if (text.ends_with('Z')) text.pop_back();
    if (type == ColumnKind::Date) return text.substr(0, text.find('T'));
    if (type != ColumnKind::Time) return text + "+00:00";
    text = text.substr(text.find('T') + 1);
    if (text.ends_with(".000")) text.resize(text.size() - 4);
    return text;
}

/// The names that Prisma has for the types of raw columns.
std::string_view raw_type(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::Int: return "int";
        case ColumnKind::BigInt: return "bigint";
        case ColumnKind::Float: return "float";
        case ColumnKind::Double: return "double";
        case ColumnKind::Decimal: return "decimal";
        case ColumnKind::Boolean: return "bool";
        case ColumnKind::String: return "string";
        case ColumnKind::Char: return "char";
        case ColumnKind::Uuid: return "uuid";
        case ColumnKind::DateTime: return "datetime";
        case ColumnKind::Date: return "date";
        case ColumnKind::Time: return "time";
        case ColumnKind::Json: return "json";
        case ColumnKind::Binary: return "bytes";
        case ColumnKind::Unknown:
        case ColumnKind::Unsupported: break;
    }
    return "int";  // of NULLs alone nothing is known
}

ColumnKind kind_of(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Boolean: return ColumnKind::Boolean;
        case Value::Kind::Int: return ColumnKind::Int;
        case Value::Kind::BigInt: return ColumnKind::BigInt;
        case Value::Kind::Float: return ColumnKind::Double;
        case Value::Kind::DateTime: return ColumnKind::DateTime;
        case Value::Kind::Decimal: return ColumnKind::Decimal;
        case Value::Kind::String:
        case Value::Kind::Enum: return ColumnKind::String;
        case Value::Kind::Json: return ColumnKind::Json;
        case Value::Kind::Bytes: return ColumnKind::Binary;
        case Value::Kind::Unset:
        case Value::Kind::Null:
        case Value::Kind::List: break;
    }
    return ColumnKind::Unknown;
}

/// The type of a column; where the database does not say, by the first value in it that tells.
ColumnType raw_column(const DynamicRows& rows, std::size_t column) {
    ColumnType type = rows.types()[column];
    for (std::size_t i = 0; i < rows.size() && type.kind == ColumnKind::Unknown; ++i) {
        const Value& value = rows[i][column];
        if (!value.is_list()) {
            type.kind = kind_of(value);
            continue;
        }
        type.list = true;
        for (const Value& element : value.as_list()) {
            if (type.kind == ColumnKind::Unknown) type.kind = kind_of(element);
        }
    }
    return type;
}

void write_list_meta(JsonWriter& out, const std::vector<std::string>& names) {
    out.begin_array();
    for (const std::string& name : names) out.string(name);
    out.end_array();
}

void write_meta(JsonWriter& out, const Error& error) {
    if (const std::string_view meta = error.detail("meta"); !meta.empty()) {
        out.raw(meta);
        return;
    }
    out.begin_object();
    if (!error.model().empty()) out.name("modelName").string(error.model());
    if (!error.fields().empty()) {
        out.name("target");
        write_list_meta(out, error.fields());
    }
    if (!error.constraint().empty()) out.name("constraint").string(error.constraint());
    if (!error.sqlstate().empty()) out.name("databaseCode").string(error.sqlstate());
    for (const Error::Detail& detail : error.details()) {
        if (detail.first != "meta" && detail.first != "batch_index") out.name(detail.first).string(detail.second);
    }
    out.end_object();
}

}  // namespace

void ResponseWriter::tagged(std::string_view type, std::string_view text) {
    if (options_.plain) {
        out_.string(text);
        return;
    }
    out_.begin_object().name("$type").string(type).name("value").string(text).end_object();
}

void ResponseWriter::value(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Unset:
        case Value::Kind::Null: out_.null(); return;
        case Value::Kind::Boolean: out_.boolean(value.as_boolean()); return;
        case Value::Kind::Int: out_.integer(value.as_bigint()); return;
        case Value::Kind::BigInt: tagged("BigInt", std::to_string(value.as_bigint())); return;
        case Value::Kind::Float: out_.number(value.as_float()); return;
        case Value::Kind::DateTime: tagged("DateTime", value.as_datetime().to_string()); return;
        case Value::Kind::Decimal: tagged("Decimal", decimal_text(value.as_decimal())); return;
        case Value::Kind::String:
        case Value::Kind::Enum: out_.string(value.as_string()); return;
        case Value::Kind::Json: tagged("Json", compact_json(value.as_string())); return;
        case Value::Kind::Bytes: tagged("Bytes", to_base64(value.as_bytes())); return;
        case Value::Kind::List:
            out_.begin_array();
            for (const Value& element : value.as_list()) this->value(element);
            out_.end_array();
            return;
    }
}

Result<void> ResponseWriter::label(const Value& value, const EnumLabels& labels) {
    if (value.is_list()) {
        out_.begin_array();
        for (const Value& element : value.as_list()) LAMINA_TRY(label(element, labels));
        out_.end_array();
        return {};
    }
    if (value.is_null()) {
        out_.null();
        return {};
    }
    for (std::size_t i = 0; i < labels.db_names.size(); ++i) {
        if (labels.db_names[i] != value.as_string()) continue;
        out_.string(labels.names[i]);
        return {};
    }
    std::string name;
    for (const meta::Enum& enumeration : context_.schema().enums) {
        if (&enumeration.labels == &labels) name = std::string(enumeration.name);
    }
    return Error(
        ErrorCode::InconsistentColumnData,
        "Inconsistent column data: Value '" + std::string(value.as_string()) + "' not found in enum '" + name + "'");
}

Result<void> ResponseWriter::column(const Output::Member& member, const Rows& rows, std::size_t number) {
    const Value& cell = rows.cell(number, member.index);
    const Slot& slot = rows.layout().layout().slots[member.index];
    out_.name(member.name);
    if (cell.is_null() && member.list) {
        out_.begin_array().end_array();
    } else if (slot.labels != nullptr) {
        return label(cell, *slot.labels);
    } else if (member.number) {
        number_of(cell);
    } else {
        value(cell);
    }
    return {};
}

void ResponseWriter::number_of(const Value& value) {
    if (value.is_list()) {
        out_.begin_array();
        for (const Value& element : value.as_list()) number_of(element);
        out_.end_array();
    } else if (value.kind() == Value::Kind::BigInt) {
        out_.integer(value.as_bigint());
    } else {
        this->value(value);
    }
}

Result<void> ResponseWriter::columns(const Output& output, const Rows& rows, std::size_t number) {
    out_.begin_object();
    for (const Output::Member& member : output.members) LAMINA_TRY(column(member, rows, number));
    out_.end_object();
    return {};
}

Result<void> ResponseWriter::row(const Output& output, const Rows& rows, std::size_t number) {
    out_.begin_object();
    for (const Output::Member& member : output.members) {
        switch (member.kind) {
            case Output::Member::Kind::Column: LAMINA_TRY(column(member, rows, number)); break;
            case Output::Member::Kind::Object:
                out_.name(member.name);
                LAMINA_TRY(columns(output.parts[member.part], rows, number));
                break;
            case Output::Member::Kind::Relation: {
                const Rows& related = rows.related(number, member.index);
                const Output& part = output.parts[member.part];
                out_.name(member.name);
                if (member.list) {
                    out_.begin_array();
                    for (std::size_t i = 0; i < related.size(); ++i) LAMINA_TRY(row(part, related, i));
                    out_.end_array();
                } else if (related.size() > 0) {
                    LAMINA_TRY(row(part, related, 0));
                } else {  // where the client keeps the keys, even a required row may be missing
                    out_.null();
                }
                break;
            }
        }
    }
    out_.end_object();
    return {};
}

Result<void> ResponseWriter::answer(const Request& request, const Rows& rows) {
    if (request.answer == Request::Answer::List) {
        out_.begin_array();
        for (std::size_t i = 0; i < rows.size(); ++i) LAMINA_TRY(row(request.output, rows, i));
        out_.end_array();
        return {};
    }
    return one(request, rows, rows.size() > 0 ? std::optional<std::size_t>(0) : std::nullopt);
}

Result<void> ResponseWriter::one(const Request& request, const Rows& rows, std::optional<std::size_t> number) {
    if (number) return row(request.output, rows, *number);
    out_.null();
    return {};
}

void ResponseWriter::raw_cell(const Value& value, ColumnType::Kind type) {
    switch (value.kind()) {
        case Value::Kind::BigInt:
            if (type == ColumnKind::Int) {
                out_.integer(value.as_bigint());
            } else {
                out_.string(std::to_string(value.as_bigint()));
            }
            return;
        case Value::Kind::Decimal: out_.string(decimal_text(value.as_decimal())); return;
        case Value::Kind::DateTime: out_.string(moment_text(value.as_datetime(), type)); return;
        case Value::Kind::Json: out_.raw(compact_json(value.as_string())); return;
        case Value::Kind::Bytes: out_.string(to_base64(value.as_bytes())); return;
        case Value::Kind::List:
            out_.begin_array();
            for (const Value& element : value.as_list()) raw_cell(element, type);
            out_.end_array();
            return;
        case Value::Kind::Unset:
        case Value::Kind::Null:
        case Value::Kind::Boolean:
        case Value::Kind::Int:
        case Value::Kind::Float:
        case Value::Kind::String:
        case Value::Kind::Enum: this->value(value); return;
    }
}

void ResponseWriter::raw(const DynamicRows& rows) {
    std::vector<ColumnType> types;
    for (std::size_t i = 0; i < rows.columns().size(); ++i) types.push_back(raw_column(rows, i));
    out_.begin_object().name("columns").begin_array();
    for (const std::string& column : rows.columns()) out_.string(column);
    out_.end_array().name("types").begin_array();
    for (const ColumnType& type : types) {
        out_.string(std::string(raw_type(type.kind)) + (type.list ? "-array" : ""));
    }
    out_.end_array().name("rows").begin_array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out_.begin_array();
        for (std::size_t k = 0; k < types.size(); ++k) raw_cell(rows[i][k], types[k].kind);
        out_.end_array();
    }
    out_.end_array().end_object();
}

void write_error(JsonWriter& out, const Error& error, std::optional<std::size_t> batch_index) {
    out.begin_object().name("code").string(error.code_text()).name("message").string(error.message()).name("meta");
    write_meta(out, error);
    if (batch_index) out.name("batchRequestIdx").integer(static_cast<std::int64_t>(*batch_index));
    out.end_object();
}

}  // namespace lamina::json
