#include "lsp/docs.hpp"

#include <algorithm>

namespace lamina::lsp {
namespace {

// Grouped by topic, which `docs` relies on.
constexpr Doc kDocs[] = {
    {Topic::Block, "model", "model Name { … }", "A table: its fields, keys, indexes and relations.",
     "model ${1:Name} {\n  id Int @id @default(autoincrement())$0\n}"},
    {Topic::Block, "enum", "enum Name { … }", "A type with a fixed list of values.", "enum ${1:Name} {\n  $0\n}"},
    {Topic::Block, "view", "view Name { … }", "A view of the database; the client only reads it.",
     "view ${1:Name} {\n  $0\n}"},
    {Topic::Block, "type", "type Name { … }", "A composite type.", "type ${1:Name} {\n  $0\n}"},
    {Topic::Block, "datasource", "datasource db { … }", "The database that the schema is for.",
     "datasource ${1:db} {\n  provider = \"$0\"\n}"},
    {Topic::Block, "generator", "generator client { … }", "What is made from the schema, and where it goes.",
     "generator ${1:client} {\n  provider = \"$0\"\n}"},

    {Topic::ScalarType, "String", "String", "Text of any length.", ""},
    {Topic::ScalarType, "Boolean", "Boolean", "True or false.", ""},
    {Topic::ScalarType, "Int", "Int", "A whole number of 32 bits.", ""},
    {Topic::ScalarType, "BigInt", "BigInt", "A whole number of 64 bits.", ""},
    {Topic::ScalarType, "Float", "Float", "A floating point number of double precision.", ""},
    {Topic::ScalarType, "Decimal", "Decimal", "An exact decimal number.", ""},
    {Topic::ScalarType, "DateTime", "DateTime", "A point in time.", ""},
    {Topic::ScalarType, "Json", "Json", "A JSON document.", ""},
    {Topic::ScalarType, "Bytes", "Bytes", "Binary data.", ""},

    {Topic::FieldAttribute, "id", "@id(map: String?, length: Int?, sort: Asc | Desc, clustered: Boolean?)",
     "The field is the primary key.", ""},
    {Topic::FieldAttribute, "unique", "@unique(map: String?, length: Int?, sort: Asc | Desc, clustered: Boolean?)",
     "No two rows have the same value in this field.", ""},
    {Topic::FieldAttribute, "default", "@default(value, map: String?)",
     "The value of a new row that gives none: a literal, an enum value or a function.", "default($0)"},
    {Topic::FieldAttribute, "relation",
     "@relation(name?, fields: […], references: […], onDelete: …, onUpdate: …, map: String?)",
     "How two models belong together: `fields` of this model hold the values of `references` in the other.",
     "relation(fields: [$1], references: [$2])$0"},
    {Topic::FieldAttribute, "map", "@map(name: String)", "The column's name in the database.", "map(\"$0\")"},
    {Topic::FieldAttribute, "updatedAt", "@updatedAt", "Set to the present time whenever the row is changed.", ""},
    {Topic::FieldAttribute, "ignore", "@ignore", "The client does not know this field.", ""},

    {Topic::BlockAttribute, "id", "@@id([fields…], name: String?, map: String?, clustered: Boolean?)",
     "Several fields together are the primary key.", "id([$0])"},
    {Topic::BlockAttribute, "unique", "@@unique([fields…], name: String?, map: String?, clustered: Boolean?)",
     "No two rows have the same values in all of these fields.", "unique([$0])"},
    {Topic::BlockAttribute, "index", "@@index([fields…], map: String?, type: …, clustered: Boolean?)",
     "An index over these fields.", "index([$0])"},
    {Topic::BlockAttribute, "fulltext", "@@fulltext([fields…], map: String?)", "A full-text index over these fields.",
     "fulltext([$0])"},
    {Topic::BlockAttribute, "map", "@@map(name: String)", "The name of the table or enum in the database.",
     "map(\"$0\")"},
    {Topic::BlockAttribute, "schema", "@@schema(name: String)", "The database's schema that it lies in.",
     "schema(\"$0\")"},
    {Topic::BlockAttribute, "ignore", "@@ignore", "The client does not know this model.", ""},

    {Topic::Function, "autoincrement", "autoincrement()", "The database counts: 1, 2, 3 …", "autoincrement()"},
    {Topic::Function, "sequence", "sequence(minValue: …, maxValue: …, cache: …, increment: …, start: …, virtual: …)",
     "The next number of a sequence of the database.", "sequence($0)"},
    {Topic::Function, "now", "now()", "The time at which the row is made.", "now()"},
    {Topic::Function, "cuid", "cuid(1 | 2)", "A CUID: short, sortable by time (version 1), or hard to guess (2).",
     "cuid($0)"},
    {Topic::Function, "uuid", "uuid(4 | 7)", "A UUID: random (version 4), or sortable by time (7).", "uuid($0)"},
    {Topic::Function, "ulid", "ulid()", "A ULID: 128 bits, sortable by time.", "ulid()"},
    {Topic::Function, "nanoid", "nanoid(length?)", "A Nano ID: short, random and fit for URLs.", "nanoid($0)"},
    {Topic::Function, "dbgenerated", "dbgenerated(\"SQL\")", "An SQL expression of the database.",
     "dbgenerated(\"$0\")"},
    {Topic::Function, "env", "env(\"VARIABLE\")", "The value of an environment variable.", "env(\"$0\")"},

    {Topic::Argument, "fields", "fields: [field, …]", "The fields of this model that it is about.", "fields: [$0]"},
    {Topic::Argument, "references", "references: [field, …]", "The fields of the other model that `fields` point at.",
     "references: [$0]"},
    {Topic::Argument, "onDelete", "onDelete: Action", "What happens to this row when the row it points at is deleted.",
     "onDelete: $0"},
    {Topic::Argument, "onUpdate", "onUpdate: Action",
     "What happens to this row when the key of the row it points at changes.", "onUpdate: $0"},
    {Topic::Argument, "name", "name: \"…\"", "What the relation, or the compound key, is called in the client.",
     "name: \"$0\""},
    {Topic::Argument, "map", "map: \"…\"", "The name of the constraint or index in the database.", "map: \"$0\""},
    {Topic::Argument, "type", "type: Algorithm", "The kind of index.", "type: $0"},
    {Topic::Argument, "sort", "sort: Asc | Desc", "The order of this field in the index.", "sort: $0"},
    {Topic::Argument, "length", "length: Int", "How much of the value is in the index.", "length: $0"},
    {Topic::Argument, "ops", "ops: OperatorClass", "How the index compares the values of this field.", "ops: $0"},
    {Topic::Argument, "clustered", "clustered: Boolean", "Does the table lie in the order of this index?",
     "clustered: $0"},
    {Topic::Argument, "where", "where: …", "Only rows that fulfil this are in the index.", "where: $0"},

    {Topic::Constant, "Cascade", "onDelete: Cascade", "Delete the child records when the parent record is deleted.",
     ""},
    {Topic::Constant, "Restrict", "onDelete: Restrict", "Prevent deleting a parent record as long as it is referenced.",
     ""},
    {Topic::Constant, "NoAction", "onDelete: NoAction", "Prevent deleting a parent record as long as it is referenced.",
     ""},
    {Topic::Constant, "SetNull", "onDelete: SetNull",
     "Set the referencing fields to NULL when the referenced record is deleted.", ""},
    {Topic::Constant, "SetDefault", "onDelete: SetDefault",
     "Set the referencing field's value to the default when the referenced record is deleted.", ""},
    {Topic::Constant, "BTree", "type: BTree",
     "Can handle equality and range queries on data that can be sorted into some ordering (default).", ""},
    {Topic::Constant, "Hash", "type: Hash",
     "Can handle simple equality queries, but no ordering. Faster than BTree, if ordering is not needed.", ""},
    {Topic::Constant, "Gist", "type: Gist",
     "Generalized Search Tree. A framework for building specialized indices for custom data types.", ""},
    {Topic::Constant, "Gin", "type: Gin",
     "Generalized Inverted Index. Useful for indexing composite items, such as arrays or text.", ""},
    {Topic::Constant, "SpGist", "type: SpGist",
     "Space-partitioned Generalized Search Tree. For implenting a wide range of different non-balanced data "
     "structures.",
     ""},
    {Topic::Constant, "Brin", "type: Brin",
     "Block Range Index. If the data has some natural correlation with their physical location within the table, can "
     "compress very large amount of data into a small space.",
     ""},
    {Topic::Constant, "Asc", "sort: Asc", "Ascending order.", ""},
    {Topic::Constant, "Desc", "sort: Desc", "Descending order.", ""},

    {Topic::DatasourceSetting, "provider", "provider = \"foo\"", "Describes which datasource connector to use.",
     "provider = $0"},
    {Topic::DatasourceSetting, "url", "url = \"String\" | env(\"ENVIRONMENT_VARIABLE\")",
     "Connection URL including authentication info. Each datasource provider documents the URL syntax. Most providers "
     "use the syntax provided by the database. [Learn more](https://pris.ly/d/connection-strings).",
     "url = $0"},
    {Topic::DatasourceSetting, "shadowDatabaseUrl", "shadowDatabaseUrl = \"String\" | env(\"ENVIRONMENT_VARIABLE\")",
     "Connection URL including authentication info to use for Migrate's [shadow "
     "database](https://pris.ly/d/migrate-shadow).",
     "shadowDatabaseUrl = $0"},
    {Topic::DatasourceSetting, "directUrl", "directUrl = \"String\" | env(\"ENVIRONMENT_VARIABLE\")",
     "Connection URL for direct connection to the database. [Learn more](https://pris.ly/d/data-proxy-cli).",
     "directUrl = $0"},
    {Topic::DatasourceSetting, "relationMode", "relationMode = \"foreignKeys\" | \"prisma\"",
     "Set the global relation mode for all relations. Values can be either \"foreignKeys\" (Default), or \"prisma\". "
     "[Learn more](https://pris.ly/d/relation-mode)",
     "relationMode = $0"},
    {Topic::DatasourceSetting, "schemas", "schemas = [\"foo\", \"bar\", \"baz\"]",
     "The list of database schemas. [Learn More](https://pris.ly/d/multi-schema-configuration)", "schemas = [$0]"},

    {Topic::GeneratorSetting, "provider", "provider = \"lamina\"", "The program that generates.", "provider = \"$0\""},
    {Topic::GeneratorSetting, "output", "output = \"generated\"", "The folder that it writes to.", "output = \"$0\""},
    {Topic::GeneratorSetting, "previewFeatures", "previewFeatures = […]", "Features that are switched on early.",
     "previewFeatures = [$0]"},
};

}  // namespace

std::span<const Doc> docs(Topic topic) {
    const auto [first, last] = std::equal_range(std::begin(kDocs), std::end(kDocs), Doc{topic, "", "", "", ""},
                                                [](const Doc& a, const Doc& b) { return a.topic < b.topic; });
    return {first, last};
}

const Doc* find_doc(Topic topic, std::string_view name) {
    for (const Doc& doc : docs(topic)) {
        if (doc.name == name) return &doc;
    }
    return nullptr;
}

std::string explain(const Doc& doc) {
    return "```prisma\n" + std::string{doc.usage} + "\n```\n___\n" + std::string{doc.text};
}

std::optional<std::string> explain(Topic topic, std::string_view name) {
    const Doc* doc = find_doc(topic, name);
    return doc == nullptr ? std::nullopt : std::optional{explain(*doc)};
}

}  // namespace lamina::lsp
