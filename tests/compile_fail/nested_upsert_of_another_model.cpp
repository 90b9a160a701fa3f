// A nested upsert by a key of another model.
// expect: db::mentor::field::id
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.update(
        mentor::id == 1,
        {.sessions = {.upsert = {{.where = session::id == 2, .create = {.title = "x"}, .update = {.title = "y"}}}}});
#if defined(LAMINA_BAD)
    (void)db.mentor.update(
        mentor::id == 1,
        {.sessions = {.upsert = {{.where = mentor::id == 2, .create = {.title = "x"}, .update = {.title = "y"}}}}});
#endif
}
