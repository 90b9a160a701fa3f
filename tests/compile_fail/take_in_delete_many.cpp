// A page where limit() is meant.
// expect: lamina::typed::Take
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.update_many(where(session::paid == false), {.paid = true}, limit(3));
#if defined(LAMINA_BAD)
    (void)db.session.delete_many(where(session::paid == false), take(3));
#endif
}
