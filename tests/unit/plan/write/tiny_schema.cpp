#include "unit/plan/write/tiny_schema.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace test {
namespace {

using namespace lamina;
using meta::FieldId;
using meta::ModelId;

constexpr std::array kTypes = {"Int", "BigInt", "Float", "Decimal", "Boolean", "String", "DateTime", "Json", "Bytes"};

/// What stands between the parentheses of `name(…)` in a line, or nothing.
std::string argument(const std::string& line, std::string_view name) {
    const std::size_t at = line.find(std::string(name) + "(");
    if (at == std::string::npos) return {};
    std::size_t depth = 0;
    const std::size_t begin = at + name.size() + 1;
    for (std::size_t i = begin - 1; i < line.size(); ++i) {
        depth += line[i] == '(';
        depth -= line[i] == ')';
        if (depth == 0) return line.substr(begin, i - begin);
    }
    return {};
}

std::string unquoted(const std::string& text) {
    const std::size_t begin = text.find('"'), end = text.rfind('"');
    std::string inner = begin == std::string::npos ? text : text.substr(begin + 1, end - begin - 1);
    std::erase(inner, '\\');
    return inner;
}

std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> names;
    std::string name;
    for (const char c : text + ",") {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
            name += c;
        } else if (!name.empty()) {
            names.push_back(std::exchange(name, {}));
        }
    }
    return names;
}

bool has(const std::string& line, std::string_view attribute) {
    const std::size_t at = line.find(attribute);
    if (at == std::string::npos) return false;
    const std::size_t end = at + attribute.size();
    return end == line.size() || line[end] == ' ' || line[end] == '(';
}

std::string list_after(const std::string& text, std::string_view label) {
    const std::size_t at = text.find(label);
    if (at == std::string::npos) return {};
    const std::size_t open = text.find('[', at);
    return text.substr(open + 1, text.find(']', open) - open - 1);
}

std::optional<meta::ReferentialAction> action_after(const std::string& text, std::string_view label) {
    using Action = meta::ReferentialAction;
    const std::size_t at = text.find(label);
    if (at == std::string::npos) return std::nullopt;
    const std::string name = names_in(text.substr(at + label.size())).front();
    if (name == "Cascade") return Action::Cascade;
    if (name == "Restrict") return Action::Restrict;
    if (name == "SetNull") return Action::SetNull;
    return name == "NoAction" ? Action::NoAction : Action::SetDefault;
}

}  // namespace

struct TinySchema::ModelDraft {
    ModelId id = 0;
    std::vector<meta::Field> fields;
    std::vector<meta::Key> keys;
    std::string table;
};

TinySchema::TinySchema(std::string text) {
    std::vector<std::pair<std::string, std::vector<std::string>>> blocks;
    std::istringstream input(text);
    for (std::string line; std::getline(input, line);) {
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin == std::string::npos) continue;
        line = line.substr(begin);
        if (line.back() == '{') {
            blocks.push_back({line.substr(0, line.size() - 2), {}});
        } else if (line[0] != '}' && line[0] != '/') {
            blocks.back().second.push_back(line);
        }
    }
    for (const auto& [head, lines] : blocks) {
        if (head.starts_with("enum ")) read_enum(head.substr(5), lines);
    }
    for (const auto& [head, lines] : blocks) {
        if (head.starts_with("model ")) {
            meta::Model& model = models_.emplace_back();
            model.name = keep(head.substr(6));
            model.table = model.name;
        }
    }
    for (const auto& [head, lines] : blocks) {
        if (head.starts_with("model ")) read_model(head.substr(6), lines);
    }
    relate();
    schema_.models = models_;
    schema_.enums = enums_;
    schema_.relations = relations_;
    schema_.provider = "sqlite";
    schema_.relation_mode_prisma = text.find("relationMode = \"prisma\"") != std::string::npos;
}

void TinySchema::read_enum(std::string_view name, const std::vector<std::string>& lines) {
    meta::Enum& found = enums_.emplace_back();
    found.name = found.type = keep(name);
    auto& names = labels_.emplace_back();
    auto& stored = labels_.emplace_back();
    for (const std::string& line : lines) {
        names.push_back(keep(names_in(line).front()));
        const std::string map = unquoted(argument(line, "@map"));
        stored.push_back(map.empty() ? names.back() : keep(map));
    }
    found.labels = {names, stored};
}

void TinySchema::read_field(ModelDraft& model, const std::string& line) {
    std::istringstream words(line);
    std::string name, type;
    words >> name >> type;
    meta::Field field;
    field.name = keep(name);
    field.list = type.ends_with("[]");
    field.required = !type.ends_with("?");
    const std::string base = names_in(type).front();
    field.id = has(line, "@id");
    field.unique = field.id || has(line, "@unique");
    field.updated_at = has(line, "@updatedAt");
    const auto scalar = std::find(kTypes.begin(), kTypes.end(), base);
    const auto enumeration =
        std::find_if(enums_.begin(), enums_.end(), [&](const meta::Enum& item) { return item.name == base; });
    const FieldId id = static_cast<FieldId>(model.fields.size());
    if (scalar != kTypes.end()) {
        field.type = static_cast<Type>(scalar - kTypes.begin());
    } else if (enumeration != enums_.end()) {
        field.type = Type::Enum;
        field.enumeration = static_cast<std::uint16_t>(enumeration - enums_.begin());
    } else {
        field.is_relation = true;
        const std::string relation = argument(line, "@relation");
        const bool named = !relation.empty() && relation[0] == '"';
        drafts_.push_back({named ? relation.substr(1, relation.find('"', 1) - 1) : std::string(), model.id, id, base,
                           names_in(list_after(relation, "fields:")), names_in(list_after(relation, "references:")),
                           action_after(relation, "onDelete:"), action_after(relation, "onUpdate:")});
    }
    if (!field.is_relation) {
        const std::string map = unquoted(argument(line, "@map"));
        field.column = map.empty() ? field.name : keep(map);
    }
    const std::string text = argument(line, "@default");
    using meta::DefaultKind;
    static constexpr std::array<std::pair<std::string_view, DefaultKind>, 9> kFunctions = {
        {{"now(", DefaultKind::Now},
         {"autoincrement(", DefaultKind::Autoincrement},
         {"dbgenerated(", DefaultKind::Database},
         {"cuid(2", DefaultKind::Cuid2},
         {"cuid(", DefaultKind::Cuid},
         {"uuid(7", DefaultKind::Uuid7},
         {"uuid(", DefaultKind::Uuid4},
         {"ulid(", DefaultKind::Ulid},
         {"nanoid(", DefaultKind::Nanoid}}};
    if (!text.empty()) {
        field.default_value.kind = DefaultKind::Literal;
        field.default_value.text = keep(field.list ? text : unquoted(text));
        for (const auto& [function, kind] : kFunctions) {
            if (!text.starts_with(function)) continue;
            field.default_value.kind = kind;
            break;
        }
    }
    if (field.unique) keys_.back().push_back({field.name, ids_.emplace_back(std::vector<FieldId>{id}), field.id});
    const std::size_t native = line.find("@db.");
    if (native != std::string::npos) {
        field.native.name = keep(names_in(line.substr(native + 4)).front());
        field.native.arguments = keep(argument(line, field.native.name));
    }
    model.fields.push_back(field);
}

void TinySchema::read_model(std::string_view name, const std::vector<std::string>& lines) {
    ModelDraft draft;
    draft.id = model(name);
    keys_.emplace_back();
    for (const std::string& line : lines) {
        if (!line.starts_with("@@")) read_field(draft, line);
    }
    fields_.push_back(draft.fields);
    models_[draft.id].fields = fields_.back();
    for (const std::string& line : lines) {
        if (!line.starts_with("@@id") && !line.starts_with("@@unique")) continue;
        auto& ids = ids_.emplace_back();
        std::string joined;
        for (const std::string& field : names_in(list_after(line, "("))) {
            ids.push_back(this->field(draft.id, field));
            joined += (joined.empty() ? "" : "_") + field;
        }
        const bool primary = line.starts_with("@@id");
        auto& keys = keys_.back();
        keys.insert(primary ? keys.begin() : keys.end(), {keep(joined), ids, primary});
    }
    models_[draft.id].keys = keys_.back();
}

void TinySchema::relate() {
    for (const Draft& a : drafts_) {
        for (const Draft& b : drafts_) {
            const bool pair = &a != &b && a.name == b.name && a.related == models_[b.model].name &&
                              b.related == models_[a.model].name;
            if (!pair) continue;
            const bool many = fields_[a.model][a.field].list && fields_[b.model][b.field].list;
            const auto order = [this](const Draft& side) {
                return std::pair{models_[side.model].name, fields_[side.model][side.field].name};
            };
            if (many ? order(b) < order(a) : a.fields.empty()) continue;
            meta::Relation relation;
            relation.model_a = a.model;
            relation.model_b = b.model;
            relation.field_a = a.field;
            relation.field_b = b.field;
            const auto [first, second] = std::minmax(models_[a.model].name, models_[b.model].name);
            relation.name = keep(a.name.empty() ? std::string(first) + "To" + std::string(second) : a.name);
            if (many) relation.join_table = keep("_" + std::string(relation.name));
            auto& fields = ids_.emplace_back();
            for (const std::string& item : a.fields) fields.push_back(field(a.model, item));
            auto& references = ids_.emplace_back();
            for (const std::string& item : a.references) references.push_back(field(b.model, item));
            relation.fields = fields;
            relation.references = references;
            const bool required =
                std::all_of(fields.begin(), fields.end(), [&](FieldId id) { return fields_[a.model][id].required; });
            using Action = meta::ReferentialAction;
            relation.on_delete = a.on_delete.value_or(required ? Action::Restrict : Action::SetNull);
            relation.on_update = a.on_update.value_or(Action::Cascade);
            fields_[a.model][a.field].relation = fields_[b.model][b.field].relation =
                static_cast<std::uint16_t>(relations_.size());
            relations_.push_back(relation);
        }
    }
}

ModelId TinySchema::model(std::string_view name) const {
    for (std::size_t i = 0; i < models_.size(); ++i) {
        if (models_[i].name == name) return static_cast<ModelId>(i);
    }
    throw std::out_of_range("no model " + std::string(name));
}

FieldId TinySchema::field(ModelId model, std::string_view name) const {
    const auto fields = models_[model].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name) return static_cast<FieldId>(i);
    }
    throw std::out_of_range("no field " + std::string(name));
}

}  // namespace test
