#include "support/report.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace bench {
namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::map<std::string, double> read_prisma(const std::string& path) {
    std::map<std::string, double> times;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        const std::size_t tab = line.find('\t');
        if (tab != std::string::npos) times[line.substr(0, tab)] = std::strtod(line.c_str() + tab + 1, nullptr);
    }
    return times;
}

}  // namespace

void TableReporter::ReportRuns(const std::vector<Run>& runs) {
    for (const Run& run : runs) {
        if (run.run_type != Run::RT_Iteration || run.iterations == 0) continue;
        Times& times = times_[run.run_name.function_name];
        const auto iterations = static_cast<double>(run.iterations);
        times.real.push_back(run.real_accumulated_time / iterations * 1e6);
        times.cpu.push_back(run.cpu_accumulated_time / iterations * 1e6);
        std::fputc('.', stderr);
        std::fflush(stderr);
    }
}

void TableReporter::print(const std::string& prisma) const {
    const auto prisma_times = read_prisma(prisma);
    std::fputc('\n', stderr);
    std::printf("%-32s %-11s %12s %12s %7s %7s %7s %s", "work", "database", "by hand, us", "lamina, us", "ratio", "CPU",
                "budget", "");
    std::printf(prisma_times.empty() ? "\n" : "  Prisma 7.10, us   ratio\n");
    for (const Work& work : works_) {
        const auto raw = times_.find(work.benchmark("raw"));
        const auto ours = times_.find(work.benchmark("lamina"));
        if (raw == times_.end() || ours == times_.end()) continue;
        const double raw_time = median(raw->second.real);
        const double our_time = median(ours->second.real);
        const double ratio = our_time / raw_time;
        const double cpu = median(ours->second.cpu) / median(raw->second.cpu);
        const bool met = std::max(ratio, cpu) <= work.budget;
        std::printf("%-32s %-11s %12.2f %12.2f %6.2fx %6.2fx %6.2fx %s", work.name.c_str(), work.database.c_str(),
                    raw_time, our_time, ratio, cpu, work.budget, met ? "   " : "!! ");
        const auto other = prisma_times.find(work.name + ", " + work.database);
        if (other != prisma_times.end()) std::printf("%15.0f %6.0fx", other->second, other->second / raw_time);
        std::printf("\n");
    }
    print_loads();
    std::printf("Medians of the repetitions, interleaved. CPU: of this process only. !!: above the budget.\n");
}

void TableReporter::print_loads() const {
    bool first = true;
    for (const Work& work : works_) {
        const auto batch = times_.find(work.benchmark("batch"));
        const auto join = times_.find(work.benchmark("join"));
        if (batch == times_.end() || join == times_.end()) continue;
        if (first) {
            std::printf("\n%-44s %-11s %12s %12s %7s %7s\n", "relations", "database", "batch, us", "join, us", "ratio",
                        "CPU");
        }
        first = false;
        const double batch_time = median(batch->second.real), join_time = median(join->second.real);
        std::printf("%-44s %-11s %12.2f %12.2f %6.2fx %6.2fx\n", work.name.c_str(), work.database.c_str(), batch_time,
                    join_time, join_time / batch_time, median(join->second.cpu) / median(batch->second.cpu));
    }
}

}  // namespace bench
