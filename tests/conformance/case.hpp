#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace conformance {

using Json = nlohmann::ordered_json;

/// One case of cases.jsonl.
struct Case {
    std::string id;
    std::string group;
    std::string schema_id;
    std::string schema;
    Json data;
};

/// All that the folder holds.
struct Suite {
    std::vector<Case> cases;
    std::map<std::pair<std::string, std::string>, std::string> ddl;  ///< by schema and database
};

/// Reads cases.jsonl and ddl.jsonl of a folder; throws what nlohmann throws.
Suite read_suite(const std::string& folder);

/// How a case ended on one database.
struct Outcome {
    enum class Kind { Passed, Failed, Skipped };
    Kind kind = Kind::Passed;
    std::string reason;  ///< why it failed or was skipped: a line
    std::string detail;  ///< the first difference, several lines
};

/// Whether a case is meant for a database at all.
bool is_for(const Case& test, const std::string& database);

}  // namespace conformance
