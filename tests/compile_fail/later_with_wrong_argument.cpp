// A call that is not run is checked as one that is.
// expect: this_is_not_a_comparison_with_a_unique_field<
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Client& db) {
    (void)db.batch(db.mentor.later().find_unique(mentor::id == 1));
#if defined(LAMINA_BAD)
    (void)db.batch(db.mentor.later().find_unique(mentor::name == "Ann"));
#endif
}
