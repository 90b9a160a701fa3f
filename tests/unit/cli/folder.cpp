#include "folder.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <pty.h>
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
    fs::create_directory(path_ + "/project");
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

void Folder::become(std::initializer_list<const char*> arguments) const {
    std::vector<const char*> command{"lamina"};
    command.insert(command.end(), arguments);
    const bool ready = ::chdir((path_ + "/project").c_str()) == 0;
    ::unsetenv("DATABASE_URL");
    const int code = ready ? cli::run(static_cast<int>(command.size()), command.data()) : 99;
    std::fflush(stdout);
    std::fflush(stderr);
    ::_exit(code);
}

Ended Folder::ended(int child) const {
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, test::read(path_ + "/out"), test::read(path_ + "/err")};
}

namespace {

pid_t fork_quietly() {
    std::fflush(stdout);
    std::fflush(stderr);
    return ::fork();
}

void redirect(const std::string& folder) {
    const bool ready = std::freopen((folder + "/in").c_str(), "rb", stdin) != nullptr &&
                       std::freopen((folder + "/out").c_str(), "wb", stdout) != nullptr &&
                       std::freopen((folder + "/err").c_str(), "wb", stderr) != nullptr;
    if (!ready) ::_exit(99);
}

}  // namespace

Ended Folder::run(std::initializer_list<const char*> arguments, std::string_view input) const {
    std::ofstream(path_ + "/in", std::ios::binary) << input;
    const pid_t child = fork_quietly();
    if (child == 0) {
        redirect(path_);
        become(arguments);
    }
    return ended(child);
}

Ended Folder::run_as_nobody(std::initializer_list<const char*> arguments) const {
    constexpr uid_t kNobody = 65534;
    std::ofstream(path_ + "/in", std::ios::binary) << "";
    fs::permissions(path_, fs::perms::others_exec, fs::perm_options::add);
    const pid_t child = fork_quietly();
    if (child == 0) {
        redirect(path_);
        if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0))
            ::_exit(99);
        become(arguments);
    }
    return ended(child);
}

std::string Folder::run_on_terminal(std::initializer_list<const char*> arguments) const {
    int terminal = -1;
    std::fflush(stdout);
    std::fflush(stderr);
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        ::setenv("TERM", "xterm", 1);
        ::unsetenv("NO_COLOR");
        become(arguments);
    }
    std::string out;
    char chunk[4096];
    for (ssize_t count = 0; (count = ::read(terminal, chunk, sizeof chunk)) > 0;)
        out.append(chunk, static_cast<std::size_t>(count));
    ::close(terminal);
    ::waitpid(child, nullptr, 0);
    return out;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace lamina::cli::test
