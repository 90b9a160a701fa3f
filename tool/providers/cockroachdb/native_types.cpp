#include "providers/cockroachdb/native_types.hpp"

#include <string>

#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::cockroachdb {
namespace {

using schema::NativeTypeRule;
using schema::ScalarType;

const NativeTypeRule kTypes[] = {
    {"Bit", 0, 1, {ScalarType::String}},
    {"Bool", 0, 0, {ScalarType::Boolean}},
    {"Bytes", 0, 0, {ScalarType::Bytes}},
    {"CatalogSingleChar", 0, 0, {ScalarType::String}},
    {"Char", 0, 1, {ScalarType::String}},
    {"Date", 0, 0, {ScalarType::DateTime}},
    {"Decimal", 0, 2, {ScalarType::Decimal}},
    {"Float4", 0, 0, {ScalarType::Float}},
    {"Float8", 0, 0, {ScalarType::Float}},
    {"Inet", 0, 0, {ScalarType::String}},
    {"Int2", 0, 0, {ScalarType::Int}},
    {"Int4", 0, 0, {ScalarType::Int}},
    {"Int8", 0, 0, {ScalarType::BigInt}},
    {"JsonB", 0, 0, {ScalarType::Json}},
    {"Oid", 0, 0, {ScalarType::Int}},
    {"String", 0, 1, {ScalarType::String}},
    {"Time", 0, 1, {ScalarType::DateTime}},
    {"Timestamp", 0, 1, {ScalarType::DateTime}},
    {"Timestamptz", 0, 1, {ScalarType::DateTime}},
    {"Timetz", 0, 1, {ScalarType::DateTime}},
    {"Uuid", 0, 0, {ScalarType::String}},
    {"VarBit", 0, 1, {ScalarType::String}},
};

void out_of_range(const schema::NativeTypeUse& use, std::string_view why, schema::Diagnostics& out) {
    out.push(schema::messages::plain("Argument M is out of range for native type `" + std::string{use.shown} +
                                         "` of CockroachDB: " + std::string{why},
                                     use.span));
}

void check_decimal(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    const std::uint32_t precision = use.arguments[0], scale = use.arguments[1];
    if (scale > precision) {
        out.push(schema::messages::plain("The scale must not be larger than the precision for the " +
                                             std::string{use.shown} + " native type in CockroachDB.",
                                         use.span));
    } else if (precision == 0 || precision > 1000) {
        out_of_range(use, "Precision must be positive with a maximum value of 1000.", out);
    }
}

}  // namespace

std::span<const NativeTypeRule> native_types() { return kTypes; }

void check_native_type(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    if (use.arguments.empty()) return;
    const std::uint32_t first = use.arguments[0];
    if (use.name == "Decimal" && use.arguments.size() == 2) {
        check_decimal(use, out);
    } else if ((use.name == "Bit" || use.name == "VarBit") && first == 0) {
        out_of_range(use, "M must be a positive integer.", out);
    } else if (use.name.substr(0, 4) == "Time" && first > 6) {
        out_of_range(use, "M can range from 0 to 6.", out);
    }
}

}  // namespace lamina::providers::cockroachdb
