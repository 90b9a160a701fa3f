#pragma once

// What a generated client.cpp includes, besides the client's own headers.

#include <lamina/gen/bundle_hpp.hpp>
#include <lamina/meta/meta.hpp>
