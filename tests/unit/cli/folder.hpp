#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

/// Runs the command as a shell would: in a process and a folder of its own, looking at what it prints and how it ends.
namespace lamina::cli::test {

/// How a command ended and what it printed.
struct Ended {
    int code = -1;  ///< -1: killed by a signal
    std::string out, err;
};

/// A folder that is there as long as the object.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();

    /// The path of a file in it.
    [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/project/" + name; }
    /// Writes a file, and the folders above it.
    void write(const std::string& name, std::string_view text) const;
    /// The text of a file.
    [[nodiscard]] std::string read(const std::string& name) const;
    /// Runs `lamina ARGUMENTS` in the folder; `input` is its standard input.
    [[nodiscard]] Ended run(std::initializer_list<const char*> arguments, std::string_view input = {}) const;
    /// Runs the same as somebody who may not do everything: root reads what nobody may.
    [[nodiscard]] Ended run_as_nobody(std::initializer_list<const char*> arguments) const;
    /// What `lamina ARGUMENTS` prints when its output is a terminal.
    [[nodiscard]] std::string run_on_terminal(std::initializer_list<const char*> arguments) const;

private:
    /// Runs the command in this process, which is a child; never returns.
    [[noreturn]] void become(std::initializer_list<const char*> arguments) const;
    [[nodiscard]] Ended ended(int child) const;

    std::string path_;
};

/// The text of a file; empty when it cannot be read.
[[nodiscard]] std::string read(const std::string& path);

[[nodiscard]] bool contains(const std::string& text, std::string_view part);

}  // namespace lamina::cli::test
