// A nested delete_many with a filter on another model.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.update(mentor::id == 1, {.sessions = {.delete_many = session::paid == true}});
#if defined(LAMINA_BAD)
    (void)db.mentor.update(mentor::id == 1, {.sessions = {.delete_many = mentor::name == "x"}});
#endif
}
