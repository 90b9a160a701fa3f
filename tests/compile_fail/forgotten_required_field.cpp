// A create that leaves a required field out.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.create({.email = "ann@x.org", .rate = "95.50"_dec});
#if defined(LAMINA_BAD)
    (void)db.mentor.create({.rate = "95.50"_dec});
#endif
}
