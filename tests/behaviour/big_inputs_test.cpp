// Requests with very many values, rows and parents: as many statements as with few (or, where a database is given rows
// in blocks, in proportion), never more parameters than a database takes.

#include <numeric>
#include <set>
#include <string>
#include <vector>

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif
#include <lamina/events/sink.hpp>

#include "world.hpp"

using namespace behaviour;

namespace {

#if defined(LAMINA_TEST_POSTGRESQL)
using Database = lamina::postgresql::Pool;
constexpr std::uint32_t kParameterLimit = 65'535;
#else
using Database = lamina::sqlite::Database;
constexpr std::uint32_t kParameterLimit = 32'766;
#endif

/// Sanitizers and busy machines take their time.
const lamina::TransactionOptions kPatient{.timeout = lamina::Duration::seconds(300)};

struct Listener {
    std::size_t statements = 0;
    std::uint32_t most_parameters = 0;
    void on(const lamina::QueryEvent& event) {
        ++statements;
        most_parameters = std::max(most_parameters, event.parameter_count);
    }
};

/// Shelves with the ids 1 … n and labels; each with the books 2i and 2i+1.
struct Many {
    explicit Many(std::int32_t n) : shelves(n), database(url(), {.events = lamina::listen(listener)}), db(database) {
        db.shelf.delete_many();
        std::vector<ShelfCreate> rows;
        for (std::int32_t i = 1; i <= n; ++i) rows.push_back({.id = i, .label = label(i)});
        CHECK(db.shelf.create_many(rows) == static_cast<std::uint64_t>(n));
    }
    Many(const Many&) = delete;
    Many& operator=(const Many&) = delete;
    ~Many() { (void)db.shelf.try_delete_many(); }
    static std::string label(std::int32_t i) { return "shelf " + std::to_string(i); }
    void write_books() {
        std::vector<BookCreate> rows;
        for (std::int32_t i = 1; i <= shelves; ++i) {
            for (std::int32_t k = 0; k < 2; ++k)
                rows.push_back({.id = 2 * i + k, .title = k == 0 ? "a" : "b", .shelfId = i});
        }
        CHECK(db.book.create_many(rows) == rows.size());
    }
    /// How many statements `body` is.
    template <class Body>
    std::size_t statements(Body body) {
        listener.statements = 0;
        body();
        CHECK(listener.most_parameters <= kParameterLimit);
        return listener.statements;
    }

    std::int32_t shelves;
    Listener listener;
    Database database;
    Client db;
};

TEST_CASE("lists of 100,000 values are one parameter") {
    Many w(1'000);
    std::vector<std::int32_t> ids(100'000);
    std::iota(ids.begin(), ids.end(), 501);
    std::vector<std::string> labels;
    for (const std::int32_t id : ids) labels.push_back(Many::label(id));
    CHECK(w.statements([&] { CHECK(w.db.shelf.find_many(where(shelf::id.in(ids))).size() == 500); }) == 1);
    CHECK(w.statements([&] { CHECK(w.db.shelf.find_many(where(shelf::id.not_in(ids))).size() == 500); }) == 1);
    CHECK(w.statements([&] { CHECK(w.db.shelf.find_many(where(shelf::label.in(labels))).size() == 500); }) == 1);
    CHECK(w.statements([&] { CHECK(w.db.shelf.count(where(shelf::label.not_in(labels))) == 500); }) == 1);
    w.db.transaction(
        [&](auto& tx) {
            CHECK(tx.shelf.update_many(where(shelf::id.in(ids)), {.size = 7}) == 500);
            CHECK(tx.shelf.delete_many(where(shelf::label.in(labels))) == 500);
        },
        kPatient);
    CHECK(w.db.shelf.count() == 500);
}

TEST_CASE("create_many of 100,000 rows takes statements in proportion at most") {
    const auto created = [](std::int32_t n) {
        std::size_t result = 0;
        Many w(1);
        std::vector<ShelfCreate> rows;
        for (std::int32_t i = 2; i < n + 2; ++i) rows.push_back({.id = i, .label = Many::label(i), .size = i % 90});
        result = w.statements([&] { CHECK(w.db.shelf.create_many(rows) == static_cast<std::uint64_t>(n)); });
        CHECK(w.db.shelf.count() == n + 1);
        const Shelf last = w.db.shelf.find_unique_or_throw(shelf::id == n + 1);
        CHECK(last.label == Many::label(n + 1));
        return result;
    };
    const std::size_t few = created(25'000), many = created(100'000);
    CHECK(many <= 4 * few);
    CHECK(many <= 100'000 / 32 + 32);
}

TEST_CASE("includes over 50,000 parents are a statement per level") {
    const auto included = [](std::int32_t n) {
        Many w(n);
        w.write_books();
        return w.statements([&] {
            const auto shelves =
                w.db.shelf.find_many(include(shelf::books(order_by(book::id.asc()))), order_by(shelf::id.asc()));
            REQUIRE(shelves.size() == static_cast<std::size_t>(n));
            CHECK(shelves.back().books.size() == 2);
            CHECK(shelves.back().books.back().id == 2 * n + 1);
            const auto first = w.db.shelf.find_many(include(shelf::books(order_by(book::id.desc()), take(1))));
            CHECK(first.size() == static_cast<std::size_t>(n));
            CHECK(first[7].books.size() == 1);
            CHECK(first[7].books[0].title == "b");
            const auto books = w.db.book.find_many(include(book::shelf), order_by(book::id.asc()));
            CHECK(books.size() == static_cast<std::size_t>(2 * n));
            CHECK(books.back().shelf.label == Many::label(n));
            w.db.transaction(
                [&](auto& tx) {
                    const auto inside = tx.shelf.find_many(include(shelf::books(select(book::id, book::shelf))));
                    CHECK(inside.size() == static_cast<std::size_t>(n));
                    CHECK(inside[3].books[0].shelf.id == inside[3].id);
                },
                kPatient);
        });
    };
    CHECK(included(1'000) == 9);
    CHECK(included(50'000) == 9);
}

}  // namespace
