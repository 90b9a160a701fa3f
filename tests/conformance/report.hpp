#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "case.hpp"

namespace conformance {

/// Outcomes by database and case.
using Results = std::map<std::pair<std::string, std::string>, Outcome>;

/// The failures that are known: database and case, with a reason. A file of lines `database case # reason`.
class KnownFailures {
public:
    explicit KnownFailures(std::string path);
    bool has(const std::string& database, const std::string& id) const { return reasons_.count({database, id}) > 0; }
    /// Writes the file anew: the failures of `results`, with the reasons that were known. What was not run stays.
    void bless(const Results& results);

private:
    std::string path_;
    std::string head_;
    std::map<std::pair<std::string, std::string>, std::string> reasons_;
};

/// The table of passed, failed and skipped cases per group and database, as Markdown.
std::string table(const Suite& suite, const Results& results, const std::vector<std::string>& databases);

/// Puts a text between the markers of a file, if it has them.
void write_between_markers(const std::string& path, const std::string& text);

}  // namespace conformance
