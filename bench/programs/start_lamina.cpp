// The same with the typed client.
#include <cstdio>

#include <lamina/postgresql.hpp>

#include "generated/client.hpp"
#include "programs/memory.hpp"

int main(int count, char** arguments) {
    if (count < 2) return 2;
    lamina::postgresql::Pool pool{arguments[1]};
    db::Client db{pool};
    const auto account = db.account.try_find_unique(db::account::id == 7);
    if (!account || !*account) {
        std::fprintf(stderr, "%s\n", account ? "no such row" : account.error().what());
        return 1;
    }
    std::printf("%s %ld\n", (*account)->email.c_str(), resident_kilobytes());
}
