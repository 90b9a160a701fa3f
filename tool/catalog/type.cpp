#include "catalog/type.hpp"

namespace lamina::catalog {

std::string to_string(const NativeType& type) {
    std::string text = type.name;
    const char* separator = "(";
    for (const std::uint32_t argument : type.arguments) {
        text += separator;
        text += std::to_string(argument);
        separator = ",";
    }
    if (!type.arguments.empty()) text += ')';
    return text;
}

}  // namespace lamina::catalog
