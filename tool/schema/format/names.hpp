#pragma once

#include <string>
#include <string_view>

/// How the formatter calls the fields that it adds.
namespace lamina::schema::format {

/// `BlogPost`, `blog_post`, `BLOG_POST` -> `blogPost`; `UserID` -> `userID`.
[[nodiscard]] std::string camel_case(std::string_view name);

/// The English plural of a word in camel case: `posts`, `categories`, `people`, `sheep`.
[[nodiscard]] std::string plural(std::string_view word);

/// The name with its first letter in lower case, or in upper case, and nothing else changed.
[[nodiscard]] std::string lower_first(std::string_view name);
[[nodiscard]] std::string upper_first(std::string_view name);

}  // namespace lamina::schema::format
