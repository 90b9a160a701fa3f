// A list of calls gives a list of results: of one type.
// expect: push_back
#include <vector>

#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Client& db) {
    std::vector<lamina::Call<std::optional<Mentor>>> calls;
    calls.push_back(db.mentor.later().find_unique(mentor::id == 1));
    (void)db.batch(calls);
#if defined(LAMINA_BAD)
    calls.push_back(db.mentor.later().find_many());
#endif
}
