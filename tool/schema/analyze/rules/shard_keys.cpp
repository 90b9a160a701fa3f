#include "schema/analyze/rules/attribute_rules.hpp"
#include "schema/analyze/rules/validation.hpp"

// Sharding is a preview of one database; what schemas say about it is checked all the same.
namespace lamina::schema::rules {
namespace {

std::string plural(const std::vector<std::string>& names) {
    return (names.size() == 1 ? " " : "s ") + quoted_list(names);
}

const ShardKeySource* find(const Context& context, ModelId model) {
    for (const ShardKeySource& source : context.shard_keys) {
        if (source.model == model) return &source;
    }
    return nullptr;
}

}  // namespace

void read_field_shard_key(Context& context, FieldId field, ArgumentReader& arguments) {
    const ModelId model = context.field(field).model;
    if (find(context, model) != nullptr) {
        context.push(
            messages::model("At most one field must be marked as the shard key with the `@shardKey` attribute.",
                            context.block_word(model), context.model(model).name, context.model(model).span));
    } else {
        context.shard_keys.push_back({model, true, 1, arguments.attribute().span()});
        if (context.field(field).arity != Arity::Required) {
            context.push(messages::attribute("Fields that are marked as shard keys must be required.", "@shardKey",
                                             arguments.attribute().span()));
        }
    }
    arguments.finish();
}

void read_block_shard_key(Context& context, ModelId model, ArgumentReader& arguments) {
    const support::Span span = arguments.attribute().span();
    const auto error = [&](std::string_view text, support::Span where) {
        context.push(messages::model(text, "model", context.model(model).name, where));
    };
    const auto list = arguments.required_default("fields");
    arguments.finish();
    if (!list) return;
    const KeyFields fields = read_plain_fields(context, model, *list, span);
    if (!fields.unknown.empty()) {
        error("The multi field shard key declaration refers to the unknown field" + plural(fields.unknown) + ".", span);
    }
    if (!fields.relations.empty()) {
        error("The shard key definition refers to the relation field" + plural(fields.relations) +
                  ". Shard key definitions must reference only scalar fields.",
              span);
    }
    if (!fields.usable()) return;
    if (find(context, model) != nullptr) {
        return error(
            "Each model must have at most one shard key. You can't have `@shardKey` and `@@shardKey` at the same "
            "time.",
            context.model(model).span);
    }
    std::vector<std::string> optional;
    for (const IndexField& part : fields.parts) {
        if (context.field(part.field).arity != Arity::Required) optional.push_back(context.field(part.field).name);
    }
    if (!optional.empty()) {
        error("The shard key definition refers to the optional field" + plural(optional) +
                  ". Shard key definitions must reference only required fields.",
              span);
    }
    context.shard_keys.push_back({model, false, fields.parts.size(), span});
}

void check_shard_keys(const Validation& v, const Model& model) {
    const ShardKeySource* source = find(v.context, model.id());
    if (source == nullptr) return;
    const auto error = [&](std::string_view text) {
        v.push(messages::attribute(text, source->on_field ? "@shardKey" : "@@shardKey", source->span));
    };
    if (source->field_count == 0) {
        error("The list of fields in a `@@shardKey()` attribute cannot be empty. Please specify at least one field.");
    }
    if (!v.context.previews("shardKeys")) {
        error("Defining shard keys requires enabling the `shardKeys` preview feature");
    }
    if (!v.connector().can(Capability::ShardKeys)) {
        const std::string_view provider = v.connector().provider;
        error("Shard keys are not currently supported for provider " +
              std::string{provider.empty() ? "empty" : provider});
    }
}

}  // namespace lamina::schema::rules
