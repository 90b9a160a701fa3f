#include <string>

#include <doctest/doctest.h>

#include "generated/client.hpp"
#include "support/suite_database.hpp"

namespace {

using namespace db;
using namespace lamina::literals;

/// Makes the view, which is no business of `lamina db push`.
void make_view(Client& client) {
    client.execute_raw(lamina::sql("DROP VIEW IF EXISTS {}", lamina::identifier(
#if defined(LAMINA_TEST_POSTGRESQL)
                                                                 "shop", "spending")));
    client.execute_raw(lamina::sql(
        R"(CREATE VIEW "shop"."spending" AS SELECT p.id AS "personId", p.name, count(o.id) AS orders,
             coalesce(sum(o.total::numeric), 0) AS total
           FROM "people"."person" p LEFT JOIN "shop"."order" o ON o."personId" = p.id GROUP BY p.id, p.name)"));
#else
                                                                 "spending")));
    client.execute_raw(lamina::sql(
        R"(CREATE VIEW "spending" AS SELECT p.id AS "personId", p.name, count(o.id) AS orders,
             coalesce(sum(o.total), 0) AS total
           FROM "person" p LEFT JOIN "order" o ON o."personId" = p.id GROUP BY p.id, p.name)"));
#endif
}

/// Ann with a badge, two notes and two orders of two things; Bob with nothing.
struct Shop {
    Shop() : db(suite::adapter()) {
        db.order.delete_many();
        db.thing.delete_many();
        db.note.update_many(where(note::answerToId != lamina::null), {.answerToId = lamina::null});
        db.note.delete_many();
        db.pin.delete_many();
        db.badge.delete_many();
        db.person.delete_many();
        make_view(db);
        ann = db.person.create({.name = "Ann",
                                .orders = {.create = {{.size = Size::LARGE,
                                                       .total = "10.50"_dec,
                                                       .things = {.create = {{.id = 1}, {.id = 2}}}},
                                                      {.total = "2.25"_dec, .things = {.connect = thing::id == 1}}}},
                                .badge = {.create = {{.id = 7}}},
                                .notes = {.create = {{.id = 1}, {.id = 2}}}});
        bob = db.person.create({.name = "Bob"});
    }
    Client db;
    Person ann;
    Person bob;
};

template <class T>
concept HasName = requires(T row) {
    row.name;
};
template <class T>
concept HasSecret = requires(T row) {
    row.secret;
};
template <class T>
concept HasPerson = requires(T client) {
    client.person;
};
template <class T>
concept HasHidden = requires(T client) {
    client.hidden;
};

std::string code_of(const lamina::Error& error) { return std::string(error.code_text()); }

}  // namespace

TEST_CASE("a view is read like a model") {
    Shop shop;
    auto all = shop.db.spending.find_many(order_by(spending::total.desc()));
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "Ann");
    CHECK(all[0].orders == 2);
    CHECK(all[0].total == "12.75"_dec);
    CHECK(all[1].total == "0"_dec);
    CHECK(shop.db.spending.find_unique(spending::personId == shop.bob.id)->name == "Bob");
    CHECK(shop.db.spending.count(where(spending::orders > 0)) == 1);
    CHECK(shop.db.spending.aggregate(sum(spending::orders))._sum.orders == 2);
    CHECK(shop.db.spending.find_first(where(spending::name.contains("o")), select(spending::name))->name == "Bob");
}

TEST_CASE("relations lead from table to table") {
    Shop shop;
    auto person = shop.db.person.find_unique(
        person::id == shop.ann.id,
        include(person::badge(), person::notes(order_by(note::id.desc())),
                person::orders(order_by(order::total.asc()), include(order::things(order_by(thing::id.asc()))))));
    REQUIRE(person);
    CHECK(person->badge->id == 7);
    REQUIRE(person->notes.size() == 2);
    CHECK(person->notes[0].id == 2);
    REQUIRE(person->orders.size() == 2);
    CHECK(person->orders[0].size == Size::SMALL);
    CHECK(person->orders[0].things.size() == 1);
    CHECK(person->orders[1].total == "10.5"_dec);
    CHECK(person->orders[1].things.size() == 2);
    CHECK(shop.db.thing.count(where(thing::orders.some(order::person.is(person::name == "Ann")))) == 2);
    CHECK(shop.db.person.find_many(where(person::badge.is(lamina::null))).front().name == "Bob");
}

TEST_CASE("without foreign keys the client does what the schema says of rows that refer to a deleted one") {
    Shop shop;
    auto restricted = shop.db.person.try_delete_one(person::id == shop.ann.id);
    REQUIRE_FALSE(restricted);
    CHECK(code_of(restricted.error()) == "P2014");
    CHECK(shop.db.badge.count() == 1);

    shop.db.order.delete_many();
    shop.db.person.delete_one(person::id == shop.ann.id);
    CHECK(shop.db.badge.count() == 0);
    CHECK(shop.db.note.count(where(note::personId == lamina::null)) == 2);
    CHECK(shop.db.person.count() == 1);
}

TEST_CASE("without foreign keys the client follows a key that changes") {
    Shop shop;
    shop.db.order.delete_many();
    shop.db.badge.delete_many();
    shop.db.person.update(person::id == shop.ann.id, {.id = 4711});
    CHECK(shop.db.note.count(where(note::personId == 4711)) == 2);
}

TEST_CASE("without foreign keys a row may refer to one that is gone") {
    Shop shop;
    shop.db.note.update(note::id == 1, {.personId = -1});
    CHECK(shop.db.note.count(where(note::person.is(lamina::null))) == 0);
    CHECK(shop.db.note.count(where(note::person.is_not(lamina::null))) == 2);
    CHECK(shop.db.note.count(where(note::person.is(person::id > 0))) == 1);
    CHECK_FALSE(shop.db.note.find_unique(note::id == 1, include(note::person()))->person);
}

TEST_CASE("without foreign keys a key that is connected again is none that changes") {
    Shop shop;
    shop.db.pin.create({.id = 1, .badge = {.connect = badge::id == 7}});
    shop.db.badge.update(badge::id == 7, {.person = {.connect = person::id == shop.ann.id}});
    CHECK(
        code_of(shop.db.badge.try_update(badge::id == 7, {.person = {.connect = person::id == shop.bob.id}}).error()) ==
        "P2014");
    CHECK(shop.db.badge.find_unique(badge::id == 7)->personId == shop.ann.id);
}

TEST_CASE("without foreign keys no row refers to itself by a key that it loses") {
    Shop shop;
    auto lost = shop.db.note.try_update(note::id == 1, {.id = 3, .answerTo = {.connect = note::id == 1}});
    REQUIRE_FALSE(lost);
    CHECK(code_of(lost.error()) == "P2014");
    shop.db.note.update(note::id == 2, {.answerTo = {.connect = note::id == 1}});
    CHECK(code_of(shop.db.note.try_update(note::id == 1, {.id = 3, .answerTo = {.connect = note::id == 1}}).error()) ==
          "P2014");
    CHECK(shop.db.note.find_unique(note::id == 2)->answerToId == 1);
    shop.db.note.update(note::id == 1, {.answerTo = {.connect = note::id == 1}});
    CHECK(shop.db.note.find_unique(note::id == 1)->answerToId == 1);
    shop.db.note.update(note::id == 2, {.id = 3, .answerTo = {.connect = note::id == 1}});
    CHECK(shop.db.note.find_unique(note::id == 3)->answerToId == 1);
    CHECK(shop.db.note.count(where(note::answerToId == 1)) == 1);
}

TEST_CASE("a field and a model that are ignored are no part of the client") {
    CHECK(HasName<Person>);
    CHECK_FALSE(HasSecret<Person>);
    CHECK(HasPerson<Client>);
    CHECK_FALSE(HasHidden<Client>);
}

TEST_CASE("groups are ordered by their size though a field is called count") {
    Shop shop;
    shop.db.thing.create_many({{.id = 3, .count = 5}, {.id = 4, .count = 5}, {.id = 5, .count = 5}});
    auto groups = shop.db.thing.group_by(by(thing::count), count(thing::id), order_by(count(thing::id).desc()));
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].count == 5);
    CHECK(groups[0]._count.id == 3);
    CHECK(groups[1].count == 0);
}

#if defined(LAMINA_TEST_POSTGRESQL)

TEST_CASE("tables of the same name live in several schemas") {
    Shop shop;
    shop.db.shopPerson.delete_many();
    shop.db.shopPerson.create({.id = 1});
    CHECK(shop.db.shopPerson.count() == 1);
    CHECK(shop.db.person.count() == 2);
}

TEST_CASE("native types come and go exactly") {
    Shop shop;
    shop.db.native.delete_many();
    const auto when = lamina::DateTime::parse("2024-02-29T23:59:58.123456Z").value();
    auto made = shop.db.native.create({.small = -32768,
                                       .oid = 2147483647,
                                       .real = 0.1,
                                       .char_ = "ab",
                                       .inet = "10.0.0.0/8",
                                       .bit = "101",
                                       .varbit = "10",
                                       .xml = "<a>b</a>",
                                       .date = when,
                                       .time = when,
                                       .timetz = when,
                                       .stamp = when,
                                       .json = lamina::Json::parse(R"({"b": 1, "a": 1.50})").value(),
                                       .uuids = {"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}});
    const auto row = shop.db.native.find_unique_or_throw(native::id == made.id);
    CHECK(row == made);
    CHECK(row.id.size() == 36);
    CHECK(row.small == -32768);
    CHECK(row.oid == 2147483647);
    CHECK(row.real == 0.1);
    CHECK(row.char_ == "ab  ");
    CHECK(row.inet == "10.0.0.0/8");
    CHECK(row.bit == "101");
    CHECK(row.varbit == "10");
    CHECK(row.xml == "<a>b</a>");
    CHECK(row.date == lamina::DateTime::parse("2024-02-29T00:00:00Z").value());
    CHECK(row.time == lamina::DateTime::parse("1970-01-01T23:59:58.123Z").value());
    CHECK(row.timetz == lamina::DateTime::parse("1970-01-01T23:59:58.123456Z").value());
    CHECK(row.stamp == lamina::DateTime::parse("2024-02-29T23:59:58Z").value());
    CHECK(row.json.text() == R"({"b": 1, "a": 1.50})");
    CHECK(row.uuids == std::vector<std::string>{"6ba7b810-9dad-11d1-80b4-00c04fd430c8"});
    // Each of them in a filter that finds the row.
    CHECK(shop.db.native.count(where(native::small == -32768 && native::oid == 2147483647 && native::real == 0.1 &&
                                     native::inet == "10.0.0.0/8" && native::bit == "101" && native::varbit == "10" &&
                                     native::char_ == "ab  " && native::date == row.date && native::time == row.time &&
                                     native::timetz == row.timetz && native::stamp == row.stamp &&
                                     native::uuids.has("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))) == 1);
    CHECK(shop.db.order.find_first(order_by(order::total.desc()))->total == "10.50"_dec);
}

#endif
