#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

namespace bench {

/// One line of a table: the same work done by hand ("raw") and by the client ("lamina"); or, without a budget, by the
/// client in two ways ("batch", "join").
struct Work {
    std::string name;      ///< "find_unique by id"
    std::string database;  ///< "PostgreSQL"
    double budget = 0;     ///< the client's time divided by the other's, at most; 0: there is none

    /// The name under which Google Benchmark runs it.
    [[nodiscard]] std::string benchmark(std::string_view who) const {
        return name + ", " + database + ", " + std::string{who};
    }
};

/// Collects the repetitions and prints tables of medians and ratios at the end.
class TableReporter final : public benchmark::BenchmarkReporter {
public:
    explicit TableReporter(std::vector<Work> works) : works_{std::move(works)} {}

    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override;
    /// `prisma` is a file of lines `name, database<TAB>microseconds`, or empty.
    void print(const std::string& prisma) const;

private:
    struct Times {
        std::vector<double> real, cpu;  // microseconds, one per repetition
    };
    void print_loads() const;

    std::vector<Work> works_;
    std::map<std::string, Times> times_;
};

}  // namespace bench
