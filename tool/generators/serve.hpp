#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "support/problem.hpp"

namespace lamina::generators {

/// What Prisma asks us to generate.
struct Request {
    std::string schema_path;  ///< file or folder, for messages
    std::string schema_text;  ///< of all files; empty when Prisma did not hand it over
    std::string output;       ///< the folder, absolute
    std::string name_space;   ///< the generator's `namespace`; may be empty
};

/// What we are to Prisma.
struct Manifest {
    std::string pretty_name, version, default_output;
};

/// Does Prisma's command run us as a generator (and not a person in a shell)?
[[nodiscard]] bool called_by_prisma() noexcept;

/// Answers Prisma's command until it has no more to ask: a request a line on `in`, an answer a line on `out` (Prisma
/// reads our standard error). Bad requests are answered with an error; nothing throws. `generate` does the work.
void serve(std::istream& in, std::ostream& out, const Manifest& manifest,
           const std::function<support::Outcome<>(const Request&)>& generate);

}  // namespace lamina::generators
