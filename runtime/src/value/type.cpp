#include <lamina/value/type.hpp>

namespace lamina {

std::string_view to_string(Type type) noexcept {
    switch (type) {
        case Type::Int: return "Int";
        case Type::BigInt: return "BigInt";
        case Type::Float: return "Float";
        case Type::Decimal: return "Decimal";
        case Type::Boolean: return "Boolean";
        case Type::String: return "String";
        case Type::DateTime: return "DateTime";
        case Type::Json: return "Json";
        case Type::Bytes: return "Bytes";
        case Type::Enum: return "Enum";
    }
    return "unknown";
}

}  // namespace lamina
