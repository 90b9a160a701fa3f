#include "providers/mysql/native_types.hpp"

#include <string>

#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::mysql {
namespace {

using schema::NativeTypeRule;
using schema::ScalarType;

const NativeTypeRule kTypes[] = {
    {"Int", 0, 0, {ScalarType::Int}},
    {"UnsignedInt", 0, 0, {ScalarType::Int}},
    {"SmallInt", 0, 0, {ScalarType::Int}},
    {"UnsignedSmallInt", 0, 0, {ScalarType::Int}},
    {"TinyInt", 0, 0, {ScalarType::Boolean, ScalarType::Int}},
    {"UnsignedTinyInt", 0, 0, {ScalarType::Boolean, ScalarType::Int}},
    {"MediumInt", 0, 0, {ScalarType::Int}},
    {"UnsignedMediumInt", 0, 0, {ScalarType::Int}},
    {"BigInt", 0, 0, {ScalarType::BigInt}},
    {"UnsignedBigInt", 0, 0, {ScalarType::BigInt}},
    {"Decimal", 0, 2, {ScalarType::Decimal}},
    {"Float", 0, 0, {ScalarType::Float}},
    {"Double", 0, 0, {ScalarType::Float}},
    {"Bit", 1, 0, {ScalarType::Boolean, ScalarType::Bytes}},
    {"Char", 1, 0, {ScalarType::String}},
    {"VarChar", 1, 0, {ScalarType::String}},
    {"Binary", 1, 0, {ScalarType::Bytes}},
    {"VarBinary", 1, 0, {ScalarType::Bytes}},
    {"TinyBlob", 0, 0, {ScalarType::Bytes}},
    {"Blob", 0, 0, {ScalarType::Bytes}},
    {"MediumBlob", 0, 0, {ScalarType::Bytes}},
    {"LongBlob", 0, 0, {ScalarType::Bytes}},
    {"TinyText", 0, 0, {ScalarType::String}},
    {"Text", 0, 0, {ScalarType::String}},
    {"MediumText", 0, 0, {ScalarType::String}},
    {"LongText", 0, 0, {ScalarType::String}},
    {"Date", 0, 0, {ScalarType::DateTime}},
    {"Time", 0, 1, {ScalarType::DateTime}},
    {"DateTime", 0, 1, {ScalarType::DateTime}},
    {"Timestamp", 0, 1, {ScalarType::DateTime}},
    {"Year", 0, 0, {ScalarType::Int}},
    {"Json", 0, 0, {ScalarType::Json}},
};

void out_of_range(const schema::NativeTypeUse& use, std::string_view why, schema::Diagnostics& out) {
    out.push(schema::messages::plain(
        "Argument M is out of range for native type `" + std::string{use.shown} + "` of MySQL: " + std::string{why},
        use.span));
}

void check_decimal(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    const std::uint32_t precision = use.arguments[0], scale = use.arguments[1];
    if (scale > precision) {
        out.push(schema::messages::plain("The scale must not be larger than the precision for the " +
                                             std::string{use.shown} + " native type in MySQL.",
                                         use.span));
    } else if (precision > 65) {
        out_of_range(use, "Precision can range from 1 to 65.", out);
    } else if (scale > 30) {
        out_of_range(use, "Scale can range from 0 to 30.", out);
    }
}

}  // namespace

std::span<const NativeTypeRule> native_types() { return kTypes; }

void check_native_type(const schema::NativeTypeUse& use, schema::Diagnostics& out) {
    if (use.arguments.empty()) return;
    const std::uint32_t first = use.arguments[0];
    if (use.name == "Decimal" && use.arguments.size() == 2) {
        check_decimal(use, out);
    } else if (use.name == "Bit") {
        if (first == 0 || first > 64)
            out_of_range(use, "M can range from 1 to 64.", out);
        else if (use.scalar == ScalarType::Boolean && first > 1)
            out_of_range(use, "only Bit(1) can be used as Boolean.", out);
    } else if (use.name == "Char" && first > 255) {
        out_of_range(use, "M can range from 0 to 255.", out);
    } else if (use.name == "VarChar" && first > 65535) {
        out_of_range(use, "M can range from 0 to 65,535.", out);
    }
}

}  // namespace lamina::providers::mysql
