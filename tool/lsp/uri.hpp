#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lamina::lsp {

/// The path of a `file:` URI; nothing for other URIs.
[[nodiscard]] std::optional<std::string> path_of(std::string_view uri);
/// The `file:` URI of an absolute path.
[[nodiscard]] std::string uri_of(std::string_view path);

}  // namespace lamina::lsp
