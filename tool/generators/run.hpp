#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "generators/conversation.hpp"
#include "generators/options.hpp"

namespace lamina::generators {

/// Who generates what a generator block asks for.
enum class Maker {
    Lamina,  ///< we do: `lamina`, or a path to it
    Prisma,  ///< only Prisma's own command can: its JavaScript clients
    Program  ///< a program that speaks the protocol
};

/// Who that is, by the text of `provider`.
[[nodiscard]] Maker maker_of(std::string_view provider);

struct RunOptions {
    std::chrono::milliseconds limit = std::chrono::minutes{10};  ///< how long each answer may take
    Log log;                                                     ///< what the program says to people
};

/// What a program's generator has done.
struct Ran {
    std::string pretty_name;  ///< what the generator calls itself, or its provider
    std::string version;      ///< of the generator; may be empty
    std::string output;       ///< the folder that it was told to generate into
};

/// Runs the generator of one block: starts its program, asks for its manifest, tells it to generate, ends it. The
/// program runs in the current directory, as the shell understands `provider`, with the node_modules/.bin of that
/// directory, of the schema's and of all above them in its PATH. A problem when it fails, in its own words; it is ended
/// and reaped in any case.
[[nodiscard]] support::Outcome<Ran> run(const Origin& origin, const schema::Generator& generator,
                                        const RunOptions& options);

}  // namespace lamina::generators
