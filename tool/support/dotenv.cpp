#include "support/dotenv.hpp"

#include <cstdlib>

namespace lamina::support {

namespace {

bool is_name_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-';
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Replaces ${NAME}; an unknown variable is empty.
std::string expanded(std::string_view value, const Variables& known) {
    std::string result;
    while (true) {
        const std::size_t open = value.find("${");
        const std::size_t close = open == std::string_view::npos ? open : value.find('}', open);
        if (close == std::string_view::npos) return result.append(value);
        result.append(value.substr(0, open));
        const std::string name(value.substr(open + 2, close - open - 2));
        if (const char* environment = std::getenv(name.c_str())) {
            result.append(environment);
        } else if (const auto found = known.find(name); found != known.end()) {
            result.append(found->second);
        }
        value.remove_prefix(close + 1);
    }
}

std::string unescaped(std::string_view value) {
    std::string result;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool escape = value[i] == '\\' && i + 1 < value.size();
        if (escape && value[i + 1] == 'n') {
            result.push_back('\n'), ++i;
        } else if (escape && value[i + 1] == 'r') {
            result.push_back('\r'), ++i;
        } else {
            result.push_back(value[i]);
        }
    }
    return result;
}

/// Reads one line after another; quoted values may take several.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    Variables read() {
        while (!rest_.empty()) read_line();
        return std::move(variables_);
    }

private:
    std::string_view take_line() {
        const std::size_t end = rest_.find('\n');
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        return line;
    }

    void read_line() {
        const std::string_view whole = rest_;
        std::string_view line = trimmed(take_line());
        if (line.starts_with("export ")) line = trimmed(line.substr(7));
        std::size_t end = 0;
        while (end < line.size() && is_name_character(line[end])) ++end;
        const std::string_view after = trimmed(line.substr(end));
        if (end == 0 || !after.starts_with('=')) return;
        const std::string name(line.substr(0, end));
        const std::string_view value = trimmed(after.substr(1));
        const char quote = value.empty() ? '\0' : value.front();
        if (quote == '"' || quote == '\'' || quote == '`') {
            const auto opening = static_cast<std::size_t>(value.data() - whole.data());
            const std::size_t closing = whole.find(quote, opening + 1);
            if (closing != std::string_view::npos) {
                set_quoted(name, quote, whole.substr(opening + 1, closing - opening - 1));
                rest_ = whole.substr(closing + 1);
                take_line();
                return;
            }
        }
        variables_[name] = expanded(trimmed(value.substr(0, value.find('#'))), variables_);
    }

    void set_quoted(const std::string& name, char quote, std::string_view value) {
        variables_[name] = quote == '"' ? unescaped(expanded(value, variables_)) : std::string(value);
    }

    std::string_view rest_;
    Variables variables_;
};

}  // namespace

Variables parse_dotenv(std::string_view text) { return Reader(text).read(); }

}  // namespace lamina::support
