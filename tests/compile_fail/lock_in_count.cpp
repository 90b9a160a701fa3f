// A lock where nothing is read.
// expect: RowLock
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(lock(for_update));
#if defined(LAMINA_BAD)
    (void)db.mentor.count(lock(for_update));
#endif
}
