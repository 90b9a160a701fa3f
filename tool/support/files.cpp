#include "support/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace lamina::support {

namespace fs = std::filesystem;

namespace {

struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

Problem problem(std::string_view doing, const std::string& path, int reason) {
    return {"cannot " + std::string(doing) + " " + path + ": " + std::strerror(reason)};
}

}  // namespace

Outcome<std::string> read_file(const std::string& path) {
    if (is_folder(path)) return problem("read", path, EISDIR);
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file) return problem("read", path, errno);
    std::string text;
    char buffer[65536];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file.get())) text.append(buffer, size);
    if (std::ferror(file.get()) != 0) return problem("read", path, errno);
    return text;
}

Outcome<bool> write_if_changed(const std::string& path, std::string_view text) {
    if (is_file(path)) {
        const auto present = read_file(path);
        if (present && *present == text) return false;
    }
    std::error_code failed;
    fs::create_directories(folder_of(path), failed);
    if (failed) return problem("make the folder", folder_of(path), failed.value());

    const std::string temporary = path + "." + std::to_string(getpid()) + ".tmp";
    File file(std::fopen(temporary.c_str(), "wb"));
    if (!file) return problem("write", path, errno);
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    const bool closed = std::fclose(file.release()) == 0;
    if (!written || !closed || std::rename(temporary.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        std::remove(temporary.c_str());
        return problem("write", path, reason);
    }
    return true;
}

Outcome<> replace_file(const std::string& path, std::string_view text) {
    std::error_code failed;
    const fs::path target = fs::canonical(path, failed);
    if (failed) return problem("write", path, failed.value());
    const fs::perms mode = fs::status(target, failed).permissions();
    if (failed) return problem("write", path, failed.value());
    if (::access(target.c_str(), W_OK) != 0) return problem("write", path, errno);

    const std::string temporary = target.string() + "." + std::to_string(getpid()) + ".tmp";
    File file(std::fopen(temporary.c_str(), "wb"));
    if (!file) return problem("write", path, errno);
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                         std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
    const bool closed = std::fclose(file.release()) == 0;
    if (written && closed) fs::permissions(temporary, mode, failed);
    if (!written || !closed || failed || std::rename(temporary.c_str(), target.c_str()) != 0) {
        const int reason = failed ? failed.value() : errno;
        std::remove(temporary.c_str());
        return problem("write", path, reason);
    }
    return {};
}

Outcome<std::vector<std::string>> files_below(const std::string& folder, std::string_view extension) {
    std::error_code failed;
    std::vector<std::string> files;
    fs::recursive_directory_iterator entries(folder, failed);
    for (; !failed && entries != fs::recursive_directory_iterator(); entries.increment(failed)) {
        std::error_code ignored;  // a link that leads nowhere is no file
        if (entries->path().extension() == extension && entries->is_regular_file(ignored))
            files.push_back(entries->path().string());
    }
    if (failed) return problem("read the folder", folder, failed.value());
    std::sort(files.begin(), files.end());
    return files;
}

bool is_file(const std::string& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::string absolute_from(const std::string& folder, const std::string& path) {
    return (fs::path(folder) / path).lexically_normal().string();
}

std::string folder_of(const std::string& path) {
    const std::string folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

}  // namespace lamina::support
