#include "folder.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "cli/cli.hpp"

namespace lamina::cli::test {

namespace fs = std::filesystem;

Folder::Folder() {
    std::string pattern = (fs::temp_directory_path() / "lamina-cli-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    fs::create_directory(path_ + "/work");
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, std::string_view text) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
}

std::string Folder::read(const std::string& name) const { return test::read(path(name)); }

Ended Folder::run(std::initializer_list<const char*> arguments, std::string_view input) const {
    std::vector<const char*> command{"lamina"};
    command.insert(command.end(), arguments);
    const std::string in = path_ + "/in", out = path_ + "/out", err = path_ + "/err";
    std::ofstream(in, std::ios::binary) << input;
    std::fflush(stdout);
    std::fflush(stderr);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool ready =
            ::chdir((path_ + "/work").c_str()) == 0 && std::freopen(in.c_str(), "rb", stdin) != nullptr &&
            std::freopen(out.c_str(), "wb", stdout) != nullptr && std::freopen(err.c_str(), "wb", stderr) != nullptr;
        ::unsetenv("DATABASE_URL");
        const int code = ready ? cli::run(static_cast<int>(command.size()), command.data()) : 99;
        std::fflush(stdout);
        std::fflush(stderr);
        ::_exit(code);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, test::read(out), test::read(err)};
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace lamina::cli::test
