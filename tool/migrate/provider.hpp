#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/error/error.hpp>

#include "catalog/catalog.hpp"
#include "migrate/step.hpp"
#include "schema/model/schema.hpp"

/// What a database kind brings to the migration engine: folders providers/<db> implement it, this room never names one.
namespace lamina::migrate {

/// How a database kind differs where the engine itself must know.
struct Traits {
    bool has_namespaces = false;
    bool has_enums = false;  ///< enum types; else an enum column is text
    bool has_extensions = false;
    bool inline_foreign_keys = false;  ///< foreign keys are a part of CREATE TABLE and cannot be added later
    bool named_primary_keys = false;
    bool join_table_primary_key = false;  ///< a join table's (A, B) is its primary key; else a unique index
    bool integer_key_counts =
        false;  ///< a lone primary key of type Int counts by itself, asked or not; no other column can
    std::size_t longest_name = 0;  ///< of a table, index or constraint, in bytes; 0: any
};

/// What to look at in a live database.
struct Scope {
    std::vector<std::string> namespaces;  ///< besides the default one; empty: only that
};

/// A live database, connected. One thread at a time.
class Database {
public:
    virtual ~Database() = default;
    /// What people call it: `database "app" at "localhost:5432"`. Never a password.
    [[nodiscard]] virtual std::string label() const = 0;
    /// It was not there and `open` has made it.
    [[nodiscard]] virtual bool was_created() const = 0;
    /// Reads its schema. Tables of the migration history are left out.
    virtual Result<catalog::Catalog> describe(const Scope& scope) = 0;
    /// Runs a script in one transaction: all of it or nothing.
    virtual Result<void> apply(std::string_view script) = 0;
    /// Drops all that describe() shows, the migration history included. The data is lost.
    virtual Result<void> reset(const Scope& scope) = 0;

protected:
    Database() = default;
    Database(const Database&) = default;
    Database& operator=(const Database&) = default;
};

struct OpenOptions {
    bool create_if_missing = true;  ///< the database, and the folder of a database that is a file
    std::string base_directory;     ///< what a relative file path is relative to; empty: the current directory
};

/// A database kind. Stateless: one constant object each, usable from every thread.
class Provider {
public:
    virtual ~Provider() = default;
    /// As a datasource names it (canonical form).
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual const Traits& traits() const = 0;
    /// The namespace that a connection to this URL works in; empty without namespaces. An empty URL gives the usual
    /// one.
    [[nodiscard]] virtual std::string default_namespace(std::string_view url) const = 0;
    /// The native type of a scalar or unsupported field, or of an enum field where the database has no enum types.
    [[nodiscard]] virtual catalog::NativeType native_type(const schema::Field& field) const = 0;
    /// The database's name of an operator class that the schema calls by Prisma's name ("JsonbPathOps").
    [[nodiscard]] virtual std::string operator_class(std::string_view prisma_name) const = 0;
    /// Do a wanted and a present type mean the same? (`TIMESTAMP` and `TIMESTAMP(6)`.)
    [[nodiscard]] virtual bool same_type(const catalog::NativeType& wanted,
                                         const catalog::NativeType& present) const = 0;
    /// Do a wanted and a present default mean the same, for a column of this type? The database may spell them
    /// otherwise.
    [[nodiscard]] virtual bool same_default(const catalog::ColumnType& type, const catalog::Default& wanted,
                                            const catalog::Default& present) const = 0;
    /// The SQL of a migration: byte for byte what Prisma writes. Never empty: a comment says that nothing is to be
    /// done.
    [[nodiscard]] virtual std::string script(const Migration& migration) const = 0;
    /// Connects. Fails with P1000, P1001, P1003, P1010, P1013 or P3000 (could not be created).
    [[nodiscard]] virtual Result<std::unique_ptr<Database>> open(std::string_view url,
                                                                 const OpenOptions& options) const = 0;

protected:
    Provider() = default;
    Provider(const Provider&) = default;
    Provider& operator=(const Provider&) = default;
};

}  // namespace lamina::migrate
