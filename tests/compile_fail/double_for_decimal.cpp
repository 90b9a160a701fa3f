// A double in place of an exact decimal.
// expect: db::mentor::field::rate
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.create({.email = "ann@x.org", .rate = "0.1"_dec});
#if defined(LAMINA_BAD)
    (void)db.mentor.create({.email = "ann@x.org", .rate = 0.1});
#endif
}
