// A result that was not asked for.
// expect: _sum
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    auto row = db.mentor.aggregate(sum(mentor::rate));
    (void)row._sum.rate;
#if defined(LAMINA_BAD)
    auto bad = db.mentor.aggregate(count());
    (void)bad._sum.rate;
#endif
}
