#include "schema/analyze/context.hpp"

namespace lamina::schema {

std::string attribute_name(const IndexData& index) {
    const std::string at = index.on_field ? "@" : "@@";
    switch (index.kind) {
        case IndexKind::PrimaryKey: return at + "id";
        case IndexKind::Unique: return at + "unique";
        case IndexKind::Normal: return at + "index";
        case IndexKind::Fulltext: return at + "fulltext";
    }
    return at;
}

}  // namespace lamina::schema
