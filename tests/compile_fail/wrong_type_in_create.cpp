// A create with a value of the wrong type.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.create({.email = "ann@x.org", .rate = 1});
#if defined(LAMINA_BAD)
    (void)db.mentor.create({.email = 5, .rate = 1});
#endif
}
