#pragma once

#include <string>
#include <string_view>

namespace lamina::generate {

/// Generated text in the making: lines with an indentation.
class Text {
public:
    /// Adds a line made of parts; an empty one is never indented.
    template <class... Parts>
    Text& line(const Parts&... parts) {
        if constexpr (sizeof...(Parts) > 0) {
            text_.append(indentation_ * 2, ' ');
            (text_.append(std::string_view(parts)), ...);
        }
        text_ += '\n';
        return *this;
    }
    Text& indent() { return ++indentation_, *this; }
    Text& outdent() { return --indentation_, *this; }
    /// Adds documentation as `///` lines.
    Text& documentation(std::string_view text);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_;
    std::size_t indentation_ = 0;
};

/// Switches the warning about offsetof in derived rows off ("push") or back ("pop"): rows have simple layouts on all
/// supported compilers, whatever the standard calls them.
void add_offsetof_pragma(Text& text, std::string_view action);

/// A C++ string literal of any text.
[[nodiscard]] std::string literal(std::string_view text);

}  // namespace lamina::generate
