#pragma once

#include <string>
#include <string_view>

#include "generators/options.hpp"
#include "schema/analyze/analyze.hpp"

/// What the tests of generators share.
namespace lamina::generators::test {

/// A folder of its own, gone when it goes.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path(std::string_view name) const { return path_ + '/' + std::string{name}; }
    /// Writes a file, which can be run.
    void write(std::string_view name, std::string_view text) const;
    [[nodiscard]] std::string read(std::string_view name) const;

private:
    std::string path_;
};

/// A schema in a folder, checked; `origin` points into it.
struct World {
    explicit World(std::string_view generator_blocks);
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World() = default;

    Folder folder;
    support::Project project;
    support::SourceMap sources;
    schema::Analysis analysis;
    Origin origin;
    [[nodiscard]] const schema::Generator& generator(std::size_t n = 0) const {
        return analysis.schema.generators().at(n);
    }
};

/// A generator as a shell script: answers the protocol, writes what it was asked into request.json of the folder.
/// `manifest`: its manifest as JSON. `generating`: what it does before it answers `generate`.
[[nodiscard]] std::string fake_generator(std::string_view manifest, std::string_view generating = "");

/// Is a process of that id there?
[[nodiscard]] bool is_alive(int process);

}  // namespace lamina::generators::test
