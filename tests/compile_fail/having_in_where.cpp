// A comparison of an aggregate where rows are chosen.
// expect: where
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.group_by(by(mentor::role), having(sum(mentor::rate) > 5));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(mentor::name == "x" && sum(mentor::rate) > 5));
#endif
}
