// Runs the conformance cases of shared/conformance/query through `lamina query`. See README.md.

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "report.hpp"
#include "runner.hpp"

namespace {

namespace fs = std::filesystem;
using namespace conformance;

struct Options {
    Setting setting;
    std::string data = LAMINA_CONFORMANCE_DATA;
    std::vector<std::string> databases = {"sqlite", "postgresql"};
    std::string one_case;
    std::vector<std::string> groups;
    unsigned jobs = 2;
    std::size_t details = 20;
    bool all_chosen() const { return one_case.empty() && groups.empty() && setting.load.empty(); }
};

int usage() {
    std::fprintf(stderr,
                 "usage: conformance [--database sqlite|postgresql] [--case TEXT] [--group TEXT] [--jobs N]\n"
                 "                   [--load query|join] [--details N] [--verbose] [--command LAMINA] [--data FOLDER]\n"
                 "--case and --group (once or more) choose by a part of the name; --details says how many failures are "
                 "shown in full;\n"
                 "--load is the relationLoadStrategy of all requests that take one and name none.\n");
    return 2;
}

bool read_options(int count, char** arguments, Options& options) {
    options.setting.command = LAMINA_COMMAND;
    if (const char* url = std::getenv("LAMINA_TEST_POSTGRESQL_URL")) options.setting.postgresql_url = url;
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        if (name == "--verbose") {
            options.setting.verbose = true;
            options.jobs = 1;
            continue;
        }
        if (i + 1 >= count) return false;
        const std::string value = arguments[++i];
        if (name == "--database")
            options.databases = {value};
        else if (name == "--case")
            options.one_case = value;
        else if (name == "--group")
            options.groups.push_back(value);
        else if (name == "--load")
            options.setting.load = value;
        else if (name == "--jobs")
            options.jobs = static_cast<unsigned>(std::max(1, std::atoi(value.c_str())));
        else if (name == "--details")
            options.details = static_cast<std::size_t>(std::atoi(value.c_str()));
        else if (name == "--command")
            options.setting.command = value;
        else if (name == "--data")
            options.data = value;
        else
            return false;
    }
    return true;
}

/// Runs every chosen case on one database, on several threads.
void run_all(const Options& options, const Suite& suite, const std::string& database, Results& results) {
    const auto in_group = [&](const Case& test) {
        return options.groups.empty() ||
               std::any_of(options.groups.begin(), options.groups.end(),
                           [&](const std::string& group) { return test.group.find(group) != std::string::npos; });
    };
    std::vector<const Case*> chosen;
    for (const Case& test : suite.cases) {
        if (is_for(test, database) && test.id.find(options.one_case) != std::string::npos && in_group(test)) {
            chosen.push_back(&test);
        }
    }
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    const auto work = [&](int number) {
        Runner runner(options.setting, suite, database, number);
        for (std::size_t i = next++; i < chosen.size(); i = next++) {
            Outcome outcome = runner.run(*chosen[i]);
            const std::lock_guard lock(mutex);
            results[{database, chosen[i]->id}] = std::move(outcome);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < options.jobs; ++i) threads.emplace_back(work, static_cast<int>(i));
    for (std::thread& thread : threads) thread.join();
}

/// Runs the cases once more that failed and should not have, alone: some have time limits that a busy machine breaks.
void try_again(const Options& options, const Suite& suite, const KnownFailures& known, Results& results) {
    for (const std::string& database : options.databases) {
        Runner runner(options.setting, suite, database, static_cast<int>(options.jobs));
        for (const Case& test : suite.cases) {
            const auto found = results.find({database, test.id});
            if (found == results.end() || found->second.kind != Outcome::Kind::Failed) continue;
            if (known.has(database, test.id)) continue;
            std::printf("once more: %s %s: %s\n  %s\n", database.c_str(), test.id.c_str(), found->second.reason.c_str(),
                        found->second.detail.c_str());
            found->second = runner.run(test);
        }
    }
}

/// Tells what went otherwise than known. Gives the number of cases that fail and should not.
std::size_t report(const Options& options, const Results& results, const KnownFailures& known) {
    std::size_t news = 0, shown = 0;
    for (const auto& [key, outcome] : results) {
        const bool is_known = known.has(key.first, key.second);
        if (outcome.kind == Outcome::Kind::Passed && is_known) {
            std::printf("now passes: %s %s (take it off the list)\n", key.first.c_str(), key.second.c_str());
        }
        if (outcome.kind != Outcome::Kind::Failed) continue;
        if (is_known && options.all_chosen()) continue;
        if (!is_known) ++news;
        std::printf("FAILED%s %s %s: %s\n", is_known ? " (known)" : "", key.first.c_str(), key.second.c_str(),
                    outcome.reason.c_str());
        if (shown++ < options.details) std::printf("  %s\n", outcome.detail.c_str());
    }
    return news;
}

}  // namespace

int main(int count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    Options options;
    if (!read_options(count, arguments, options)) return usage();
    if (!fs::exists(options.data + "/cases.jsonl")) {
        std::printf("skipped: there are no cases in %s\n", options.data.c_str());
        return 77;
    }
    if (options.setting.postgresql_url.empty()) {
        std::erase(options.databases, "postgresql");
        std::printf("postgresql is left out: LAMINA_TEST_POSTGRESQL_URL is not set\n");
    }
    options.setting.folder = fs::temp_directory_path() / ("lamina-conformance-" + std::to_string(getpid()));
    fs::create_directories(options.setting.folder);

    const Suite suite = read_suite(options.data);
    Results results;
    for (const std::string& database : options.databases) run_all(options, suite, database, results);
    KnownFailures known(std::string(LAMINA_CONFORMANCE_SOURCE) + "/known_failures.txt");
    try_again(options, suite, known, results);
    fs::remove_all(options.setting.folder);

    const std::size_t news = report(options, results, known);
    const std::string summary = table(suite, results, options.databases);
    std::printf("\n%s", summary.c_str());
    if (const char* bless = std::getenv("LAMINA_BLESS"); bless != nullptr && std::strcmp(bless, "0") != 0) {
        known.bless(results);
        if (options.all_chosen() && options.databases.size() == 2) {
            write_between_markers(std::string(LAMINA_CONFORMANCE_SOURCE) + "/../../README.md", summary);
        }
        return 0;
    }
    if (news > 0) std::printf("\n%zu cases fail that are not in known_failures.txt\n", news);
    return news > 0 ? 1 : 0;
}
