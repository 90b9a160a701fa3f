#include "drivers/postgresql/decode.hpp"

#include <optional>
#include <string>

#include <lamina/base/try.hpp>
#include <lamina/base/utf8.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/postgresql/arrays.hpp"
#include "drivers/postgresql/cells.hpp"
#include "drivers/postgresql/column_types.hpp"
#include "drivers/postgresql/oids.hpp"
#include "drivers/postgresql/records.hpp"
#include "drivers/postgresql/wire.hpp"

namespace lamina::postgresql {
namespace {

constexpr Problem kNull = "it is NULL, but the field is required";

Problem decode_label(const Cell& cell, const EnumLabels* labels, std::int32_t& out) {
    const std::string_view text(cell.data, cell.size);
    if (labels != nullptr) {
        for (std::size_t i = 0; i < labels->db_names.size(); ++i) {
            if (labels->db_names[i] == text) {
                out = static_cast<std::int32_t>(i);
                return nullptr;
            }
        }
    }
    return "a label that the enum does not have";
}

template <class T>
Problem decode_member(const Cell& cell, bool optional, void* place) {
    if (!optional) [[likely]] {
        if (cell.data == nullptr) [[unlikely]]
            return kNull;
        return decode(cell, *static_cast<T*>(place));
    }
    auto& member = *static_cast<std::optional<T>*>(place);
    if (cell.data == nullptr) {
        member.reset();
        return nullptr;
    }
    return decode(cell, member.emplace());
}

Problem decode_enum(const Cell& cell, const Slot& slot, void* place) {
    if (!slot.optional) {
        return cell.data == nullptr ? kNull : decode_label(cell, slot.labels, *static_cast<std::int32_t*>(place));
    }
    auto& member = *static_cast<std::optional<std::int32_t>*>(place);
    if (cell.data == nullptr) {
        member.reset();
        return nullptr;
    }
    return decode_label(cell, slot.labels, member.emplace());
}

template <class T>
Problem decode_into(const Cell& cell, Value& out) {
    T value{};
    const Problem problem = decode(cell, value);
    if (problem == nullptr) out = Value(std::move(value));
    return problem;
}

/// Decodes into a Value of the asked type.
Problem decode_value(const Cell& cell, Type type, Value& out) {
    if (cell.data == nullptr) {
        out = Value();
        return nullptr;
    }
    switch (type) {
        case Type::Int: return decode_into<std::int32_t>(cell, out);
        case Type::BigInt: return decode_into<std::int64_t>(cell, out);
        case Type::Float: return decode_into<double>(cell, out);
        case Type::Decimal: return decode_into<Decimal>(cell, out);
        case Type::Boolean: return decode_into<bool>(cell, out);
        case Type::String: return decode_into<std::string>(cell, out);
        case Type::DateTime: return decode_into<DateTime>(cell, out);
        case Type::Json: return decode_into<Json>(cell, out);
        case Type::Bytes: return decode_into<Bytes>(cell, out);
        case Type::Enum: {
            std::string label;
            const Problem problem = decode(cell, label);
            if (problem == nullptr) out = Value::enumeration(label);
            return problem;
        }
    }
    return "a type that is not known";
}

/// Decodes an array through `add(cell)`, which gives a Problem. NULL is an empty list, as Prisma has it.
template <class Add>
Problem decode_elements(const Cell& cell, Add add) {
    if (cell.data == nullptr) return nullptr;
    ArrayCursor cursor;
    if (const Problem problem = cursor.open(cell); problem != nullptr) return problem;
    Cell element;
    while (!cursor.done()) {
        if (const Problem problem = cursor.next(element); problem != nullptr) return problem;
        if (const Problem problem = add(element); problem != nullptr) return problem;
    }
    return nullptr;
}

template <class T>
Problem decode_list(const Cell& cell, void* place) {
    auto& list = *static_cast<std::vector<T>*>(place);
    list.clear();
    return decode_elements(cell, [&list](const Cell& element) -> Problem {
        if (element.data == nullptr) return "the list holds a NULL";
        T item{};
        const Problem problem = decode(element, item);
        list.push_back(std::move(item));
        return problem;
    });
}

Problem decode_enum_list(const Cell& cell, const Slot& slot, void* place) {
    auto& list = *static_cast<std::vector<std::int32_t>*>(place);
    list.clear();
    return decode_elements(cell, [&](const Cell& element) -> Problem {
        if (element.data == nullptr) return "the list holds a NULL";
        return decode_label(element, slot.labels, list.emplace_back());
    });
}

Problem decode_value_list(const Cell& cell, Type type, Value& out) {
    Value::List list;
    const Problem problem = decode_elements(
        cell, [&](const Cell& element) -> Problem { return decode_value(element, type, list.emplace_back()); });
    out = Value(std::move(list));
    return problem;
}

Problem decode_list_slot(const Cell& cell, const Slot& slot, void* place) {
    switch (slot.type) {
        case Type::Int: return decode_list<std::int32_t>(cell, place);
        case Type::BigInt: return decode_list<std::int64_t>(cell, place);
        case Type::Float: return decode_list<double>(cell, place);
        case Type::Decimal: return decode_list<Decimal>(cell, place);
        case Type::Boolean: return decode_list<bool>(cell, place);
        case Type::String: return decode_list<std::string>(cell, place);
        case Type::DateTime: return decode_list<DateTime>(cell, place);
        case Type::Json: return decode_list<Json>(cell, place);
        case Type::Bytes: return decode_list<Bytes>(cell, place);
        case Type::Enum: return decode_enum_list(cell, slot, place);
    }
    return "a type that is not known";
}

/// Of a type that is no array.
std::optional<Type> natural_type(std::uint32_t type) noexcept {
    using Kind = ColumnType::Kind;
    switch (column_type(type).kind) {
        case Kind::Boolean: return Type::Boolean;
        case Kind::Int: return Type::Int;
        case Kind::BigInt: return Type::BigInt;
        case Kind::Float:
        case Kind::Double: return Type::Float;
        case Kind::Decimal: return Type::Decimal;
        case Kind::Binary: return Type::Bytes;
        case Kind::Json: return Type::Json;
        case Kind::DateTime:
        case Kind::Date:
        case Kind::Time: return Type::DateTime;
        case Kind::String:
        case Kind::Char:
        case Kind::Uuid:
        case Kind::Unknown: return Type::String;
        case Kind::Unsupported: return std::nullopt;
    }
    return std::nullopt;
}

/// Looks like an array of a type made by the user: such array types have no fixed number.
bool looks_like_array(const Cell& cell) noexcept {
    return cell.size >= 12 && wire::load<std::uint32_t>(cell.data) <= 1 &&
           wire::load<std::uint32_t>(cell.data + 4) <= 1 &&
           wire::load<std::uint32_t>(cell.data + 8) >= oid::kFirstUserDefined;
}

}  // namespace

const char* decode_slot(const Cell& cell, const Slot& slot, void* place) {
    if (slot.dynamic) {
        Value& value = *static_cast<Value*>(place);
        return slot.list ? decode_value_list(cell, slot.type, value) : decode_value(cell, slot.type, value);
    }
    if (slot.list) return decode_list_slot(cell, slot, place);
    switch (slot.type) {
        case Type::Int: return decode_member<std::int32_t>(cell, slot.optional, place);
        case Type::BigInt: return decode_member<std::int64_t>(cell, slot.optional, place);
        case Type::Float: return decode_member<double>(cell, slot.optional, place);
        case Type::Decimal: return decode_member<Decimal>(cell, slot.optional, place);
        case Type::Boolean: return decode_member<bool>(cell, slot.optional, place);
        case Type::String: return decode_member<std::string>(cell, slot.optional, place);
        case Type::DateTime: return decode_member<DateTime>(cell, slot.optional, place);
        case Type::Json: return decode_member<Json>(cell, slot.optional, place);
        case Type::Bytes: return decode_member<Bytes>(cell, slot.optional, place);
        case Type::Enum: return decode_enum(cell, slot, place);
    }
    return "a type that is not known";
}

const char* decode_natural(const Cell& cell, Value& out) {
    if (cell.data == nullptr || cell.type == oid::kVoid) {
        out = Value();
        return nullptr;
    }
    const std::uint32_t element = oid::element_of(cell.type);
    if (element != 0 || (cell.type >= oid::kFirstUserDefined && looks_like_array(cell))) {
        return decode_value_list(cell, element != 0 ? *natural_type(element) : Type::String, out);
    }
    const std::optional<Type> type = natural_type(cell.type);
    if (!type) return "a type that is not supported here; cast it in the query, to text for instance";
    return decode_value(cell, *type, out);
}

Reader::Reader(const PGresult* result, std::vector<std::uint32_t>& types) : result_(result), types_(types) {
    const int columns = PQnfields(result);
    types_.resize(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) types_[static_cast<std::size_t>(i)] = PQftype(result, i);
}

inline Cell Reader::cell(std::size_t column) const noexcept {
    const int index = static_cast<int>(column);
    Cell cell;
    cell.data = PQgetvalue(result_, row_, index);
    const int size = PQgetlength(result_, row_, index);
    cell.size = static_cast<std::size_t>(size);
    cell.type = types_[column];
    // libpq gives an empty text for NULL, whose length is zero.
    if (size == 0 && PQgetisnull(result_, row_, index) != 0) cell.data = nullptr;
    return cell;
}

Result<void> Reader::read(std::span<const Slot> slots, std::size_t first_column, void* base) {
    if (first_column + slots.size() > types_.size()) [[unlikely]] {
        return error::inconsistent_column_data("", "the statement gave fewer columns than asked for");
    }
    std::size_t column = first_column;
    for (const Slot& slot : slots) {
        const Problem problem = decode_slot(cell(column), slot, static_cast<char*>(base) + slot.offset);
        if (problem != nullptr) [[unlikely]]
            return inconsistent(column, problem);
        ++column;
    }
    return {};
}

Result<void> Reader::rows(std::size_t column, RowSink& sink) {
    if (column >= types_.size())
        return error::inconsistent_column_data("", "the statement gave fewer columns than asked for");
    return decode_rows(cell(column), column_name(column), sink);
}

std::string_view Reader::column_name(std::size_t column) const noexcept {
    const char* name = PQfname(result_, static_cast<int>(column));
    return name != nullptr ? std::string_view(name) : std::string_view();
}

ColumnType Reader::column_type(std::size_t column) const noexcept {
    return column < types_.size() ? postgresql::column_type(types_[column]) : ColumnType();
}

Result<void> Reader::read_value(std::size_t column, Value& out) {
    if (column >= types_.size())
        return error::inconsistent_column_data("", "the statement gave fewer columns than asked for");
    const Problem problem = decode_natural(cell(column), out);
    if (problem == nullptr) return {};
    Error error = inconsistent(column, problem);
    if (const ColumnType type = column_type(column); type.kind == ColumnType::Kind::Unsupported) {
        error.with_detail("column_type", type.name);
    }
    return error;
}

Error Reader::inconsistent(std::size_t column, std::string_view problem) const {
    return error::inconsistent_column_data(column_name(column), problem);
}

}  // namespace lamina::postgresql
