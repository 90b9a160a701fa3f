// A related row that is changed is named by a unique field.
// expect: db::session::field::title
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.update(mentor::id == 1, {.sessions = {.delete_ = session::id == 3}});
#if defined(LAMINA_BAD)
    (void)db.mentor.update(mentor::id == 1, {.sessions = {.delete_ = session::title == "Intro"}});
#endif
}
