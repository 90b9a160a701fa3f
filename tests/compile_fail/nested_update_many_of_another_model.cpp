// A nested update_many with a filter on another model.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.update(mentor::id == 1,
                           {.sessions = {.update_many = {{.where = session::paid == true, .data = {.title = "x"}}}}});
#if defined(LAMINA_BAD)
    (void)db.mentor.update(mentor::id == 1,
                           {.sessions = {.update_many = {{.where = mentor::name == "x", .data = {.title = "x"}}}}});
#endif
}
