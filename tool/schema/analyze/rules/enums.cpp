#include <algorithm>
#include <set>

#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {

void check_enums(const Validation& v) {
    const auto& source = v.schema.datasource();
    std::set<std::pair<std::string, std::string_view>> names;
    for (const Enum enumeration : v.schema.enums()) {
        const auto at = static_cast<std::size_t>(enumeration.id());
        if (!v.connector().can(Capability::Enums)) {
            v.push(messages::validation("You defined the enum `" + std::string{enumeration.name()} +
                                            "`. But the current connector does not support enums.",
                                        enumeration.data().span));
        }
        if (!names.emplace(enumeration.schema().value_or(""), enumeration.database_name()).second) {
            v.push(messages::plain("An enum with the same database name is already defined.", enumeration.data().span));
        }

        if (!enumeration.schema()) {
            if (source && !source->schemas.empty()) {
                v.push(messages::plain("This enum is missing an `@@schema` attribute.", enumeration.data().span));
            }
        } else if (!v.connector().can(Capability::MultiSchema)) {
            v.push(messages::plain("@@schema is not supported on the current datasource provider",
                                   v.context.enum_schema_spans[at]));
        } else if (source && std::find(source->schemas.begin(), source->schemas.end(), *enumeration.schema()) ==
                                 source->schemas.end()) {
            v.push(
                messages::plain("This schema is not defined in the datasource. Read more on `@@schema` at "
                                "https://pris.ly/d/multi-schema",
                                v.context.enum_schema_spans[at]));
        }
    }
}

void check_composites(const Validation& v) {
    if (v.connector().can(Capability::CompositeTypes)) return;
    for (const CompositeData& composite : v.schema.data().composites) {
        v.push(messages::validation(
            "Composite types are not supported on " + std::string{v.connector().display_name} + ".", composite.span));
    }
}

}  // namespace lamina::schema::rules
