#include "providers/sqlite/column_types.hpp"

#include <string>

namespace lamina::providers::sqlite {

catalog::NativeType native_type(const schema::Field& field) {
    if (field.is_unsupported()) return {std::string{field.unsupported_type()}, {}};
    if (field.is_enum()) return {"TEXT", {}};
    switch (field.scalar_type()) {
        case schema::ScalarType::String: return {"TEXT", {}};
        case schema::ScalarType::Boolean: return {"BOOLEAN", {}};
        case schema::ScalarType::Int: return {"INTEGER", {}};
        case schema::ScalarType::BigInt: return {"BIGINT", {}};
        case schema::ScalarType::Float: return {"REAL", {}};
        case schema::ScalarType::Decimal: return {"DECIMAL", {}};
        case schema::ScalarType::DateTime: return {"DATETIME", {}};
        case schema::ScalarType::Json: return {"JSONB", {}};
        case schema::ScalarType::Bytes: return {"BLOB", {}};
    }
    return {};
}

}  // namespace lamina::providers::sqlite
