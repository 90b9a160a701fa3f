#include "providers/sqlite/provider.hpp"

#include "providers/sqlite/column_types.hpp"
#include "providers/sqlite/database.hpp"
#include "providers/sqlite/ddl.hpp"
#include "providers/sqlite/describe_types.hpp"

namespace lamina::providers::sqlite {
namespace {

constexpr migrate::Traits kTraits{
    .has_namespaces = false,
    .has_enums = false,
    .has_extensions = false,
    .inline_foreign_keys = true,
    .named_primary_keys = false,
    .join_table_primary_key = false,
    .integer_key_counts = true,
    .longest_name = 0,
};

class SqliteProvider final : public migrate::Provider {
public:
    [[nodiscard]] std::string_view name() const override { return "sqlite"; }
    [[nodiscard]] const migrate::Traits& traits() const override { return kTraits; }
    [[nodiscard]] std::string default_namespace(std::string_view) const override { return {}; }
    [[nodiscard]] catalog::NativeType native_type(const schema::Field& field) const override {
        return providers::sqlite::native_type(field);
    }
    [[nodiscard]] std::string operator_class(std::string_view prisma_name) const override {
        return std::string{prisma_name};  // there are none: validation refuses them
    }
    [[nodiscard]] bool same_type(const catalog::NativeType& wanted, const catalog::NativeType& present) const override {
        return providers::sqlite::same_type(wanted, present);
    }
    [[nodiscard]] bool same_default(const catalog::ColumnType& type, const catalog::Default& wanted,
                                    const catalog::Default& present) const override {
        return providers::sqlite::same_default(type, wanted, present);
    }
    [[nodiscard]] std::string script(const migrate::Migration& migration) const override {
        return providers::sqlite::script(migration);
    }
    [[nodiscard]] Result<std::unique_ptr<migrate::Database>> open(std::string_view url,
                                                                  const migrate::OpenOptions& options) const override {
        return open_database(url, options);
    }
};

}  // namespace

const migrate::Provider& migration_provider() noexcept {
    static const SqliteProvider provider;
    return provider;
}

}  // namespace lamina::providers::sqlite
