// The client that the golden test of the generator keeps, compiled once for the tests of the typed face.
#include "generate/mentoring/generated/client.cpp"
