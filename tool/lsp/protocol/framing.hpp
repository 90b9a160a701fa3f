#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The outermost layer of the protocol: `Content-Length: n`, an empty line, n bytes.
namespace lamina::lsp {

/// The longest body that is taken; longer ones are refused.
inline constexpr std::size_t kLongestBody = std::size_t{256} * 1024 * 1024;

/// One body, or why there is none.
struct Frame {
    std::string body;
    std::string problem;  ///< empty when the body is good
};

/// Cuts a stream of bytes into bodies. After bytes that are no message it goes on at the next `Content-Length:`, so
/// that one broken message costs no other. Takes linear time.
class FrameReader {
public:
    /// Takes what was read.
    void feed(std::string_view bytes);
    /// The next message; nothing until more is fed.
    [[nodiscard]] std::optional<Frame> next();
    /// The stream has ended in the middle of a message.
    [[nodiscard]] bool has_rest() const noexcept { return at_ < buffer_.size(); }

private:
    [[nodiscard]] std::string_view rest() const { return std::string_view{buffer_}.substr(at_); }
    void skip_to_next_header();
    Frame refuse(std::string problem);

    std::string buffer_;
    std::size_t at_ = 0;
    bool lost_ = false;  // bytes are skipped until a header comes
};

/// A body as it is sent.
[[nodiscard]] std::string frame(std::string_view body);

}  // namespace lamina::lsp
