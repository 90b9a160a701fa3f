#include "lsp/text.hpp"

#include <algorithm>

namespace lamina::lsp {
namespace {

struct Character {
    std::size_t bytes = 1;
    std::uint32_t units = 1;
    bool valid = true;
};

// The character at `at`, and how many units of the encoding it takes.
Character character_at(std::string_view text, std::size_t at, Encoding encoding) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {};
    const std::size_t length = lead >= 0xF5 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {1, 1, false};
    }
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool beyond = (lead == 0xED && byte(1) >= 0xA0) || (lead == 0xF4 && byte(1) >= 0x90);
    if (length == 0 || overlong || beyond) return {1, 1, false};
    switch (encoding) {
        case Encoding::Utf8: return {length, static_cast<std::uint32_t>(length)};
        case Encoding::Utf16: return {length, length == 4 ? 2U : 1U};
        case Encoding::Utf32: return {length, 1};
    }
    return {};
}

// Does a line end right before `at`?
bool begins_line(std::string_view text, std::size_t at) {
    if (at == 0 || at > text.size()) return false;
    return text[at - 1] == '\n' || (text[at - 1] == '\r' && (at == text.size() || text[at] != '\n'));
}

}  // namespace

LineIndex::LineIndex(std::string_view text) { replace(text, 0, 0, text.size()); }

Position LineIndex::position(std::string_view text, std::size_t offset, Encoding encoding) const {
    offset = std::min(offset, text.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), static_cast<std::uint32_t>(offset));
    const auto line = static_cast<std::uint32_t>(after - starts_.begin() - 1);
    const std::uint32_t start = starts_[line];
    return {line, width(text.substr(start, offset - start), encoding)};
}

std::size_t LineIndex::offset(std::string_view text, Position position, Encoding encoding) const {
    if (position.line >= starts_.size()) return text.size();
    std::size_t at = starts_[position.line];
    const std::size_t end = position.line + 1 < starts_.size() ? starts_[position.line + 1] : text.size();
    for (std::uint32_t column = 0; at < end && text[at] != '\n' && text[at] != '\r';) {
        const Character next = character_at(text, at, encoding);
        if (column + next.units > position.character) break;
        column += next.units;
        at += next.bytes;
    }
    return at;
}

void LineIndex::replace(std::string_view text, std::size_t begin, std::size_t end, std::size_t inserted) {
    // A line may begin anywhere in [begin, end] of the old text and [begin, begin + inserted] of the new one: the bytes
    // on both edges may make or break a \r\n.
    const auto first = std::lower_bound(starts_.begin() + 1, starts_.end(), static_cast<std::uint32_t>(begin));
    const auto last = std::upper_bound(first, starts_.end(), static_cast<std::uint32_t>(end));
    std::vector<std::uint32_t> fresh;
    for (std::size_t at = std::max<std::size_t>(begin, 1); at <= begin + inserted; ++at) {
        if (begins_line(text, at)) fresh.push_back(static_cast<std::uint32_t>(at));
    }
    const auto moved = static_cast<std::uint32_t>(begin + inserted - end);  // may wrap around: so do the additions
    for (auto at = last; at != starts_.end(); ++at) *at += moved;
    const auto where = starts_.erase(first, last);
    starts_.insert(where, fresh.begin(), fresh.end());
}

std::uint32_t width(std::string_view text, Encoding encoding) {
    if (encoding == Encoding::Utf8) return static_cast<std::uint32_t>(text.size());
    std::uint32_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character next = character_at(text, at, encoding);
        units += next.units;
        at += next.bytes;
    }
    return units;
}

std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Character next = character_at(text, at, Encoding::Utf8);
        if (next.valid)
            out += text.substr(at, next.bytes);
        else
            out += "\xEF\xBF\xBD";
        at += next.bytes;
    }
    return out;
}

}  // namespace lamina::lsp
