#include "report.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace conformance {
namespace {

struct Counts {
    int passed = 0, failed = 0, skipped = 0;
    void add(const Outcome& outcome) {
        passed += outcome.kind == Outcome::Kind::Passed;
        failed += outcome.kind == Outcome::Kind::Failed;
        skipped += outcome.kind == Outcome::Kind::Skipped;
    }
    std::string text() const {
        if (passed + failed + skipped == 0) return " | | |";
        char share[16];
        std::snprintf(share, sizeof share, "%.1f %%", 100.0 * passed / std::max(1, passed + failed));
        return " " + std::to_string(passed) + " | " + std::to_string(failed) + " | " +
               (skipped > 0 ? std::to_string(skipped) + " skipped, " : "") + share + " |";
    }
};

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

}  // namespace

KnownFailures::KnownFailures(std::string path) : path_(std::move(path)) {
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') {
            head_ += line + '\n';
            continue;
        }
        const std::size_t mark = line.find(" # ");
        std::istringstream words(line.substr(0, mark));
        std::string database, id;
        words >> database >> id;
        reasons_[{database, id}] = mark == std::string::npos ? "" : line.substr(mark + 3);
    }
}

void KnownFailures::bless(const Results& results) {
    for (const auto& [key, outcome] : results) {
        const auto known = reasons_.find(key);
        if (outcome.kind != Outcome::Kind::Failed) {
            if (known != reasons_.end()) reasons_.erase(known);
        } else if (known == reasons_.end()) {
            reasons_[key] = outcome.reason;
        }
    }
    std::ofstream file(path_, std::ios::binary);
    file << head_;
    for (const auto& [key, reason] : reasons_) file << key.first << ' ' << key.second << " # " << reason << '\n';
}

std::string table(const Suite& suite, const Results& results, const std::vector<std::string>& databases) {
    std::map<std::string, std::map<std::string, Counts>> groups;
    std::map<std::string, Counts> total;
    for (const Case& test : suite.cases) {
        for (const std::string& database : databases) {
            const auto outcome = results.find({database, test.id});
            if (outcome == results.end()) continue;
            groups[test.group][database].add(outcome->second);
            total[database].add(outcome->second);
        }
    }
    std::string head = "| group |", rule = "|---|";
    for (const std::string& database : databases) {
        head += " " + database + ": passed | failed | |";
        rule += "---:|---:|---:|";
    }
    std::string text = head + "\n" + rule + "\n";
    const auto line = [&](const std::string& name, std::map<std::string, Counts>& counts) {
        text += "| " + name + " |";
        for (const std::string& database : databases) text += counts[database].text();
        text += "\n";
    };
    for (auto& [group, counts] : groups) line(group, counts);
    line("**all**", total);
    return text;
}

void write_between_markers(const std::string& path, const std::string& text) {
    const std::string begin = "<!-- conformance: begin -->\n", end = "<!-- conformance: end -->";
    std::string file = read(path);
    const std::size_t from = file.find(begin), to = file.find(end);
    if (from == std::string::npos || to == std::string::npos || to < from) return;
    file.replace(from + begin.size(), to - from - begin.size(), text);
    std::ofstream(path, std::ios::binary) << file;
}

}  // namespace conformance
