#include "providers/sqlserver/native_types.hpp"

#include <string>

#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::sqlserver {
namespace {

using schema::NativeTypeRule;
using schema::ScalarType;

const NativeTypeRule kTypes[] = {
    {"TinyInt", 0, 0, {ScalarType::Int}},
    {"SmallInt", 0, 0, {ScalarType::Int}},
    {"Int", 0, 0, {ScalarType::Int}},
    {"BigInt", 0, 0, {ScalarType::BigInt}},
    {"Decimal", 0, 2, {ScalarType::Decimal}},
    {"Money", 0, 0, {ScalarType::Float}},
    {"SmallMoney", 0, 0, {ScalarType::Float}},
    {"Bit", 0, 0, {ScalarType::Boolean, ScalarType::Int}},
    {"Float", 0, 1, {ScalarType::Float}},
    {"Real", 0, 0, {ScalarType::Float}},
    {"Date", 0, 0, {ScalarType::DateTime}},
    {"Time", 0, 0, {ScalarType::DateTime}},
    {"DateTime", 0, 0, {ScalarType::DateTime}},
    {"DateTime2", 0, 0, {ScalarType::DateTime}},
    {"DateTimeOffset", 0, 0, {ScalarType::DateTime}},
    {"SmallDateTime", 0, 0, {ScalarType::DateTime}},
    {"Char", 0, 1, {ScalarType::String}},
    {"NChar", 0, 1, {ScalarType::String}},
    {"VarChar", 0, 1, {ScalarType::String}, true},
    {"Text", 0, 0, {ScalarType::String}},
    {"NVarChar", 0, 1, {ScalarType::String}, true},
    {"NText", 0, 0, {ScalarType::String}},
    {"Binary", 0, 1, {ScalarType::Bytes}},
    {"VarBinary", 0, 1, {ScalarType::Bytes}, true},
    {"Image", 0, 0, {ScalarType::Bytes}},
    {"Xml", 0, 0, {ScalarType::String}},
    {"UniqueIdentifier", 0, 0, {ScalarType::String}},
};

// The longest text or binary that is stored in the row.
std::uint32_t longest(std::string_view name) {
    if (name == "NChar" || name == "NVarChar") return 4000;
    if (name == "Char" || name == "VarChar" || name == "Binary" || name == "VarBinary") return 8000;
    return schema::kMaxLength;
}

void out_of_range(const schema::NativeTypeUse& use, std::string_view why, schema::Diagnostics& out) {
    out.push(schema::messages::plain("Argument M is out of range for native type `" + std::string{use.shown} +
                                         "` of SQL Server: " + std::string{why},
                                     use.span));
}

void check_decimal(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    const std::uint32_t precision = use.arguments[0], scale = use.arguments[1];
    if (scale > precision) {
        out.push(schema::messages::plain("The scale must not be larger than the precision for the " +
                                             std::string{use.shown} + " native type in SQL Server.",
                                         use.span));
    } else if (precision == 0 || precision > 38) {
        out_of_range(use, "Precision can range from 1 to 38.", out);
    }
}

}  // namespace

std::span<const NativeTypeRule> native_types() { return kTypes; }

void check_native_type(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    if (use.arguments.empty() || use.arguments[0] == schema::kMaxLength) return;
    const std::uint32_t first = use.arguments[0];
    if (use.name == "Decimal" && use.arguments.size() == 2) {
        check_decimal(use, out);
    } else if (use.name == "Float" && (first == 0 || first > 53)) {
        out_of_range(use, "Bits can range from 1 to 53.", out);
    } else if (first > longest(use.name)) {
        const bool has_max = use.name.find("Var") != std::string_view::npos;
        out_of_range(use,
                     "Length can range from 1 to " + std::to_string(longest(use.name)) +
                         (has_max ? ". For larger sizes, use the `Max` variant." : "."),
                     out);
    }
}

}  // namespace lamina::providers::sqlserver
