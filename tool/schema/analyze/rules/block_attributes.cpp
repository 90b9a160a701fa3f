#include <algorithm>
#include <array>

#include "schema/analyze/rules/attribute_rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

constexpr std::array<std::string_view, 8> kModelAttributes{"id",       "unique", "index",  "map",
                                                           "fulltext", "ignore", "schema", "shardKey"};
constexpr std::array<std::string_view, 2> kEnumAttributes{"map", "schema"};
constexpr std::array<std::string_view, 1> kEnumValueAttributes{"map"};

bool is_client_name(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

class ModelReader {
public:
    ModelReader(Context& context, ModelId id)
        : context_{context}, id_{id}, attributes_{context.node(id), *context.out} {}

    void run() {
        if (auto ignore = attributes_.single("ignore")) read_ignore(*ignore);
        if (auto id = attributes_.single("id")) read_id(*id);
        if (auto map = attributes_.single("map")) read_map(*map);
        if (auto schema = attributes_.single("schema")) read_schema(*schema);
        while (auto index = attributes_.next("index")) read_index(*index, IndexKind::Normal);
        while (auto unique = attributes_.next("unique")) read_index(*unique, IndexKind::Unique);
        while (auto fulltext = attributes_.next("fulltext")) read_index(*fulltext, IndexKind::Fulltext);
        if (auto shard_key = attributes_.single("shardKey")) read_block_shard_key(context_, id_, *shard_key);
        check_id_arity();
        attributes_.finish(kModelAttributes);
    }

private:
    ModelData& model() { return context_.model(id_); }
    std::string_view word() { return context_.block_word(id_); }
    void model_error(std::string_view text, support::Span span) {
        context_.push(messages::model(text, word(), model().name, span));
    }

    void read_ignore(ArgumentReader& ignore) {
        model().is_ignored = true;
        for (std::uint32_t i = model().first_field; i < model().first_field + model().field_count; ++i) {
            const FieldData& field = context_.data.fields[i];
            if (!field.is_ignored || field.kind == FieldKind::Relation) continue;
            for (const ast::Attribute& attribute : context_.field_nodes[i].attributes()) {
                if (attribute.name() != "ignore") continue;
                context_.push(
                    messages::attribute("Fields on an already ignored Model do not need an `@ignore` annotation.",
                                        "@ignore", attribute.span()));
            }
        }
        ignore.finish();
    }

    void read_map(ArgumentReader& map) {
        if (const auto value = map.required_default("name")) {
            model().mapped_name = as_string(*value, *context_.out);
            context_.model_map_spans[static_cast<std::size_t>(id_)] = map.attribute().span();
        }
        map.finish();
    }

    void read_schema(ArgumentReader& schema) {
        if (const auto value = schema.required_default("map")) {
            model().schema = as_string(*value, *context_.out);
            context_.model_schema_spans[static_cast<std::size_t>(id_)] = value->span();
        }
        schema.finish();
    }

    std::optional<std::string> client_name(ArgumentReader& arguments) {
        auto name = arguments.optional_name("name");
        if (name && !is_client_name(*name)) {
            model_error("The `name` property within the `@@" + std::string{arguments.attribute().name()} +
                            "` attribute only allows for the following characters: `_a-zA-Z0-9`.",
                        arguments.attribute().span());
            return std::nullopt;
        }
        return name;
    }

    void read_clustered(ArgumentReader& arguments, IndexData& data) {
        if (const auto clustered = arguments.optional("clustered"))
            data.clustered = as_boolean(*clustered, *context_.out);
    }

    // ---- @@id ----

    void read_id(ArgumentReader& id) {
        const support::Span span = id.attribute().span();
        IndexData data;
        data.model = id_;
        data.kind = IndexKind::PrimaryKey;
        const auto list = id.required_default("fields");
        KeyFields fields;
        if (list) fields = read_key_fields(context_, id_, *list, id.attribute());
        report_id_fields(fields, span);
        if (!list || !fields.usable()) return id.finish();
        data.name = client_name(id);
        data.mapped_name = id.optional_name("map");
        read_clustered(id, data);
        std::vector<std::string> optional;
        for (const IndexField& part : fields.parts) {
            if (context_.field(part.field).arity != Arity::Required)
                optional.push_back(context_.field(part.field).name);
        }
        if (!optional.empty() && !model().is_ignored) {
            model_error("The id definition refers to the optional field" +
                            std::string{optional.size() == 1 ? " " : "s "} + quoted_list(optional) +
                            ". ID definitions must reference only required fields.",
                        span);
        }
        if (model().primary_key != kNone<IndexId>) {
            model_error(
                "Each model must have at most one id criteria. You can't have `@id` and `@@id` at the same time.",
                model().span);
        }
        id.finish();
        data.fields = std::move(fields.parts);
        add_index(context_, std::move(data), id.attribute());
    }

    void report_id_fields(const KeyFields& fields, support::Span span) {
        if (!fields.unknown.empty()) {
            model_error("The multi field id declaration refers to the unknown field" +
                            std::string{fields.unknown.size() == 1 ? " " : "s "} + quoted_list(fields.unknown) + ".",
                        span);
        }
        if (!fields.relations.empty()) {
            model_error("The id definition refers to the relation field" +
                            std::string{fields.relations.size() == 1 ? " " : "s "} + quoted_list(fields.relations) +
                            ". ID definitions must reference only scalar fields.",
                        span);
        }
    }

    void check_id_arity() {
        if (model().primary_key == kNone<IndexId> || model().is_ignored) return;
        const IndexData& key = context_.index(model().primary_key);
        if (!key.on_field) return;
        if (context_.field(key.fields.front().field).arity != Arity::Required) {
            context_.push(messages::attribute("Fields that are marked as id must be required.", "@id", key.span));
        }
    }

    // ---- @@unique, @@index, @@fulltext ----

    void read_index(ArgumentReader& arguments, IndexKind kind) {
        IndexData data;
        data.model = id_;
        data.kind = kind;
        const auto list = arguments.required_default("fields");
        KeyFields fields;
        if (list) {
            fields = read_key_fields(context_, id_, *list, arguments.attribute());
            report_index_fields(fields, *list, kind, arguments);
        }
        if (kind == IndexKind::Fulltext && !fields.usable()) {
            static_cast<void>(arguments.optional_name("map"));
            return arguments.finish();
        }
        read_names(arguments, data);
        if (kind == IndexKind::Normal) read_algorithm(arguments, data);
        if (kind != IndexKind::Fulltext) {
            read_clustered(arguments, data);
            read_where(arguments, data);
        }
        arguments.finish();
        if (!list || !fields.usable()) return;
        data.fields = std::move(fields.parts);
        add_index(context_, std::move(data), arguments.attribute());
    }

    void read_names(ArgumentReader& arguments, IndexData& data) {
        if (data.kind == IndexKind::Unique) {
            data.name = client_name(arguments);
            data.mapped_name = arguments.optional_name("map");
            return;
        }
        // `name:` is the old spelling of `map:` here.
        auto name = arguments.optional_name("name");
        data.mapped_name = arguments.optional_name("map");
        if (name && data.mapped_name) {
            arguments.error(
                "The `@@" + std::string{arguments.attribute().name()} +
                "` attribute accepts the `name` argument as an alias for the `map` argument for legacy reasons. It "
                "does not accept both though. Please use the `map` argument to specify the database name of the "
                "index.");
        } else if (name) {
            data.mapped_name = std::move(name);
        }
    }

    void read_algorithm(ArgumentReader& arguments, IndexData& data) {
        const auto type = arguments.optional("type");
        if (!type) return;
        const auto name = as_constant(*type, *context_.out);
        if (!name) return;
        data.algorithm = index_algorithm(*name);
        if (!data.algorithm) arguments.error("Unknown index type: " + *name + ".");
    }

    void read_where(ArgumentReader& arguments, IndexData& data) {
        const auto where = arguments.optional("where");
        if (!where) return;
        if (where->is_call() && where->function_name() == "raw") {
            const auto inner = ast::arguments_of(*where);
            if (inner.size() == 1 && inner[0].value()) data.where = as_string(*inner[0].value(), *context_.out);
            if (!data.where) {
                arguments.error(
                    "The `where` argument must be a raw() function with a string argument, e.g. `where: raw(\"status = "
                    "'active'\")`.");
            }
            return;
        }
        if (where->is_object()) {
            data.where = where->display();
            return;
        }
        if (!where->is_call()) {
            context_.push(messages::type_mismatch("function", where->kind_name(), where->display(), where->span()));
        }
        arguments.error(
            "The `where` argument must be either a raw() function call or an object literal, e.g. `where: raw(\"status "
            "= "
            "'active'\")` or `where: { active: true }`.");
    }

    // Prisma calls views models here.
    void index_model_error(std::string_view text, support::Span span) {
        context_.push(messages::model(text, "model", model().name, span));
    }

    void report_index_fields(const KeyFields& fields, const ast::Expression& list, IndexKind kind,
                             const ArgumentReader& arguments) {
        const std::string prefix = kind == IndexKind::Unique ? "The unique index" : "The index";
        const support::Span span = arguments.attribute().span();
        if (!fields.unknown.empty()) {
            index_model_error(prefix + " definition refers to the unknown fields: " + plain_list(fields.unknown) + ".",
                              span);
        }
        if (fields.relations.empty()) return;
        // The columns of those relations are meant.
        std::vector<std::string> suggested;
        for (const ast::Expression& element : as_array(list)) {
            const auto field = context_.find_field(id_, element.is_call() ? element.function_name() : element.text());
            const auto relation = field ? context_.relation_sources.find(*field) : context_.relation_sources.end();
            if (relation == context_.relation_sources.end() || !relation->second.fields) continue;
            for (const FieldId column : *relation->second.fields) suggested.push_back(context_.field(column).name);
        }
        const std::string hint = suggested.empty() ? ""
                                                   : " Did you mean `@@" +
                                                         std::string{kind == IndexKind::Unique ? "unique" : "index"} +
                                                         "([" + plain_list(suggested) + "])`?";
        index_model_error(prefix + " definition refers to the relation fields " + plain_list(fields.relations) +
                              ". Index definitions must reference only scalar fields." + hint,
                          span);
    }

    Context& context_;
    ModelId id_;
    AttributeReader attributes_;
};

}  // namespace

void read_model_attributes(Context& context, ModelId id) { ModelReader{context, id}.run(); }

void read_enum_attributes(Context& context, EnumId id) {
    EnumData& data = context.enumeration(id);
    const auto at = static_cast<std::size_t>(id);
    for (std::uint32_t i = data.first_value; i < data.first_value + data.value_count; ++i) {
        AttributeReader attributes{context.enum_value_nodes[i], *context.out};
        if (auto map = attributes.single("map")) {
            if (const auto value = map->required_default("name")) {
                context.data.enum_values[i].mapped_name = as_string(*value, *context.out);
            }
            map->finish();
        }
        attributes.finish(kEnumValueAttributes);
    }
    AttributeReader attributes{context.enum_nodes[at], *context.out};
    if (auto map = attributes.single("map")) {
        if (const auto value = map->required_default("name")) {
            data.mapped_name = as_string(*value, *context.out);
        }
        map->finish();
    }
    if (auto schema = attributes.single("schema")) {
        if (const auto value = schema->required_default("map")) {
            data.schema = as_string(*value, *context.out);
            context.enum_schema_spans[at] = value->span();
        }
        schema->finish();
    }
    attributes.finish(kEnumAttributes);
}

}  // namespace lamina::schema::rules
