#include "generate/generate.hpp"

#include <cstdio>
#include <set>

#include "generate/names_check.hpp"
#include "generate/parts.hpp"
#include "generate/tables.hpp"
#include "support/files.hpp"

namespace lamina::generate {

using support::Outcome;
using support::Problem;

namespace {

/// Removes files of an earlier run that the client does not have any more.
Outcome<std::size_t> remove_stale(const std::string& folder, const std::set<std::string>& wanted) {
    std::size_t removed = 0;
    for (const char* extension : {".hpp", ".cpp"}) {
        const auto present = support::files_below(folder, extension);
        if (!present) return present.error();
        for (const std::string& path : *present) {
            if (wanted.contains(path) || support::folder_of(path) != folder) continue;
            const auto text = support::read_file(path);
            if (text && text->starts_with(kHeader) && std::remove(path.c_str()) == 0) ++removed;
        }
    }
    return removed;
}

}  // namespace

Outcome<std::vector<File>> render(const schema::Schema& schema, const Options& options) {
    const Tables tables = make_tables(schema, options.name_space);
    if (auto checked = check_names(tables); !checked) return checked.error();
    std::vector<File> files;
    files.push_back({"client.hpp", client_header(tables)});
    files.push_back({"client.cpp", client_source(tables, schema)});
    files.push_back({"client_of.hpp", client_of_header(tables)});
    files.push_back({"enums.hpp", enums_header(tables)});
    for (const ClientModel& model : tables.models) files.push_back({model.file + ".hpp", model_header(tables, model)});
    return files;
}

Outcome<Report> write(const schema::Schema& schema, const Options& options, const std::string& folder) {
    auto files = render(schema, options);
    if (!files) return files.error();
    Report report;
    report.files = files->size();
    report.models = files->size() - 4;
    std::set<std::string> paths;
    for (const File& file : *files) {
        const std::string path = support::absolute_from(folder, file.name);
        auto written = support::write_if_changed(path, file.text);
        if (!written) return written.error();
        report.written += *written ? 1U : 0U;
        paths.insert(path);
    }
    auto removed = remove_stale(support::folder_of(*paths.begin()), paths);
    if (!removed) return removed.error();
    report.removed = *removed;
    return report;
}

}  // namespace lamina::generate
