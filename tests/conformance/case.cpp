#include "case.hpp"

#include <algorithm>
#include <fstream>

namespace conformance {

Suite read_suite(const std::string& folder) {
    Suite suite;
    std::ifstream cases(folder + "/cases.jsonl");
    for (std::string line; std::getline(cases, line);) {
        Case test;
        test.data = Json::parse(line);
        test.id = test.data.at("id");
        test.group = test.data.at("dir");
        test.schema_id = test.data.at("schema_id");
        test.schema = test.data.at("schema");
        suite.cases.push_back(std::move(test));
    }
    std::ifstream ddl(folder + "/ddl.jsonl");
    for (std::string line; std::getline(ddl, line);) {
        const Json item = Json::parse(line);
        suite.ddl[{item.at("schema_id"), item.at("provider")}] = item.value("sql", "");
    }
    return suite;
}

bool is_for(const Case& test, const std::string& database) {
    const Json& providers = test.data.at("providers");
    return std::find(providers.begin(), providers.end(), database) != providers.end();
}

}  // namespace conformance
