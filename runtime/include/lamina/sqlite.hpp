#pragma once

// SQLite: lamina::sqlite::Database. Link lamina::sqlite.
#include <lamina/drivers/sqlite/adapter.hpp>
