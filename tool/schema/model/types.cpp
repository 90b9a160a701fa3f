#include "schema/model/types.hpp"

#include <array>
#include <cstddef>

namespace lamina::schema {
namespace {

// Each table is in the order of its enum.
constexpr std::array<std::string_view, 9> kScalarTypes{"String",  "Boolean",  "Int",  "BigInt", "Float",
                                                       "Decimal", "DateTime", "Json", "Bytes"};
constexpr std::array<std::string_view, 5> kActions{"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"};
constexpr std::array<std::string_view, 6> kAlgorithms{"BTree", "Hash", "Gist", "Gin", "SpGist", "Brin"};
constexpr std::array<std::string_view, 9> kFunctions{"autoincrement", "sequence", "now",         "uuid", "cuid",
                                                     "ulid",          "nanoid",   "dbgenerated", "auto"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(ScalarType type) noexcept { return kScalarTypes[static_cast<std::size_t>(type)]; }
std::string_view to_string(ReferentialAction action) noexcept { return kActions[static_cast<std::size_t>(action)]; }
std::string_view to_string(IndexAlgorithm algorithm) noexcept {
    return kAlgorithms[static_cast<std::size_t>(algorithm)];
}
std::string_view to_string(DefaultFunction function) noexcept { return kFunctions[static_cast<std::size_t>(function)]; }
std::string_view to_string(RelationMode mode) noexcept {
    return mode == RelationMode::Prisma ? "prisma" : "foreignKeys";
}

std::optional<ScalarType> scalar_type(std::string_view name) noexcept { return find<ScalarType>(kScalarTypes, name); }
std::optional<ReferentialAction> referential_action(std::string_view name) noexcept {
    return find<ReferentialAction>(kActions, name);
}
std::optional<IndexAlgorithm> index_algorithm(std::string_view name) noexcept {
    return find<IndexAlgorithm>(kAlgorithms, name);
}
std::optional<DefaultFunction> default_function(std::string_view name) noexcept {
    return find<DefaultFunction>(kFunctions, name);
}

}  // namespace lamina::schema
