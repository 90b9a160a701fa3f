#pragma once

// All that a generated client.hpp includes, besides the models' headers.

#include <lamina/client/typed/client.hpp>
#include <lamina/gen/model_hpp.hpp>
