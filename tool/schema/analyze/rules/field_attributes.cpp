#include <algorithm>
#include <array>

#include "schema/analyze/rules/attribute_rules.hpp"
#include "schema/analyze/rules/rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

constexpr std::array<std::string_view, 8> kFieldAttributes{"id",       "unique",    "default", "map",
                                                           "relation", "updatedAt", "ignore",  "shardKey"};

class ScalarFieldReader {
public:
    ScalarFieldReader(Context& context, FieldId id)
        : context_{context}, id_{id}, attributes_{context.node(id), *context.out} {}

    void run() {
        if (auto map = attributes_.single("map")) read_map(*map);
        if (auto ignore = attributes_.single("ignore")) read_ignore(*ignore);
        if (auto relation = attributes_.single("relation")) {
            relation->error("Invalid field type, not a relation.");
            relation->finish();
        }
        if (auto id = attributes_.single("id")) read_id(*id);
        if (auto updated_at = attributes_.single("updatedAt")) read_updated_at(*updated_at);
        if (auto value = attributes_.single("default")) {
            read_default(context_, id_, *value);
            value->finish();
        }
        if (auto unique = attributes_.single("unique")) read_unique(*unique);
        if (field().kind == FieldKind::Scalar) read_native_type();
        if (auto shard_key = attributes_.single("shardKey")) read_field_shard_key(context_, id_, *shard_key);
        attributes_.finish(kFieldAttributes);
    }

private:
    FieldData& field() { return context_.field(id_); }
    ModelData& model() { return context_.model(field().model); }

    void read_map(ArgumentReader& map) {
        if (const auto value = map.required_default("name")) {
            if (auto name = as_string(*value, *context_.out)) {
                field().mapped_name = std::move(*name);
                check_column();
            }
        }
        map.finish();
    }

    // No other field has this column: by its `@map`, if that has been read already, or by its own name.
    void check_column() {
        const std::string& column = *field().mapped_name;
        const auto error = [&] {
            context_.push(
                messages::field_twice(context_.block_word(field().model), model().name, field().name, field().span));
        };
        if (!context_.mapped_columns.insert(column).second) error();
        const auto other = context_.find_field(field().model, column);
        if (!other || context_.field(*other).kind == FieldKind::Relation) return;
        if (!context_.field(*other).mapped_name) error();
    }

    void read_ignore(ArgumentReader& ignore) {
        if (field().kind == FieldKind::Unsupported) {
            ignore.error(
                "Fields of type `Unsupported` cannot take an `@ignore` attribute. They are already treated as ignored "
                "by the "
                "client due to their type.");
        } else {
            field().is_ignored = true;
        }
        ignore.finish();
    }

    void read_updated_at(ArgumentReader& updated_at) {
        if (field().kind != FieldKind::Scalar || field().scalar != ScalarType::DateTime) {
            updated_at.error("Fields that are marked with @updatedAt must be of type DateTime.");
        }
        if (field().arity == Arity::List) updated_at.error("Fields that are marked with @updatedAt cannot be lists.");
        field().is_updated_at = true;
        updated_at.finish();
    }

    IndexField part(ArgumentReader& arguments) {
        IndexField out;
        out.field = id_;
        if (const auto length = arguments.optional("length")) {
            const auto number = as_integer(*length, *context_.out);
            if (number && *number >= 0)
                out.length = static_cast<std::uint32_t>(std::min<std::int64_t>(*number, 0xFFFF'FFFF));
        }
        if (const auto sort = arguments.optional("sort")) {
            const auto order = as_constant(*sort, *context_.out);
            if (order == "Asc")
                out.sort = SortOrder::Asc;
            else if (order == "Desc")
                out.sort = SortOrder::Desc;
            else if (order)
                arguments.error("The `sort` argument can only be `Asc` or `Desc` you provided: " + *order + ".");
        }
        return out;
    }

    IndexData key(ArgumentReader& arguments, IndexKind kind) {
        IndexData data;
        data.model = field().model;
        data.kind = kind;
        data.on_field = true;
        if (auto map = arguments.optional_name("map")) data.mapped_name = std::move(*map);
        data.fields.push_back(part(arguments));
        if (const auto clustered = arguments.optional("clustered"))
            data.clustered = as_boolean(*clustered, *context_.out);
        return data;
    }

    void read_id(ArgumentReader& id) {
        if (model().primary_key != kNone<IndexId>) {
            context_.push(messages::model("At most one field must be marked as the id field with the `@id` attribute.",
                                          context_.block_word(field().model), model().name, model().span));
        } else {
            add_index(context_, key(id, IndexKind::PrimaryKey), id.attribute());
        }
        id.finish();
    }

    void read_unique(ArgumentReader& unique) {
        IndexData data = key(unique, IndexKind::Unique);
        if (const auto where = unique.optional("where")) {
            if (where->is_call() && where->function_name() == "raw") data.where = where->display();
        }
        add_index(context_, std::move(data), unique.attribute());
        unique.finish();
    }

    void read_native_type() {
        const auto scoped = attributes_.scoped();
        for (std::size_t i = 0; i < scoped.size(); ++i) {
            const std::string_view path = scoped[i].name();
            const std::size_t dot = path.find('.');
            const std::string_view scope = path.substr(0, dot);
            if (i > 0) {
                context_.push(messages::attribute_twice(scope, scoped[i].span()));
                continue;
            }
            NativeTypeSource source{id_, scope, path.substr(dot + 1), {}, scoped[i].span()};
            for (const ast::Argument& argument : scoped[i].arguments()) {
                if (const auto value = argument.value()) source.arguments.push_back(*value);
            }
            NativeType type{std::string{source.name}, {}};
            for (const ast::Expression& argument : source.arguments) type.args.push_back(argument.display());
            field().native_type = std::move(type);
            context_.native_types.push_back(std::move(source));
        }
    }

    Context& context_;
    FieldId id_;
    AttributeReader attributes_;
};

}  // namespace

void read_scalar_field(Context& context, FieldId id) { ScalarFieldReader{context, id}.run(); }

// Relation fields come first, those of all models; the rest is read block by block, in the order of the files.
void resolve_attributes(Context& context) {
    for (std::uint32_t i = 0; i < context.data.fields.size(); ++i) {
        const FieldData& field = context.data.fields[i];
        if (field.kind == FieldKind::Relation && field.target != kNone<ModelId>)
            read_relation_field(context, FieldId{i});
    }
    for (const BlockId& block : context.blocks) {
        if (const auto* model = std::get_if<ModelId>(&block)) {
            const ModelData& data = context.model(*model);
            const std::uint32_t first = data.first_field, end = data.first_field + data.field_count;
            context.mapped_columns.clear();
            for (std::uint32_t i = first; i < end; ++i) {
                if (context.data.fields[i].kind != FieldKind::Relation) read_scalar_field(context, FieldId{i});
            }
            read_model_attributes(context, *model);
        } else if (const auto* enumeration = std::get_if<EnumId>(&block)) {
            read_enum_attributes(context, *enumeration);
        } else {
            read_composite_attributes(context, std::get<CompositeId>(block));
        }
    }
}

}  // namespace lamina::schema::rules
