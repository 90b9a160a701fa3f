#include "providers/sqlserver/index_rules.hpp"

#include <array>
#include <string>

#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::sqlserver {
namespace {

using schema::Field;
using schema::IndexKind;
using schema::NativeType;

bool is_max(const NativeType& type) {
    return type.name.find("Var") != std::string::npos && type.args.size() == 1 &&
           (type.args[0] == "Max" || type.args[0] == "max");
}

// Types whose values do not lie in the row cannot be in a key.
bool lies_outside_the_row(const NativeType& type) {
    static constexpr std::array<std::string_view, 4> kAlways{"Text", "NText", "Image", "Xml"};
    for (const std::string_view name : kAlways) {
        if (type.name == name) return true;
    }
    return is_max(type);
}

std::string shown(const NativeType& type) { return is_max(type) ? type.name + "(Max)" : type.name; }

}  // namespace

void check_index(const schema::Connector&, const schema::Index& index, support::Span span, schema::Diagnostics& out) {
    for (const Field& field : index.fields()) {
        const auto& type = field.native_type();
        if (!type || !lies_outside_the_row(*type)) continue;
        const std::string name = "`" + shown(*type) + "`";
        std::string text;
        switch (index.kind()) {
            case IndexKind::PrimaryKey:
                text = "Native type " + name + " of SQL Server cannot be used on a field that is `@id` or `@@id`.";
                break;
            case IndexKind::Unique: text = "Native type " + name + " cannot be unique in SQL Server."; break;
            case IndexKind::Normal:
            case IndexKind::Fulltext:
                text = "You cannot define an index on fields with native type " + name + " of SQL Server.";
                break;
        }
        out.push(schema::messages::plain(text, span));
        return;
    }
    if (index.kind() != IndexKind::PrimaryKey) return;
    for (const Field& field : index.fields()) {
        if (!field.is_scalar() || field.scalar_type() != schema::ScalarType::Bytes) continue;
        out.push(schema::messages::plain("Invalid model: Using Bytes type is not allowed in the model's id.", span));
        return;
    }
}

}  // namespace lamina::providers::sqlserver
