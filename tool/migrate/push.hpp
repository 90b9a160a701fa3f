#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <lamina/error/error.hpp>

#include "migrate/provider.hpp"
#include "schema/model/schema.hpp"

namespace lamina::migrate {

struct PushOptions {
    bool force_reset = false;  ///< first drop all that is there: the data is lost
    bool accept_data_loss =
        false;  ///< allows steps that lose data; there are none yet, a change that needs one is refused
    std::string base_directory;  ///< what a relative file path in the URL is relative to; empty: the current directory
};

/// What a push has done.
struct PushReport {
    std::string database;  ///< for people: which database
    bool database_created = false;
    bool reset = false;
    std::vector<std::string>
        steps;           ///< for people, one line each: "create table `Post`"; empty: it was in sync already
    std::string script;  ///< the SQL that was run; empty when there was nothing to do
};

/// Makes the database what the schema says: creates it when it is missing, then what it lacks, all in one transaction.
///
/// Fails with P1000, P1001, P1003, P1010, P1013 (connecting), P3000 (the database could not be created), P3005 (it
/// holds something that the schema does not say, or says otherwise; the message names tables and columns; nothing was
/// changed), or what the database refused. The schema must be valid for the provider.
Result<PushReport> push(const schema::Schema& schema, const Provider& provider, std::string_view url,
                        const PushOptions& options = {});

/// The SQL that makes the schema in an empty database, as `push` runs it there.
[[nodiscard]] std::string create_script(const schema::Schema& schema, const Provider& provider);

}  // namespace lamina::migrate
