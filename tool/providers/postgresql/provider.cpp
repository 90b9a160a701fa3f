#include "providers/postgresql/provider.hpp"

#include "providers/postgresql/column_types.hpp"
#include "providers/postgresql/database.hpp"
#include "providers/postgresql/ddl.hpp"
#include "providers/postgresql/describe_types.hpp"

namespace lamina::providers::postgresql {
namespace {

constexpr migrate::Traits kTraits{
    .has_namespaces = true,
    .has_enums = true,
    .has_extensions = true,
    .inline_foreign_keys = false,
    .named_primary_keys = true,
    .join_table_primary_key = true,
    .integer_key_counts = false,
    .longest_name = 63,
};

class PostgresqlProvider final : public migrate::Provider {
public:
    [[nodiscard]] std::string_view name() const override { return "postgresql"; }
    [[nodiscard]] const migrate::Traits& traits() const override { return kTraits; }
    [[nodiscard]] std::string default_namespace(std::string_view url) const override {
        return url.empty() ? "public" : providers::postgresql::default_namespace(url);
    }
    [[nodiscard]] catalog::NativeType native_type(const schema::Field& field) const override {
        return providers::postgresql::native_type(field);
    }
    [[nodiscard]] std::string operator_class(std::string_view prisma_name) const override {
        return providers::postgresql::operator_class(prisma_name);
    }
    [[nodiscard]] bool same_type(const catalog::NativeType& wanted, const catalog::NativeType& present) const override {
        return providers::postgresql::same_type(wanted, present);
    }
    [[nodiscard]] bool same_default(const catalog::ColumnType& type, const catalog::Default& wanted,
                                    const catalog::Default& present) const override {
        return providers::postgresql::same_default(type, wanted, present);
    }
    [[nodiscard]] std::string script(const migrate::Migration& migration) const override {
        return providers::postgresql::script(migration);
    }
    [[nodiscard]] Result<std::unique_ptr<migrate::Database>> open(std::string_view url,
                                                                  const migrate::OpenOptions& options) const override {
        return open_database(url, options);
    }
};

}  // namespace

const migrate::Provider& migration_provider() noexcept {
    static const PostgresqlProvider provider;
    return provider;
}

}  // namespace lamina::providers::postgresql
