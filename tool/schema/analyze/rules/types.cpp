#include <algorithm>

#include "schema/analyze/rules/rules.hpp"

namespace lamina::schema::rules {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

class TypeResolver {
public:
    explicit TypeResolver(Context& context) : context_{context} {
        for (const std::string_view name :
             {"String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes"}) {
            scalars_.push_back(name);
        }
    }

    void run() {
        for (std::size_t i = 0; i < context_.data.fields.size(); ++i) {
            resolve(context_.data.fields[i], *context_.field_nodes[i].type());
        }
        for (std::size_t i = 0; i < context_.data.composites.size(); ++i) {
            std::size_t at = 0;
            for (const ast::Field& node : context_.composite_nodes[i].fields()) {
                if (node.type() && at < context_.data.composites[i].fields.size() &&
                    node.name() == context_.data.composites[i].fields[at].name)
                    resolve(context_.data.composites[i].fields[at++], *node.type());
            }
        }
    }

private:
    static Arity arity_of(const ast::Type& type) {
        switch (type.ending()) {
            case ast::Type::Ending::Optional: return Arity::Optional;
            case ast::Type::Ending::List:
            case ast::Type::Ending::OptionalList:
            case ast::Type::Ending::LegacyList: return Arity::List;
            case ast::Type::Ending::None:
            case ast::Type::Ending::LegacyRequired: return Arity::Required;
        }
        return Arity::Required;
    }

    void resolve(FieldData& field, const ast::Type& type) {
        field.arity = arity_of(type);
        if (auto unsupported = type.unsupported()) {
            field.kind = FieldKind::Unsupported;
            field.unsupported = std::move(*unsupported);
            return;
        }
        const std::string_view name = type.name();
        if (const auto scalar = scalar_type(name)) {
            field.kind = FieldKind::Scalar;
            field.scalar = *scalar;
        } else if (const auto model = context_.models.find(name); model != context_.models.end()) {
            field.kind = FieldKind::Relation;
            field.target = model->second;
        } else if (const auto enumeration = context_.enums.find(name); enumeration != context_.enums.end()) {
            field.kind = FieldKind::Enum;
            field.enumeration = enumeration->second;
        } else if (const auto composite = context_.composites.find(name); composite != context_.composites.end()) {
            field.kind = FieldKind::Composite;
            field.composite = composite->second;
        } else {
            field.kind = FieldKind::Relation;  // to nowhere: its attributes are not looked at
            unknown(name, type.name_span());
        }
    }

    void unknown(std::string_view name, support::Span span) {
        // Scalar types in any case; others only when they were written in small letters.
        if (scalars_by_lower_case_.empty()) {
            for (const std::string_view scalar : scalars_) scalars_by_lower_case_.emplace(lower_case(scalar), scalar);
            for (const auto& [other, id] : context_.models) names_by_lower_case_.emplace(lower_case(other), other);
            for (const auto& [other, id] : context_.enums) names_by_lower_case_.emplace(lower_case(other), other);
            for (const auto& [other, id] : context_.composites) names_by_lower_case_.emplace(lower_case(other), other);
        }
        std::string_view near;
        if (const auto scalar = scalars_by_lower_case_.find(lower_case(name)); scalar != scalars_by_lower_case_.end())
            near = scalar->second;
        else if (const auto other = names_by_lower_case_.find(std::string{name}); other != names_by_lower_case_.end())
            near = other->second;
        if (!near.empty()) {
            Diagnostic diagnostic = messages::type_unknown(name, span, {});
            diagnostic.message += " Did you mean \"" + std::string{near} + "\"?";
            return context_.push(std::move(diagnostic));
        }
        if (known_.empty()) {
            known_ = scalars_;
            for (const auto& [model_name, id] : context_.models) known_.push_back(model_name);
            for (const auto& [enum_name, id] : context_.enums) known_.push_back(enum_name);
            std::sort(known_.begin(), known_.end());
        }
        // A hint costs time in proportion to the number of types; a file of nothing but mistakes gets no more of them.
        const bool hint = hints_++ < 50;
        context_.push(messages::type_unknown(
            name, span, hint ? std::span<const std::string_view>{known_} : std::span<const std::string_view>{}));
    }

    Context& context_;
    std::vector<std::string_view> scalars_, known_;
    std::unordered_map<std::string, std::string_view> scalars_by_lower_case_, names_by_lower_case_;
    std::size_t hints_ = 0;
};

}  // namespace

void resolve_types(Context& context) { TypeResolver{context}.run(); }

}  // namespace lamina::schema::rules
