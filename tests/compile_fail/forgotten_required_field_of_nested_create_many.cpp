// A row of a nested create_many without a required field.
// expect: db::session::field::title
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.create({.email = "a", .rate = 1, .sessions = {.create_many = {.data = {{.title = "x"}}}}});
#if defined(LAMINA_BAD)
    (void)db.mentor.create({.email = "a", .rate = 1, .sessions = {.create_many = {.data = {{.paid = true}}}}});
#endif
}
