#pragma once

// PostgreSQL: lamina::postgresql::Pool. Link lamina::postgresql.
#include <lamina/drivers/postgresql/adapter.hpp>
