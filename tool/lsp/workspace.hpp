#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/documents.hpp"
#include "lsp/snapshot.hpp"

namespace lamina::lsp {

/// Which files make up the schema that a document belongs to, and that schema at this moment.
///
/// With a `schema` in the nearest lamina.toml, that file or folder. Otherwise the folder of the document with all
/// folders below it, and those above it that hold .prisma files too, as far as the editor has them open. But a file
/// with a datasource stands alone when another one has a datasource as well: then the folder is no single schema.
class Workspace {
public:
    /// Both outlive the workspace.
    Workspace(const Documents& documents, schema::Connectors connectors)
        : documents_{documents}, connectors_{connectors} {}

    /// The schema of a document; made anew when something has changed since. Null when the document is neither open nor
    /// on disk.
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot(std::string_view uri);
    /// The folders that the editor has open.
    void set_folders(std::vector<std::string> folders) { folders_ = std::move(folders); }
    /// A document has changed.
    void documents_changed();
    /// Files may have changed on disk.
    void disk_changed();

private:
    struct DiskFile {
        std::string path, text;
        bool has_datasource = false;
    };
    // Where the schema of a file lies.
    struct Root {
        std::string path;    // a folder: all files below it; the file itself: only that
        bool fixed = false;  // lamina.toml says so
    };
    // A file of a schema, wherever its text is.
    struct Member {
        std::string uri;
        const std::string* text = nullptr;
        bool has_datasource = false;
    };
    using Members = std::map<std::string, Member, std::less<>>;  // by path, or URI of what is no file

    [[nodiscard]] const Root& root_of(const std::string& path);
    [[nodiscard]] const std::vector<DiskFile>& on_disk(const std::string& root);
    [[nodiscard]] Members members_of(const std::string& key);

    const Documents& documents_;
    schema::Connectors connectors_;
    std::vector<std::string> folders_;
    std::map<std::string, Root, std::less<>> roots_;                                 // by the path of a file
    std::map<std::string, std::vector<DiskFile>, std::less<>> on_disk_;              // by root
    std::map<std::string, std::shared_ptr<const Snapshot>, std::less<>> snapshots_;  // by one file of it
    std::map<std::string, std::shared_ptr<const Snapshot>, std::less<>> by_members_;
};

}  // namespace lamina::lsp
