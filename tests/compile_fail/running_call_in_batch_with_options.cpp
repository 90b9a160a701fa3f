// The same behind options.
// expect: this_is_not_a_call_made_by_later<
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Client& db) {
    (void)db.try_batch({.retries = 2}, db.mentor.later().count());
#if defined(LAMINA_BAD)
    (void)db.try_batch({.retries = 2}, db.mentor.count());
#endif
}
