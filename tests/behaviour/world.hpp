#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "generated/client.hpp"
#include "support/suite_database.hpp"

namespace behaviour {

using namespace db;
using namespace lamina::literals;

using suite::adapter;
using suite::url;

/// A client on empty tables. Every test case begins with one.
struct World {
    World();
    Client db;
};

/// Three people and what they wrote:
///   ann   age 31, ADMIN, posts "Alpha" (views 10, published), "Beta" (views 20), "Gamma" (views 30, published)
///   bob   age 25, USER, manager ann, post "Delta" (views 5, published, reviewed by ann)
///   cleo  no age, USER, manager ann, no posts
struct People : World {
    People();
    User ann;
    User bob;
    User cleo;
};

/// The members `field` of rows, for comparing at one glance.
template <class Rows, class Member>
auto all(const Rows& rows, Member member) {
    std::vector<std::remove_cvref_t<decltype(rows[0].*member)>> values;
    for (const auto& row : rows) values.push_back(row.*member);
    return values;
}

/// The titles of posts, the names of users …, joined: "Alpha Beta".
template <class Rows, class Get>
std::string joined(const Rows& rows, Get get) {
    std::string text;
    for (const auto& row : rows) text += (text.empty() ? "" : " ") + std::string(get(row));
    return text;
}

template <class Rows>
std::string titles(const Rows& rows) {
    return joined(rows, [](const auto& row) { return row.title; });
}

template <class Rows>
std::string emails(const Rows& rows) {
    return joined(rows, [](const auto& row) { return row.email; });
}

/// The code of the error that `body` throws; "no error" when it throws nothing.
template <class Body>
std::string code_of(Body&& body) {
    try {
        body();
    } catch (const lamina::Error& error) {
        return std::string(error.code_text());
    }
    return "no error";
}

}  // namespace behaviour
