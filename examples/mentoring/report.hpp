#pragma once

#include "generated/client.hpp"

namespace mentoring {

/// Prints the ten mentors who earned most, the books of the platform, and whether they balance.
/// Returns false when they do not.
bool print_report(db::Client& db);

}  // namespace mentoring
