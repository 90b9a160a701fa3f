#include "providers/mongodb/rules.hpp"

namespace lamina::providers::mongodb {

const schema::Connector& connector() {
    static const schema::Connector connector{
        .provider = "mongodb",
        .aliases = {},
        .display_name = "MongoDB",
        .capabilities = {},
        .foreign_key_actions = {},
        .emulated_actions = {},
        .index_algorithms = {},
        .constraint_scopes = {},
        .native_types = {},
        .refusal =
            "The provider \"mongodb\" is not supported: Lamina works with SQL databases. Use one of "
            "\"postgresql\", \"mysql\", \"sqlite\", \"cockroachdb\", \"sqlserver\" and turn composite types into "
            "models or Json fields, or stay with Prisma's own tools for this schema.",
    };
    return connector;
}

}  // namespace lamina::providers::mongodb
