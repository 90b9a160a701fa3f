#include "schema/diagnostics/printer.hpp"

#include <algorithm>
#include <string_view>

namespace lamina::schema {
namespace {

constexpr std::size_t kLongestLine = 200;  // bytes of a source line that are shown

struct Colours {
    std::string_view error, warning, frame, bold, reset;
};
constexpr Colours kPlain{};
constexpr Colours kColoured{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// What a terminal may be shown: control characters would move the cursor, broken bytes would show as anything.
std::string visible(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t')
            out += ' ';
        else if (byte < 0x20 || byte == 0x7F)
            out += '?';
        else
            out += c;
    }
    return out;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

// The part of a long line around the caret.
struct Window {
    std::string_view text;
    std::size_t caret;  // byte in text
    bool cut_before, cut_after;
};

Window window(std::string_view line, std::size_t caret) {
    if (line.size() <= kLongestLine) return {line, caret, false, false};
    std::size_t begin = caret > kLongestLine / 2 ? caret - kLongestLine / 2 : 0;
    std::size_t end = std::min(line.size(), begin + kLongestLine);
    while (begin > 0 && is_continuation(line[begin])) --begin;
    while (end < line.size() && is_continuation(line[end])) ++end;
    return {line.substr(begin, end - begin), caret - begin, begin > 0, end < line.size()};
}

}  // namespace

std::string print(const Diagnostic& diagnostic, const support::SourceMap& sources, const PrintOptions& options) {
    const Colours& colour = options.colours ? kColoured : kPlain;
    const bool is_error = diagnostic.severity == Severity::Error;
    std::string out;
    out.append(is_error ? colour.error : colour.warning).append(is_error ? "error" : "warning").append(colour.reset);
    out.append(colour.bold).append(": ").append(diagnostic.message).append(colour.reset).append("\n");
    if (sources.size() == 0) return out;

    const support::Span span = diagnostic.span;
    const support::Position place = sources.position(span.file, span.begin);
    const std::string number = std::to_string(place.line);
    const std::string margin(number.size(), ' ');
    out.append(margin).append(colour.frame).append("--> ").append(colour.reset);
    out.append(sources.path(span.file))
        .append(":")
        .append(number)
        .append(":")
        .append(std::to_string(place.column))
        .append("\n");

    const std::string_view line = sources.line(span.file, place.line);
    const std::string_view before_caret = sources.text({span.file, 0, span.begin});
    const std::size_t line_start = before_caret.find_last_of("\n");
    const std::size_t caret =
        std::min(line.size(), before_caret.size() - (line_start == std::string_view::npos ? 0 : line_start + 1));
    const Window shown = window(line, caret);
    const std::string_view lead = shown.cut_before ? "…" : "";
    out.append(margin).append(" ").append(colour.frame).append("|").append(colour.reset).append("\n");
    out.append(colour.frame).append(number).append(" |").append(colour.reset).append(" ");
    out.append(lead).append(visible(shown.text)).append(shown.cut_after ? "…" : "").append("\n");
    const std::size_t covered = std::min<std::size_t>(span.size(), shown.text.size() - shown.caret);
    out.append(margin).append(" ").append(colour.frame).append("|").append(colour.reset).append(" ");
    out.append(code_points(lead) + code_points(shown.text.substr(0, shown.caret)), ' ');
    out.append(is_error ? colour.error : colour.warning);
    out.append(std::max<std::size_t>(1, code_points(shown.text.substr(shown.caret, covered))), '^')
        .append(colour.reset);
    out.append("\n");
    if (!diagnostic.hint.empty()) out.append(margin).append(" = help: ").append(diagnostic.hint).append("\n");
    return out;
}

std::string print(const Diagnostics& diagnostics, const support::SourceMap& sources, const PrintOptions& options) {
    std::string out;
    std::size_t shown = 0;
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        if (shown++ == options.most_errors) break;
        out += print(diagnostic, sources, options);
    }
    if (diagnostics.total() > options.most_errors) {
        out += "… and " + std::to_string(diagnostics.total() - options.most_errors) + " more\n";
    }
    return out;
}

}  // namespace lamina::schema
