#include <cstdio>
#include <cstdlib>

#include "support/raw.hpp"

namespace bench {

Account make_account(std::int32_t n) {
    Account account;
    account.id = n;
    account.email = "account" + std::to_string(n) + "@bench.example";
    if (n % 4 != 0) account.name = "Account number " + std::to_string(n);
    account.balance = std::int64_t{n} * 1'000'003;
    account.score = n * 0.125;
    account.active = n % 3 == 0;
    account.created_at = 1'700'000'000'000'000 + std::int64_t{n} * 61'001'000;
    return account;
}

Entry make_entry(std::int32_t account, std::int32_t n) {
    Entry entry;
    entry.id = (account - 1) * kEntriesPerAccount + n + 1;
    entry.account_id = account;
    entry.title = "Entry " + std::to_string(n) + " of account " + std::to_string(account);
    entry.amount = std::int64_t{entry.id} * 17;
    return entry;
}

void give_up(std::string_view message) {
    std::fprintf(stderr, "bench: %.*s\n", static_cast<int>(message.size()), message.data());
    std::exit(1);
}

}  // namespace bench
