#pragma once

#include <cstddef>
#include <span>
#include <string>

/// Identifiers as Prisma's @default(cuid()), uuid(), ulid() and nanoid() make them, from the system's random generator.
/// All functions may be called by any thread at any time.
namespace lamina::ids {

/// A cuid (version 1): 25 characters, "c" first, roughly ordered by time.
std::string cuid();
/// A cuid2: 24 lower-case letters and digits, the first a letter, without order.
std::string cuid2();
/// A random UUID (version 4) in lower case.
std::string uuid4();
/// A UUID ordered by time (version 7) in lower case; increases strictly within a thread.
std::string uuid7();
/// A ULID: 26 characters of Crockford's base 32, ordered by time; increases strictly within a thread.
std::string ulid();
/// `size` random characters out of A-Z a-z 0-9 _ -.
std::string nanoid(std::size_t size = 21);

/// Fills memory with random bytes of cryptographic quality.
void random_bytes(std::span<std::byte> out);

}  // namespace lamina::ids
