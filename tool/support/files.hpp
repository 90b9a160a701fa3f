#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/problem.hpp"

/// Files and folders as the command needs them. Problems name the path and the reason.
namespace lamina::support {

/// The whole text of a file.
[[nodiscard]] Outcome<std::string> read_file(const std::string& path);

/// Writes a file, and the folders above it, unless it holds that text already, so that builds see no change where there
/// is none. The file is replaced in one step: nobody sees half of it. True when it was written.
Outcome<bool> write_if_changed(const std::string& path, std::string_view text);

/// Writes the new text of a file that is there, in one step: nobody sees half of it, and when it fails the old text
/// stays. Keeps the file's mode; of a link, the file that it leads to is written.
Outcome<> replace_file(const std::string& path, std::string_view text);

/// All files below a folder whose names end in `extension` (".prisma"), sorted by path.
[[nodiscard]] Outcome<std::vector<std::string>> files_below(const std::string& folder, std::string_view extension);

[[nodiscard]] bool is_file(const std::string& path);
[[nodiscard]] bool is_folder(const std::string& path);

/// `path`, taken from `folder` when it is relative.
[[nodiscard]] std::string absolute_from(const std::string& folder, const std::string& path);
/// The folder that a file lies in; "." for a bare name.
[[nodiscard]] std::string folder_of(const std::string& path);

}  // namespace lamina::support
