#pragma once

#include "schema/analyze/context.hpp"

/// The rules, one subject a file. Each function looks at the whole schema and reports what it finds; the passes run in
/// this order, and a pass runs only when the ones before it found no error that would make its findings noise.
namespace lamina::schema::rules {

// ---- pass 1: what each file says by itself ----

/// syntax.cpp: lines that are no part of the language, old spellings, escapes.
void check_syntax(Context& context, const syntax::Tree& tree);
/// names.cpp: enters models, enums, fields and values into the model; duplicates, reserved and malformed names.
void declare(Context& context);

// ---- configuration ----

/// datasource.cpp: finds the connector that the datasource's provider names, without a word about mistakes. Gives the
/// name as it was written, if a connector has it.
std::optional<ast::Expression> choose_connector(Context& context);
/// settings.cpp: says which settings of a datasource or generator have no value. True when all have one.
bool check_settings(Context& context, const ast::Block& block, std::string_view word);
/// datasource.cpp: the datasource.
void read_datasource(Context& context);
/// generators.cpp: generators and preview features.
void read_generators(Context& context);

// ---- pass 2, 3: types, then attributes ----

/// types.cpp: what each field's type is.
void resolve_types(Context& context);
/// field_attributes.cpp, block_attributes.cpp, …: what the attributes say, each by itself.
void resolve_attributes(Context& context);

// ---- pass 4: relations ----

/// infer_relations.cpp: puts the two sides of each relation together.
void infer_relations(Context& context);
/// database_names.cpp: names of constraints and indexes in the database.
void name_constraints(Context& context);

// ---- pass 5: what the parts say together ----

/// validate.cpp: runs the checks below in Prisma's order.
void validate(Context& context, const Schema& schema);

}  // namespace lamina::schema::rules
