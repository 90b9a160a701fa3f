#include "lsp/workspace.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "lsp/uri.hpp"
#include "support/config.hpp"
#include "support/files.hpp"

namespace lamina::lsp {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".prisma";
constexpr std::size_t kMostEntries = 20'000;  // of a folder that someone opened by mistake
constexpr std::uintmax_t kLongestFile = std::uintmax_t{64} * 1024 * 1024;

bool is_schema(const fs::path& path) { return path.extension() == kExtension; }

// Does a line of it begin with `datasource`?
bool declares_datasource(std::string_view text) {
    constexpr std::string_view kWord = "datasource";
    for (std::size_t at = text.find(kWord); at != std::string_view::npos; at = text.find(kWord, at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
        const std::size_t end = at + kWord.size();
        const bool word_ends = end < text.size() && (text[end] == ' ' || text[end] == '\t');
        if (word_ends && (begin == 0 || text[begin - 1] == '\n')) return true;
    }
    return false;
}

bool holds_schemas(const fs::path& folder) {
    std::error_code failed;
    std::size_t seen = 0;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (is_schema(entry->path())) return true;
        if (++seen > kMostEntries) return false;
    }
    return false;
}

// Folders of packages and of tools hold copies of schemas.
bool is_passed_over(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name.starts_with(".") || name == "node_modules";
}

std::vector<std::string> schemas_below(const fs::path& root) {
    std::vector<std::string> out;
    std::error_code failed;
    std::size_t seen = 0;
    fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        std::error_code ignored;
        if (++seen > kMostEntries) break;
        if (entry->is_directory(ignored)) {
            if (is_passed_over(entry->path())) entry.disable_recursion_pending();
        } else if (is_schema(entry->path()) && entry->is_regular_file(ignored)) {
            out.push_back(entry->path().string());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

bool lies_below(std::string_view path, std::string_view folder) {
    if (folder == "/") return path.starts_with('/');
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

// The `schema` of the nearest lamina.toml that names this file, or a folder above it.
std::optional<std::string> configured_schema(const fs::path& file) {
    for (fs::path folder = file.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        const std::string config = (folder / "lamina.toml").string();
        if (support::is_file(config)) {
            const auto text = support::read_file(config);
            if (!text) return std::nullopt;
            const auto parsed = support::parse_config(*text, config);
            if (!parsed || !parsed->schema) return std::nullopt;
            std::string schema = support::absolute_from(folder.string(), *parsed->schema);
            while (schema.size() > 1 && schema.back() == '/') schema.pop_back();
            const bool meant = schema == file.string() || lies_below(file.string(), schema);
            return meant ? std::optional{schema} : std::nullopt;
        }
        if (folder == folder.parent_path()) break;
    }
    return std::nullopt;
}

// Not above the folders that the editor has open: who knows what lies beside them.
std::string find_root(const fs::path& file, const std::vector<std::string>& open) {
    const auto is_open = [&](const std::string& folder) {
        return std::any_of(open.begin(), open.end(),
                           [&](const std::string& one) { return folder == one || lies_below(folder, one); });
    };
    fs::path root = file.parent_path();
    while (is_open(root.parent_path().string()) && holds_schemas(root.parent_path())) root = root.parent_path();
    return root.string();
}

}  // namespace

void Workspace::documents_changed() {
    snapshots_.clear();
    by_members_.clear();
}

void Workspace::disk_changed() {
    roots_.clear();
    on_disk_.clear();
    documents_changed();
}

const Workspace::Root& Workspace::root_of(const std::string& path) {
    const auto known = roots_.find(path);
    if (known != roots_.end()) return known->second;
    const auto configured = configured_schema(path);
    Root root = configured ? Root{*configured, true} : Root{find_root(path, folders_), false};
    return roots_.emplace(path, std::move(root)).first->second;
}

const std::vector<Workspace::DiskFile>& Workspace::on_disk(const std::string& root) {
    const auto known = on_disk_.find(root);
    if (known != on_disk_.end()) return known->second;
    std::vector<DiskFile> files;
    const std::vector<std::string> paths =
        support::is_file(root) ? std::vector<std::string>{root} : schemas_below(root);
    for (const std::string& path : paths) {
        std::error_code failed;
        if (fs::file_size(path, failed) > kLongestFile || failed) continue;
        auto text = support::read_file(path);
        if (!text) continue;
        const bool has_datasource = declares_datasource(*text);
        files.push_back({path, std::move(*text), has_datasource});
    }
    return on_disk_.emplace(root, std::move(files)).first->second;
}

Workspace::Members Workspace::members_of(const std::string& key) {
    Members members;
    Root root;
    if (key.starts_with('/')) {
        root = root_of(key);
        for (const DiskFile& file : on_disk(root.path))
            members.insert_or_assign(file.path, Member{uri_of(file.path), &file.text, file.has_datasource});
    } else {
        const std::size_t slash = key.rfind('/');
        if (slash != std::string::npos) root.path = key.substr(0, slash);
    }
    for (const auto& [path, document] : documents_.all()) {
        if (path != key && (root.path.empty() || !lies_below(path, root.path) || !is_schema(path))) continue;
        members.insert_or_assign(path, Member{document.uri, &document.text, declares_datasource(document.text)});
    }
    const auto self = members.find(key);
    if (self == members.end()) return {};
    const auto datasources =
        std::count_if(members.begin(), members.end(), [](const auto& one) { return one.second.has_datasource; });
    if (!root.fixed && datasources > 1 && self->second.has_datasource) return {{key, self->second}};
    return members;
}

std::shared_ptr<const Snapshot> Workspace::snapshot(std::string_view uri) {
    const std::string key = Documents::key_of(uri);
    const auto known = snapshots_.find(key);
    if (known != snapshots_.end()) return known->second;
    const Members members = members_of(key);
    if (members.empty()) return nullptr;
    std::string names;
    for (const auto& [path, member] : members) names.append(path).push_back('\0');
    auto& snapshot = by_members_[names];
    if (snapshot == nullptr) {
        std::vector<SourceFile> files;
        for (const auto& [path, member] : members) files.push_back({member.uri, *member.text});
        snapshot = std::make_shared<const Snapshot>(std::move(files), connectors_);
    }
    snapshots_[key] = snapshot;
    return snapshot;
}

}  // namespace lamina::lsp
