#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "schema/model/schema.hpp"
#include "support/config.hpp"
#include "support/source_map.hpp"

namespace lamina::generators {

/// A schema and where it came from: what generators are told about. All must outlive it.
struct Origin {
    const schema::Schema& schema;
    const support::SourceMap& sources;
    const support::Project& project;
    std::string path;  ///< of the schema, a file or a folder; absolute
};

/// The absolute path of the file that a block stands in.
[[nodiscard]] std::string file_of(const Origin& origin, support::Span span);

/// A setting's text: the literal, or the environment's or .env's variable. A problem when that is not set.
[[nodiscard]] support::Outcome<std::string> text_of(const support::Project& project, const schema::StringOrEnv& value);

/// A generator block as Prisma hands it out (`GeneratorConfig`), with `output` as written.
[[nodiscard]] nlohmann::ordered_json generator_config(const Origin& origin, const schema::Generator& generator);

/// The same with the folder that it shall generate into. `by_user`: the schema names it.
[[nodiscard]] nlohmann::ordered_json generator_config(const Origin& origin, const schema::Generator& generator,
                                                      const std::string& output, bool by_user);

/// What a generator is asked to generate (`GeneratorOptions`) with this config of its own. A deprecated
/// `previewFeatures` entry is not handed on; the DMMF holds the data model alone.
[[nodiscard]] nlohmann::ordered_json generator_options(const Origin& origin, const schema::Generator& generator,
                                                       nlohmann::ordered_json config);

/// The folder of a generator that names none in the schema: its manifest's `defaultOutput`, from the folder of the
/// schema's file, or below the project's node_modules when it begins so.
[[nodiscard]] std::string default_output(const Origin& origin, const schema::Generator& generator, std::string output);

}  // namespace lamina::generators
