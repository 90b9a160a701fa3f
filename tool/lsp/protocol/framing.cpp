#include "lsp/protocol/framing.hpp"

#include <algorithm>

namespace lamina::lsp {
namespace {

constexpr std::size_t kLongestHeader = 8192;
constexpr std::string_view kLength = "content-length:";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t find_length(std::string_view text) {
    const auto found = std::search(text.begin(), text.end(), kLength.begin(), kLength.end(),
                                   [](char a, char b) { return lower(a) == b; });
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

// The number behind `Content-Length:`; nothing when it is none, or too long for anything.
std::optional<std::size_t> length_in(std::string_view header) {
    std::size_t at = find_length(header);
    if (at == std::string_view::npos) return std::nullopt;
    at += kLength.size();
    while (at < header.size() && header[at] == ' ') ++at;
    std::size_t length = 0;
    std::size_t digits = 0;
    for (; at < header.size() && header[at] >= '0' && header[at] <= '9'; ++at, ++digits) {
        if (digits > 15) return std::nullopt;
        length = length * 10 + static_cast<std::size_t>(header[at] - '0');
    }
    if (digits == 0 || (at < header.size() && header[at] != '\r' && header[at] != ' ')) return std::nullopt;
    return length;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
    if (at_ > buffer_.size() / 2) {
        buffer_.erase(0, at_);
        at_ = 0;
    }
    buffer_ += bytes;
}

void FrameReader::skip_to_next_header() {
    const std::size_t found = find_length(rest());
    if (found != std::string_view::npos) {
        at_ += found;
        lost_ = false;
    } else if (rest().size() >= kLength.size()) {
        at_ = buffer_.size() - kLength.size() + 1;  // the end may be a header's beginning
    }
}

Frame FrameReader::refuse(std::string problem) {
    at_ += std::min<std::size_t>(1, rest().size());
    lost_ = true;
    return {"", std::move(problem)};
}

std::optional<Frame> FrameReader::next() {
    if (lost_) skip_to_next_header();
    if (lost_) return std::nullopt;
    const std::string_view all = rest();
    const std::size_t end = all.substr(0, kLongestHeader).find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (all.size() < kLongestHeader) return std::nullopt;
        return refuse("a message must begin with a Content-Length header");
    }
    const auto length = length_in(all.substr(0, end));
    if (!length) return refuse("Content-Length must be a number");
    if (*length > kLongestBody) return refuse("the message is too long");
    const std::size_t begin = end + 4;
    if (all.size() - begin < *length) return std::nullopt;
    Frame out{std::string{all.substr(begin, *length)}, ""};
    at_ += begin + *length;
    return out;
}

std::string frame(std::string_view body) {
    return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

}  // namespace lamina::lsp
