#include "schema/analyze/rules/rules.hpp"

namespace lamina::schema::rules {
namespace {

class Namer {
public:
    explicit Namer(Context& context) : context_{context} {}

    void run() {
        for (IndexData& index : context_.data.indexes) index.database_name = index.mapped_name.value_or(derived(index));
        for (RelationData& relation : context_.data.relations) {
            if (relation.kind == RelationKind::ManyToMany) continue;
            relation.constraint_name = relation.mapped_name.value_or(derived(relation));
        }
    }

private:
    const std::string& table(ModelId id) {
        const ModelData& model = context_.model(id);
        return model.mapped_name ? *model.mapped_name : model.name;
    }
    const std::string& column(FieldId id) {
        const FieldData& field = context_.field(id);
        return field.mapped_name ? *field.mapped_name : field.name;
    }

    // The name cut so that the suffix still fits into what the database takes; never in the middle of a character.
    std::string with_suffix(std::string name, std::string_view suffix) const {
        const std::size_t limit = context_.connector->max_identifier_length - suffix.size();
        if (name.size() > limit) {
            std::size_t end = limit;
            while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
            name.resize(end);
        }
        return name.append(suffix);
    }

    std::string derived(const IndexData& index) {
        if (index.kind == IndexKind::PrimaryKey) {
            if (!context_.connector->can(Capability::NamedPrimaryKeys)) return {};
            return with_suffix(table(index.model), "_pkey");
        }
        std::string name = table(index.model);
        for (const IndexField& part : index.fields) name.append("_").append(column(part.field));
        return with_suffix(std::move(name), index.kind == IndexKind::Unique ? "_key" : "_idx");
    }

    std::string derived(const RelationData& relation) {
        std::string name = table(relation.owning != kNone<FieldId> ? context_.field(relation.owning).model
                                                                   : context_.field(relation.opposite).target);
        if (relation.fields.empty()) name.append("_");
        for (const FieldId id : relation.fields) name.append("_").append(column(id));
        return with_suffix(std::move(name), "_fkey");
    }

    Context& context_;
};

}  // namespace

void name_constraints(Context& context) { Namer{context}.run(); }

}  // namespace lamina::schema::rules
