#include <cstdio>

#include <lamina/sqlite.hpp>

#include "generated/client.hpp"

int main(int argc, char** argv) {
    using namespace db;
    lamina::sqlite::Database database{argc > 1 ? argv[1] : "consumer.db"};
    Client client{database};
    client.author.create({.name = "Ann", .books = {.create = {{.title = "One"}, {.title = "Two"}}}});
    const auto authors = client.author.find_many(include(author::books));
    if (authors.size() != 1 || authors[0].books.size() != 2) return 1;
    std::printf("%s wrote %s\n", authors[0].name.c_str(), authors[0].books[0].title.c_str());
    return 0;
}
