// What an object file calls, as a set of enum trait (toolchain.h).
#ifndef INTERLEAVE_TRAITS_H
#define INTERLEAVE_TRAITS_H

unsigned traits_of_object(const char *path);

#endif
