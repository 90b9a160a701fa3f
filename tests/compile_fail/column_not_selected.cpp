// Reading a column that was not selected.
// expect: email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(select(mentor::email))[0].email;
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(select(mentor::id))[0].email;
#endif
}
