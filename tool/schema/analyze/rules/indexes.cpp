#include <algorithm>

#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

template <class Predicate>
bool any_part(const Index& index, Predicate predicate) {
    return std::any_of(index.index_fields().begin(), index.index_fields().end(), predicate);
}

bool has_length(const IndexField& part) { return part.length.has_value(); }
bool has_sort(const IndexField& part) { return part.sort.has_value(); }

void check_fulltext(const Validation& v, const Index& index) {
    if (!v.connector().can(Capability::FulltextIndex)) {
        v.index_error(index, "Defining fulltext indexes is not supported with the current connector.");
    }
    if (any_part(index, has_length)) {
        v.index_error(index, "The length argument is not supported in a @@fulltext attribute.");
    }
    if (any_part(index, has_sort) && !v.connector().can(Capability::SortInFulltext)) {
        v.index_error(index, "The sort argument is not supported in a @@fulltext attribute in the current connector.");
    }
}

void check_clustered(const Validation& v, const Index& index) {
    if (!v.connector().can(Capability::Clustering)) {
        if (index.clustered()) v.index_error(index, "Defining clustering is not supported in the current connector.");
        return;
    }
    if (index.clustered() != true) return;
    const Model model = index.model();
    const auto key = model.primary_key();
    if (key && key->clustered() != false) v.index_error(index, "A model can only hold one clustered index or key.");
    for (const Index other : model.indexes()) {
        if (other.id() == index.id() || other.clustered() != true) continue;
        return v.index_error(index, "A model can only hold one clustered index.");
    }
}

void check_partial(const Validation& v, const Index& index) {
    if (!index.where()) return;
    if (!v.context.previews("partialIndexes")) {
        v.index_error(index,
                      "Partial indexes are a preview feature. Add \"partialIndexes\" to previewFeatures in your "
                      "generator block.");
    } else if (!v.connector().can(Capability::PartialIndexes)) {
        v.index_error(index, "Partial indexes (with a `where` clause) are not supported by the current connector.");
    }
}

}  // namespace

void check_lengths(const Validation& v, const Index& index) {
    if (!v.connector().can(Capability::IndexLengthPrefix)) return;
    for (const IndexField& part : index.index_fields()) {
        const Field field{&v.schema, part.field};
        const bool text = field.is_scalar() &&
                          (field.scalar_type() == ScalarType::String || field.scalar_type() == ScalarType::Bytes);
        if (part.length && !text && !field.is_unsupported()) {
            v.index_error(index, "The length argument is only allowed with field types `String` or `Bytes`.");
        }
    }
}

void check_index(const Validation& v, const Index& index) {
    const Connector& connector = v.connector();
    if (index.index_fields().empty()) {
        return v.index_error(index,
                             "The list of fields in an index cannot be empty. Please specify at least one field.");
    }
    const bool has_class = any_part(index, [](const IndexField& part) { return part.operator_class.has_value(); });
    if (has_class && index.kind() != IndexKind::Normal) {
        v.index_error(index, "Operator classes can only be defined to fields in an @@index attribute.");
    }
    if (index.algorithm() && !connector.index_algorithms.has(*index.algorithm())) {
        v.index_error(index, "The given index type is not supported with the current connector");
    } else if (index.algorithm() == IndexAlgorithm::Hash && any_part(index, has_sort)) {
        v.index_error(index, "Hash type does not support sort option.");
    }
    if (index.kind() == IndexKind::Fulltext) {
        check_fulltext(v, index);
    } else if (any_part(index, has_length) && !connector.can(Capability::IndexLengthPrefix)) {
        v.index_error(index, "The length argument is not supported in an index definition with the current connector");
    }
    check_partial(v, index);
    check_clustered(v, index);
    if (index.kind() != IndexKind::Fulltext) check_lengths(v, index);
}

}  // namespace lamina::schema::rules
