#pragma once

// All that the generated header of a model includes.

#include <lamina/client/typed/delegate.hpp>
#include <lamina/client/typed/field.hpp>
#include <lamina/client/typed/input.hpp>
#include <lamina/client/typed/relation.hpp>
#include <lamina/client/typed/row.hpp>
#include <lamina/client/typed/shape.hpp>
#include <lamina/gen/version.hpp>
