#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/value/json_document.hpp>

namespace lamina::json {

/// Where something stands in a request: names from the outside in, as a chain on the stack. First come the names of the
/// selection ("findManyUser", "posts"), then those of arguments ("where", "title").
///
/// lifetime: the parent and the name must outlive the place.
class Place {
public:
    /// The request itself.
    explicit Place(std::string_view name) noexcept : name_(name), selection_(true) {}

    /// An argument, or a part of one.
    Place argument(std::string_view name) const noexcept { return Place(*this, name, false); }
    /// A selected relation.
    Place selected(std::string_view name) const noexcept { return Place(*this, name, true); }

    std::string_view name() const noexcept { return name_; }
    std::vector<std::string> selection_path() const { return path(true); }
    std::vector<std::string> argument_path() const { return path(false); }
    /// The argument's path with dots: "where.posts.some".
    std::string arguments() const { return joined(argument_path()); }
    /// The same behind the selection's path: "findManyUser.where.posts.some".
    std::string whole() const;
    /// How far it is from the request.
    std::size_t depth() const noexcept { return depth_; }

    static std::string joined(const std::vector<std::string>& names);

private:
    Place(const Place& parent, std::string_view name, bool selection) noexcept
        : parent_(&parent), name_(name), selection_(selection), depth_(parent.depth_ + 1) {}
    std::vector<std::string> path(bool selection) const;

    const Place* parent_ = nullptr;
    std::string_view name_;
    bool selection_;
    std::size_t depth_ = 0;
};

/// What is wrong with a request, in the words of Prisma's engine. Details named "meta" hold JSON.
namespace problems {

/// P2009: lowering does not take it. What is wrong is the checker's to say; users see this only where it gave up.
Error refused(const Place& place);
/// P2009: the input object has no such field.
Error unknown_field(const Place& place);
/// P2009: the selected field has no such argument.
Error unknown_argument(const Place& place);
/// P2009: the type has no such field to select.
Error unknown_selection(const Place& place, std::string_view name, std::string_view type);
/// P2009: nothing is selected.
Error empty_selection(const Place& place);
/// P2009: a selection inside a scalar.
Error selection_in_scalar(const Place& place, std::string_view name);
/// P2009: the argument is of another type. `types` are those it may have.
Error wrong_type(const Place& place, std::string_view type, JsonView found);
/// P2009: of the right type, but not a value of it. `type` names what was expected: "Role", "ISO-8601 DateTime".
Error wrong_value(const Place& place, std::string_view value, std::string_view type, std::string_view reason = {});
/// P2009: a number that does not fit.
Error number_too_large(const Place& place, std::string_view number);
/// P2012: nothing is given, or null where there must be a value.
Error required(const Place& place);
/// P2012: as required; `because` names the argument that makes it so.
Error required_because(const Place& place, std::string_view because);
/// P2009: exactly one field must be given.
Error not_exactly_one(const Place& place, std::size_t given);
/// P2009: at most one field may be given.
Error more_than_one(const Place& place, std::size_t given);
/// P2009: at least one of `fields` must be given.
Error none_of(const Place& place, const std::vector<std::string>& fields);
/// P2009: none of several types fits. One reason alone stays what it is.
Error none_fits(std::vector<Error> reasons);
/// P2019.
Error input(std::string_view details);
/// P2009: nested deeper than kMaxNesting.
Error too_deep(const Place& place);
/// P2026.
Error not_yet(std::string_view what);
/// P2009: text that is no request at all.
Error not_a_request(std::string_view reason);

}  // namespace problems

/// How deep arguments and selections may nest.
inline constexpr std::size_t kMaxNesting = 200;

}  // namespace lamina::json
