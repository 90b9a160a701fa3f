// A call that nobody gives to a batch.
// expect(g++): ignoring returned value of type 'lamina::Call<
// expect(clang++): ignoring return value
#pragma GCC diagnostic error "-Wunused-result"
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Client& db) {
    (void)db.batch(db.mentor.later().delete_many());
#if defined(LAMINA_BAD)
    db.mentor.later().delete_many();
#endif
}
