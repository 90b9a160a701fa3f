#pragma once

namespace lamina::cli {

/// Has Prisma's command (`prisma generate`) started us as a generator, rather than a person in a shell?
[[nodiscard]] bool called_by_prisma();

/// Answers Prisma's command by its generator protocol: generates the C++ client of the schema that it hands over. Gives
/// the exit code.
int serve_prisma();

}  // namespace lamina::cli
