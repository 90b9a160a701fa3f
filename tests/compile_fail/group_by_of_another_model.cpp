// Groups by another model's field.
// expect: lamina::typed::By<db::Session
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.group_by(by(mentor::role));
#if defined(LAMINA_BAD)
    (void)db.mentor.group_by(by(session::paid));
#endif
}
