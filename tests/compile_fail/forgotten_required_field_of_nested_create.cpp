// A nested create that leaves a required field out.
// expect: db::session::field::title
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.create({.email = "ann@x.org", .rate = 1, .sessions = {.create = {{.title = "Intro"}}}});
#if defined(LAMINA_BAD)
    (void)db.mentor.create({.email = "ann@x.org", .rate = 1, .sessions = {.create = {{.minutes = 5}}}});
#endif
}
