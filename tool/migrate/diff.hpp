#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "migrate/provider.hpp"
#include "migrate/step.hpp"

namespace lamina::migrate {

/// What takes one catalog to the other.
struct Difference {
    std::vector<Step> steps;  ///< in the order in which they must run
    /// Differences for which there is no step yet, a sentence each, naming table and column. When there are any, the
    /// steps alone do not reach the wanted catalog and must not be run.
    std::vector<std::string> unsupported;
};

/// Compares what is there with what is wanted. What `to` lacks is not dropped but reported; views are left alone.
[[nodiscard]] Difference diff(const catalog::Catalog& from, const catalog::Catalog& to, const Provider& provider);

}  // namespace lamina::migrate
