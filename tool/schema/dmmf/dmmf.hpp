#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "schema/model/schema.hpp"

/// The DMMF: the JSON document that Prisma's generators are fed with.
namespace lamina::schema {

/// What a schema says, as Prisma 7 writes it: `{"enums", "models", "types", "indexes"}`, key for key and in its order.
/// What is ignored and fields of unsupported types are left out, as there. The schema must be valid.
[[nodiscard]] nlohmann::ordered_json datamodel(const Schema& schema);

/// The whole document, as generators get it: `{"datamodel"}`.
[[nodiscard]] nlohmann::ordered_json dmmf_document(const Schema& schema);

/// The document as JSON text, without a line break at its end: on one line, or indented by two.
[[nodiscard]] std::string dmmf_text(const Schema& schema, bool pretty);

}  // namespace lamina::schema
