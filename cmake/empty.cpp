// CMake wants one source of its own in a library that is otherwise made of ready objects.
