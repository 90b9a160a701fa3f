// connect by a field that is not unique.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.create({.title = "x", .mentor = {.connect = mentor::id == 3}});
#if defined(LAMINA_BAD)
    (void)db.session.create({.title = "x", .mentor = {.connect = mentor::name == "Ann"}});
#endif
}
