#include "schema/analyze/rules/attribute_rules.hpp"

namespace lamina::schema::rules {
namespace {

// Sharding is a preview of one database; what schemas say about it is checked all the same.
class ShardKeyCheck {
public:
    ShardKeyCheck(Context& context, ModelId model, ArgumentReader& arguments, std::string_view shown)
        : context_{context}, model_{model}, arguments_{arguments}, shown_{shown} {}

    void check_allowed() {
        if (!context_.previews("shardKeys")) {
            error("Defining shard keys requires enabling the `shardKeys` preview feature");
        }
        if (!context_.connector->can(Capability::ShardKeys) && !context_.connector->provider.empty()) {
            error("Shard keys are not currently supported for provider " + std::string{context_.connector->provider});
        }
    }

    void check_fields() {
        const auto list = arguments_.required_default("fields");
        arguments_.finish();
        if (!list) return;
        const KeyFields fields = read_plain_fields(context_, model_, *list);
        if (fields.parts.empty() && fields.usable()) {
            error(
                "The list of fields in a `@@shardKey()` attribute cannot be empty. Please specify at least one field.");
        }
        if (!fields.unknown.empty()) {
            model_error("The multi field shard key declaration refers to the unknown field" + plural(fields.unknown) +
                        ".");
        }
        if (!fields.relations.empty()) {
            model_error("The shard key definition refers to the relation field" + plural(fields.relations) +
                        ". Shard key definitions must reference only scalar fields.");
        }
        std::vector<std::string> optional;
        for (const IndexField& part : fields.parts) {
            if (context_.field(part.field).arity != Arity::Required)
                optional.push_back(context_.field(part.field).name);
        }
        if (!optional.empty()) {
            model_error("The shard key definition refers to the optional field" + plural(optional) +
                        ". Shard key definitions must reference only required fields.");
        }
    }

    void error(std::string_view text) {
        context_.push(messages::attribute(text, shown_, arguments_.attribute().span()));
    }

private:
    static std::string plural(const std::vector<std::string>& names) {
        return (names.size() == 1 ? " " : "s ") + quoted_list(names);
    }

    void model_error(std::string_view text) {
        context_.push(messages::model(text, context_.block_word(model_), context_.model(model_).name,
                                      arguments_.attribute().span()));
    }

    Context& context_;
    ModelId model_;
    ArgumentReader& arguments_;
    std::string_view shown_;
};

}  // namespace

void read_field_shard_key(Context& context, FieldId field, ArgumentReader& arguments) {
    ShardKeyCheck check{context, context.field(field).model, arguments, "@shardKey"};
    check.check_allowed();
    if (context.field(field).arity != Arity::Required)
        check.error("Fields that are marked as shard keys must be required.");
    arguments.finish();
}

void read_block_shard_key(Context& context, ModelId model, ArgumentReader& arguments) {
    ShardKeyCheck check{context, model, arguments, "@@shardKey"};
    check.check_allowed();
    check.check_fields();
}

}  // namespace lamina::schema::rules
