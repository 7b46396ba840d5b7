// A source for the target that precompiles the headers of all tests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
