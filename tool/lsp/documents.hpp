#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/text.hpp"

namespace lamina::lsp {

/// A text that is open in the editor.
struct Document {
    std::string uri;  ///< as the editor writes it
    std::string text;
    LineIndex lines;
    std::optional<std::int64_t> version;
};

/// One change of a document: of a range, or of the whole text.
struct Change {
    std::optional<Range> range;
    std::string text;
};

/// The texts that are open in the editor. They count, not what is on disk.
class Documents {
public:
    void open(const std::string& uri, std::string text, std::optional<std::int64_t> version);
    /// False when it is not open.
    bool change(const std::string& uri, const Change& change, Encoding encoding);
    void set_version(const std::string& uri, std::optional<std::int64_t> version);
    void close(const std::string& uri);
    /// Null when it is not open. URIs of one file may be written in several ways.
    [[nodiscard]] const Document* find(std::string_view uri) const;
    /// By path, or by URI for what is no file.
    [[nodiscard]] const std::map<std::string, Document, std::less<>>& all() const noexcept { return open_; }
    /// What `all` calls a URI.
    [[nodiscard]] static std::string key_of(std::string_view uri);

private:
    std::map<std::string, Document, std::less<>> open_;
};

}  // namespace lamina::lsp
