#pragma once

#include <cstdint>
#include <string_view>

namespace lamina {

// g++ takes the enumerator Bytes for a shadow of the alias lamina::Bytes.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

/// The scalar types of the schema language.
enum class Type : std::uint8_t { Int, BigInt, Float, Decimal, Boolean, String, DateTime, Json, Bytes, Enum };

#pragma GCC diagnostic pop

/// The type's name in the schema language: "BigInt". An enum's own name is not known here: "Enum".
std::string_view to_string(Type type) noexcept;

}  // namespace lamina
