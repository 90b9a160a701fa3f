#include "providers/postgresql/native_types.hpp"

#include <string>

#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::postgresql {
namespace {

using schema::NativeTypeRule;
using schema::ScalarType;

const NativeTypeRule kTypes[] = {
    {"SmallInt", 0, 0, {ScalarType::Int}},
    {"Integer", 0, 0, {ScalarType::Int}},
    {"BigInt", 0, 0, {ScalarType::BigInt}},
    {"Decimal", 0, 2, {ScalarType::Decimal}},
    {"Money", 0, 0, {ScalarType::Decimal}},
    {"Inet", 0, 0, {ScalarType::String}},
    {"Oid", 0, 0, {ScalarType::Int}},
    {"Citext", 0, 0, {ScalarType::String}},
    {"Real", 0, 0, {ScalarType::Float}},
    {"DoublePrecision", 0, 0, {ScalarType::Float}},
    {"VarChar", 0, 1, {ScalarType::String}},
    {"Char", 0, 1, {ScalarType::String}},
    {"Text", 0, 0, {ScalarType::String}},
    {"ByteA", 0, 0, {ScalarType::Bytes}},
    {"Timestamp", 0, 1, {ScalarType::DateTime}},
    {"Timestamptz", 0, 1, {ScalarType::DateTime}},
    {"Date", 0, 0, {ScalarType::DateTime}},
    {"Time", 0, 1, {ScalarType::DateTime}},
    {"Timetz", 0, 1, {ScalarType::DateTime}},
    {"Boolean", 0, 0, {ScalarType::Boolean}},
    {"Bit", 0, 1, {ScalarType::String}},
    {"VarBit", 0, 1, {ScalarType::String}},
    {"Uuid", 0, 0, {ScalarType::String}},
    {"Xml", 0, 0, {ScalarType::String}},
    {"Json", 0, 0, {ScalarType::Json}},
    {"JsonB", 0, 0, {ScalarType::Json}},
};

void out_of_range(const schema::NativeTypeUse& use, std::string_view why, schema::Diagnostics& out) {
    out.push(schema::messages::plain(
        "Argument M is out of range for native type `" + std::string{use.shown} + "` of Postgres: " + std::string{why},
        use.span));
}

}  // namespace

std::span<const NativeTypeRule> native_types() { return kTypes; }

void check_native_type(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    if (use.arguments.empty()) return;
    const std::uint32_t first = use.arguments[0];
    if (use.name == "Decimal" && use.arguments.size() == 2) {
        if (use.arguments[1] > first && first != 0) {
            out.push(schema::messages::plain("The scale must not be larger than the precision for the " +
                                                 std::string{use.shown} + " native type in Postgres.",
                                             use.span));
        } else if (first == 0 || first > 1000) {
            out_of_range(use, "Precision must be positive with a maximum value of 1000.", out);
        }
    } else if ((use.name == "Bit" || use.name == "VarBit") && first == 0) {
        out_of_range(use, "M must be a positive integer.", out);
    } else if ((use.name.substr(0, 4) == "Time") && first > 6) {
        out_of_range(use, "M can range from 0 to 6.", out);
    }
}

}  // namespace lamina::providers::postgresql
