#pragma once

#include <cstdint>

namespace lamina::lsp {

/// Whose answers a client gets. Prisma's engine, on which editors' Prisma plugins are built, says less than a language
/// server should, because those plugins add the rest themselves. `Full` adds it here.
enum class Answers : std::uint8_t {
    Full,
    Prisma,  ///< exactly what the engine says: for plugins built on it, and for comparing
};

}  // namespace lamina::lsp
