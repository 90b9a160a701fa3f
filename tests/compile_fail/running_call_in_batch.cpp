// A call that runs at once, where one is wanted that does not.
// expect: this_is_not_a_call_made_by_later<
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Client& db) {
    (void)db.batch(db.mentor.later().count(), db.mentor.later().find_many());
#if defined(LAMINA_BAD)
    (void)db.batch(db.mentor.later().count(), db.mentor.find_many());
#endif
}
